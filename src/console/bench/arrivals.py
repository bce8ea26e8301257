"""How many pictures the cameras really sent, from the counts of the decoders."""

from dataclasses import dataclass

from ...videowall.port import SourceKey, SourceStatistics


@dataclass(slots=True)
class _Count:
    last: SourceStatistics
    since: float
    packets: int = 0
    frames: int = 0
    bytes: int = 0


class Arrivals:
    """Adds up the counts of a source over all its sessions; each session counts from zero."""

    def __init__(self) -> None:
        self._counts: dict[SourceKey, _Count] = {}

    def feed(self, key: SourceKey, statistics: SourceStatistics) -> None:
        """About once a second; an empty one (the session has just begun or ended) is ignored."""
        if not statistics.counted_at:
            return
        count = self._counts.get(key)
        if count is None:
            # A rate is counted from here on, a total from the start.
            first = _Count(statistics, statistics.counted_at, 0, statistics.frames, statistics.bytes)
            self._counts[key] = first
            return
        same = statistics.packets >= count.last.packets and statistics.bytes >= count.last.bytes
        before = count.last if same else SourceStatistics()
        count.packets += statistics.packets - before.packets
        count.frames += statistics.frames - before.frames
        count.bytes += statistics.bytes - before.bytes
        count.last = statistics

    def begin(self) -> None:
        """From the last count on; what came before is forgotten."""
        for count in self._counts.values():
            count.since = count.last.counted_at
            count.packets = count.frames = count.bytes = 0

    def per_second(self) -> float:
        """Compressed pictures that came a second, of all sources."""
        spans = [(c.packets, c.last.counted_at - c.since) for c in self._counts.values()]
        return sum(packets / span for packets, span in spans if span > 0)

    def total(self, key: SourceKey) -> tuple[int, int]:
        """Pictures decoded and bytes of compressed pictures that came, since the start or the last `begin`."""
        count = self._counts.get(key)
        return (count.frames, count.bytes) if count is not None else (0, 0)
