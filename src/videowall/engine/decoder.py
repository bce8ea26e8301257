"""Compressed pictures in, pictures out: the part of a session that an engine is chosen for."""

from typing import Protocol

from av.packet import Packet

from ..port import Rate


class Decoder(Protocol):
    """Gives its pictures to the session's Presenter, from `feed` or on a thread of its own."""

    def feed(self, packet: Packet, captured_at: float, after_loss: bool) -> None:
        """One access unit, complete at monotonic time `captured_at`. Raises nothing for data that is broken.

        `after_loss`: packets were lost in this access unit or between it and its neighbours.
        """

    def set_rate(self, rate: Rate) -> None:
        """From any thread."""

    def close(self) -> None:
        """Frees what it holds; afterwards it calls the presenter no more."""
