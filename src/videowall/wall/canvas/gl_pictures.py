"""Pictures on the GPU: their planes as textures, drawn at any size."""

from math import ceil

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QOpenGLFunctions
from PySide6.QtOpenGL import QOpenGLShaderProgram

from ...port import Picture, Pixels
from ..yuv import conversion
from . import gl as names
from .gl import GpuError, Plane, program
from .shaders import BGRX, I420, MOST_TAPS, VERTEX


def plane_sizes(pixels: Pixels, width: int, height: int) -> list[tuple[int, int, int]]:
    """Width and height in texels and bytes a texel, for each plane of a picture."""
    if pixels is Pixels.BGRX:
        return [(width, height, 4)]
    half = ((width + 1) // 2, (height + 1) // 2, 1)
    return [(width, height, 1), half, half]


class PictureTextures:
    """One picture on the GPU, replaced by the next one.

    Attributes: picture: what the textures hold; None before the first one.
    """

    def __init__(self) -> None:
        self.picture: Picture | None = None
        self._planes: list[Plane] = []
        self._layout: tuple[object, ...] = ()

    def upload(self, gl: QOpenGLFunctions, picture: Picture) -> None:
        """Raises GpuError when the GPU's memory does not suffice, ValueError for a picture that is too short."""
        sizes = plane_sizes(picture.pixels, picture.width, picture.height)
        if len(picture.data) < sum(width * height * depth for width, height, depth in sizes):
            raise ValueError("a picture is shorter than its size says")
        layout = (picture.pixels, picture.width, picture.height)
        if layout != self._layout:
            self.destroy()
            self._planes = [Plane(width, height, colours=depth == 4) for width, height, depth in sizes]
            self._layout = layout
        at = 0
        for plane, (width, height, depth) in zip(self._planes, sizes, strict=True):
            plane.bind(gl)
            length = width * height * depth
            plane.upload(gl, picture.data[at : at + length], 0, 0, width, height)
            at += length
        self.picture = picture

    def bind(self, gl: QOpenGLFunctions) -> None:
        for unit, plane in enumerate(self._planes):
            plane.bind(gl, unit)

    def destroy(self) -> None:
        for plane in self._planes:
            plane.destroy()
        self._planes, self._layout, self.picture = [], (), None


class PictureShaders:
    """Draws what PictureTextures hold. Made with the context current; raises GpuError."""

    def __init__(self) -> None:
        self._i420, self._bgrx = program(I420, VERTEX), program(BGRX, VERTEX)
        self._places: dict[QOpenGLShaderProgram, dict[str, int]] = {}
        for made, names_of in ((self._i420, ("y_plane", "u_plane", "v_plane")), (self._bgrx, ("plane",))):
            made.bind()
            for unit, name in enumerate(names_of):
                made.setUniformValue1i(made.uniformLocation(name), unit)
        wanted = ("span", "luma_taps", "chroma_taps", "chroma_place", "luma", "chroma", "taps")
        self._at_i420 = {name: self._i420.uniformLocation(name) for name in wanted}
        self._at_bgrx = {name: self._bgrx.uniformLocation(name) for name in wanted}

    def draw(self, gl: QOpenGLFunctions, textures: PictureTextures, place: QRect) -> None:
        """Fill the viewport, which is `place` (device pixels), with the picture."""
        picture = textures.picture
        if picture is None:
            raise GpuError("there is no picture to draw")
        textures.bind(gl)
        width, height = picture.width, picture.height
        if picture.pixels is Pixels.BGRX:
            self._bgrx.bind()
            at = self._at_bgrx
            gl.glUniform2f(at["taps"], *_taps(width, height, place.size()))
        else:
            self._i420.bind()
            at = self._at_i420
            wide, high = (width + 1) // 2, (height + 1) // 2
            gl.glUniform2f(at["luma_taps"], *_taps(width, height, place.size()))
            gl.glUniform2f(at["chroma_taps"], *_taps(wide, high, place.size()))
            # Chroma lies over the left one of two luma columns, and between two rows (H.264, figure 6-1).
            gl.glUniform4f(at["chroma_place"], width / 2 / wide, height / 2 / high, 0.25 / wide, 0.0)
            factors = conversion(wide_range=picture.wide_range, bt709=picture.bt709)
            gl.glUniform2f(at["luma"], factors.luma, factors.black / 255)
            gl.glUniform4f(at["chroma"], factors.v_red, factors.u_green, factors.v_green, factors.u_blue)
        gl.glUniform2f(at["span"], 1 / place.width(), 1 / place.height())
        gl.glDrawArrays(names.TRIANGLE_STRIP, 0, 4)


def _taps(width: int, height: int, place: QSize) -> tuple[float, float]:
    """How many samples a device pixel takes: one a texel under it."""
    return (
        float(min(MOST_TAPS, max(1, ceil(width / place.width())))),
        float(min(MOST_TAPS, max(1, ceil(height / place.height())))),
    )
