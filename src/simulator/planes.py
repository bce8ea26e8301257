"""Pictures as YUV 4:2:0 planes (BT.601, limited range), in numpy."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Planes:
    """Luma, height x width, and the two chroma planes of half the size."""

    y: Plane
    u: Plane
    v: Plane


_LUMA = [round(16 + v * 219 / 255) for v in range(256)]
_CHROMA = [round(128 + (v - 128) * 224 / 255) for v in range(256)]


def to_yuv(image: Image.Image) -> tuple[Image.Image, Image.Image, Image.Image]:
    """Full-size luma and half-size chroma of an RGB image."""
    y, u, v = image.convert("YCbCr").split()
    half = (max(1, image.width // 2), max(1, image.height // 2))
    return (
        y.point(_LUMA),
        u.resize(half, Image.Resampling.BOX).point(_CHROMA),
        v.resize(half, Image.Resampling.BOX).point(_CHROMA),
    )


@dataclass(frozen=True, slots=True)
class Sprite:
    """A small picture to lay over planes: colours times alpha, and what is left of the ground (0..255)."""

    width: int
    height: int
    colours: tuple[NDArray[np.uint16], ...]
    rest: tuple[NDArray[np.uint16], ...]

    @staticmethod
    def of(image: Image.Image) -> "Sprite":
        """From RGBA; odd sizes are padded so that chroma fits."""
        even = Image.new("RGBA", (image.width + 1 & ~1, image.height + 1 & ~1), (0, 0, 0, 0))
        even.paste(image, (0, even.height - image.height))
        alpha = even.getchannel("A")
        half = (even.width // 2, even.height // 2)
        alphas = [np.asarray(a, np.uint16) for a in (alpha, alpha.resize(half, Image.Resampling.BOX))]
        # Colour of transparent pixels must not bleed into the chroma of the edge.
        solid = Image.composite(even, _grown(even), alpha).convert("RGB")
        parts = [np.asarray(p, np.uint16) for p in to_yuv(solid)]
        return Sprite(
            even.width,
            even.height,
            (parts[0] * alphas[0], parts[1] * alphas[1], parts[2] * alphas[1]),
            (255 - alphas[0], 255 - alphas[1], 255 - alphas[1]),
        )

    def lay(self, planes: Planes, left: int, bottom: int) -> None:
        """Over the planes, with its lower edge at row `bottom`; cut at the picture's edges. Snaps to even pixels."""
        left &= ~1
        top = (bottom - self.height) & ~1
        height, width = planes.y.shape
        x0, y0 = max(0, left), max(0, top)
        x1, y1 = min(width, left + self.width) & ~1, min(height, top + self.height) & ~1
        if x1 <= x0 or y1 <= y0:
            return
        for plane, colour, rest, shift in zip(
            (planes.y, planes.u, planes.v), self.colours, self.rest, (0, 1, 1), strict=True
        ):
            there = slice(y0 >> shift, y1 >> shift), slice(x0 >> shift, x1 >> shift)
            here = (
                slice((y0 - top) >> shift, (y1 - top) >> shift),
                slice((x0 - left) >> shift, (x1 - left) >> shift),
            )
            # Division by 256 instead of 255 loses at most one step of grey.
            plane[there] = (plane[there] * rest[here] + colour[here] + 128) >> 8


def _grown(image: Image.Image) -> Image.Image:
    """The opaque colours' mean, as a ground for the transparent part."""
    pixels = np.asarray(image)
    opaque = pixels[pixels[:, :, 3] > 127]
    mean = opaque[:, :3].mean(axis=0) if len(opaque) else np.array([128, 128, 128])
    return Image.new("RGBA", image.size, (int(mean[0]), int(mean[1]), int(mean[2]), 255))
