"""What the source pool needs of an engine, whatever decodes behind it."""

from dataclasses import dataclass
from typing import Protocol

from ...domain.source_state import Beat, Reason
from ..port import Picture, Rate, SourceStatistics, StreamAddress


@dataclass(frozen=True, slots=True)
class SessionOpened:
    """The camera has accepted the session."""

    session: int


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The session is over and will not come back; `close` it, then open another one."""

    session: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class SessionCounted:
    """The statistics of about one second."""

    session: int
    statistics: SourceStatistics


EngineEvent = SessionOpened | SessionEnded | SessionCounted


class Engine(Protocol):
    """Called on one thread only; no call waits for a camera or a decoder.

    A *session* is one attempt at one stream, named by a number that the caller never uses twice.
    """

    def prepare(self) -> None:
        """Do ahead what the first sources would have to wait for. May be left out."""

    @property
    def is_prepared(self) -> bool:
        """Whether opening a source waits for nothing but its camera."""

    def open(self, session: int, address: StreamAddress, width: int, height: int, sequence: int = 0) -> None:
        """Start a session whose pictures fit into `width` x `height` pixels and are numbered from `sequence` + 1."""

    def resize(self, session: int, width: int, height: int) -> None:
        """Pictures shall fit into this box from now on. The old picture stays until one of the new size is there."""

    def set_rate(self, session: int, rate: Rate) -> None:
        """Decode and show only so much of the stream from now on. Sessions start at Rate.FULL."""

    def close(self, session: int) -> None:
        """End a session, in whatever state it is. No event of it follows. An unknown session is ignored."""

    def poll(self) -> list[EngineEvent]:
        """What happened since the last call. Is called some ten times a second, and supervises the decoders."""

    def beat(self, session: int) -> Beat:
        """When the session last brought data, a picture, a new picture."""

    def picture(self, session: int) -> Picture | None:
        """The newest picture; None until the first one. Stays after the session ended, until it is closed."""

    def shut_down(self) -> None:
        """End everything. Waits half a second at most."""
