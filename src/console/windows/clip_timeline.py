"""The timeline of a recorded clip: one drag, one click in the groove or one key is one request."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QToolTip, QWidget

_PER_S = 1000


class ClipTimeline(QSlider):
    """Signals: sought(float): the operator wants this time, in seconds. While it is dragged it says where it stands."""

    sought = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("clip-timeline")
        self.setAccessibleName(self.tr("Time in the clip"))
        self._is_dragged = False

    def show_time(self, position: float, duration: float) -> None:
        """Follow the clip, unless the operator has hold of the handle."""
        if not self._is_dragged:
            self.setMaximum(max(1, round(duration * _PER_S)))
            self.setValue(round(position * _PER_S))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._is_dragged = True
            self._move(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_dragged:
            self._move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_dragged and event.button() is Qt.MouseButton.LeftButton:
            self._move(event)
            self._is_dragged = False
            QToolTip.hideText()
            self.sought.emit(self.value() / _PER_S)

    def _move(self, event: QMouseEvent) -> None:
        handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, None, self)
        at = round(event.position().x()) - handle // 2
        self.setValue(QStyle.sliderValueFromPosition(0, self.maximum(), at, max(1, self.width() - handle)))
        QToolTip.showText(event.globalPosition().toPoint(), clock_words(self.value() / _PER_S), self)


def clock_words(seconds: float) -> str:
    """Hours, minutes, seconds and thousandths: 0:01:02.345."""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest / 1000:06.3f}"
