"""Finds the simulator's pictures in a screenshot by the code band along their top edge."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gwanje.simulator import codeband

WIDTHS = range(240, 660)
_LEAST_STEPS = 60
_SYNC = np.array([1, 0, 1, 1, 0, 0], dtype=bool)


@dataclass(frozen=True)
class Found:
    """A picture of 16:9 whose band begins at (x, y); `unix_ms` is when the camera took it."""

    x: int
    y: int
    width: int
    counter: int
    unix_ms: int

    def cut(self, grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The street: the picture without its band and without the name strip below."""
        height = self.width * 9 // 16
        return grey[self.y + height // 8 : self.y + height * 4 // 5, self.x : self.x + self.width]


def find(grey: NDArray[np.uint8], not_before_ms: int, not_after_ms: int) -> list[Found]:
    """The pictures in a grey screenshot (height x width), taken within the given time, from the top left on."""
    found: list[Found] = []
    steps = (np.abs(np.diff(grey.astype(np.int16), axis=1)) > 50).sum(axis=1)
    for y in np.flatnonzero(steps >= _LEAST_STEPS):
        row = _in_row(grey[y], int(y), not_before_ms, not_after_ms, cut=0)
        if row:  # here are pictures: is there one more, whose edge lies under the selection?
            row += _in_row(grey[y], int(y), not_before_ms, not_after_ms, cut=3)
        for band in row:
            if not any(f.x - 8 < band.x < f.x + f.width - 8 and band.y - f.y < f.width // 2 for f in found):
                found.append(band)
    return sorted(found, key=lambda f: (f.y // 16, f.x))


def _in_row(line: NDArray[np.uint8], y: int, not_before_ms: int, not_after_ms: int, cut: int) -> list[Found]:
    """`cut`: how many pixels of the band's beginning may be covered by the selection's edge."""
    found: list[Found] = []
    light = line > 120
    rises = np.flatnonzero(light[1:] & ~light[:-1]) + 1  # it begins with a light block
    starts = np.unique(np.maximum(rises[:, None] - np.arange(cut + 1), 0))
    widths = np.array(WIDTHS)
    for start in starts:
        if found and start < found[-1].x + found[-1].width - 8:
            continue
        fitting = widths[widths <= line.size - start]
        middles = start + ((np.arange(len(_SYNC)) + 0.5) * fitting[:, None] / codeband.BLOCKS).astype(int)
        for width in fitting[(light[middles] == _SYNC).all(axis=1)]:
            # The reader looks at a whole picture; only its first 45th matters.
            picture = np.broadcast_to(line[start : start + width], (codeband.HEIGHT_FRACTION, width))
            band = codeband.read(picture)
            if band is not None and not_before_ms <= band.unix_ms <= not_after_ms:
                found.append(Found(int(start), y, int(width), band.counter, band.unix_ms))
                break
    return found
