"""The last picture of each camera on a wall, for the time after its source has nothing left to show."""

from collections.abc import Set

from PySide6.QtGui import QImage

from ...domain.cameras import CameraId
from ..port import Picture


def as_image(picture: Picture) -> QImage:
    """A view into the shared memory, not a copy: paint it at once."""
    return QImage(picture.data, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32)


class KeptPictures:
    """Copies, one a camera: the last one that was handed in."""

    def __init__(self) -> None:
        self._images: dict[CameraId, tuple[QImage, float]] = {}

    def keep(self, camera: CameraId, picture: Picture) -> None:
        self._images[camera] = (as_image(picture).copy(), picture.captured_at)

    def of(self, camera: CameraId) -> tuple[QImage, float] | None:
        """The image and when it was captured (monotonic seconds)."""
        return self._images.get(camera)

    def only(self, cameras: Set[CameraId]) -> None:
        """Forget every other camera."""
        for gone in self._images.keys() - cameras:
            del self._images[gone]
