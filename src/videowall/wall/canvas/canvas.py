"""What every canvas is, and how a picture is taken from memory that its writer goes on filling."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QRect, SignalInstance
from PySide6.QtGui import QImage

from ...port import Picture
from ..scene import Scene
from ..tile import Tile

_TRIES = 3


class Canvas(Protocol):
    """A widget that brings a Scene to the glass and takes no part in anything else.

    Signals: failed(str): it cannot go on, for this reason; another canvas has to take its place.
    """

    @property
    def failed(self) -> SignalInstance: ...

    def show_picture(self, tile: Tile) -> None:
        """There is another picture on this tile; nothing else of it has changed."""

    def refresh(self, rect: QRect | None = None) -> None:
        """Tiles in this part (logical pixels) look otherwise; all of the window with None."""

    def grabbed(self) -> QImage:
        """What is on the glass, in device pixels."""

    # Of every QWidget:

    def setGeometry(self, rect: QRect, /) -> None: ...

    def lower(self) -> None: ...

    def show(self) -> None: ...

    def hide(self) -> None: ...

    def deleteLater(self) -> None: ...


def put_whole(scene: Scene, tile: Tile, picture: Picture, put: Callable[[Picture], None]) -> Picture:
    """`put` the tile's picture, and a newer one if its writer may have come round to its slot meanwhile.

    A writer has three slots: while picture n is the newest, slot n + 1 may be half written, and n - 1 is whole.
    Returns the picture that was put last.
    """
    for _ in range(_TRIES):
        put(picture)
        newest = scene.picture_on(tile)
        if newest is picture or newest is None or newest.sequence - picture.sequence <= 1:
            break
        picture = newest
    return picture
