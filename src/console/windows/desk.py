"""The desk: the wall in the middle, side parts around it that fold away and can go to another monitor."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QMainWindow, QToolButton, QVBoxLayout, QWidget

from ...domain.cameras import Camera, CameraId
from ...domain.commands import ShowCamera, ShowPanel
from ...domain.operators import Permission
from ...domain.source_state import SourceState
from ...domain.wall import DESK, WindowArrangement
from ...mapview import MapView
from ...videowall import TileFigures, WallView
from ..actions import PANELS
from ..core import ConsoleCore
from ..look import icon, tokens
from ..panels import CameraTree, LogPanel, PtzPanel, StatisticsPanel
from ..states import camera_state
from ..words import panel_word

LAYOUT_VERSION = 1
SAVE_AFTER_MS = 400
STATES_AFTER_MS = 100


class PanelTitle(QWidget):
    """Name and a button that folds the panel away, by the same command as its key."""

    def __init__(self, core: ConsoleCore, panel: str, dock: QDockWidget) -> None:
        super().__init__(dock)
        self.setObjectName("panelTitle")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        close = QToolButton(self)
        close.setObjectName("closePanel")
        close.setIcon(icon("x"))
        close.setAccessibleName(self.tr("Hide %1").replace("%1", panel_word(panel)))
        close.setToolTip(close.accessibleName())
        close.clicked.connect(lambda: core.dispatch(ShowPanel(panel=panel, shown=False)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 2, 4, 2)
        layout.addWidget(QLabel(panel_word(panel), self))
        layout.addStretch()
        layout.addWidget(close)


class Desk(QMainWindow):
    """A child widget that is a QMainWindow for the sake of its docks.

    Attributes: wall (WallView), map (MapView), panels (name -> QDockWidget).
    Signals: states_changed(dict[CameraId, SourceState]) of the cameras on the wall.
    """

    states_changed = Signal(object)

    def __init__(self, core: ConsoleCore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)  # its constructor makes it a window whatever it is told
        self._core = core
        self.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, self.tabPosition(Qt.DockWidgetArea.TopDockWidgetArea))
        self.wall = WallView(DESK, core.sources, core.dispatch, ptz=core.ptz, canvases=core.canvases, parent=self)
        self.map = MapView(self)
        self.tree = CameraTree(core, self.target_tile, self)
        self.ptz = PtzPanel(core, self)
        self.statistics = StatisticsPanel(self._selected_figures, self)
        self.log = LogPanel(core, self)
        self.setCentralWidget(self.wall)
        self.panels: dict[str, QDockWidget] = {}
        contents = {
            "cameras": self.tree,
            "map": self.map,
            "ptz": self.ptz,
            "statistics": self.statistics,
            "log": self.log,
        }
        for panel in PANELS:
            self.panels[panel] = self._dock(panel, contents[panel])
        self._arrange()
        self._wire()

    def _dock(self, panel: str, content: QWidget) -> QDockWidget:
        dock = QDockWidget(panel_word(panel), self)
        dock.setObjectName(f"dock-{panel}")
        holder = QWidget(dock)
        holder.setObjectName("panel")
        holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(content)
        dock.setWidget(holder)
        dock.setTitleBarWidget(PanelTitle(self._core, panel, dock))
        dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable | QDockWidget.DockWidgetFeature.DockWidgetFloatable
        )
        return dock

    def _arrange(self) -> None:
        """The arrangement of docs/look.md; what the operator changed comes over it by `restore_layout`."""
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        self.setCorner(Qt.Corner.BottomLeftCorner, left)
        self.setCorner(Qt.Corner.BottomRightCorner, right)
        self.addDockWidget(left, self.panels["cameras"])
        for panel in ("map", "ptz"):
            self.addDockWidget(right, self.panels[panel])
        self.splitDockWidget(self.panels["map"], self.panels["ptz"], Qt.Orientation.Vertical)
        # Under the wall, so that the wall keeps the shape of its pictures and a line of the log is read whole.
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.panels["log"])
        self.tabifyDockWidget(self.panels["ptz"], self.panels["statistics"])
        self.panels["ptz"].raise_()
        self.resizeDocks([self.panels["cameras"], self.panels["map"]], [256, 376], Qt.Orientation.Horizontal)
        self.resizeDocks([self.panels["map"], self.panels["ptz"]], [640, 300], Qt.Orientation.Vertical)
        self.resizeDocks([self.panels["log"]], [176], Qt.Orientation.Vertical)

    def _wire(self) -> None:
        core = self._core
        self._states_timer = _once(self, STATES_AFTER_MS, self._show_states)
        self._save_timer = _once(self, SAVE_AFTER_MS, self._save_layout)
        core.wall.changed.connect(self._follow_arrangement)
        core.directory.changed.connect(self._follow_directory)
        core.session.changed.connect(self._follow_arrangement)
        core.sources.status_changed.connect(self._states_soon)
        core.dispatcher.finished.connect(self._select_shown)
        self.wall.selection_changed.connect(self._follow_selection)
        self.map.camera_activated.connect(self._show_from_map)
        for dock in self.panels.values():
            dock.dockLocationChanged.connect(lambda _: self._save_timer.start())
            dock.topLevelChanged.connect(lambda _: self._save_timer.start())
            dock.visibilityChanged.connect(lambda _: self._save_timer.start())
        self.wall.set_theme(tokens())
        self.map.set_theme(tokens())
        self._follow_directory()
        self._follow_arrangement()

    # --- what is shown -----------------------------------------------------------------------------------------------

    def arrangement(self) -> WindowArrangement:
        """The desk's tiles as this operator may see them."""
        window = self._core.wall.arrangement.window(DESK)
        return window if self.may_watch() else window.cleared()

    def may_watch(self) -> bool:
        operator = self._core.session.operator
        return operator is not None and operator.may(Permission.WATCH)

    def target_tile(self) -> int | None:
        """Where a chosen camera goes: the selected tile when it is empty or none is free, else the first free one."""
        window = self._core.wall.arrangement.window(DESK)
        selected = self.wall.selected
        if window.enlarged is not None:
            return window.enlarged
        return selected if window.camera_at(selected) is None or window.free_tile() is None else None

    def selected_camera(self) -> Camera | None:
        camera_id = self.arrangement().camera_at(self.wall.selected)
        return self._core.directory.cameras.get(camera_id) if camera_id is not None else None

    def _selected_figures(self) -> TileFigures | None:
        return self.wall.figures(self.wall.selected)

    def _follow_directory(self) -> None:
        self.wall.set_cameras(self._core.directory.cameras)
        self.map.set_district(self._core.directory.district)
        self._follow_arrangement()

    def _follow_arrangement(self) -> None:
        window = self.arrangement()
        self.wall.set_arrangement(window)
        shown = self._core.wall.arrangement.cameras() if self.may_watch() else frozenset()
        self.map.set_shown(shown)
        self._follow_selection()
        self._states_timer.start()

    def _follow_selection(self) -> None:
        camera = self.selected_camera()
        self.ptz.set_camera(camera)
        self.statistics.set_camera(camera)
        self.map.select(camera.id if camera else None)

    def states(self) -> dict[CameraId, SourceState]:
        """Of the cameras on any window of this console."""
        if not self.may_watch():
            return {}
        return {c: camera_state(self._core.sources, c) for c in self._core.wall.arrangement.cameras()}

    def _states_soon(self) -> None:
        self._states_timer.start()

    def _show_states(self) -> None:
        states = self.states()
        self.tree.set_states(states)
        self.map.set_states({c: states.get(c, SourceState.IDLE) for c in self._core.directory.cameras})
        self.states_changed.emit(states)

    def _show_from_map(self, camera_id: str) -> None:
        self._core.dispatch(ShowCamera(camera_id=CameraId(camera_id), tile=self.target_tile(), via="map"))

    def _select_shown(self, action: object) -> None:
        """The tile of a camera that was just shown becomes the selected one."""
        command = getattr(action, "command", None)
        if isinstance(command, ShowCamera) and command.window == DESK and getattr(action, "error", 1) is None:
            shown = self.arrangement().shown()
            if command.camera_id in shown:
                tile = command.tile if command.tile is not None else shown.index(command.camera_id)
                self.wall.select(tile)

    # --- how it is arranged ------------------------------------------------------------------------------------------

    def show_panel(self, panel: str, shown: bool) -> None:
        dock = self.panels[panel]
        dock.setVisible(shown)
        if shown:
            dock.raise_()
        self._save_timer.start()

    def panel_shown(self, panel: str) -> bool:
        """Whether it can be seen now (a tab behind another cannot)."""
        dock = self.panels[panel]
        return dock.isVisible() and not dock.visibleRegion().isEmpty()

    def restore_layout(self, kept: object) -> None:
        if isinstance(kept, str):
            self.restoreState(QByteArray.fromBase64(kept.encode("ascii", "replace")), LAYOUT_VERSION)

    def kept_layout(self) -> str:
        return bytes(self.saveState(LAYOUT_VERSION).toBase64().data()).decode("ascii")

    def _save_layout(self) -> None:
        if self.isVisible():
            self._core.save_setting("layout", self.kept_layout())


def _once(parent: QWidget, after_ms: int, call: Callable[[], None]) -> QTimer:
    """A timer that gathers many requests into one call."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(after_ms)
    timer.timeout.connect(call)
    return timer
