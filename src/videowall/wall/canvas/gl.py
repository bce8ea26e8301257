"""The little of OpenGL that the GPU canvas uses: numbers of the standard, textures, programs."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QOpenGLFunctions
from PySide6.QtOpenGL import QOpenGLShader, QOpenGLShaderProgram, QOpenGLTexture

TEXTURE_2D = 0x0DE1
TEXTURE0 = 0x84C0
UNPACK_ROW_LENGTH = 0x0CF2
UNPACK_ALIGNMENT = 0x0CF5
RED, RGBA, UNSIGNED_BYTE = 0x1903, 0x1908, 0x1401
FLOAT = 0x1406
BLEND, SCISSOR_TEST, DEPTH_TEST = 0x0BE2, 0x0C11, 0x0B71
ONE, ONE_MINUS_SRC_ALPHA = 1, 0x0303
COLOR_BUFFER_BIT = 0x4000
TRIANGLE_STRIP = 5
RENDERER, VENDOR = 0x1F01, 0x1F00
NO_ERROR, OUT_OF_MEMORY, CONTEXT_LOST = 0, 0x0505, 0x0507


class GpuError(Exception):
    """The GPU or its driver cannot do what the canvas needs."""


class Plane:
    """A texture of one size. One byte a texel, or four with `colours`.

    `destroy` with the context current, or it lives as long as the program.
    """

    def __init__(self, width: int, height: int, *, colours: bool, smooth: bool = True) -> None:
        self.size = QSize(width, height)
        self._format = RGBA if colours else RED
        formats, layouts = QOpenGLTexture.TextureFormat, QOpenGLTexture.PixelFormat
        self._texture = QOpenGLTexture(QOpenGLTexture.Target.Target2D)
        self._texture.setFormat(formats.RGBA8_UNorm if colours else formats.R8_UNorm)
        self._texture.setSize(width, height)
        self._texture.setMipLevels(1)
        self._texture.allocateStorage(layouts.RGBA if colours else layouts.Red, QOpenGLTexture.PixelType.UInt8)
        filters = QOpenGLTexture.Filter
        self._texture.setMinMagFilters(*(filters.Linear if smooth else filters.Nearest,) * 2)
        self._texture.setWrapMode(QOpenGLTexture.WrapMode.ClampToEdge)
        if not self._texture.isStorageAllocated():
            raise GpuError(f"no texture of {width}x{height}")
        self._id = self._texture.textureId()

    def bind(self, gl: QOpenGLFunctions, unit: int = 0) -> None:
        gl.glActiveTexture(TEXTURE0 + unit)
        gl.glBindTexture(TEXTURE_2D, self._id)

    def upload(self, gl: QOpenGLFunctions, data: memoryview, x: int, y: int, width: int, height: int) -> None:
        """Into the bound texture; when this returns the GPU's driver has its own copy of `data`."""
        # OpenGL trusts its caller, and PySide takes the buffer's address alone; its signature says int.
        gl.glTexSubImage2D(TEXTURE_2D, 0, x, y, width, height, self._format, UNSIGNED_BYTE, data)  # type: ignore[arg-type]

    def destroy(self) -> None:
        self._texture.destroy()


def program(fragment: str, vertex: str) -> QOpenGLShaderProgram:
    """Compile and link. Raises GpuError."""
    made = QOpenGLShaderProgram()
    kinds = QOpenGLShader.ShaderTypeBit
    if not (
        made.addShaderFromSourceCode(kinds.Vertex, vertex) and made.addShaderFromSourceCode(kinds.Fragment, fragment)
    ):
        raise GpuError("a shader does not compile")
    made.bindAttributeLocation("corner", 0)
    if not made.link():
        raise GpuError("a shader does not link")
    return made
