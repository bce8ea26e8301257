"""What the wall shows: which layout on which window, which camera on which tile.

Pure values; every change makes a new one.

A *window* is "desk" (inside the main window) or the name of the output that a wall window fills.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .cameras import CameraId
from .errors import GwanjeError, NotFoundError
from .layouts import ALL_LAYOUTS, LAYOUTS, Layout

DESK = "desk"


@dataclass(frozen=True, slots=True)
class WindowArrangement:
    """One window.

    Attributes:
        layout: name of a layout in ALL_LAYOUTS.
        tiles: the camera on each tile, None for an empty one. It may be longer than the layout has cells: cameras
            that a smaller layout hides come back with a larger one.
        enlarged: the tile that fills the window, or None.
    """

    layout: str = "9"
    tiles: tuple[CameraId | None, ...] = ()
    enlarged: int | None = None

    @property
    def grid(self) -> Layout:
        return ALL_LAYOUTS[self.layout]

    def camera_at(self, tile: int) -> CameraId | None:
        return self.tiles[tile] if 0 <= tile < len(self.tiles) else None

    def shown(self) -> tuple[CameraId | None, ...]:
        """The cameras on the layout's cells, in tile order, None where empty."""
        return tuple(self.camera_at(i) for i in range(len(self.grid.cells)))

    def free_tile(self) -> int | None:
        """The first empty tile."""
        return next((i for i, camera in enumerate(self.shown()) if camera is None), None)

    def with_camera(self, tile: int, camera: CameraId | None) -> "WindowArrangement":
        """Another camera on a tile, or none; an enlarged tile that becomes empty goes back into the layout."""
        if not 0 <= tile < len(self.grid.cells):
            raise NotFoundError(f"layout {self.layout} has no tile {tile + 1}")
        tiles = list(self.tiles) + [None] * (tile + 1 - len(self.tiles))
        tiles[tile] = camera
        enlarged = None if self.enlarged == tile and camera is None else self.enlarged
        return replace(self, tiles=tuple(tiles), enlarged=enlarged)

    def with_layout(self, layout: str) -> "WindowArrangement":
        if layout not in ALL_LAYOUTS:
            raise NotFoundError(f"there is no layout {layout!r}", cure=f"choose one of {', '.join(LAYOUTS)}")
        return replace(self, layout=layout, enlarged=None)

    def with_enlarged(self, tile: int | None) -> "WindowArrangement":
        if tile is not None and self.camera_at(tile) is None:
            raise NotFoundError("an empty tile cannot be enlarged")
        return replace(self, enlarged=tile)

    def cleared(self) -> "WindowArrangement":
        return replace(self, tiles=(), enlarged=None)


@dataclass(frozen=True, slots=True)
class WallArrangement:
    """Every window of this console, by name; "desk" is always there."""

    windows: Mapping[str, WindowArrangement] = field(default_factory=lambda: {DESK: WindowArrangement()})

    def window(self, name: str) -> WindowArrangement:
        try:
            return self.windows[name]
        except KeyError:
            raise NotFoundError(f"there is no wall window {name!r}") from None

    def with_window(self, name: str, window: WindowArrangement) -> "WallArrangement":
        return WallArrangement({**self.windows, name: window})

    def without_window(self, name: str) -> "WallArrangement":
        self.window(name)
        if name == DESK:
            raise GwanjeError("the desk window cannot be closed")
        return WallArrangement({k: v for k, v in self.windows.items() if k != name})

    def swapped(self, a: tuple[str, int], b: tuple[str, int]) -> "WallArrangement":
        """Exchange what two tiles (window, tile) show."""
        first, second = self.window(a[0]).camera_at(a[1]), self.window(b[0]).camera_at(b[1])
        changed = self.with_window(a[0], self.window(a[0]).with_camera(a[1], second))
        return changed.with_window(b[0], changed.window(b[0]).with_camera(b[1], first))

    def without_camera(self, camera: CameraId) -> "WallArrangement":
        """The camera is taken off every tile."""
        result = self
        for name, window in self.windows.items():
            for tile, shown in enumerate(window.tiles):
                if shown == camera:
                    window = replace(window, tiles=(*window.tiles[:tile], None, *window.tiles[tile + 1 :]))
            if window.enlarged is not None and window.camera_at(window.enlarged) is None:
                window = replace(window, enlarged=None)
            result = result.with_window(name, window)
        return result

    def cameras(self) -> frozenset[CameraId]:
        """The cameras on a visible tile of any window."""
        return frozenset(c for w in self.windows.values() for c in w.shown() if c is not None)

    def to_json(self) -> dict[str, object]:
        return {
            "version": 1,
            "windows": {
                name: {"layout": w.layout, "tiles": list(w.tiles), "enlarged": w.enlarged}
                for name, w in self.windows.items()
            },
        }

    @staticmethod
    def from_json(document: object) -> "WallArrangement":
        """The inverse of to_json. Raises GwanjeError that names the place when the document is something else."""
        windows: dict[str, WindowArrangement] = {}
        if (
            not isinstance(document, dict)
            or document.get("version") != 1
            or not isinstance(document.get("windows"), dict)
        ):
            raise GwanjeError("this is not a wall arrangement of version 1", place="arrangement")
        for name, w in document["windows"].items():
            place = f"arrangement, window {name!r}"
            if not isinstance(w, dict) or w.get("layout") not in ALL_LAYOUTS:
                raise GwanjeError("unknown layout", place=place)
            tiles, enlarged = w.get("tiles"), w.get("enlarged")
            if not isinstance(tiles, list) or not all(t is None or isinstance(t, str) for t in tiles):
                raise GwanjeError("tiles must be a list of camera ids", place=place)
            window = WindowArrangement(w["layout"], tuple(tiles[:1024]))
            if isinstance(enlarged, int) and enlarged < len(window.grid.cells) and window.camera_at(enlarged):
                window = window.with_enlarged(enlarged)
            windows[name] = window
        windows.setdefault(DESK, WindowArrangement())
        return WallArrangement(windows)
