"""Where things lie in device pixels, the same for every canvas."""

from math import floor

from PySide6.QtCore import QRect, QSize, Qt

_SPARE_PX = 8
"""Scalers are quick at multiples of eight: a picture made for a tile may leave that much of it free."""
_CUT_PX = 2
"""A picture made for another tile of this layout may be larger by a pixel or two."""


def device_rect(rect: QRect, ratio: float) -> QRect:
    """`rect` (logical pixels) on the device; neighbours stay neighbours at every ratio."""
    # Halves go up as in Qt, and not to the even side as in Python.
    left, top = floor(rect.x() * ratio + 0.5), floor(rect.y() * ratio + 0.5)
    right = floor((rect.x() + rect.width()) * ratio + 0.5)
    bottom = floor((rect.y() + rect.height()) * ratio + 0.5)
    return QRect(left, top, right - left, bottom - top)


def fitted(width: int, height: int, room: QRect, aspect: float = 1.0) -> QRect:
    """Where a picture of `width` x `height` pixels lies in `room`: whole, centred, its shape kept; all device pixels.

    Pixel on pixel where that comes close. `aspect` is the width of one of its pixels over its height.
    """
    spare_x, spare_y = room.width() - width, room.height() - height
    near = -_CUT_PX <= min(spare_x, spare_y) <= _SPARE_PX
    if aspect == 1.0 and near:
        fit = QSize(width, height)
    else:
        shape = QSize(max(1, round(width * aspect)), height)
        fit = shape.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    x = room.x() + (room.width() - fit.width()) // 2
    y = room.y() + (room.height() - fit.height()) // 2
    return QRect(x, y, fit.width(), fit.height())


def bars_beside(place: QRect, room: QRect) -> list[QRect]:
    """What of `room` a picture at `place` leaves free."""
    left, top = place.x() - room.x(), place.y() - room.y()
    right, bottom = room.width() - left - place.width(), room.height() - top - place.height()
    bars = (
        QRect(room.x(), room.y(), left, room.height()),
        QRect(place.x() + place.width(), room.y(), right, room.height()),
        QRect(place.x(), room.y(), place.width(), top),
        QRect(place.x(), place.y() + place.height(), place.width(), bottom),
    )
    return [bar for bar in bars if bar.width() > 0 and bar.height() > 0]
