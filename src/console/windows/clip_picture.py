"""The picture of a recorded clip: as large as the window allows, in its own shape, with nothing over it."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ...videowall.player.port import ClipPlayer
from ..look import tokens


class ClipPicture(QWidget):
    """Paints `player.picture()` at each `update`, or `hint` while there is none."""

    def __init__(self, player: ClipPlayer, parent: QWidget, hint: Callable[[], str]) -> None:
        super().__init__(parent)
        self._player = player
        self._hint = hint
        self.setMinimumSize(480, 270)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Picture of the clip"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        picture = self._player.picture()
        if picture is None:
            painter.setPen(tokens().muted)
            painter.drawText(self.rect().adjusted(24, 0, -24, 0), Qt.AlignmentFlag.AlignCenter, self._hint())
            return
        image = QImage(picture.data, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32)
        size = QSize(picture.width, picture.height).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, *size.toTuple())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        ratio = self.devicePixelRatioF()
        self._player.set_box(round(self.width() * ratio), round(self.height() * ratio))
        super().resizeEvent(event)
