"""What the tiles show."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from PySide6.QtGui import QImage

from ...domain.commands import (
    ApplyLayout,
    ClearTile,
    ClearWall,
    CloseWallWindow,
    Command,
    EnlargeTile,
    OpenWallWindow,
    RestoreTile,
    RetrySource,
    ShowCamera,
    SwapTiles,
    TakeStill,
    UndoWallChange,
)
from ...domain.errors import GwanjeError, NotFoundError
from ...domain.wall import WindowArrangement
from ...videowall.port import Sources
from ..dispatch import Dispatcher, Done, Lane
from ..state import DirectoryState, WallState
from .stills import keep_still

StillOf = Callable[[str, int], QImage | None]
OutputIs = Callable[[str], bool]


class WallHandlers:
    """Handlers that change the arrangement; the wall views follow `WallState.changed`.

    `still_of(window, tile)` gives a tile's newest picture at full size; `output_is(name)` tells whether such an output
    is connected; stills are written into `stills_folder` as PNG files with their time and camera inside.
    """

    def __init__(
        self,
        wall: WallState,
        directory: DirectoryState,
        sources: Sources,
        files: Lane,
        stills_folder: Path,
        still_of: StillOf,
        output_is: OutputIs,
    ) -> None:
        self._wall = wall
        self._directory = directory
        self._sources = sources
        self._files = files
        self._stills_folder = stills_folder
        self._still_of = still_of
        self._output_is = output_is

    def register(self, dispatcher: Dispatcher) -> None:
        dispatcher.register(ShowCamera, self.show_camera)
        dispatcher.register(ClearTile, self.clear_tile)
        dispatcher.register(ClearWall, self.clear_wall)
        dispatcher.register(SwapTiles, self.swap_tiles)
        dispatcher.register(ApplyLayout, self.apply_layout)
        dispatcher.register(EnlargeTile, self.enlarge)
        dispatcher.register(RestoreTile, self.restore)
        dispatcher.register(UndoWallChange, self.undo)
        dispatcher.register(RetrySource, self.retry)
        dispatcher.register(OpenWallWindow, self.open_window)
        dispatcher.register(CloseWallWindow, self.close_window)
        dispatcher.register(TakeStill, self.take_still)

    def show_camera(self, command: Command, done: Done) -> None:
        c = cast(ShowCamera, command)
        camera = self._directory.camera(c.camera_id)
        window = self._wall.arrangement.window(c.window)
        tile = c.tile
        if tile is None:
            # Already on this window? Then nothing moves; else the first free tile, else the first tile.
            shown = window.shown()
            tile = shown.index(camera.id) if camera.id in shown else window.free_tile() or 0
        changed = window.with_camera(tile, camera.id)
        if changed.enlarged not in (None, tile):
            changed = replace(changed, enlarged=None)
        self._wall.change(self._wall.arrangement.with_window(c.window, changed))
        done({"tile": tile, "number": camera.number, "name": camera.name}, None)

    def clear_tile(self, command: Command, done: Done) -> None:
        c = cast(ClearTile, command)
        self._wall.change_window(c.window, lambda w: w.with_camera(c.tile, None))
        done(None, None)

    def clear_wall(self, command: Command, done: Done) -> None:
        self._wall.change_window(cast(ClearWall, command).window, WindowArrangement.cleared)
        done(None, None)

    def swap_tiles(self, command: Command, done: Done) -> None:
        c = cast(SwapTiles, command)
        self._wall.change(self._wall.arrangement.swapped((c.window, c.tile), (c.other_window, c.other_tile)))
        done(None, None)

    def apply_layout(self, command: Command, done: Done) -> None:
        c = cast(ApplyLayout, command)
        self._wall.change_window(c.window, lambda w: w.with_layout(c.layout))
        done(None, None)

    def enlarge(self, command: Command, done: Done) -> None:
        c = cast(EnlargeTile, command)
        self._wall.change_window(c.window, lambda w: w.with_enlarged(c.tile))
        done(None, None)

    def restore(self, command: Command, done: Done) -> None:
        self._wall.change_window(cast(RestoreTile, command).window, lambda w: w.with_enlarged(None))
        done(None, None)

    def undo(self, command: Command, done: Done) -> None:
        self._wall.undo()
        done(None, None)

    def retry(self, command: Command, done: Done) -> None:
        camera = self._directory.camera(cast(RetrySource, command).camera_id)
        self._sources.retry(camera.id)
        done(None, None)

    def open_window(self, command: Command, done: Done) -> None:
        c = cast(OpenWallWindow, command)
        if not self._output_is(c.output):
            raise NotFoundError(f"there is no output {c.output!r}", cure="connect the monitor, then try again")
        window = self._wall.arrangement.windows.get(c.output, WindowArrangement()).with_layout(c.layout)
        self._wall.change(self._wall.arrangement.with_window(c.output, window))
        done(None, None)

    def close_window(self, command: Command, done: Done) -> None:
        self._wall.change(self._wall.arrangement.without_window(cast(CloseWallWindow, command).output))
        done(None, None)

    def take_still(self, command: Command, done: Done) -> None:
        c = cast(TakeStill, command)
        camera_id = self._wall.arrangement.window(c.window).camera_at(c.tile)
        image = self._still_of(c.window, c.tile) if camera_id else None
        if image is None or camera_id is None:
            raise NotFoundError("there is no picture on this tile")
        camera = self._directory.camera(camera_id)
        at = datetime.now(UTC)

        def then(kept: dict[str, object] | None, error: GwanjeError | None) -> None:
            done({**(kept or {}), "camera": camera.id, "number": camera.number}, error)

        texts = {"Camera": f"{camera.number} {camera.name}", "Creation Time": at.isoformat()}
        file = self._stills_folder / f"{at:%Y%m%d-%H%M%S-%f}-{camera.number}.png"
        self._files.submit(lambda: keep_still(image, texts, file), then)
