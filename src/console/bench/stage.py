"""A wall window with its pool and engine, and nothing of the console around it."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QScreen

from ...domain.cameras import Camera, CameraId, SiteId
from ...domain.commands import Command
from ...domain.errors import GwanjeError
from ...domain.layouts import ALL_LAYOUTS
from ...domain.wall import WindowArrangement
from ...videowall import SourcePool, WallView, WallWindow
from ...videowall.engine.ffmpeg import FfmpegEngine
from ...videowall.engine.vlc import VlcEngine
from ...videowall.port import SourceKey, StreamAddress

_WINDOW = "bench"


def make_pool(address_of: Callable[[SourceKey], StreamAddress | None], engine: str) -> SourcePool:
    """With the engine of that name, "ffmpeg" or "vlc"."""
    made = VlcEngine() if engine == "vlc" else FfmpegEngine()
    return SourcePool(lambda key, answer: answer(address_of(key)), engine=made)


def smallest_layout(tiles: int) -> str:
    """The name of the smallest grid of equal tiles that holds so many. Raises GwanjeError."""
    fitting = [
        layout
        for layout in ALL_LAYOUTS.values()
        if len(layout.cells) == layout.columns * layout.rows and layout.columns == layout.rows
        if len(layout.cells) >= tiles
    ]
    if not fitting:
        raise GwanjeError(f"no layout has {tiles} tiles", place="tiles")
    return min(fitting, key=lambda layout: len(layout.cells)).name


class WallStage:
    """Tile i shows the i-th address. Needs a QApplication.

    Attributes: `pool`, `view`, `window`, `keys` (the source of each tile).
    """

    def __init__(self, addresses: Sequence[StreamAddress], engine: str = "ffmpeg") -> None:
        layout = smallest_layout(len(addresses))
        # Cameras with one stream: whatever the tile's size, it is this one that is measured.
        cameras = [
            Camera(CameraId(f"camera-{i}"), i, f"Camera {i}", SiteId("bench"), "bench", None, None, address.uri)
            for i, address in enumerate(addresses, 1)
        ]
        known = {camera.id: address for camera, address in zip(cameras, addresses, strict=True)}
        self.pool = make_pool(lambda key: known.get(key.camera_id), engine)
        self.view = WallView(_WINDOW, self.pool, _ignore)
        self.view.set_cameras({camera.id: camera for camera in cameras})
        self.view.set_arrangement(WindowArrangement(layout, tuple(camera.id for camera in cameras)))
        self.window = WallWindow(_WINDOW, self.view, _ignore)

    def show(self, screen: QScreen) -> None:
        """Fill the screen; from here on the sources are opened."""
        self.window.fill(screen)

    def close(self) -> None:
        self.window.close()
        self.pool.close()
        self.window.deleteLater()


def _ignore(_: Command) -> None:
    """Nobody sits at a bench."""
