"""Pictures of one size in shared memory: three slots, each with its number, so that reading needs no lock.

The writer fills the slots in turn and names the newest one last. A reader that finds the slot's number unchanged has
a whole picture, which stays untouched until two more have been written.
"""

import struct
import time

import numpy as np
from numpy.typing import NDArray

from ..port import Picture
from .memory import OwnedMemory, attach

SLOTS = 3
_HEAD = struct.Struct("=QQQQQ")  # magic, session, generation, width, height
_NEWEST = struct.Struct("=Q")
_NEWEST_AT = 64
_SLOT = struct.Struct("=Qdd")  # sequence, captured_at, decoded_at
_SLOT_AT = 128
_SLOT_STEP = 64
_PIXELS_AT = 4096
_MAGIC = 0x67_77_61_6E_6A_65_31


def memory_size(width: int, height: int) -> int:
    return _PIXELS_AT + SLOTS * _slot_size(width, height)


def _slot_size(width: int, height: int) -> int:
    return -(-width * height * 4 // 64) * 64


class PictureWriter:
    """The worker's side. `generation` tells two sizes of one session apart."""

    def __init__(self, session: int, generation: int, width: int, height: int) -> None:
        self.session, self.generation, self.width, self.height = session, generation, width, height
        self.memory = OwnedMemory(memory_size(width, height))
        _HEAD.pack_into(self.memory.view, 0, _MAGIC, session, generation, width, height)
        size = _slot_size(width, height)
        self._slots = [
            np.frombuffer(self.memory.view, np.uint8, height * width * 4, _PIXELS_AT + slot * size).reshape(
                height, width * 4
            )
            for slot in range(SLOTS)
        ]

    def write(self, rows: NDArray[np.uint8], sequence: int, captured_at: float) -> float:
        """Copy `height` rows of at least `width` * 4 bytes as picture `sequence`; returns the time it was ready."""
        slot = sequence % SLOTS
        at = _SLOT_AT + slot * _SLOT_STEP
        _SLOT.pack_into(self.memory.view, at, 0, 0.0, 0.0)
        self._slots[slot][:] = rows[:, : self.width * 4]
        ready_at = time.monotonic()
        _SLOT.pack_into(self.memory.view, at, sequence, captured_at, ready_at)
        _NEWEST.pack_into(self.memory.view, _NEWEST_AT, sequence)
        return ready_at


class PictureReader:
    """The console's side. Raises OSError or ValueError when the memory is gone or belongs to somebody else by now."""

    def __init__(self, place: str, session: int, generation: int, width: int, height: int) -> None:
        self._view = attach(place, memory_size(width, height))
        if _HEAD.unpack_from(self._view, 0) != (_MAGIC, session, generation, width, height):
            raise ValueError("another picture memory")
        self._width, self._height = width, height
        self._picture: Picture | None = None

    def newest(self) -> Picture | None:
        """The newest whole picture, the same object as before when there is no newer one; None before the first."""
        for _ in range(SLOTS):
            (newest,) = _NEWEST.unpack_from(self._view, _NEWEST_AT)
            if newest == 0 or (self._picture is not None and newest == self._picture.sequence):
                break
            slot = newest % SLOTS
            sequence, captured_at, decoded_at = _SLOT.unpack_from(self._view, _SLOT_AT + slot * _SLOT_STEP)
            if sequence != newest:
                continue  # the writer has gone round meanwhile
            start = _PIXELS_AT + slot * _slot_size(self._width, self._height)
            pixels = self._view[start : start + self._width * self._height * 4]
            self._picture = Picture(pixels, self._width, self._height, sequence, captured_at, decoded_at)
            break
        return self._picture
