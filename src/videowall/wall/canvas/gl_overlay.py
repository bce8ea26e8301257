"""All that is not a picture, painted by the same painter as on the raster canvas, as one texture over the window."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QOpenGLFunctions, QPainter, QRegion
from PySide6.QtOpenGL import QOpenGLShaderProgram

from ..scene import Scene
from ..tile import Tile
from . import gl as names
from .geometry import device_rect
from .gl import Plane, program
from .shaders import OVERLAY, VERTEX


class Overlay:
    """Transparent where a picture shines through. `resize` before anything else, with the context current."""

    def __init__(self) -> None:
        self._program: QOpenGLShaderProgram = program(OVERLAY, VERTEX)
        self._program.bind()
        self._program.setUniformValue1i(self._program.uniformLocation("plane"), 0)
        self._image = QImage()
        self._plane: Plane | None = None
        self._ratio = 1.0
        self._to_upload: list[QRect] = []

    def resize(self, size: QSize, ratio: float) -> None:
        """`size` in device pixels; what was painted is gone."""
        self.destroy()
        self._ratio = ratio
        self._image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        self._image.setDevicePixelRatio(ratio)
        self._plane = Plane(size.width(), size.height(), colours=True, smooth=False)

    def paint(self, scene: Scene, window: QRect, tiles: list[tuple[Tile, bool]], *, gaps: bool) -> None:
        """Paint these tiles anew, each with whether it has a picture, and the gaps between all tiles."""
        p = QPainter(self._image)
        if gaps:
            scene.paint_gaps(p, QRegion(window), window)
            self._to_upload = [self._image.rect()]
        for tile, over_picture in tiles:
            p.setClipRect(tile.rect)
            p.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            p.fillRect(tile.rect, Qt.GlobalColor.transparent)
            p.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            if not over_picture:
                scene.paint_ground(p, tile)
            scene.paint_over(p, tile, self._ratio, over_picture=over_picture)
            if not gaps:
                self._to_upload.append(device_rect(tile.rect, self._ratio) & self._image.rect())
        p.end()

    def bind(self, gl: QOpenGLFunctions) -> None:
        """Bring what was painted to the GPU, and make ready for drawing."""
        if self._plane is None:
            return
        self._plane.bind(gl)
        if self._to_upload:
            row = self._image.bytesPerLine()
            data = memoryview(self._image.constBits())
            gl.glPixelStorei(names.UNPACK_ROW_LENGTH, row // 4)
            for part in self._to_upload:
                start = part.y() * row + part.x() * 4
                self._plane.upload(gl, data[start:], part.x(), part.y(), part.width(), part.height())
            gl.glPixelStorei(names.UNPACK_ROW_LENGTH, 0)
            self._to_upload = []
        self._program.bind()

    def destroy(self) -> None:
        if self._plane is not None:
            self._plane.destroy()
            self._plane = None
