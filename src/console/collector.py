"""Python's cycle collector, on the Qt thread only.

Left alone it runs in whichever thread allocates next, at whatever moment. In a lane it would destroy a QObject that a
cycle kept (a timer, a widget) outside its thread, and Qt crashes at the timer's next tick; in the middle of a QObject's
destructor it would destroy another one under the same lock, and Qt hangs. Both were seen.
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 500


class QtThreadCollector(QObject):
    """Looks twice a second whether a generation is due by Python's own thresholds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        for generation, (count, threshold) in reversed(
            list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
        ):
            if count > threshold:
                gc.collect(generation)
                return

    def close(self) -> None:
        """At the end of the program; the collector stays off, since windows are about to be destroyed."""
        self._timer.stop()
