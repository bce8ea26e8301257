"""Pictures of one size in shared memory: three slots, each with its number, so that reading needs no lock.

The writer fills the slots in turn and names the newest one last. A reader that finds the slot's number unchanged has
a whole picture, which stays untouched until two more have been written.
"""

import struct
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..port import Picture, Pixels
from .memory import OwnedMemory, attach

SLOTS = 3
_HEAD = struct.Struct("=QQQQQQ")  # magic, session, generation, width, height, layout
_NEWEST = struct.Struct("=Q")
_NEWEST_AT = 64
_SLOT = struct.Struct("=QddBd")  # sequence, captured_at, decoded_at, flags, aspect
_SLOT_AT = 128
_SLOT_STEP = 64
_PIXELS_AT = 4096
_MAGIC = 0x67_77_61_6E_6A_65_32
_LAYOUTS = (Pixels.BGRX, Pixels.I420)
DAMAGED, WIDE_RANGE, BT709 = 1, 2, 4
"""Flags of a picture, as in `videowall.port.Picture`."""


def planes_of(pixels: Pixels, width: int, height: int) -> list[tuple[int, int]]:
    """Height and bytes a row of each plane."""
    if pixels is Pixels.BGRX:
        return [(height, width * 4)]
    half = ((height + 1) // 2, (width + 1) // 2)
    return [(height, width), half, half]


def memory_size(pixels: Pixels, width: int, height: int) -> int:
    return _PIXELS_AT + SLOTS * _slot_size(pixels, width, height)


def _picture_size(pixels: Pixels, width: int, height: int) -> int:
    return sum(rows * row for rows, row in planes_of(pixels, width, height))


def _slot_size(pixels: Pixels, width: int, height: int) -> int:
    return -(-_picture_size(pixels, width, height) // 64) * 64


class PictureWriter:
    """The worker's side. `generation` tells two sizes of one session apart."""

    def __init__(self, session: int, generation: int, width: int, height: int, pixels: Pixels = Pixels.BGRX) -> None:
        self.session, self.generation = session, generation
        self.width, self.height, self.pixels = width, height, pixels
        self.memory = OwnedMemory(memory_size(pixels, width, height))
        _HEAD.pack_into(self.memory.view, 0, _MAGIC, session, generation, width, height, _LAYOUTS.index(pixels))
        self._slots = [self._planes(_PIXELS_AT + slot * _slot_size(pixels, width, height)) for slot in range(SLOTS)]

    def write(
        self,
        planes: Sequence[NDArray[np.uint8]],
        sequence: int,
        captured_at: float,
        flags: int = 0,
        aspect: float = 1.0,
    ) -> float:
        """Copy planes, whose rows may be padded, as picture `sequence`; returns the time it was ready."""
        slot = sequence % SLOTS
        at = _SLOT_AT + slot * _SLOT_STEP
        _SLOT.pack_into(self.memory.view, at, 0, 0.0, 0.0, 0, 1.0)
        for target, source in zip(self._slots[slot], planes, strict=True):
            target[:] = source[: target.shape[0], : target.shape[1]]
        ready_at = time.monotonic()
        _SLOT.pack_into(self.memory.view, at, sequence, captured_at, ready_at, flags, aspect)
        _NEWEST.pack_into(self.memory.view, _NEWEST_AT, sequence)
        return ready_at

    def _planes(self, at: int) -> list[NDArray[np.uint8]]:
        planes = []
        for rows, row in planes_of(self.pixels, self.width, self.height):
            planes.append(np.frombuffer(self.memory.view, np.uint8, rows * row, at).reshape(rows, row))
            at += rows * row
        return planes


class PictureReader:
    """The console's side. Raises OSError or ValueError when the memory is gone or belongs to somebody else by now."""

    def __init__(
        self, place: str, session: int, generation: int, width: int, height: int, pixels: Pixels = Pixels.BGRX
    ) -> None:
        self._view = attach(place, memory_size(pixels, width, height))
        if _HEAD.unpack_from(self._view, 0) != (_MAGIC, session, generation, width, height, _LAYOUTS.index(pixels)):
            raise ValueError("another picture memory")
        self._width, self._height, self._pixels = width, height, pixels
        self._length = _picture_size(pixels, width, height)
        self._step = _slot_size(pixels, width, height)
        self._newest = self._view[_NEWEST_AT : _NEWEST_AT + _NEWEST.size].cast("Q")
        self._picture: Picture | None = None

    def newest(self) -> Picture | None:
        """The newest whole picture, the same object as before when there is no newer one; None before the first."""
        for _ in range(SLOTS):
            newest = self._newest[0]
            if newest == 0 or (self._picture is not None and newest == self._picture.sequence):
                break
            slot = newest % SLOTS
            head = _SLOT.unpack_from(self._view, _SLOT_AT + slot * _SLOT_STEP)
            sequence, captured_at, decoded_at, flags, aspect = head
            if sequence != newest:
                continue  # the writer has gone round meanwhile
            start = _PIXELS_AT + slot * self._step
            self._picture = Picture(
                self._view[start : start + self._length],
                self._width,
                self._height,
                sequence,
                captured_at,
                decoded_at,
                bool(flags & DAMAGED),
                self._pixels,
                bool(flags & WIDE_RANGE),
                bool(flags & BT709),
                aspect,
            )
            break
        return self._picture
