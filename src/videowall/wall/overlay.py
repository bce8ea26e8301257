"""The figures of every tile on the tile itself, for whoever looks for the cause of a poor picture."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ...domain.look import CORNER_PX, DIM_ROOM
from ..port import Sources
from .figures import TileFigures, figures_of, short_lines
from .tile import Tile
from .tile_painter import TilePainter
from .type_face import face

TURNS = 5
"""Asked five times a second, it renews each tile once a second: a hundred tiles at once would be seen as a jerk."""
_PLATE = QColor(0, 0, 0, 208)
"""As dark as the strip (strip.py)."""
SMALLEST_PX = 11
MESSAGE_LINES = 2
"""Half the height of a message on a tile, in heights of its text."""
_MARGIN = 4
_PAD = 5.0


class FiguresOverlay:
    """Off until it is switched on. One for each window; `clock` gives monotonic seconds."""

    def __init__(self, window: QWidget, looks: TilePainter, sources: Sources, clock: Callable[[], float]) -> None:
        self._window = window
        self._looks = looks
        self._sources = sources
        self._clock = clock
        self._turn = 0
        self._plates: dict[int, tuple[tuple[tuple[str, ...], QSize], QPixmap]] = {}
        self.is_on = False

    def switch(self, on: bool) -> None:
        self.is_on = on
        self._plates.clear()

    def measure(self, tile: Tile) -> TileFigures | None:
        """What is known of a tile now, shown or not; None where there is nothing to tell."""
        return figures_of(tile, self._sources, self._clock(), self._window.devicePixelRatioF())

    def renew(self, tiles: Sequence[Tile], *, enlarged: bool) -> list[Tile]:
        """Measure a fifth of the tiles, and those that have nothing yet. Returns those that look otherwise now."""
        if not self.is_on:
            return []
        self._turn = (self._turn + 1) % TURNS
        looks, ratio = self._looks, self._window.devicePixelRatioF()
        font = face(looks.font, max(SMALLEST_PX, looks.text_px - 2))
        taken = looks.strip_height(enlarged=enlarged) + 2 * _MARGIN
        changed = []
        for tile in tiles:
            known = self._plates.get(tile.index)
            if known is not None and tile.index % TURNS != self._turn:
                continue
            figures = self.measure(tile) if tile.visible else None
            lines = short_lines(figures) if figures is not None else ()
            room = QSize(tile.rect.width() - 2 * _MARGIN, tile.rect.height() - taken)
            if tile.text is not None and tile.text.headline:
                # What is wrong with the tile stands in its middle, and matters more.
                room.setHeight(room.height() // 2 - MESSAGE_LINES * looks.text_px)
            if known is None or known[0] != (lines, room):
                self._plates[tile.index] = ((lines, room), _plate(lines, room, font, ratio))
                changed.append(tile)
        return changed

    def paint(self, p: QPainter, tile: Tile) -> None:
        """From its pixmap, at the top left of the tile."""
        if self.is_on and tile.index in self._plates and not self._plates[tile.index][1].isNull():
            at = tile.rect.topLeft()
            p.drawPixmap(QPointF(at.x() + _MARGIN, at.y() + _MARGIN), self._plates[tile.index][1])


def _plate(lines: tuple[str, ...], room: QSize, font: QFont, ratio: float) -> QPixmap:
    """As many of the lines as fit into `room` (logical px); a null pixmap where none does."""
    metrics = QFontMetricsF(font)
    step = metrics.height()
    shown = lines[: max(0, int((room.height() - 2 * _PAD) / step))]
    if not shown:
        return QPixmap()
    width = min(float(room.width()), max(metrics.horizontalAdvance(line) for line in shown) + 2 * _PAD)
    height = step * len(shown) + 2 * _PAD
    pixmap = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    p = QPainter(pixmap)
    p.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(_PLATE)
    p.drawRoundedRect(QRectF(0, 0, width, height), CORNER_PX, CORNER_PX)
    p.setFont(font)
    p.setPen(QColor(DIM_ROOM.text))
    for place, line in enumerate(shown):
        words = metrics.elidedText(line, Qt.TextElideMode.ElideRight, width - 2 * _PAD)
        p.drawText(QPointF(_PAD, _PAD + metrics.ascent() + place * step), words)
    p.end()
    return pixmap
