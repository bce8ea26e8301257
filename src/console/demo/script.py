"""A script that acts on the running program: steps and conditions, on the Qt thread, without ever blocking it."""

import logging
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

log = logging.getLogger(__name__)

LOOK_MS = 20


@dataclass(frozen=True, slots=True)
class Until:
    """Go on when `holds()`; after `within_s` say that `what` did not happen, and go on all the same."""

    what: str
    holds: Callable[[], bool]
    within_s: float


@dataclass(frozen=True, slots=True)
class Pause:
    """Let the program run for this long."""

    seconds: float


Steps = Generator[Until | Pause, bool, None]
"""Yields what to wait for; gets whether it happened."""


class ScriptRunner(QObject):
    """Runs one script; `errors` gathers what did not happen. `then` is called at its end."""

    def __init__(self, steps: Steps, then: Callable[[], None]) -> None:
        super().__init__()
        self.errors: list[str] = []
        self._steps = steps
        self._then = then
        self._wait: Until | Pause | None = None
        self._since = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        self._timer.start()
        self._next(None)

    def _look(self) -> None:
        waited = time.monotonic() - self._since
        match self._wait:
            case Pause(seconds) if waited >= seconds:
                self._next(True)
            case Until(what, holds, within_s):
                if holds():
                    self._next(True)
                elif waited > within_s:
                    self.errors.append(f"not within {within_s:g} s: {what}")
                    self._next(False)

    def _next(self, happened: bool | None) -> None:
        try:
            self._wait = next(self._steps) if happened is None else self._steps.send(happened)
            self._since = time.monotonic()
        except StopIteration:
            self._end()
        except Exception as error:
            log.exception("the script broke off")
            self.errors.append(f"the script broke off: {type(error).__name__}")
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._then()
