"""What a wall window shows, apart from how it comes to the glass: its tiles and everything that lies on them."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QRegion

from ..port import Picture
from .overlay import FiguresOverlay
from .tile import Tile
from .tile_painter import TilePainter
from .tile_text import empty_tile_words, unknown_camera_words

MARKS = Callable[[QPainter, Tile], None]


class Shown(Protocol):
    """What the scene asks of the wall."""

    def picture_on(self, tile: Tile) -> Picture | None:
        """The newest live picture, else the one that was kept of its camera; None where there is neither."""

    def names_a_camera(self, tile: Tile) -> bool:
        """Whether the arrangement has a camera for this tile, be it in the directory or not."""

    def paint_marks(self, p: QPainter, tile: Tile) -> None:
        """What lies on a tile because of the operator, not of the source."""

    def has_marks(self, tile: Tile) -> bool: ...

    def painted(self, tile: Tile, picture: Picture) -> None:
        """A picture of this tile is on the glass, all of it."""


class Scene:
    """One for each window; a canvas paints it.

    Attributes:
        tiles: in the order of the layout. covered: what they cover, in logical pixels. enlarged: index of the one that
            has the window for itself. looks: how tiles look. overlay: figures over the pictures.
    """

    def __init__(self, shown: Shown, looks: TilePainter) -> None:
        self._shown = shown
        self.looks = looks
        self.tiles: list[Tile] = []
        self.covered = QRegion()
        self.enlarged: int | None = None
        self.overlay: FiguresOverlay | None = None

    def picture_on(self, tile: Tile) -> Picture | None:
        return self._shown.picture_on(tile) if tile.camera is not None else None

    def painted(self, tile: Tile, picture: Picture) -> None:
        self._shown.painted(tile, picture)

    def paint_gaps(self, p: QPainter, region: QRegion, window: QRect) -> None:
        """The part of `region` that no tile covers."""
        gaps = region.subtracted(self.covered)
        if not gaps.isEmpty():
            p.setClipRegion(gaps)
            p.fillRect(window, QColor(self.looks.tokens.window))

    def paint_ground(self, p: QPainter, tile: Tile) -> None:
        """A tile without any picture."""
        if tile.camera is not None:
            self.looks.dark(p, tile.rect)
        else:
            words = unknown_camera_words() if self._shown.names_a_camera(tile) else empty_tile_words()
            self.looks.empty(p, tile.rect, words)

    def paint_over(self, p: QPainter, tile: Tile, ratio: float, *, over_picture: bool, marks: bool = True) -> None:
        """Everything over the picture or over the ground of a tile."""
        if tile.camera is not None:
            enlarged = self.enlarged == tile.index
            stale = tile.text is not None and tile.text.stale
            if stale and over_picture:
                self.looks.stale_veil(p, tile.rect)
            if self.overlay is not None:
                self.overlay.paint(p, tile)
            if stale:
                self.looks.message(p, tile, over_picture=over_picture, enlarged=enlarged)
            self.looks.strip(p, tile, ratio, enlarged=enlarged)
        if marks and self._shown.has_marks(tile):
            self._shown.paint_marks(p, tile)
