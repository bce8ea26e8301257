"""What the console needs of a player for recorded clips, whatever decodes behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ...domain.errors import GwanjeError

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


class ClipError(GwanjeError):
    """A recorded clip cannot be opened or played; `place` is the file's name."""


@dataclass(frozen=True, slots=True)
class ClipState:
    """What is open and where it stands. Times are seconds from the first picture.

    Attributes:
        path: "" while nothing is open. duration: of all pictures. rate: pictures a second, as the file says.
        position: the time of the picture that is shown. has_ended: it is the last one.
        speed: what was asked for. real_speed: clip seconds a second over about the last one, 0 while it stands.
        damaged: pictures that could not be decoded so far. breaks_off: the file ends before it should.
    """

    path: str = ""
    duration: float = 0.0
    rate: float = 0.0
    codec: str = ""
    width: int = 0
    height: int = 0
    is_playing: bool = False
    has_ended: bool = False
    position: float = 0.0
    speed: float = 1.0
    real_speed: float = 0.0
    damaged: int = 0
    breaks_off: bool = False


@dataclass(frozen=True, slots=True)
class ClipPicture:
    """BGRx, `height` rows of `width` * 4 bytes, in square pixels; `time` is the picture's time in the clip, seconds."""

    data: bytes | memoryview
    width: int
    height: int
    time: float


Then = Callable[[ClipState | None, GwanjeError | None], None]
"""How an order ends, on the caller's thread, exactly once: the state when it was done, or why it could not be."""
ThenStill = Callable[[ClipPicture | None, GwanjeError | None], None]


class ClipPlayer(Protocol):
    """Called on one thread; no call waits. Sound is never played.

    `on_change`, when set, is called on that thread after `state` or `picture` have changed.
    """

    on_change: Callable[[], None] | None

    @property
    def state(self) -> ClipState: ...

    def picture(self) -> ClipPicture | None:
        """What is to be shown, scaled into the box; to be painted or copied at once. None while nothing is open."""

    def open(self, path: str, then: Then) -> None:
        """Show the first picture of a file, standing; another clip is closed. Fails with ClipError."""

    def play(self, then: Then) -> None:
        """From the picture that is shown; from the first one where the clip has ended."""

    def pause(self, then: Then) -> None: ...

    def step(self, pictures: int, then: Then) -> None:
        """1 or -1: stand on the very next picture, or on the one before. Done when it is shown; no step at an end."""

    def seek(self, seconds: float, then: Then) -> None:
        """To the picture that is on the screen at this time: the last one not after it. Done when it is shown."""

    def set_speed(self, speed: float, then: Then) -> None:
        """From 0.25 to 8. What the machine really reaches is `state.real_speed`."""

    def still(self, then: ThenStill) -> None:
        """The picture that is shown, at its full size."""

    def set_box(self, width: int, height: int) -> None:
        """Pictures shall fit into this many pixels."""

    def close(self) -> None:
        """Close the clip, if one is open. Orders under way end with ClipError."""

    def shut_down(self) -> None:
        """Close, and end the process behind it. Waits half a second at most."""
