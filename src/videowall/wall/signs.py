"""The state signs of docs/look.md, drawn: the same shape and weight whatever fonts a machine has."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ...domain.source_state import SourceState


def _disc(p: QPainter, r: QRectF, pen: QPen) -> None:
    p.setBrush(pen.color())
    p.drawEllipse(r)


def _ring(p: QPainter, r: QRectF, pen: QPen) -> None:
    p.drawEllipse(r)


def _dashed_ring(p: QPainter, r: QRectF, pen: QPen) -> None:
    for start in range(0, 360, 60):
        p.drawArc(r, start * 16, 32 * 16)


def _half_disc(p: QPainter, r: QRectF, pen: QPen) -> None:
    p.drawEllipse(r)
    p.setBrush(pen.color())
    p.drawPie(r, 90 * 16, 180 * 16)


def _cross(p: QPainter, r: QRectF, pen: QPen) -> None:
    p.drawLine(r.topLeft(), r.bottomRight())
    p.drawLine(r.topRight(), r.bottomLeft())


def _turning_arrow(p: QPainter, r: QRectF, pen: QPen) -> None:
    p.drawArc(r, 30 * 16, 285 * 16)
    tip = QPointF(r.center().x() + r.width() * 0.43, r.center().y() - r.height() * 0.25)
    p.drawLine(tip, tip + QPointF(0, -r.height() * 0.35))
    p.drawLine(tip, tip + QPointF(-r.width() * 0.35, 0))


def _bars(p: QPainter, r: QRectF, pen: QPen) -> None:
    for x in (0.3, 0.7):
        at = r.left() + r.width() * x
        p.drawLine(QPointF(at, r.top()), QPointF(at, r.bottom()))


_DRAW: dict[SourceState, Callable[[QPainter, QRectF, QPen], None]] = {
    SourceState.IDLE: _ring,
    SourceState.OPENING: _dashed_ring,
    SourceState.BUFFERING: _dashed_ring,
    SourceState.LIVE: _disc,
    SourceState.STALLED: _half_disc,
    SourceState.RETRYING: _turning_arrow,
    SourceState.FAILED: _cross,
    SourceState.SUSPENDED: _bars,
}


def _pen(colour: str, size: float) -> QPen:
    return QPen(QColor(colour), max(1.4, size / 6), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)


def draw_state(p: QPainter, state: SourceState, rect: QRectF, colour: str) -> None:
    """Draw the sign of `state` inside the square `rect`."""
    pen = _pen(colour, rect.width())
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(pen)
    p.setBrush(Qt.BrushStyle.NoBrush)
    inset = pen.widthF() / 2
    _DRAW[state](p, rect.adjusted(inset, inset, -inset, -inset), pen)
    p.restore()


def draw_ptz(p: QPainter, rect: QRectF, colour: str) -> None:
    """Draw the sign of a camera that can be moved: four arrowheads about a centre."""
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(QColor(colour))
    p.translate(rect.center())
    unit = rect.width() / 2
    for _ in range(4):
        p.drawPolygon([QPointF(0, -unit), QPointF(unit * 0.42, -unit * 0.42), QPointF(-unit * 0.42, -unit * 0.42)])
        p.rotate(90)
    p.drawEllipse(QPointF(0, 0), unit * 0.22, unit * 0.22)
    p.restore()


def draw_note(p: QPainter, rect: QRectF, colour: str, *, warns: bool) -> None:
    """Draw the sign of a note: a diamond with a stroke where the picture may be wrong, a chevron down where it is less
    than could be seen."""
    pen = _pen(colour, rect.width())
    inset = pen.widthF() / 2
    r = rect.adjusted(inset, inset, -inset, -inset)
    middle = r.center()
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(pen)
    p.setBrush(Qt.BrushStyle.NoBrush)
    if warns:
        p.drawPolygon(
            [
                QPointF(middle.x(), r.top()),
                QPointF(r.right(), middle.y()),
                QPointF(middle.x(), r.bottom()),
                QPointF(r.left(), middle.y()),
            ]
        )
        p.drawLine(
            QPointF(middle.x(), middle.y() - r.height() * 0.14), QPointF(middle.x(), middle.y() + r.height() * 0.14)
        )
    else:
        for top in (0.2, 0.55):
            y = r.top() + r.height() * top
            tip = QPointF(middle.x(), y + r.height() * 0.3)
            p.drawPolyline([QPointF(r.left(), y), tip, QPointF(r.right(), y)])
    p.restore()
