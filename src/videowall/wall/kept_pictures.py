"""A picture of the shared memory as Qt sees it."""

from PySide6.QtGui import QImage

from ..port import Picture


def as_image(picture: Picture) -> QImage:
    """A view into the shared memory, not a copy: paint it at once."""
    return QImage(picture.data, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32)
