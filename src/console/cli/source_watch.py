"""`gwanje source watch`: one source, opened, watched and opened again as on a wall, told line by line."""

import json
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from ...domain.cameras import CameraId
from ...domain.source_state import SourceState
from ...videowall.port import SourceKey, SourceStatistics, StreamAddress
from ..bench.arrivals import Arrivals
from ..bench.stage import make_pool
from .signals import end_by_signal

LAST_COUNT_WITHIN_S = 1.5
"""The workers count once a second; a live source is waited for, so that a short watch has counts too."""
_KEY = SourceKey(CameraId("watched"))
_BOX = (640, 360)


class _Watch(QObject):
    def __init__(self, address: StreamAddress, engine: str, tell: Callable[[dict[str, object]], None]) -> None:
        super().__init__()
        self._tell = tell
        self._began = time.monotonic()
        self._arrivals = Arrivals()
        self._newest = SourceStatistics()
        self._ending = False
        self._pool = make_pool(lambda _: address, engine)
        self._pool.status_changed.connect(self._state_changed)
        self._pool.statistics_changed.connect(self._counted)

    def start(self) -> None:
        self._pool.want("watch", _KEY, *_BOX)

    def end(self) -> None:
        """Quit, with the counts up to now."""
        if self._ending or self._pool.status(_KEY).state is not SourceState.LIVE:
            QCoreApplication.quit()
            return
        self._ending = True
        QTimer.singleShot(int(1000 * LAST_COUNT_WITHIN_S), QCoreApplication.quit)

    def close(self) -> int:
        """Ends the workers and says what came in all; returns how many pictures."""
        self._pool.status_changed.disconnect(self._state_changed)
        self._pool.close()
        frames, size = self._arrivals.total(_KEY)
        native = self._newest
        self._tell(
            {
                "frames": frames,
                "bytes": size,
                "codec": native.codec,
                "width": native.width,
                "height": native.height,
            }
        )
        return frames

    def _state_changed(self, key: SourceKey) -> None:
        status = self._pool.status(key)
        seconds = round(time.monotonic() - self._began, 3)
        self._tell({"t": seconds, "state": status.state.value, "reason": status.reason.value})

    def _counted(self, key: SourceKey) -> None:
        counted = self._pool.statistics(key)
        if not counted.counted_at:
            return
        self._arrivals.feed(key, counted)
        self._newest = counted
        if self._ending:
            QCoreApplication.quit()


def watch_source(address: StreamAddress, *, engine: str, seconds: float | None, as_json: bool) -> int:
    """For so many seconds, or until Ctrl+C. Returns 1 when no picture came."""
    application = QCoreApplication(["gwanje"])
    watch = _Watch(address, engine, _print_json if as_json else _print_words)
    QTimer.singleShot(0, watch.start)
    if seconds is not None:
        QTimer.singleShot(int(1000 * seconds), watch.end)
    with end_by_signal(watch.end):
        application.exec()
    frames = watch.close()
    watch.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.shutdown()
    return 0 if frames else 1


def _print_json(fact: dict[str, object]) -> None:
    _print(json.dumps(fact))


def _print_words(fact: dict[str, object]) -> None:
    _print("  ".join(f"{name} {value}" for name, value in fact.items() if value != ""))


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
