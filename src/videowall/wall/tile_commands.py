"""What can be asked for on a tile, each as one command; used by keys, buttons, menu, double click and drops."""

from collections.abc import Callable

from ...domain.cameras import Camera, CameraId
from ...domain.commands import (
    ClearTile,
    Command,
    EnlargeTile,
    GoToPtzHome,
    RestoreTile,
    RetrySource,
    ShowCamera,
    SwapTiles,
    TakeStill,
)
from ...domain.wall import WindowArrangement


class TileCommands:
    """Each method dispatches at most one command and tells whether it did."""

    def __init__(
        self,
        window: str,
        dispatch: Callable[[Command], object],
        arrangement: Callable[[], WindowArrangement],
        camera_on: Callable[[int], Camera | None],
    ) -> None:
        self._window = window
        self._dispatch = dispatch
        self._arrangement = arrangement
        self._camera_on = camera_on

    def _send(self, command: Command) -> bool:
        self._dispatch(command)
        return True

    def occupied(self, tile: int) -> bool:
        return self._arrangement().camera_at(tile) is not None

    @property
    def enlarged(self) -> bool:
        return self._arrangement().enlarged is not None

    def known(self, tile: int) -> bool:
        """Whether there is a camera of the directory on the tile."""
        return self._camera_on(tile) is not None

    def can_enlarge(self, tile: int) -> bool:
        return not self.enlarged and self.known(tile)

    def can_move(self, tile: int) -> bool:
        camera = self._camera_on(tile)
        return camera is not None and camera.ptz

    def show(self, camera_id: CameraId, tile: int, via: str) -> bool:
        return self._send(ShowCamera(camera_id=camera_id, window=self._window, tile=tile, via=via))

    def swap(self, tile: int, other_window: str, other_tile: int) -> bool:
        """Exchange with the tile that was dragged here; a tile dropped on itself is nothing."""
        if (other_window, other_tile) == (self._window, tile):
            return False
        return self._send(SwapTiles(window=other_window, tile=other_tile, other_window=self._window, other_tile=tile))

    def enlarge(self, tile: int) -> bool:
        return self.can_enlarge(tile) and self._send(EnlargeTile(window=self._window, tile=tile))

    def restore(self, tile: int = 0) -> bool:
        return self.enlarged and self._send(RestoreTile(window=self._window))

    def enlarge_or_restore(self, tile: int) -> bool:
        return self.restore() or self.enlarge(tile)

    def clear(self, tile: int) -> bool:
        return self.occupied(tile) and self._send(ClearTile(window=self._window, tile=tile))

    def still(self, tile: int) -> bool:
        return self.known(tile) and self._send(TakeStill(window=self._window, tile=tile))

    def retry(self, tile: int) -> bool:
        camera = self._camera_on(tile)
        return camera is not None and self._send(RetrySource(camera_id=camera.id))

    def home(self, tile: int) -> bool:
        camera = self._camera_on(tile)
        return camera is not None and camera.ptz and self._send(GoToPtzHome(camera_id=camera.id))
