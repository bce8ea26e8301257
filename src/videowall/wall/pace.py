"""How steadily a tile is painted, and how old its pictures are then: measured with every picture, read on demand."""

from array import array
from dataclasses import dataclass

WINDOW_S = 60.0
RATE_S = 3.0
_ROOM = 3600
"""A minute at 60 pictures a second; faster streams are measured over less than a minute."""


@dataclass(frozen=True, slots=True)
class PaceFigures:
    """`fps`: pictures painted a second, lately. `delay`, `delay_p99`: seconds from capture to paint, of the last
    picture and of all but the worst hundredth of the last minute; None where there was none."""

    fps: float = 0.0
    delay: float | None = None
    delay_p99: float | None = None


class Pace:
    """A ring of moments and delays, in seconds; `note` costs less than a microsecond."""

    __slots__ = ("_at", "_count", "_delay")

    def __init__(self) -> None:
        self._at = array("d")
        self._delay = array("f")
        self._count = 0

    def note(self, now: float, delay: float) -> None:
        """A picture was painted at monotonic time `now`."""
        if self._count < _ROOM:
            self._at.append(now)
            self._delay.append(delay)
        else:
            place = self._count % _ROOM
            self._at[place] = now
            self._delay[place] = delay
        self._count += 1

    def clear(self) -> None:
        """Another camera is on the tile."""
        del self._at[:], self._delay[:]
        self._count = 0

    def figures(self, now: float) -> PaceFigures:
        if not self._count:
            return PaceFigures()
        delays = sorted(delay for at, delay in zip(self._at, self._delay, strict=True) if now - at <= WINDOW_S)
        last = self._delay[(self._count - 1) % _ROOM]
        if not delays:
            return PaceFigures()
        return PaceFigures(self._fps(now), last, delays[min(len(delays) - 1, int(0.99 * len(delays)))])

    def _fps(self, now: float) -> float:
        recent = sum(now - at <= RATE_S for at in self._at)
        seen_for = now - min(self._at)
        if seen_for >= RATE_S:
            return recent / RATE_S
        return (recent - 1) / seen_for if seen_for > 0 else 0.0
