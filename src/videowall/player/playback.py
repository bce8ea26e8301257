"""Which picture of a clip is shown when. Knows no file and no thread; the time is handed in."""

from collections.abc import Callable
from typing import Protocol

from .decoding import Decoded

_SAME_S = 0.0005
_LATE_S = 0.2
"""So late the clock of the clip waits for the decoder: better slow than with holes."""
_MEASURED_S = 1.0


class Source(Protocol):
    """Pictures in order, from somewhere in the clip to its end; see Decoding."""

    @property
    def is_finished(self) -> bool: ...

    def take(self) -> Decoded | None: ...

    def give_back(self, picture: Decoded) -> None: ...

    def feed(self) -> None: ...

    def close(self) -> None: ...


class Playback:
    """`decode(seconds)` gives a Source from the last key frame not after this time.

    Attributes: `shown`, the picture on the screen; `is_playing`, `has_ended`, `speed`, `real_speed`.
    """

    def __init__(self, decode: Callable[[float], Source]) -> None:
        self._decode = decode
        self._source: Source | None = None
        self.shown: Decoded | None = None
        self.is_playing = self.has_ended = False
        self.speed = 1.0
        self.real_speed = 0.0
        self._goal: tuple[float, bool] | None = None
        self._candidate: Decoded | None = None
        self._steps = 0
        self._base: tuple[float, float] | None = None  # time of day and of the clip that belong together
        self._measured: tuple[float, float] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a step or a seek is still to be carried out."""
        return self._goal is not None or self._steps != 0

    def play(self) -> None:
        if self.has_ended:
            self.seek(0.0)
        self.is_playing = True
        self._base = self._measured = None

    def pause(self) -> None:
        self.is_playing = False
        self.real_speed = 0.0

    def set_speed(self, speed: float) -> None:
        self.speed = speed
        self._base = self._measured = None

    def step(self, pictures: int) -> None:
        self.pause()
        self._steps += 1 if pictures > 0 else -1

    def seek(self, seconds: float) -> None:
        self._steps = 0
        self._go(max(0.0, seconds), before=False)

    def close(self) -> None:
        if self._source is not None:
            self._source.close()
            self._source = None

    def advance(self, now: float) -> bool:
        """Do what can be done at monotonic time `now`; returns whether another picture is shown."""
        if self._source is None:
            return False
        self._source.feed()
        if self._goal is not None:
            return self._pursue()
        if self._steps:
            return self._step()
        return self.is_playing and self._run(now)

    def next_due(self, now: float) -> float:
        """Seconds until `advance` has something to do, if nothing else wakes it."""
        if not self.is_playing or self.is_busy or self._base is None or self._source is None:
            return 0.1
        picture = self._source.take()
        if picture is None:
            return 0.05
        self._source.give_back(picture)
        return max(0.0, self._due(picture.time) - now)

    def _go(self, seconds: float, before: bool) -> None:
        self.close()
        self._source = self._decode(seconds - 2 * _SAME_S if before else seconds)
        self._goal, self._candidate = (seconds, before), None
        self.has_ended = False
        self._base = self._measured = None

    def _pursue(self) -> bool:
        assert self._source is not None and self._goal is not None
        seconds, before = self._goal
        while (picture := self._source.take()) is not None:
            is_past = picture.time >= seconds - _SAME_S if before else picture.time > seconds + _SAME_S
            if is_past:
                if self._candidate is None:
                    return self._arrive(picture)
                self._source.give_back(picture)
                return self._arrive(self._candidate)
            self._candidate = picture
        if self._source.is_finished:
            # The last picture was asked for; or there is none at all, and the one on the screen stays.
            self.has_ended = True
            self.is_playing = False
            return self._arrive(self._candidate) if self._candidate is not None else self._arrive(None)
        return False

    def _arrive(self, picture: Decoded | None) -> bool:
        self._goal = self._candidate = None
        if picture is None:
            return False
        self.shown = picture
        return True

    def _step(self) -> bool:
        assert self._source is not None
        if self._steps < 0:
            self._steps += 1
            if self.shown is not None and self.shown.time > _SAME_S:
                self._go(self.shown.time, before=True)
            return False
        picture = self._source.take()
        if picture is None:
            if self._source.is_finished:
                self.has_ended, self._steps = True, 0
            return False
        self._steps -= 1
        self.shown = picture
        return True

    def _run(self, now: float) -> bool:
        """Shows the newest picture that is due."""
        assert self._source is not None
        due: Decoded | None = None
        while (picture := self._source.take()) is not None:
            if self._base is None:
                start = self.shown.time if self.shown is not None else picture.time
                self._base = (now, start)
            if self._due(picture.time) > now:
                self._source.give_back(picture)
                break
            if now - self._due(picture.time) > _LATE_S:
                self._base = (now, picture.time)
            due = picture
        if due is not None:
            self.shown = due
            self._measure(now)
        elif self._source.is_finished:
            self.has_ended = True
            self.pause()
        return due is not None

    def _due(self, time: float) -> float:
        assert self._base is not None
        return self._base[0] + (time - self._base[1]) / self.speed

    def _measure(self, now: float) -> None:
        assert self.shown is not None
        if self._measured is None:
            self._measured = (now, self.shown.time)
        began, position = self._measured
        if now - began >= _MEASURED_S:
            self.real_speed = round((self.shown.time - position) / (now - began), 2)
            self._measured = (now, self.shown.time)
