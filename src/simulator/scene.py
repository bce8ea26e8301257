"""What one camera sees: the drawn street at one scale, kept while somebody watches, and its traffic."""

import threading

from PIL import Image

from .planes import Sprite, to_yuv
from .sprites import paint, size_m
from .street import Street
from .traffic import Actor, Traffic

_MOST_SPRITES = 1500


class Scene:
    """Thread-safe; drawing happens on first use of each scale."""

    def __init__(self, number: int, name: str) -> None:
        self.title = f"CAM {number:02d}  {name}"
        self.street = Street(number)
        self.traffic = Traffic(self.street, number)
        self._panoramas: dict[float, tuple[Image.Image, Image.Image, Image.Image]] = {}
        self._lock = threading.Lock()

    def panorama(self, scale: float) -> tuple[Image.Image, Image.Image, Image.Image]:
        """Luma, and the two chroma planes of half the size."""
        with self._lock:
            found = self._panoramas.get(scale)
            if found is None:
                found = self._panoramas[scale] = to_yuv(self.street.draw(scale))
            return found


class Sprites:
    """The sprites of one encoder, by look and size; sizes go in steps of 4 %, so that few are painted."""

    def __init__(self, scene: Scene) -> None:
        self._theme = scene.street.theme
        self._kept: dict[tuple[str, int, str, float], Sprite] = {}

    def get(self, actor: Actor, px_per_m: float) -> Sprite | None:
        """None when it would be too small to be seen."""
        step = 1.0
        while step < px_per_m:
            step *= 1.04
        if size_m(actor)[1] * step < 4:
            return None
        key = (actor.kind, actor.look, actor.facing, step)
        sprite = self._kept.get(key)
        if sprite is None:
            if len(self._kept) >= _MOST_SPRITES:
                self._kept.clear()
            sprite = self._kept[key] = Sprite.of(paint(actor, self._theme, step))
        return sprite
