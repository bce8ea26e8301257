"""Which kind of session an order is for. An engine's own libraries are loaded when it is first asked for."""

from collections.abc import Callable

from .board import BoardWriter
from .order import Order
from .session import Session
from .wire import Message


def make_session(order: Order, board: BoardWriter, post: Callable[[Message], None]) -> Session:
    if order.engine == "vlc":
        from .vlc_session import VlcSession

        return VlcSession(order, board, post)
    return Session(order, board, post)
