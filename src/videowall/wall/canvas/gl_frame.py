"""One window's frame in one OpenGL context: the pictures of the tiles and what lies over them."""

import struct

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QOffscreenSurface, QOpenGLContext, QOpenGLFunctions, QRegion
from PySide6.QtOpenGL import QOpenGLBuffer
from shiboken6 import VoidPtr, isValid

from ...port import Picture
from ..scene import Scene
from ..tile import Tile
from . import gl as names
from .canvas import put_whole
from .geometry import device_rect, fitted
from .gl import GpuError
from .gl_overlay import Overlay
from .gl_pictures import PictureShaders, PictureTextures

_CORNERS = struct.pack("=8f", 0, 0, 1, 0, 0, 1, 1, 1)


class Frame:
    """Made and used with `context` current; gives everything back when the context goes. Raises GpuError."""

    def __init__(self, context: QOpenGLContext) -> None:
        major, minor = context.format().version()
        if major < 3:
            raise GpuError(f"OpenGL {major}.{minor} is too old")
        self._context = context
        self._gl: QOpenGLFunctions = context.functions()
        # To be current on while the window is going away.
        self._farewell = QOffscreenSurface()
        self._farewell.setFormat(context.format())
        self._farewell.create()
        self._corners = QOpenGLBuffer(QOpenGLBuffer.Type.VertexBuffer)
        self._corners.create()
        self._corners.bind()
        self._corners.allocate(_CORNERS, len(_CORNERS))
        self._corners.release()
        self._shaders = PictureShaders()
        self._overlay = Overlay()
        self._textures: dict[int, PictureTextures] = {}
        self._has_picture: dict[int, bool] = {}
        self._size = QSize()
        self._ratio = 0.0
        # Not a bound method: the frame has to outlive the widget, whose Python side goes before its context.
        context.aboutToBeDestroyed.connect(lambda: self._give_back())

    def draw(self, scene: Scene, window: QRect, ratio: float, fresh: set[int], changed: QRegion | None) -> None:
        """Bring the frame up to date: `fresh` tiles have another picture, `changed` looks otherwise (None: all)."""
        gl = self._gl
        size = device_rect(window, ratio).size()
        if size != self._size or ratio != self._ratio:
            self._size, self._ratio = size, ratio
            self._overlay.resize(size, ratio)
            changed = None
        gl.glPixelStorei(names.UNPACK_ALIGNMENT, 1)
        gl.glDisable(names.DEPTH_TEST)
        gl.glDisable(names.BLEND)
        gl.glClearColor(0.0, 0.0, 0.0, 1.0)
        if changed is None:
            gl.glDisable(names.SCISSOR_TEST)
            gl.glClear(names.COLOR_BUFFER_BIT)
        gl.glEnable(names.SCISSOR_TEST)
        self._corners.bind()
        gl.glEnableVertexAttribArray(0)
        gl.glVertexAttribPointer(0, 2, names.FLOAT, 0, 0, VoidPtr(0))  # type: ignore[arg-type] # it says int

        drawn: list[Tile] = []
        looks: list[tuple[Tile, bool]] = []
        shown: list[tuple[Tile, Picture]] = []
        for tile in scene.tiles:
            looks_otherwise = changed is None or changed.intersects(tile.rect)
            if not tile.visible or not (looks_otherwise or tile.index in fresh):
                continue
            picture = self._draw_picture(scene, tile)
            drawn.append(tile)
            has_picture = picture is not None
            if looks_otherwise or self._has_picture.get(tile.index) is not has_picture:
                looks.append((tile, has_picture))
                self._has_picture[tile.index] = has_picture
            if picture is not None and tile.index in fresh:
                shown.append((tile, picture))
        if looks or changed is None:
            self._overlay.paint(scene, window, looks, gaps=changed is None)
        self._draw_overlay(drawn, everywhere=changed is None)
        self._corners.release()
        self._forget_hidden(scene)
        self._check()
        for tile, picture in shown:
            scene.painted(tile, picture)

    def _draw_picture(self, scene: Scene, tile: Tile) -> Picture | None:
        gl = self._gl
        room = device_rect(tile.rect, self._ratio)
        gl.glScissor(*self._flipped(room))
        gl.glClear(names.COLOR_BUFFER_BIT)
        textures = self._textures.setdefault(tile.index, PictureTextures())
        picture = scene.picture_on(tile)
        if picture is not None:
            picture = put_whole(scene, tile, picture, lambda picture: self._upload(textures, picture))
            place = fitted(picture.width, picture.height, room, picture.aspect)
            gl.glViewport(*self._flipped(place))
            self._shaders.draw(gl, textures, place)
        return picture

    def _upload(self, textures: PictureTextures, picture: Picture) -> None:
        if textures.picture is not picture:
            textures.upload(self._gl, picture)

    def _draw_overlay(self, tiles: list[Tile], *, everywhere: bool) -> None:
        gl = self._gl
        self._overlay.bind(gl)
        gl.glEnable(names.BLEND)
        gl.glBlendFunc(names.ONE, names.ONE_MINUS_SRC_ALPHA)
        gl.glViewport(0, 0, self._size.width(), self._size.height())
        parts = (
            [QRect(0, 0, self._size.width(), self._size.height())]
            if everywhere
            else [device_rect(tile.rect, self._ratio) for tile in tiles]
        )
        for part in parts:
            gl.glScissor(*self._flipped(part))
            gl.glDrawArrays(names.TRIANGLE_STRIP, 0, 4)
        gl.glDisable(names.BLEND)
        gl.glDisable(names.SCISSOR_TEST)

    def _flipped(self, rect: QRect) -> tuple[int, int, int, int]:
        """OpenGL counts from the bottom."""
        return rect.x(), self._size.height() - rect.y() - rect.height(), rect.width(), rect.height()

    def _forget_hidden(self, scene: Scene) -> None:
        seen = {tile.index for tile in scene.tiles if tile.visible and tile.camera is not None}
        for index in self._textures.keys() - seen:
            self._textures.pop(index).destroy()

    def _check(self) -> None:
        error = self._gl.glGetError()
        if error in (names.OUT_OF_MEMORY, names.CONTEXT_LOST) or not self._context.isValid():
            raise GpuError("the GPU is lost" if error != names.OUT_OF_MEMORY else "the GPU's memory is full")

    def _give_back(self) -> None:
        # At the very end of a program Qt may have taken the surface first; then everything goes with the process.
        if isValid(self._farewell) and self._context.makeCurrent(self._farewell):
            for textures in self._textures.values():
                textures.destroy()
            self._overlay.destroy()
            self._corners.destroy()
            self._context.doneCurrent()
        self._textures.clear()
