"""The strip at the foot of a tile: number and name left, PTZ mark, state and age right, over a soft shade."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPixmap

from ...domain.look import DIM_ROOM, state_colour
from ..words import is_warning, note_word, note_words
from .signs import draw_note, draw_ptz, draw_state
from .tile_text import TileText
from .type_face import face

EDGE_PX = 4
"""Width of the edge of a selected tile."""
NOTE_SIGN = 1.2
"""Size of the sign of a note against that of the state: it has finer lines."""
NAME_BEFORE_MARK = 3
"""On a narrow tile with a note a name of so many letters goes before the PTZ mark."""
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

    words, note = _fitting(text, metrics, room, sign + gap)
    right = band.right() - pad
    p.setFont(plain)
    if words:
        right -= metrics.horizontalAdvance(words)
        p.setPen(QColor(state_colour(text.state, _INK)))
        p.drawText(QPointF(right, baseline), words)
        right -= gap * 0.8
    draw_state(p, text.state, _sign_box(right, band, sign), state_colour(text.state, _INK))
    right -= sign + gap * 1.4
    if text.notes:
        warns = is_warning(text.notes[0])
        colour = _INK.stalled if warns else _INK.muted
        if note:
            right -= metrics.horizontalAdvance(note)
            p.setPen(QColor(colour))
            p.drawText(QPointF(right, baseline), note)
            right -= gap * 0.7
        draw_note(p, _sign_box(right, band, sign * NOTE_SIGN), colour, warns=warns)
        right -= sign * NOTE_SIGN + gap * 1.4
    if text.holder:
        holder = metrics.elidedText(text.holder, Qt.TextElideMode.ElideRight, room * 0.3)
        holder_width = metrics.horizontalAdvance(holder)
        p.setPen(QColor(_INK.ptz))
        p.drawText(QPointF(right - holder_width, baseline), holder)
        right -= holder_width + gap * 0.8
    mark = text_px * 0.95
    name_room = right - mark - gap * 1.4 - (band.left() + pad + number_width + gap)
    if text.ptz and (not text.notes or name_room >= NAME_BEFORE_MARK * text_px):
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


def _fitting(text: TileText, metrics: QFontMetricsF, room: float, sign: float) -> tuple[str, str]:
    """The state and the notes in as many words as `room` has place for, beside signs `sign` wide (logical px).

    On a narrow tile the word of the state goes first: its sign stays, and whenever the tile is not live the word is in
    its middle too. Then the note becomes a single word, before which the name gives way, or its sign alone.
    """
    if not text.notes:
        return (text.state_words if metrics.horizontalAdvance(text.state_words) + sign <= room * 0.6 else ""), ""
    first, more = text.notes[0], f" +{len(text.notes) - 1}" if len(text.notes) > 1 else ""
    full, short = note_words(first) + more, note_word(first) + more
    for words, note, share in ((text.state_words, full, 0.6), (text.state_words, short, 0.6), ("", short, 0.9)):
        width = metrics.horizontalAdvance(words) + metrics.horizontalAdvance(note) + 2.4 * sign
        if width <= room * share:
            return words, note
    return "", ""


def _sign_box(right: float, band: QRectF, size: float) -> QRectF:
    return QRectF(right - size, band.center().y() - size / 2, size, size)
