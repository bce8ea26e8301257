"""The canvas for machines without a GPU: Qt's own painter, on the processor."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ...port import Picture, Pixels
from ..images import as_image
from ..scene import Scene
from ..tile import Tile
from .canvas import put_whole
from .geometry import bars_beside, device_rect, fitted

_BLACK = Qt.GlobalColor.black


class RasterCanvas(QWidget):
    """Implements `Canvas`. Paints the tiles that changed, all of them in one paint event."""

    failed = Signal(str)

    def __init__(self, scene: Scene, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._scene = scene
        self._painter = TilesPainter(scene)
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
                picture = self._painter.paint(p, tile, ratio)
                if picture is not None and tile.index in whole:
                    scene.painted(tile, picture)
        p.end()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where pictures of one size lie on one tile. `at`, `size` and `bars` are in device pixels."""

    given: tuple[object, ...]
    at: QPoint
    size: QSize
    is_exact: bool
    bars: list[QRect]


class TilesPainter:
    """Paints tiles with QPainter on any device. Keeps where pictures lie: the same sizes come again."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._places: dict[int, _Place] = {}

    def paint(self, p: QPainter, tile: Tile, ratio: float, *, marks: bool = True) -> Picture | None:
        """Paint one tile; returns the picture that is on it."""
        scene = self._scene
        picture = scene.picture_on(tile)
        if picture is None:
            scene.paint_ground(p, tile)
        else:
            picture = put_whole(scene, tile, picture, partial(self._put, p, tile, ratio))
        scene.paint_over(p, tile, ratio, over_picture=picture is not None, marks=marks)
        return picture

    def _put(self, p: QPainter, tile: Tile, ratio: float, picture: Picture) -> None:
        """In device pixels: only so does a picture of the right size lie pixel on pixel, and is copied, not scaled."""
        place = self._place(tile, ratio, picture)
        if ratio != 1.0:
            p.save()
            p.scale(1 / ratio, 1 / ratio)
        image = as_image(picture, place.size)
        if place.is_exact or (picture.pixels is Pixels.I420 and image.size() == place.size):
            p.drawImage(place.at, image)
        else:
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            p.drawImage(QRect(place.at, place.size), image)
        for bar in place.bars:
            p.fillRect(bar, _BLACK)
        if ratio != 1.0:
            p.restore()

    def _place(self, tile: Tile, ratio: float, picture: Picture) -> _Place:
        given = (tile.rect, ratio, picture.width, picture.height, picture.aspect)
        place = self._places.get(tile.index)
        if place is None or place.given != given:
            room = device_rect(tile.rect, ratio)
            fit = fitted(picture.width, picture.height, room, picture.aspect)
            exact = fit.width() == picture.width and fit.height() == picture.height
            place = _Place(given, fit.topLeft(), fit.size(), exact, bars_beside(fit, room))
            self._places[tile.index] = place
        return place


def painted_tile(scene: Scene, tile: Tile, ratio: float) -> QImage:
    """The tile as it looks now without the operator's marks, in device pixels."""
    image = QImage(device_rect(tile.rect, ratio).size(), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    p = QPainter(image)
    p.translate(-tile.rect.x(), -tile.rect.y())
    p.setClipRect(tile.rect)
    TilesPainter(scene).paint(p, tile, ratio, marks=False)
    p.end()
    return image
