"""Pictures as Qt's painter takes them."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from ..port import Picture, Pixels
from ..recent_pictures import Kept
from .yuv import write_bgrx


def as_image(picture: Picture, room: QSize | None = None) -> QImage:
    """The picture for QPainter. A BGRX picture is a view into its memory, not a copy: paint it at once.

    An I420 picture is converted, at its own size or, when `room` is smaller, at the size of `room`. That is for still
    pictures and for the time after a GPU was lost: a 1920x1080 picture takes some 20 ms.
    """
    if picture.pixels is Pixels.BGRX:
        return QImage(picture.data, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32)
    width, height = picture.width, picture.height
    if room is not None and room.width() < width and room.height() < height:
        width, height = room.width(), room.height()
    image = QImage(width, height, QImage.Format.Format_RGB32)
    write_bgrx(picture, np.frombuffer(image.bits(), np.uint8).reshape(height, width, 4))
    return image


def as_picture(kept: Kept, captured_at: float) -> Picture:
    """The other way round; an image has to be of Format_RGB32. Paint it at once: the image owns the memory."""
    if isinstance(kept, Picture):
        return kept
    image = kept
    return Picture(memoryview(image.constBits()), image.width(), image.height(), 0, captured_at, captured_at)


def copied(picture: Picture) -> Picture:
    """The same picture in memory of its own. Its number is 0: it is no longer one of its source."""
    return replace(picture, data=memoryview(bytes(picture.data)), sequence=0)
