"""The text that a camera lays over its picture: its name, date and clock with milliseconds."""

import math
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from .fonts import font
from .planes import Plane

_INK = 232
_LETTERS = "0123456789-:. "


class Osd:
    """Paints into luma only, which is quick and readable on every ground: light letters with a dark edge."""

    def __init__(self, title: str, height: int, top: int) -> None:
        self._size = max(11, round(height / 26))
        self._left = round(height / 45)
        self._top = top + round(height / 60)
        self._line = round(self._size * 1.3)
        self._title = self._stamp(title)
        face = font(self._size, bold=True)
        # All figures are equally wide, so that the clock does not wobble.
        width = max(math.ceil(face.getlength(letter)) for letter in "0123456789")
        self._glyphs = {
            letter: self._stamp(letter, width if letter.isdigit() else math.ceil(face.getlength(letter)) + 1)
            for letter in _LETTERS
        }

    def _stamp(self, text: str, width: int | None = None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Two pictures of a text: what the luma is at most (the dark edge), and at least (the letters)."""
        face = font(self._size, bold=True)
        box = face.getbbox(text)
        edge = max(1, self._size // 12)
        size = (width or int(box[2]) + 2 * edge, self._line)
        ink = Image.new("L", size, 0)
        ImageDraw.Draw(ink).text((edge if width is None else 0, 0), text, font=face, fill=255)
        dark = ink.filter(ImageFilter.MaxFilter(2 * edge + 1))
        most = 255 - np.asarray(dark, np.uint16) * 225 // 255
        least = np.asarray(ink, np.uint16) * _INK // 255
        return most.astype(np.uint8), least.astype(np.uint8)

    def draw(self, luma: Plane, shown: datetime) -> None:
        text = f"{shown:%Y-%m-%d %H:%M:%S}.{shown.microsecond // 1000:03d}"
        stamps = [self._glyphs[letter] for letter in text]
        self._lay(luma, self._title, self._top)
        clock = np.hstack([s[0] for s in stamps]), np.hstack([s[1] for s in stamps])
        self._lay(luma, clock, self._top + self._line)

    def _lay(self, luma: Plane, stamp: tuple[NDArray[np.uint8], NDArray[np.uint8]], top: int) -> None:
        most, least = stamp
        part = luma[top : top + most.shape[0], self._left : self._left + most.shape[1]]
        rows, columns = part.shape
        np.minimum(part, most[:rows, :columns], out=part)
        np.maximum(part, least[:rows, :columns], out=part)
