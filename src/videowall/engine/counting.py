"""From a session's running counts to the statistics of the last second."""

from dataclasses import astuple, replace

from ..port import SourceStatistics
from .tally import Tally


class Counter:
    """Asked about once a second."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._then: Tally | None = None
        self._then_at = 0.0

    def count(self, now: float) -> tuple[object, ...]:
        """The fields of SourceStatistics in their order; nothing before the camera has accepted."""
        tally = replace(self._tally)
        if not tally.codec:
            return ()
        then, elapsed = self._then or tally, now - self._then_at
        self._then, self._then_at = tally, now
        due = tally.due - then.due
        statistics = SourceStatistics(
            fps=round((tally.frames - then.frames) / elapsed, 2),
            bits_per_second=round((tally.bits - then.bits) / elapsed),
            frames=tally.frames,
            errors=tally.errors,
            codec=tally.codec,
            width=tally.native[0],
            height=tally.native[1],
            lost=tally.lost,
            damaged=tally.damaged,
            late=round((tally.late - then.late) / due, 3) if due > 0 else 0.0,
            transport=tally.transport,
            decoder=tally.decoder,
            packets=tally.packets,
            bytes=tally.bits // 8,
            counted_at=now,
        )
        return astuple(statistics)
