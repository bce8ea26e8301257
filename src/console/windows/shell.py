"""Holds the main window and the wall windows; makes them anew when the language or the theme changes."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ...domain.look import THEMES
from ...domain.operators import Permission
from ...domain.wall import DESK, WallArrangement
from ...videowall import OutputRegistry, WallWindows
from ..core import ConsoleCore
from ..look import LANGUAGES, apply_theme, install_language, system_language, tokens
from .main_window import MainWindow

GEOMETRY_MS = 500


class ConsoleShell(QObject):
    """The Shell of the view handlers. `window` is the main window of the moment."""

    def __init__(self, core: ConsoleCore, application: QApplication, *, language: str = "", theme: str = "") -> None:
        super().__init__()
        self._core = core
        self._application = application
        self._language = language if language in LANGUAGES else system_language()
        self._theme = theme if theme in THEMES else "dim"
        self._closed = False
        self._geometry: object = None
        self.outputs = OutputRegistry(self)
        self.walls = WallWindows(
            self.outputs, core.sources, core.dispatch, ptz=core.ptz, canvases=core.canvases, parent=self
        )
        self._dress()
        self.window = MainWindow(core, self.outputs)
        core.view_handlers.shell = self
        core.still_of = self._still_of
        core.output_is = lambda name: any(o.identity == name for o in self.outputs.outputs())
        core.wall.changed.connect(self._follow)
        core.directory.changed.connect(self._follow)
        core.session.changed.connect(self._follow)
        self._geometry_timer = QTimer(self)
        self._geometry_timer.setInterval(GEOMETRY_MS)
        self._geometry_timer.timeout.connect(self._keep_geometry)

    # --- start -------------------------------------------------------------------------------------------------------

    def start(self, *, maximised: bool = True) -> None:
        """Show the window as it was the last time; look and arrangement are read from the database first."""
        self._core.load_setting("look", lambda look: self._start(look, maximised))

    def _start(self, look: object, maximised: bool) -> None:
        kept = look if isinstance(look, dict) else {}
        language, theme = str(kept.get("language", self._language)), str(kept.get("theme", self._theme))
        if (language, theme) != (self._language, self._theme):
            self._language = language if language in LANGUAGES else self._language
            self._theme = theme if theme in THEMES else self._theme
            self._rebuild(show=False)
        self._core.load_setting("geometry", lambda geometry: self._show(geometry, maximised))

    def _show(self, geometry: object, maximised: bool) -> None:
        if geometry is not None:
            self.window.restore_kept_geometry(geometry)
            self.window.show()
        elif maximised:
            # The size too, for a display without a window manager, which maximises nothing.
            self.window.setGeometry(self._application.primaryScreen().availableGeometry())
            self.window.showMaximized()
        else:
            self.window.show()
        self._core.load_setting("layout", self._take_layout)
        self._follow()
        self._geometry_timer.start()

    def _take_layout(self, layout: object) -> None:
        self.window.desk.restore_layout(layout)

    def _keep_geometry(self) -> None:
        geometry = self.window.kept_geometry()
        if self.window.isVisible() and geometry != self._geometry:
            self._geometry = geometry
            self._core.save_setting("geometry", geometry)

    # --- look --------------------------------------------------------------------------------------------------------

    def _dress(self) -> None:
        install_language(self._language)
        apply_theme(self._application, self._theme)
        self.outputs.retranslate()

    def _rebuild(self, show: bool = True) -> None:
        """A new window in place of the old. The old one lets go of its sources first; they stay open meanwhile."""
        if self._closed:
            return
        self._dress()
        old, selected = self.window, self.window.desk.wall.selected
        normal, state, layout = old.normalGeometry(), old.windowState(), old.desk.kept_layout()
        old.discard()
        self.window = MainWindow(self._core, self.outputs)
        # Not restoreGeometry, which leaves room for a frame and so moves the window a little each time.
        self.window.setGeometry(normal)
        self.window.setWindowState(state)
        self.window.desk.restore_layout(layout)
        self.window.show_tile_statistics(old.desk.wall.shows_figures)
        if show:
            self.window.show()
            self.window.desk.wall.select(selected)
        self._follow()

    def set_language(self, language: str) -> None:
        self._language = language
        self._relook()

    def set_theme(self, theme: str) -> None:
        self._theme = theme
        self._relook()

    def _relook(self) -> None:
        self._core.save_setting("look", {"language": self._language, "theme": self._theme})
        QTimer.singleShot(0, self._rebuild)  # not while a widget of the old window is still in its handler

    # --- the rest of the Shell ---------------------------------------------------------------------------------------

    def show_panel(self, panel: str, shown: bool) -> None:
        self.window.show_panel(panel, shown)

    def open_box(self, box: str) -> None:
        self.window.open_box(box)

    def close_box(self, box: str) -> None:
        self.window.close_box(box)

    def set_full_screen(self, on: bool) -> None:
        self.window.set_full_screen(on)

    def show_tile_statistics(self, shown: bool) -> None:
        self.window.show_tile_statistics(shown)
        self.walls.show_figures(shown)

    # --- wall windows ------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Wall windows show pictures only while someone who may watch is signed in."""
        operator = self._core.session.operator
        allowed = operator is not None and operator.may(Permission.WATCH)
        self.walls.set_cameras(self._core.directory.cameras)
        self.walls.set_theme(tokens())
        self.walls.apply(self._core.wall.arrangement if allowed else WallArrangement())

    def _still_of(self, window: str, tile: int) -> QImage | None:
        view = self.window.desk.wall if window == DESK else self.walls.views().get(window)
        return view.still(tile) if view is not None else None

    def close(self) -> None:
        self._closed = True
        self._geometry_timer.stop()
        self.walls.close_all()
        self.window.discard()
