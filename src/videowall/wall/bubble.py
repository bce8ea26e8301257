"""Words in the middle of a tile: what is wrong and what to do, the number being typed, a short notice."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ...domain.look import CORNER_PX, DIM_ROOM, state_colour
from .signs import draw_state
from .tile_text import TileText
from .type_face import face

_PLATE = QColor(0, 0, 0, 200)
_WRAP = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)


def _plate(p: QPainter, rect: QRectF, outline: str = "") -> None:
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(QColor(outline) if outline else Qt.PenStyle.NoPen)
    p.setBrush(_PLATE)
    p.drawRoundedRect(rect, CORNER_PX, CORNER_PX)
    p.restore()


def draw_message(p: QPainter, room: QRect, text: TileText, base: QFont, text_px: int, *, plate: bool) -> None:
    """Sign and headline, and the advice under them where there is room for it."""
    head_font, advice_font = face(base, text_px + 1, bold=True), face(base, text_px)
    area = QRectF(room)
    sign, gap = text_px * 1.05, 7.0
    width = area.width() - 2 * gap
    head = QFontMetricsF(head_font).boundingRect(QRectF(0, 0, width - sign - gap, 999), _WRAP, text.headline)
    advice = QRectF()
    if text.advice:
        advice = QFontMetricsF(advice_font).boundingRect(QRectF(0, 0, width, 999), _WRAP, text.advice)
        if head.height() + advice.height() + 3 * gap > area.height():
            advice = QRectF()
    total = head.height() + (advice.height() + gap * 0.5 if not advice.isEmpty() else 0)
    top = area.center().y() - total / 2
    if plate:
        wide = max(head.width() + sign + gap, advice.width()) + 2.5 * gap
        _plate(p, QRectF(area.center().x() - wide / 2, top - gap, wide, total + 2 * gap))
    left = area.center().x() - (head.width() + sign + gap) / 2
    first_line = QFontMetricsF(head_font).height()
    draw_state(
        p, text.state, QRectF(left, top + (first_line - sign) / 2, sign, sign), state_colour(text.state, DIM_ROOM)
    )
    p.setFont(head_font)
    p.setPen(QColor(DIM_ROOM.text))
    p.drawText(QRectF(left + sign + gap, top, head.width() + 1, head.height()), _WRAP, text.headline)
    if not advice.isEmpty():
        p.setFont(advice_font)
        p.setPen(QColor(DIM_ROOM.muted))
        place = QRectF(area.center().x() - width / 2, top + head.height() + gap * 0.5, width, advice.height())
        p.drawText(place, _WRAP, text.advice)


def draw_bubble(p: QPainter, room: QRect, large: str, small: str, base: QFont, text_px: int) -> None:
    """A plate with a large word (the number being typed) and a small line under it; either may be empty."""
    large_font, small_font = face(base, text_px * 2 + 4, bold=True), face(base, text_px)
    area = QRectF(room)
    pad = 12.0
    inner = area.width() - 2 * pad
    first = QFontMetricsF(large_font).boundingRect(large) if large else QRectF()
    height = QFontMetricsF(large_font).height() if large else 0.0
    second = QFontMetricsF(small_font).boundingRect(QRectF(0, 0, inner, 999), _WRAP, small) if small else QRectF()
    wide = min(area.width(), max(first.width(), second.width(), 64.0) + 2 * pad)
    total = height + second.height() + pad
    box = QRectF(area.center().x() - wide / 2, area.center().y() - total / 2, wide, total)
    _plate(p, box, DIM_ROOM.accent)
    if large:
        p.setFont(large_font)
        p.setPen(QColor(DIM_ROOM.text))
        p.drawText(QRectF(box.x(), box.y() + pad / 2, wide, height), Qt.AlignmentFlag.AlignCenter, large)
    if small:
        p.setFont(small_font)
        p.setPen(QColor(DIM_ROOM.text if not large else DIM_ROOM.muted))
        p.drawText(QRectF(box.x(), box.y() + pad / 2 + height, wide, second.height()), _WRAP, small)
