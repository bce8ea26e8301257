"""How long the Qt thread kept the operator waiting."""

import logging
import time

from PySide6.QtCore import QObject, Qt, QTimer

log = logging.getLogger(__name__)

BEAT_MS = 10
WORTH_A_LOG_LINE_S = 0.25


class StallWatch(QObject):
    """Beats every 10 ms; a beat that comes late by more than that was a stall.

    Attributes: longest_s: the longest stall since the start or the last `reset`, in seconds.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest_s = 0.0
        self._last = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def reset(self) -> None:
        self.longest_s = 0.0
        self._last = time.monotonic()

    def _beat(self) -> None:
        now = time.monotonic()
        stall = now - self._last - BEAT_MS / 1000
        self._last = now
        if stall > self.longest_s:
            self.longest_s = stall
        if stall > WORTH_A_LOG_LINE_S:
            log.warning("the window did not answer for %.2f s", stall)
