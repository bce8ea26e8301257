"""The strip at the foot of a tile: number and name left, PTZ mark, state and age right, over a soft shade."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPixmap

from ...domain.look import DIM_ROOM, state_colour
from .signs import draw_ptz, draw_state
from .tile_text import TileText
from .type_face import face

EDGE_PX = 4
"""Width of the edge of a selected tile."""
FADE_PX = 14
"""Above the strip, where the shade fades out."""
_SHADE_ALPHA = 208
"""Of 255, black: on a white picture every strip colour keeps at least 5:1 (tests/unit/test_wall_contrast.py)."""
_INK = DIM_ROOM
"""Pictures are no part of the theme: the strip is light on dark in daylight too."""


def strip_shade() -> QColor:
    return QColor(0, 0, 0, _SHADE_ALPHA)


def render_strip(text: TileText, size: QSize, ratio: float, base: QFont, text_px: int) -> QPixmap:
    """Draw the strip with its fade once; `size` (logical px) includes FADE_PX, `ratio` is the device pixel ratio."""
    pixmap = QPixmap(max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    p = QPainter(pixmap)
    p.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    width, height = float(size.width()), float(size.height())
    shade = QLinearGradient(0, 0, 0, FADE_PX)
    shade.setColorAt(0, QColor(0, 0, 0, 0))
    shade.setColorAt(1, strip_shade())
    p.fillRect(QRectF(0, 0, width, FADE_PX), shade)
    p.fillRect(QRectF(0, FADE_PX, width, height - FADE_PX), strip_shade())
    # The edge of the selected tile lies over the foot of the strip.
    _draw_words(p, text, QRectF(0, FADE_PX, width, height - FADE_PX - EDGE_PX + 1), base, text_px)
    p.end()
    return pixmap


def _draw_words(p: QPainter, text: TileText, band: QRectF, base: QFont, text_px: int) -> None:
    plain, bold = face(base, text_px), face(base, text_px, bold=True)
    metrics, bold_metrics = QFontMetricsF(plain), QFontMetricsF(bold)
    pad, gap, sign = 8.0, 6.0, text_px * 0.72
    baseline = band.center().y() + (metrics.ascent() - metrics.descent()) / 2
    number_width = bold_metrics.horizontalAdvance(text.number)
    room = band.width() - 2 * pad - number_width - gap

    words = text.state_words
    words_width = metrics.horizontalAdvance(words)
    if words_width + sign + gap > room * 0.6:
        # A narrow tile keeps the sign and the age; the word is in the middle of the tile whenever it is not live.
        words, words_width = "", 0.0
    right = band.right() - pad
    p.setFont(plain)
    if words:
        p.setPen(QColor(state_colour(text.state, _INK)))
        p.drawText(QPointF(right - words_width, baseline), words)
        right -= words_width + gap * 0.8
    draw_state(p, text.state, _sign_box(right, band, sign), state_colour(text.state, _INK))
    right -= sign + gap * 1.4
    if text.holder:
        holder = metrics.elidedText(text.holder, Qt.TextElideMode.ElideRight, room * 0.3)
        holder_width = metrics.horizontalAdvance(holder)
        p.setPen(QColor(_INK.ptz))
        p.drawText(QPointF(right - holder_width, baseline), holder)
        right -= holder_width + gap * 0.8
    if text.ptz:
        mark = text_px * 0.95
        draw_ptz(p, _sign_box(right, band, mark), _INK.ptz)
        right -= mark + gap * 1.4

    left = band.left() + pad
    p.setFont(bold)
    p.setPen(QColor(_INK.text))
    p.drawText(QPointF(left, baseline), text.number)
    left += number_width + gap
    p.setFont(plain)
    name = metrics.elidedText(text.name, Qt.TextElideMode.ElideRight, max(0.0, right - left))
    p.drawText(QPointF(left, baseline), name)
    left += metrics.horizontalAdvance(name)

    hint_width = metrics.horizontalAdvance(text.hint)
    centred = band.center().x() - hint_width / 2
    if text.hint and left + 24 < centred and centred + hint_width + 24 < right:
        p.setPen(QColor(_INK.muted))
        p.drawText(QPointF(centred, baseline), text.hint)


def _sign_box(right: float, band: QRectF, size: float) -> QRectF:
    return QRectF(right - size, band.center().y() - size / 2, size, size)
