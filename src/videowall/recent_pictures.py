"""The last picture of each camera seen lately: what a tile shows, with its age, while its source has nothing yet."""

import time
from collections.abc import Callable

from PySide6.QtGui import QImage

from ..domain.cameras import CameraId
from .port import Picture

MOST_BYTES = 128 * 2**20
"""Some 15 pictures of 1920x1080, or 400 of the size of a small tile."""
FORGOTTEN_AFTER_S = 600.0
Kept = QImage | Picture
"""A Picture in memory of its own is kept as the engine made it: turning it into an image can wait until it is seen."""


class RecentPictures:
    """Shared by all windows, so that a camera that moves to another tile takes its picture along.

    In memory only, bounded in bytes and in time; `clear` when the operator leaves. `clock` gives monotonic seconds.
    """

    def __init__(self, *, most_bytes: int = MOST_BYTES, clock: Callable[[], float] = time.monotonic) -> None:
        self._most_bytes = most_bytes
        self._clock = clock
        self._images: dict[CameraId, tuple[Kept, float]] = {}
        self._bytes = 0

    def keep(self, camera: CameraId, image: Kept, captured_at: float) -> None:
        """`image` must be a copy that nobody changes. One picture a camera: the newest."""
        known = self._images.get(camera)
        if known is not None and known[1] > captured_at:
            return
        self._forget(camera)
        self._images[camera] = (image, captured_at)
        self._bytes += _size(image)
        while self._bytes > self._most_bytes and len(self._images) > 1:
            self._forget(next(iter(self._images)))

    def of(self, camera: CameraId) -> tuple[Kept, float] | None:
        """The image and when it was captured (monotonic seconds)."""
        return self._images.get(camera)

    @property
    def is_empty(self) -> bool:
        return not self._images

    def forget_old(self) -> None:
        """Drop what is older than FORGOTTEN_AFTER_S; to be called now and then."""
        oldest = self._clock() - FORGOTTEN_AFTER_S
        for camera in [camera for camera, (_, captured_at) in self._images.items() if captured_at < oldest]:
            self._forget(camera)

    def clear(self) -> None:
        self._images.clear()
        self._bytes = 0

    def _forget(self, camera: CameraId) -> None:
        gone = self._images.pop(camera, None)
        if gone is not None:
            self._bytes -= _size(gone[0])


def _size(kept: Kept) -> int:
    return len(kept.data) if isinstance(kept, Picture) else kept.sizeInBytes()
