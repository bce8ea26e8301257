"""Time stamps for a decoder that cares about order alone, and what each picture was made from."""

from bisect import bisect_left, insort
from dataclasses import dataclass

STEP_US = 10_000_000
"""From one picture to the next. So long that a picture between two others, and one between those, still finds a place
a second or more from its neighbours: VLC rounds times to the frame rate that the stream names, however wrong it is."""
_WITHIN_US = 600_000
_CLOCK_STEP_S = 1.0
_MOST_REMEMBERED = 32
_MOST_PENDING = 256


@dataclass(frozen=True, slots=True)
class Fed:
    """A packet on its way through the decoder. `time` is its presentation time in seconds, if it has one."""

    captured_at: float
    time: float | None
    is_whole: bool


class Stamps:
    """Rising stamps in the order of presentation, whatever the camera's own clock does. Not for two threads at once."""

    def __init__(self) -> None:
        self.newest = 0
        self._recent: list[tuple[float, int]] = []
        self._pending: dict[int, Fed] = {}

    def stamp(self, fed: Fed) -> int:
        """The microseconds that stand for this packet."""
        stamp = self._place(fed.time)
        self.newest = max(self.newest, stamp)
        if fed.time is not None:
            insort(self._recent, (fed.time, stamp))
            del self._recent[:-_MOST_REMEMBERED]
        self._pending[stamp] = fed
        while len(self._pending) > _MOST_PENDING:
            del self._pending[next(iter(self._pending))]
        return stamp

    def take(self, stamp: float) -> tuple[Fed | None, list[Fed]]:
        """What the picture with about this stamp was made from, and the packets before it that brought no picture."""
        found = min(self._pending, key=lambda known: abs(known - stamp), default=None)
        if found is None or abs(found - stamp) > _WITHIN_US:
            return None, []
        fed = self._pending.pop(found)
        return fed, [self._pending.pop(known) for known in sorted(self._pending) if known < found]

    def _place(self, time: float | None) -> int:
        after = self.newest + STEP_US
        if time is None or not self._recent:
            return after
        latest = self._recent[-1][0]
        if time > latest:
            return after
        if time <= latest - _CLOCK_STEP_S:
            self._recent.clear()  # the camera has set its clock
            return after
        above = bisect_left(self._recent, (time, 0))
        high = self._recent[above][1]
        low = self._recent[above - 1][1] if above else high - STEP_US
        return (low + high) // 2
