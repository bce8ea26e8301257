"""Opens and closes wall windows so that they match the arrangement and the monitors that are there."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from ...domain.cameras import Camera, CameraId
from ...domain.commands import Command
from ...domain.look import DIM_ROOM, Tokens
from ...domain.wall import DESK, WallArrangement
from ..wall import Canvases, LiveSources, PtzControl, WallView
from .registry import OutputRegistry
from .wall_window import WallWindow


class WallWindows(QObject):
    """All wall windows but the desk's.

    A window whose output is away exists hidden, so that it can return with what it showed.
    """

    def __init__(
        self,
        registry: OutputRegistry,
        sources: LiveSources,
        dispatch: Callable[[Command], object],
        *,
        ptz: PtzControl | None = None,
        canvases: Canvases | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._registry = registry
        self._sources = sources
        self._dispatch = dispatch
        self._ptz = ptz
        self._canvases = canvases
        self._cameras: Mapping[CameraId, Camera] = {}
        self._tokens = DIM_ROOM
        self._shows_figures = False
        self._windows: dict[str, WallWindow] = {}
        registry.changed.connect(self._place)

    def windows(self) -> dict[str, WallWindow]:
        """By identity of the output."""
        return dict(self._windows)

    def views(self) -> dict[str, WallView]:
        return {name: window.view for name, window in self._windows.items()}

    def apply(self, wall: WallArrangement) -> None:
        """Open, change and close windows until they are the ones of `wall`."""
        for name in self._windows.keys() - wall.windows.keys():
            self._close(name)
        for name, arrangement in wall.windows.items():
            if name == DESK:
                continue
            if name not in self._windows:
                self._open(name)
            self._windows[name].view.set_arrangement(arrangement)
        self._place()

    def set_cameras(self, cameras: Mapping[CameraId, Camera]) -> None:
        self._cameras = dict(cameras)
        for window in self._windows.values():
            window.view.set_cameras(cameras)

    def set_theme(self, tokens: Tokens) -> None:
        self._tokens = tokens
        for window in self._windows.values():
            window.view.set_theme(tokens)

    def show_figures(self, on: bool) -> None:
        """Show the measured figures of every tile on the tile."""
        self._shows_figures = on
        for window in self._windows.values():
            window.view.show_figures(on)

    def set_ptz_holder(self, camera_id: CameraId, holder: str | None) -> None:
        for window in self._windows.values():
            window.view.set_ptz_holder(camera_id, holder)

    def close_all(self) -> None:
        """At the end of the program; the arrangement keeps what was open."""
        for name in list(self._windows):
            self._close(name)

    def _open(self, name: str) -> None:
        view = WallView(name, self._sources, self._dispatch, ptz=self._ptz, canvases=self._canvases)
        view.set_theme(self._tokens)
        view.show_figures(self._shows_figures)
        view.set_cameras(self._cameras)
        self._windows[name] = WallWindow(name, view, self._dispatch)

    def _close(self, name: str) -> None:
        window = self._windows.pop(name)
        window.close()
        window.deleteLater()

    def _place(self) -> None:
        for name, window in self._windows.items():
            screen, output = self._registry.screen(name), self._registry.output(name)
            if screen is None or output is None:
                window.wait_for_output()
            else:
                window.name_after(output.name)
                window.fill(screen)
