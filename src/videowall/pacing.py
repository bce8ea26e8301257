"""Tells the engine how much of each source to decode: what the governor allows, key frames where nobody looks."""

import math
from collections.abc import Collection, Hashable

from ..domain.source_state import Beat, Note, Paced, Reason
from .engine.port import Engine
from .policy.overload import Governor, Load, TickLag
from .port import Importance, Rate
from .source import Source

DECIDE_S = 0.5
JUDGED_AFTER_S = 3.0
"""A source that has just become live catches up with its key frame: that is no overload."""
_NOTES = {Rate.HALF: frozenset({Note.HALF_RATE}), Rate.KEY_FRAMES: frozenset({Note.KEY_FRAMES})}


class Pacing:
    """Events for a source's life are returned, for the pool to apply. `interval`: seconds between its ticks."""

    def __init__(self, engine: Engine, interval: float) -> None:
        self._engine = engine
        self._governor = Governor()
        self._rates: dict[Hashable, Rate] = {}
        self._decided_at = -math.inf
        self._lag = TickLag(interval)

    def restart(self) -> None:
        """The ticks have stood still."""
        self._lag.restart()

    def tick(self, sources: Collection[Source], now: float) -> None:
        """Decide anew, now and then. `now` in monotonic seconds."""
        self._lag.tick(now)
        if now - self._decided_at < DECIDE_S:
            return
        self._decided_at = now
        # Also those that have no session at the moment: cameras that are all gone for a while make no other wall.
        # The last tile gives way before the first.
        seen = [_load(source, now) for source in sources if source.is_wanted]
        # A console that is late while it starts, and shows nothing yet, is not late because of its pictures.
        lag = self._lag.seconds if any(load.late is not None for load in seen) else 0.0
        self._rates = self._governor.decide(seen[::-1], now, lag)

    def keep(self, source: Source) -> Paced | None:
        """Set the rate of a source that is in the engine."""
        if source.life.reason is Reason.KEY_FRAME_AWAITED:
            source.keys_are_rare = True
        rate = self._rates.get(source.key, Rate.FULL) if source.unwanted_at is None else self._rate_of_warm(source)
        if source.session is None or not source.in_engine or rate is source.rate:
            return None
        before, source.rate = source.rate, rate
        self._engine.set_rate(source.session, rate)
        if rate is Rate.KEY_FRAMES:
            return Paced(key_frames_only=True)
        if before is Rate.KEY_FRAMES:
            # What the camera sent since its last key frame is lost: pictures flow again from the next one.
            source.to_come = 2
        return None

    def _rate_of_warm(self, source: Source) -> Rate:
        """Key frames are enough to come back with, unless one would have to be waited for."""
        return Rate.FULL if source.keys_are_rare and not self._governor.level else Rate.KEY_FRAMES

    def flows_again(self, source: Source, beat: Beat) -> Paced | None:
        """To be asked with each beat, before it is applied."""
        if not source.to_come or source.rate is Rate.KEY_FRAMES or beat.decoded_at == source.life.decoded_at:
            return None
        source.to_come -= 1
        return Paced(key_frames_only=False) if source.to_come == 0 else None

    def notes(self, source: Source) -> frozenset[Note]:
        """What to tell about a source that somebody sees."""
        if source.session is None or source.unwanted_at is not None:
            return frozenset()
        return _NOTES.get(source.rate, frozenset())


def _load(source: Source, now: float) -> Load:
    live_since = source.life.live_since
    judged = live_since is not None and now - live_since >= JUDGED_AFTER_S
    late = source.statistics.late if judged else None
    return Load(source.key, source.rank, late, spared=source.importance >= Importance.ALARMED)
