"""The window: the sign-in page, or the desk between the top bar and the status bar; boxes and notices over it."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ...domain.audit import Outcome
from ...domain.commands import AddCamera, CreateFirstAdministrator, Quit, SignIn
from ...domain.errors import NotFoundError
from ...videowall import OutputRegistry
from ..actions import PANELS, Actions, Context
from ..boxes import AboutBox, AddCameraBox, Box, HelpBox, OutputsBox, PaletteBox, RemoveCameraBox
from ..core import ConsoleCore
from ..dispatch import Action
from ..error_words import error_words
from .clip_window import CLIP_COMMANDS, ClipWindow
from .desk import Desk
from .notice import Notice
from .sign_in import SignInPage
from .status_bar import StatusBar
from .top_bar import TopBar

_TOLD_IN_PLACE = (SignIn, CreateFirstAdministrator, AddCamera, *CLIP_COMMANDS)


class MainWindow(QWidget):
    def __init__(self, core: ConsoleCore, outputs: OutputRegistry) -> None:
        super().__init__()
        self._core = core
        self._discarded = False
        self.setWindowTitle("gwanje 관제")
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(960, 600)
        self.sign_in = SignInPage(core, self)
        self.page = QWidget(self)
        self.desk = Desk(core, self.page)
        self.actions_table = Actions(
            Context(
                core, lambda: self.desk.wall.selected, self.desk.panel_shown, self.isFullScreen, self._tile_statistics
            ),
            self,
        )
        self.top_bar = TopBar(self.actions_table, self.page)
        self.status = StatusBar(core, self._delays, self.page)
        layout = QVBoxLayout(self.page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top_bar)
        layout.addWidget(self.desk, 1)
        layout.addWidget(self.status)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.sign_in)
        self._pages.addWidget(self.page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        for action in self.actions_table.by_name.values():
            self.page.addAction(action)
        self.notice = Notice(self.page)
        self.boxes: dict[str, Box | ClipWindow] = {
            box.name: box
            for box in (
                PaletteBox(core, self.actions_table, self.desk.target_tile, self.page),
                AddCameraBox(core, self.page),
                RemoveCameraBox(core, self.page),
                OutputsBox(core, outputs, self.page),
                HelpBox(core, self.actions_table, self.page),
                AboutBox(core, self.page),
                ClipWindow(core, self.page),
            )
        }
        self.desk.states_changed.connect(self.status.show_states)
        core.session.changed.connect(self._follow_session)
        core.dispatcher.finished.connect(self._tell_failure)
        core.notice.connect(self.notice.tell)
        core.wall.changed.connect(self._mark_actions)
        core.wall.undo_changed.connect(self.actions_table.by_name["undo"].setEnabled)
        self.actions_table.by_name["undo"].setEnabled(core.wall.can_undo)
        for dock in self.desk.panels.values():
            dock.visibilityChanged.connect(self._mark_actions)
        self._follow_session()
        self._mark_actions()

    def _follow_session(self) -> None:
        signed_in = self._core.session.operator is not None
        for box in self.boxes.values():
            box.hide()
        self._pages.setCurrentWidget(self.page if signed_in else self.sign_in)
        if signed_in:
            self.desk.wall.setFocus()
        else:
            self.sign_in.operator.setFocus()

    def _mark_actions(self) -> None:
        """The checked state of layouts and panels."""
        layout = self.desk.arrangement().layout
        for name, action in self.actions_table.by_name.items():
            kind, _, value = name.partition("-")
            if kind == "layout":
                action.setChecked(value == layout)
            elif kind == "panel":
                action.setChecked(self.desk.panel_shown(value))
        self.actions_table.by_name["full-screen"].setChecked(self.isFullScreen())
        self.actions_table.by_name["tile-statistics"].setChecked(self._tile_statistics())

    def _tell_failure(self, action: Action) -> None:
        self._mark_actions()
        if action.outcome in (Outcome.FAILED, Outcome.REFUSED) and not isinstance(action.command, _TOLD_IN_PLACE):
            self.notice.tell(error_words(action.error))

    # --- the Shell of the view handlers ------------------------------------------------------------------------------

    def show_panel(self, panel: str, shown: bool) -> None:
        if panel not in PANELS:
            raise NotFoundError(f"there is no panel {panel!r}")
        self.desk.show_panel(panel, shown)

    def open_box(self, box: str) -> None:
        if box not in self.boxes:
            raise NotFoundError(f"there is no box {box!r}")
        opened = self.boxes[box]
        if isinstance(opened, RemoveCameraBox):
            opened.set_camera(self.desk.selected_camera())
        opened.open()

    def close_box(self, box: str) -> None:
        if box in self.boxes:
            self.boxes[box].hide()
            self.desk.wall.setFocus()

    def set_full_screen(self, on: bool) -> None:
        state = self.windowState()
        full = Qt.WindowState.WindowFullScreen
        self.setWindowState(state | full if on else state & ~full)

    def show_tile_statistics(self, shown: bool) -> None:
        self.desk.wall.show_figures(shown)
        self._mark_actions()

    def _tile_statistics(self) -> bool:
        return self.desk.wall.shows_figures

    def _delays(self) -> list[float]:
        return [r.delay for r in self.desk.wall.tile_report() if r.delay is not None]

    # --- geometry ----------------------------------------------------------------------------------------------------

    def kept_geometry(self) -> str:
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def restore_kept_geometry(self, kept: object) -> None:
        if isinstance(kept, str):
            self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "replace")))

    def discard(self) -> None:
        """Take the window away for good (a new one takes its place, or the program ends)."""
        self._discarded = True
        self.hide()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross is an action like any other; the program then ends in order."""
        if self._discarded:
            event.accept()
            return
        event.ignore()
        self._core.dispatch(Quit())
