"""Memory that a worker writes and the console reads, with nothing left behind whoever dies first.

On Linux it is an anonymous memory file that the reader opens through /proc: it has no name in any directory and is
gone with its last user. On Windows it is a named mapping, which has the same life.
"""

import itertools
import mmap
import os
import sys

_serial = itertools.count(1)


class OwnedMemory:
    """`size` zeroed bytes in `view`; `place` is what another process of the same user attaches it by."""

    def __init__(self, size: int) -> None:
        if sys.platform == "win32":
            self.place = f"gwanje-{os.getpid()}-{next(_serial)}"
            self._descriptor = -1
            self._map = mmap.mmap(-1, size, tagname=self.place)
        else:
            self._descriptor = os.memfd_create("gwanje", os.MFD_CLOEXEC)
            os.ftruncate(self._descriptor, size)
            self.place = f"/proc/{os.getpid()}/fd/{self._descriptor}"
            self._map = mmap.mmap(self._descriptor, size)
        self.size = size
        self.view = memoryview(self._map)

    def release(self) -> None:
        """Nobody can attach it any more. The memory itself goes when the last view of it goes."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def attach(place: str, size: int) -> memoryview:
    """A read-only view of another process's memory. Raises OSError or ValueError when it is gone."""
    if sys.platform == "win32":
        return memoryview(mmap.mmap(-1, size, tagname=place, access=mmap.ACCESS_READ))
    descriptor = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return memoryview(mmap.mmap(descriptor, size, access=mmap.ACCESS_READ))
    finally:
        os.close(descriptor)
