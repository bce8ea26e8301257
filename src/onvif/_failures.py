"""Failures that only this room tells apart; to everybody else they are the DeviceErrors that they derive from."""

from ..domain.errors import DeviceError, UnreachableError, UnsupportedError


class ClosedError(UnreachableError):
    """The camera took the connection and closed it without a word. Some do that for operations they do not know."""


class EmptyAnswerError(UnsupportedError):
    """HTTP 200 and an empty body: what some cameras answer to an operation that they do not know."""


class FaultError(UnsupportedError):
    """A SOAP fault that is not about credentials.

    Attributes: `codes` are the local names of its code and subcodes, outermost first.
    """

    def __init__(self, codes: tuple[str, ...], place: str) -> None:
        said = ", ".join(codes) or "no code"
        super().__init__(f"the camera cannot do this ({said})", place=place)
        self.codes = codes


class RefusedError(DeviceError):
    """The camera refuses the credentials. `expired` tells that it complains about the time in them.

    Never leaves the room: `_line.py` finds out whether password or clock is to blame.
    """

    def __init__(self, place: str, *, expired: bool = False) -> None:
        super().__init__("the camera refuses the credentials", place=place)
        self.expired = expired


class DigestWantedError(DeviceError):
    """HTTP 401 with a Digest challenge where none was answered yet. Never leaves the room."""
