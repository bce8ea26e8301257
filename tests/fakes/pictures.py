"""Pictures in the layouts of the engines, with known colours."""

import numpy as np
from numpy.typing import NDArray

from gwanje.videowall.port import Picture, Pixels

Plane = NDArray[np.uint8]

# 75 % bars as (R, G, B) and as (Y, Cb, Cr) in eight bits: SMPTE EG 1 and ITU-R BT.1729.
BARS_RGB = (
    (191, 191, 191),
    (191, 191, 0),
    (0, 191, 191),
    (0, 191, 0),
    (191, 0, 191),
    (191, 0, 0),
    (0, 0, 191),
    (0, 0, 0),
)
BARS_601 = (
    (180, 128, 128),
    (162, 44, 142),
    (131, 156, 44),
    (112, 72, 58),
    (84, 184, 198),
    (65, 100, 212),
    (35, 212, 114),
    (16, 128, 128),
)
BARS_709 = (
    (180, 128, 128),
    (168, 44, 136),
    (145, 147, 44),
    (133, 63, 52),
    (63, 193, 204),
    (51, 109, 212),
    (28, 212, 120),
    (16, 128, 128),
)


def i420(luma: Plane, u: Plane, v: Plane, *, wide_range: bool = False, bt709: bool = False) -> Picture:
    """A picture of these planes, without number and times."""
    height, width = luma.shape
    assert u.shape == v.shape == ((height + 1) // 2, (width + 1) // 2)
    data = b"".join(np.ascontiguousarray(plane).tobytes() for plane in (luma, u, v))
    return Picture(memoryview(data), width, height, 0, 0.0, 0.0, pixels=Pixels.I420, wide_range=wide_range, bt709=bt709)


def bgrx(frame: Plane) -> Picture:
    """A picture of shape (height, width, 4)."""
    height, width, _ = frame.shape
    return Picture(memoryview(np.ascontiguousarray(frame).tobytes()), width, height, 0, 0.0, 0.0)


def bars(width: int, height: int, *, bt709: bool = False, wide_range: bool = False) -> Picture:
    """Eight upright bars in I420."""
    codes = np.array(BARS_709 if bt709 else BARS_601, np.float64)
    if wide_range:
        codes[:, 0] = (codes[:, 0] - 16) * 255 / 219
        codes[:, 1:] = (codes[:, 1:] - 128) * 255 / 224 + 128
    codes = np.round(codes).astype(np.uint8)
    bar = np.arange(width) * 8 // width
    half = bar[::2]
    rows, half_rows = np.ones((height, 1), np.uint8), np.ones(((height + 1) // 2, 1), np.uint8)
    return i420(
        rows * codes[bar, 0], half_rows * codes[half, 1], half_rows * codes[half, 2], wide_range=wide_range, bt709=bt709
    )


def shade(width: int, height: int) -> Picture:
    """A smooth picture in I420: whatever scales it, it looks the same."""
    across, down = np.linspace(0, 1, width)[None, :], np.linspace(0, 1, height)[:, None]
    half_across = np.linspace(0, 1, (width + 1) // 2)[None, :]
    half_down = np.linspace(0, 1, (height + 1) // 2)[:, None]
    return i420(
        (40 + 80 * across + 80 * down).astype(np.uint8),
        (90 + 70 * half_across + 0 * half_down).astype(np.uint8),
        (160 - 70 * half_down + 0 * half_across).astype(np.uint8),
    )
