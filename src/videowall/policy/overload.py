"""How much of each source is decoded when the machine cannot keep up: the least important gives way first.

All the governor holds is a *level*: with n sources that may be degraded, levels 1 to n take them one by one, the least
important first, to half rate, and levels n+1 to 2n to key frames only. So no source is ever worse off than one that
matters less.

It answers to overload in proportion, and comes back by small steps that grow while all goes well. A level that was
found too low is not tried again for a while, and for twice as long each time: at a steady load the changes die out.
"""

import math
from collections import deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from statistics import median

from ..port import Rate

OVERLOADED = 0.10
"""Share of pictures that are late or left out, as all but the worst tenth of the sources have it."""
QUIET = 0.03
LAG_S = 0.4
"""A console whose own tick is late by a tenth of this is as overloaded as a worker that is late with a tenth."""
CONFIRM_S = 1.5
"""Statistics cover a second: one bad second is no overload."""
SETTLE_S = 2.0
"""The effect of a change is seen before the next one."""
RECOVER_S = 4.0
FIRST_HOLD_S = 10.0
LONGEST_HOLD_S = 600.0
PROBE_S = 30.0
"""Overload so soon after a step back to more pictures is taken for its effect."""
_RATES = (Rate.FULL, Rate.HALF, Rate.KEY_FRAMES)


@dataclass(frozen=True, slots=True)
class Load:
    """One source that can be seen.

    Attributes:
        rank: sorts sources by what they matter; any comparable value, larger matters more.
        late: as in SourceStatistics; None while nothing sound is known (it has just been opened).
        spared: it is never degraded.
    """

    key: Hashable
    rank: tuple[float, ...]
    late: float | None = None
    spared: bool = False


class TickLag:
    """How late a timer of `interval` seconds comes, in the middle of its last ticks: one long turn is no lag."""

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._last: float | None = None
        self._gaps: deque[float] = deque(maxlen=15)

    def tick(self, now: float) -> None:
        if self._last is not None:
            self._gaps.append(now - self._last)
        self._last = now

    def restart(self) -> None:
        """The timer has stood still."""
        self._last = None
        self._gaps.clear()

    @property
    def seconds(self) -> float:
        return max(0.0, median(self._gaps) - self._interval) if self._gaps else 0.0


class Governor:
    """Asked some ten times a second, with monotonic seconds."""

    def __init__(self) -> None:
        self._rates: dict[Hashable, Rate] = {}
        self._count = 0
        self._start_over()

    def _start_over(self) -> None:
        self._level = 0
        self._step = 1
        self._acted_at = -math.inf
        self._overloaded_since: float | None = None
        self._quiet_since: float | None = None
        self._too_low = -1
        self._enough = 0
        self._hold = FIRST_HOLD_S
        self._held_until = -math.inf
        self._is_recovering = False

    @property
    def level(self) -> int:
        """0 while nothing is degraded."""
        return self._level

    def decide(self, loads: Sequence[Load], now: float, lag: float = 0.0) -> dict[Hashable, Rate]:
        """The rate of each source. `lag` is how late the console's own tick is, in seconds."""
        order = sorted((load for load in loads if not load.spared), key=lambda load: load.rank)
        count = len(order)
        if count < self._count / 2:
            self._start_over()  # another wall: what was learnt holds no longer
        self._count = count
        self._level = min(self._level, 2 * count)
        pressure = max(self._lateness(loads), lag / LAG_S)
        self._watch(pressure, now)
        if self._overloaded_since is not None and now - self._overloaded_since >= CONFIRM_S:
            self._degrade(pressure, count, now)
        elif self._level and self._quiet_since is not None and now - self._quiet_since >= RECOVER_S:
            self._recover(now)
        self._rates = {load.key: Rate.FULL for load in loads}
        for place, load in enumerate(order):
            self._rates[load.key] = _RATES[(self._level > place) + (self._level > count + place)]
        return dict(self._rates)

    def _lateness(self, loads: Sequence[Load]) -> float:
        """Of all but the worst tenth: one stream that no machine could decode is no reason to degrade the others."""
        known = sorted(
            load.late for load in loads if load.late is not None and self._rates.get(load.key) is not Rate.KEY_FRAMES
        )
        return known[int(0.9 * (len(known) - 1))] if known else 0.0

    def _watch(self, pressure: float, now: float) -> None:
        settled = now - self._acted_at >= SETTLE_S
        if pressure < OVERLOADED or not settled:
            self._overloaded_since = None
        elif self._overloaded_since is None:
            self._overloaded_since = now
        if pressure >= QUIET or not settled:
            self._quiet_since = None
        elif self._quiet_since is None:
            self._quiet_since = now

    def _degrade(self, pressure: float, count: int, now: float) -> None:
        if self._level >= 2 * count:
            return
        self._too_low = self._level
        if self._is_recovering and now - self._acted_at < PROBE_S:
            self._hold = min(2 * self._hold, LONGEST_HOLD_S)
            self._level = min(2 * count, self._enough)
        else:
            self._level = min(2 * count, self._level + max(1, math.ceil(count * min(pressure, 0.5))))
        self._held_until = now + self._hold
        self._is_recovering = False
        self._act(now, step=1)

    def _recover(self, now: float) -> None:
        if self._level <= self._too_low:
            # What was too low once is enough by now.
            self._too_low, self._hold = -1, max(FIRST_HOLD_S, self._hold / 2)
        floor = self._too_low + 1
        if self._level > floor:
            target = max(floor, self._level - self._step)
        elif now >= self._held_until:
            target = max(0, self._level - self._step)
        else:
            return
        self._enough, self._level = self._level, target
        self._is_recovering = True
        self._act(now, step=1 if target == floor else min(2 * self._step, max(1, self._count // 8)))

    def _act(self, now: float, step: int) -> None:
        self._step = step
        self._acted_at = now
        self._overloaded_since = self._quiet_since = None
