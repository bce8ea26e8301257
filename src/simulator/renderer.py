"""Composes one picture: the street through the head's view, the traffic, the text, the code band."""

from datetime import UTC, datetime

import numpy as np
from PIL import Image

from ..domain.ptz import PtzPosition
from . import codeband
from .osd import Osd
from .planes import Plane, Planes
from .scene import Scene, Sprites
from .view import PANORAMA, Window, window

_SCALES = ((720, 1.0), (10_000, 1.6))
"""Up to which picture height which scale of the panorama is used."""


class Renderer:
    """For one picture size. Not thread-safe: one at a time."""

    def __init__(self, scene: Scene, width: int, height: int) -> None:
        self._scene = scene
        self._size = width, height
        self._scale = next(scale for limit, scale in _SCALES if height <= limit)
        self._sprites = Sprites(scene)
        self._osd = Osd(scene.title, height, codeband.height(height))
        self._shown: Window | None = None
        self._ground: tuple[Plane, Plane, Plane] | None = None

    def draw(self, planes: Planes, position: PtzPosition, unix_s: float, shown_s: float, counter: int) -> None:
        """Fill the planes with what the camera sees at `unix_s`; its clock shows `shown_s`."""
        view = window(position)
        if self._ground is None or view != self._shown:
            self._ground = self._look(view)
            self._shown = view
        for plane, ground in zip((planes.y, planes.u, planes.v), self._ground, strict=True):
            np.copyto(plane, ground)
        self._people(planes, view, unix_s)
        self._osd.draw(planes.y, datetime.fromtimestamp(shown_s, UTC).astimezone())
        rows = codeband.height(self._size[1])
        codeband.write(planes.y, counter, int(unix_s * 1000))
        for chroma in (planes.u, planes.v):
            chroma[: (rows + 1) // 2] = 128

    def _look(self, view: Window) -> tuple[Plane, Plane, Plane]:
        width, height = self._size
        y, u, v = self._scene.panorama(self._scale)
        part = (view.left, view.top, view.left + view.width, view.top + view.height)

        def cut(image: Image.Image, size: tuple[int, int]) -> Plane:
            # The part in this image's own pixels, kept inside against rounding.
            kx, ky = image.width / PANORAMA[0], image.height / PANORAMA[1]
            box = (
                max(0.0, part[0] * kx),
                max(0.0, part[1] * ky),
                min(float(image.width), part[2] * kx),
                min(float(image.height), part[3] * ky),
            )
            return np.asarray(image.resize(size, Image.Resampling.BILINEAR, box=box))

        return cut(y, (width, height)), cut(u, (width // 2, height // 2)), cut(v, (width // 2, height // 2))

    def _people(self, planes: Planes, view: Window, unix_s: float) -> None:
        zoom = self._size[0] / view.width
        eye = self._scene.street.eye
        actors = [(eye.depth(a.x, a.z), a) for a in self._scene.traffic.actors(unix_s)]
        for depth, actor in sorted(actors, key=lambda pair: -pair[0]):
            if depth < 5:
                continue
            x, y, unit = eye.project(actor.x, 0.0, actor.z)
            middle, bottom = (x - view.left) * zoom, (y - view.top) * zoom
            reach = 12 * unit * zoom
            if not (-reach < middle < self._size[0] + reach and 0 < bottom < self._size[1] + reach):
                continue
            sprite = self._sprites.get(actor, unit * zoom)
            if sprite is not None:
                sprite.lay(planes, round(middle - sprite.width / 2), round(bottom))
