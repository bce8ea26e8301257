"""What a session counts. Written by its threads without a lock, read by the worker once a second."""

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Since the session opened; `codec`, `native` (width, height), `transport`, `decoder` as SourceStatistics has them.

    Attributes:
        packets: compressed pictures. bits: their size. frames: pictures decoded. errors: packets that could not be.
        lost: RTP packets that never came. damaged: pictures not whole.
        due: pictures that should have been shown. late: those of them that were passed over, or shown late,
            because this machine had more to do. was_awaited: the last packet was waited for; nothing is behind.
    """

    packets: int = 0
    bits: int = 0
    frames: int = 0
    errors: int = 0
    lost: int = 0
    damaged: int = 0
    due: int = 0
    late: int = 0
    was_awaited: bool = False
    codec: str = ""
    native: tuple[int, int] = (0, 0)
    transport: str = ""
    decoder: str = ""
