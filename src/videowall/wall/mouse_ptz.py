"""Moving a camera with the mouse on its enlarged picture: press, pull where it should look, let go."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ...domain.cameras import CameraId
from ...domain.look import DIM_ROOM
from .ptz_hold import DEAD_ZONE_PX, PtzHold, drag_velocity


class MousePtz:
    """The pull from the point of the press; `active` between press and release."""

    def __init__(self, hold: PtzHold) -> None:
        self._hold = hold
        self._camera: CameraId | None = None
        self._start = self._here = QPointF()
        self._reach = 1.0

    @property
    def active(self) -> bool:
        return self._camera is not None

    def press(self, camera: CameraId, at: QPointF, reach: float) -> None:
        """`reach`: how many pixels from the press full speed is."""
        self._camera, self._start, self._here, self._reach = camera, at, at, reach

    def move(self, to: QPointF) -> None:
        if self._camera is not None:
            self._here = to
            self._hold.drag(self._camera, drag_velocity(self._start, to, self._reach))

    def release(self) -> None:
        self._camera = None
        self._hold.end("mouse")

    def paint(self, p: QPainter) -> None:
        """The dead zone and the pull, dark under light so that they show on any picture."""
        if self._camera is None:
            return
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in (("#000000", 7.0), (DIM_ROOM.ptz, 3.5)):
            p.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            p.drawEllipse(self._start, DEAD_ZONE_PX, DEAD_ZONE_PX)
            vector = self._here - self._start
            length = (vector.x() ** 2 + vector.y() ** 2) ** 0.5
            if length > DEAD_ZONE_PX:
                along = vector / length
                across = QPointF(-along.y(), along.x())
                p.drawLine(self._start + along * DEAD_ZONE_PX, self._here)
                for side in (-1, 1):
                    p.drawLine(self._here, self._here - along * 13 + across * (8 * side))
        p.restore()
