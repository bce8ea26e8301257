"""The canvas for machines without a GPU: Qt's own painter, on the processor."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ...port import Picture, Pixels
from ..images import as_image
from ..scene import Scene
from ..tile import Tile
from .canvas import put_whole
from .geometry import device_rect, fitted

_BLACK = Qt.GlobalColor.black


class RasterCanvas(QWidget):
    """Implements `Canvas`. Paints the tiles that changed, all of them in one paint event."""

    failed = Signal(str)

    def __init__(self, scene: Scene, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._scene = scene
        self._whole: set[int] = set()

    def show_picture(self, tile: Tile) -> None:
        self._whole.add(tile.index)
        self.update(tile.rect)

    def refresh(self, rect: QRect | None = None) -> None:
        self.update(self.rect() if rect is None else rect)

    def grabbed(self) -> QImage:
        return self.grab().toImage()

    def paintEvent(self, event: QPaintEvent) -> None:
        scene, region, ratio = self._scene, event.region(), self.devicePixelRatioF()
        whole, self._whole = self._whole, set()
        p = QPainter(self)
        scene.paint_gaps(p, region, self.rect())
        for tile in scene.tiles:
            if tile.index in whole or region.intersects(tile.rect):
                p.setClipRect(tile.rect)
                picture = paint_tile(p, scene, tile, ratio)
                if picture is not None and tile.index in whole:
                    scene.painted(tile, picture)
        p.end()


def paint_tile(p: QPainter, scene: Scene, tile: Tile, ratio: float, *, marks: bool = True) -> Picture | None:
    """Paint one tile with QPainter on any device; returns the picture that is on it."""
    picture = put_whole(scene, tile, lambda picture: _paint_picture(p, tile.rect, picture, ratio))
    if picture is None:
        scene.paint_ground(p, tile)
    scene.paint_over(p, tile, ratio, over_picture=picture is not None, marks=marks)
    return picture


def _paint_picture(p: QPainter, rect: QRect, picture: Picture, ratio: float) -> None:
    """In device pixels: only so does a picture of the right size lie pixel on pixel, and is copied, not scaled."""
    room = rect if ratio == 1.0 else device_rect(rect, ratio)
    place = fitted(picture.width, picture.height, room)
    image = as_image(picture, place.size()) if picture.pixels is Pixels.I420 else as_image(picture)
    if ratio != 1.0:
        p.save()
        p.scale(1 / ratio, 1 / ratio)
    if place.size() == image.size():
        p.drawImage(place.topLeft(), image)
    else:
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        p.drawImage(place, image)
    if place != room:
        _paint_bars(p, room, place)
    if ratio != 1.0:
        p.restore()


def _paint_bars(p: QPainter, room: QRect, place: QRect) -> None:
    left, top = place.x() - room.x(), place.y() - room.y()
    right, bottom = room.width() - left - place.width(), room.height() - top - place.height()
    if left > 0:
        p.fillRect(room.x(), room.y(), left, room.height(), _BLACK)
    if right > 0:
        p.fillRect(place.x() + place.width(), room.y(), right, room.height(), _BLACK)
    if top > 0:
        p.fillRect(room.x(), room.y(), room.width(), top, _BLACK)
    if bottom > 0:
        p.fillRect(room.x(), place.y() + place.height(), room.width(), bottom, _BLACK)


def painted_tile(scene: Scene, tile: Tile, ratio: float) -> QImage:
    """The tile as it looks now without the operator's marks, in device pixels."""
    image = QImage(device_rect(tile.rect, ratio).size(), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    p = QPainter(image)
    p.translate(-QPoint(tile.rect.topLeft()))
    p.setClipRect(tile.rect)
    paint_tile(p, scene, tile, ratio, marks=False)
    p.end()
    return image
