"""A player in memory: knows clips by their path, advances with the time of day, answers at once."""

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer

from gwanje.videowall.player.port import SPEEDS, ClipError, ClipPicture, ClipState, Then, ThenStill

WIDTH, HEIGHT = 32, 24
_LOOK_MS = 5


class FakeClipPlayer:
    """Implements `ClipPlayer`. `clips` maps a path to how many pictures it has, 25 a second."""

    def __init__(self, clips: dict[str, int]) -> None:
        self.clips = clips
        self.on_change: Callable[[], None] | None = None
        self.calls: list[tuple[object, ...]] = []
        self._state = ClipState()
        self._number = 0
        self._is_shut = False
        self._since = (0.0, 0)
        self._timer = QTimer()
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def state(self) -> ClipState:
        return self._state

    def picture(self) -> ClipPicture | None:
        if not self._state.path:
            return None
        luma = round(self._number % 50 * 4 * 255 / 219)
        return ClipPicture(bytes([luma, luma, luma, 255]) * (WIDTH * HEIGHT), WIDTH, HEIGHT, self._state.position)

    def open(self, path: str, then: Then) -> None:
        self.calls.append(("open", path))
        if self._is_shut:
            then(None, ClipError("the clip was closed"))
            return
        if path not in self.clips:
            name = path.rpartition("/")[2]
            then(None, ClipError("there is no such file", place=name, cure="choose another file"))
            return
        self._timer.stop()
        self._state = ClipState(path, self.clips[path] / 25, 25.0, "h264", WIDTH, HEIGHT)
        self._show(0)
        then(self._state, None)

    def play(self, then: Then) -> None:
        if self._is_open(then):
            if self._state.has_ended:
                self._show(0)
            self._since = (time.monotonic(), self._number)
            self._timer.start()
            self._say(replace(self._state, is_playing=True, has_ended=False), then)

    def pause(self, then: Then) -> None:
        if self._is_open(then):
            self._timer.stop()
            self._say(replace(self._state, is_playing=False, real_speed=0.0), then)

    def step(self, pictures: int, then: Then) -> None:
        self.calls.append(("step", pictures))
        if self._is_open(then):
            self._timer.stop()
            wanted = self._number + (1 if pictures > 0 else -1)
            last = self.clips[self._state.path] - 1
            self._state = replace(self._state, is_playing=False, has_ended=wanted > last)
            self._show(min(max(0, wanted), last))
            then(self._state, None)

    def seek(self, seconds: float, then: Then) -> None:
        self.calls.append(("seek", round(seconds, 3)))
        if self._is_open(then):
            last = self.clips[self._state.path] - 1
            wanted = int(max(0.0, seconds) * 25 + 0.01)
            past_end = wanted >= last
            self._state = replace(self._state, has_ended=past_end, is_playing=self._state.is_playing and not past_end)
            self._show(min(wanted, last))
            self._since = (time.monotonic(), self._number)
            then(self._state, None)

    def set_speed(self, speed: float, then: Then) -> None:
        if self._is_open(then):
            self._since = (time.monotonic(), self._number)
            self._say(replace(self._state, speed=min(max(speed, SPEEDS[0]), SPEEDS[-1])), then)

    def still(self, then: ThenStill) -> None:
        picture = self.picture()
        then(picture, None if picture else ClipError("no clip is open", cure="open one first"))

    def set_box(self, width: int, height: int) -> None:
        self.calls.append(("box", width, height))

    def close(self) -> None:
        self.calls.append(("close",))
        self._timer.stop()
        self._state = ClipState()
        self._changed()

    def shut_down(self) -> None:
        self._is_shut = True
        self._timer.stop()
        self._state = ClipState()

    def _is_open(self, then: Then) -> bool:
        if not self._state.path:
            then(None, ClipError("no clip is open", cure="open one first"))
        return bool(self._state.path)

    def _say(self, state: ClipState, then: Then) -> None:
        self._state = state
        self._changed()
        then(state, None)

    def _show(self, number: int) -> None:
        self._number = number
        self._state = replace(self._state, position=number / 25)
        self._changed()

    def _look(self) -> None:
        began, first = self._since
        wanted = first + int((time.monotonic() - began) * 25 * self._state.speed)
        last = self.clips[self._state.path] - 1
        self._state = replace(self._state, real_speed=self._state.speed)
        if wanted > last:
            self._timer.stop()
            self._state = replace(self._state, is_playing=False, has_ended=True, real_speed=0.0)
        if wanted != self._number:
            self._show(min(wanted, last))

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()
