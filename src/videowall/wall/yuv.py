"""The colours of I420 pictures: ITU-R BT.601 and BT.709, in the narrow range of television and in the wide one."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..port import Picture

Plane = NDArray[np.uint8]
_Q = 5
"""Sums are held in 1/32: the largest, some 545, still fits into 16 bits."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """red = luma * (Y - black) + v_red * V and so on, for Y from 0 to 255 and U, V from -128 to 127."""

    black: float
    luma: float
    v_red: float
    u_green: float
    v_green: float
    u_blue: float


@lru_cache(maxsize=4)
def conversion(*, wide_range: bool, bt709: bool) -> Conversion:
    """The factors that the standards give for these two flags of a Picture."""
    red, blue = (0.2126, 0.0722) if bt709 else (0.299, 0.114)
    green = 1.0 - red - blue
    black, luma, chroma = (0.0, 1.0, 1.0) if wide_range else (16.0, 255 / 219, 255 / 224)
    v_red, u_blue = 2 * (1 - red) * chroma, 2 * (1 - blue) * chroma
    return Conversion(black, luma, v_red, -u_blue * blue / green, -v_red * red / green, u_blue)


def planes(picture: Picture) -> tuple[Plane, Plane, Plane]:
    """Y, U and V as arrays over the picture's memory. Raises ValueError when there is less of it than promised."""
    width, height = picture.width, picture.height
    half_width, half_height = (width + 1) // 2, (height + 1) // 2
    luma, chroma = width * height, half_width * half_height
    data = np.frombuffer(picture.data, np.uint8, luma + 2 * chroma)
    return (
        data[:luma].reshape(height, width),
        data[luma : luma + chroma].reshape(half_height, half_width),
        data[luma + chroma :].reshape(half_height, half_width),
    )


@lru_cache(maxsize=4)
def _tables(wide_range: bool, bt709: bool) -> tuple[NDArray[np.int16], ...]:
    factors = conversion(wide_range=wide_range, bt709=bt709)
    level, tint = np.arange(256) - factors.black, np.arange(256) - 128.0
    columns = (
        factors.luma * level + 0.5,  # so that shifting rounds
        factors.v_red * tint,
        factors.u_green * tint,
        factors.v_green * tint,
        factors.u_blue * tint,
    )
    return tuple(np.round(column * 2**_Q).astype(np.int16) for column in columns)


def write_bgrx(picture: Picture, target: Plane) -> None:
    """Write an I420 picture into `target`, of shape (height, width, 4); a smaller one takes the nearest pixels."""
    y, u, v = planes(picture)
    height, width = target.shape[:2]
    if (height, width) != y.shape:
        y, u, v = (_sampled(plane, width, height) for plane in (y, u, v))
        chroma_is_full = True
    else:
        chroma_is_full = False
    luma, v_red, u_green, v_green, u_blue = _tables(picture.wide_range, picture.bt709)
    bright = luma[y]
    tints = (u_blue[u], u_green[u] + v_green[v], v_red[v])
    for channel, tint in enumerate(tints):
        whole = tint if chroma_is_full else _doubled(tint, width, height)
        sums = bright + whole
        sums >>= _Q
        np.clip(sums, 0, 255, out=sums)
        target[..., channel] = sums
    target[..., 3] = 255


def _doubled(plane: NDArray[np.int16], width: int, height: int) -> NDArray[np.int16]:
    return np.repeat(np.repeat(plane, 2, axis=1)[:, :width], 2, axis=0)[:height]


def _sampled(plane: Plane, width: int, height: int) -> Plane:
    rows, columns = plane.shape
    return plane[_centres(rows, height)[:, None], _centres(columns, width)]


@lru_cache(maxsize=256)
def _centres(size: int, wanted: int) -> NDArray[np.intp]:
    return ((np.arange(wanted) * 2 + 1) * size // (2 * wanted)).astype(np.intp)
