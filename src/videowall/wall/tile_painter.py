"""Draws one tile. Knows how a tile looks, not why it looks so."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPixmap

from ...domain.look import DIM_ROOM, TILE_STRIP_PX, Tokens
from .bubble import draw_message
from .strip import EDGE_PX, FADE_PX, render_strip
from .tile import Tile
from .type_face import face

LARGEST_MESSAGE_PX = 24
_BLACK = QColor("#000000")
_HALF = QColor(0, 0, 0, 128)
_HATCH = QColor(255, 255, 255, 34)


def _hatch() -> QPixmap:
    """Slanted lines, 12 px apart; a bitmap because a pattern brush costs several times as much."""
    side = 12
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    p = QPainter(pixmap)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(QPen(_HATCH, 2))
    for shift in (-side, 0, side):
        p.drawLine(QPointF(shift - 2, side + 2), QPointF(shift + side + 2, -2))
    p.end()
    return pixmap


class TilePainter:
    """Look of the tiles of one view.

    Attributes:
        tokens: of the theme; pictures and what lies on them are dark in both.
        font: base font. text_px: size of the words on a tile, in logical pixels.
    """

    def __init__(self, tokens: Tokens, font: QFont, text_px: int) -> None:
        self.tokens = tokens
        self._font, self._font_key = font, font.key()
        self.text_px = text_px
        self._hatch: QPixmap | None = None

    @property
    def font(self) -> QFont:
        return self._font

    @font.setter
    def font(self, font: QFont) -> None:
        self._font, self._font_key = font, font.key()

    def strip_height(self, *, enlarged: bool) -> int:
        """Logical pixels; the strip grows with the text and on the enlarged tile."""
        return TILE_STRIP_PX + max(0, self.text_px - 13) * 2 + (8 if enlarged else 0)

    def stale_veil(self, p: QPainter, rect: QRect) -> None:
        """Dim to half and hatch: nobody takes this for a live picture, in colour or without."""
        if self._hatch is None:
            self._hatch = _hatch()
        p.fillRect(rect, _HALF)
        p.fillRect(rect, QBrush(self._hatch))

    def message(self, p: QPainter, tile: Tile, *, over_picture: bool, enlarged: bool) -> None:
        """The headline and the advice of a tile that is not live, centred above its strip."""
        if tile.text is None or not tile.text.headline:
            return
        room = tile.rect.adjusted(6, 6, -6, -self.strip_height(enlarged=enlarged) - 6)
        # On a large tile it is read from across the room.
        text_px = max(self.text_px, min(LARGEST_MESSAGE_PX, tile.rect.height() // 26))
        draw_message(p, room, tile.text, self.font, text_px, plate=over_picture)

    def dark(self, p: QPainter, rect: QRect) -> None:
        """The ground of a tile that has a camera and no picture yet."""
        p.fillRect(rect, QColor(DIM_ROOM.panel))
        frame(p, rect, 0, 1, DIM_ROOM.raised)

    def empty(self, p: QPainter, rect: QRect, words: str) -> None:
        p.fillRect(rect, QColor(self.tokens.window))
        frame(p, rect, 0, 1, self.tokens.raised if self.tokens.raised != self.tokens.panel else self.tokens.line)
        p.setFont(face(self.font, self.text_px))
        p.setPen(QColor(self.tokens.muted))
        room = QRectF(rect).adjusted(12, 8, -12, -8)
        p.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)

    def strip(self, p: QPainter, tile: Tile, ratio: float, *, enlarged: bool) -> None:
        """Paint the strip from its pixmap, drawn anew only when its words, its size or its look changed."""
        if tile.text is None:
            return
        key = (tile.text, tile.rect, ratio, enlarged, self.text_px, self._font_key)
        if tile.strip is None or tile.strip_for != key:
            height = min(tile.rect.height(), self.strip_height(enlarged=enlarged) + FADE_PX)
            size = QSize(tile.rect.width(), height)
            tile.strip = render_strip(tile.text, size, ratio, self.font, self.text_px + (2 if enlarged else 0))
            tile.strip_at = QPoint(tile.rect.x(), tile.rect.bottom() + 1 - height)
            tile.strip_for = key
        p.drawPixmap(tile.strip_at, tile.strip)

    def edge(self, p: QPainter, rect: QRect, *, focused: bool) -> None:
        """The selected tile: accent between two dark lines, so that it shows on snow too; a light line with focus."""
        frame(p, rect, 0, 1, "#000000")
        frame(p, rect, 1, 2, DIM_ROOM.accent)
        frame(p, rect, 3, EDGE_PX - 3, "#FFFFFF" if focused else "#000000")

    def slim_edge(self, p: QPainter, rect: QRect) -> None:
        """Keyboard focus where there is only one tile to select: no more than a line is taken from its picture."""
        frame(p, rect, 0, 2, DIM_ROOM.accent)

    def drop_target(self, p: QPainter, rect: QRect) -> None:
        veil = QColor(DIM_ROOM.accent)
        veil.setAlpha(70)
        p.fillRect(rect, veil)
        frame(p, rect, 0, 3, DIM_ROOM.accent)


def frame(p: QPainter, rect: QRect, inset: int, width: int, colour: str) -> None:
    """Four filled bars: cheaper than a pen and sharp at every scale."""
    r = rect.adjusted(inset, inset, -inset, -inset)
    fill = QColor(colour)
    p.fillRect(QRect(r.x(), r.y(), r.width(), width), fill)
    p.fillRect(QRect(r.x(), r.bottom() + 1 - width, r.width(), width), fill)
    p.fillRect(QRect(r.x(), r.y(), width, r.height()), fill)
    p.fillRect(QRect(r.right() + 1 - width, r.y(), width, r.height()), fill)
