"""Where blocking work runs, so that the Qt thread never waits.

A lane runs its jobs one after the other; different lanes do not wait for each other. Results come back to the Qt
thread through `Courier`.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ...domain.cameras import CameraId
from ...domain.errors import GwanjeError

log = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[], T]
Then = Callable[[T | None, GwanjeError | None], None]

CAMERA_THREADS = 16
STOP_THREADS = 8


class Courier(QObject):
    """Brings calls to the thread that made it (the Qt thread). Signals: `_call`, private."""

    _call = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._call.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def bring(self, call: Callable[[], None]) -> None:
        """Run `call` on the Qt thread, soon. May be used from any thread; does nothing once the application is gone."""
        try:
            self._call.emit(call)
        except RuntimeError:
            log.debug("a result came after the application had ended")

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        call()


class Lane:
    """Jobs in order, one at a time, on threads borrowed from a pool."""

    def __init__(self, name: str, pool: Executor, courier: Courier) -> None:
        self.name = name
        self._pool = pool
        self._courier = courier
        self._jobs: deque[Callable[[], None]] = deque()
        self._lock = threading.Lock()
        self._running = False

    def submit(self, work: Work[T], then: Then[T] | None = None) -> None:
        """Run `work`; afterwards `then(result, error)` on the Qt thread.

        Errors of the GwanjeError family reach `then` as they are; any other is a defect: it is logged, and `then` gets
        a GwanjeError that says so.
        """

        def job() -> None:
            result: T | None = None
            error: GwanjeError | None = None
            try:
                result = work()
            except GwanjeError as e:
                error = e
            except Exception:
                log.exception("a job in lane %s failed", self.name)
                error = GwanjeError("the program made a mistake; the log file has the details", place=self.name)
            if then is not None:
                self._courier.bring(lambda: then(result, error))

        with self._lock:
            self._jobs.append(job)
            if self._running:
                return
            self._running = True
        self._start()

    def _start(self) -> None:
        try:
            self._pool.submit(self._drain)
        except RuntimeError:  # the pool was shut down: the program is ending
            with self._lock:
                self._jobs.clear()
                self._running = False

    def _drain(self) -> None:
        """One job, then back to the end of the pool's queue, so that a busy camera does not hold a thread."""
        with self._lock:
            job = self._jobs.popleft()
        job()
        with self._lock:
            if not self._jobs:
                self._running = False
                return
        self._start()


class Lanes:
    """The lanes of a console: one for the database, one for the secret store, one for each camera.

    `stop` is beside the camera's lane, not behind it: a stop never waits for a move.
    """

    def __init__(self) -> None:
        self.courier = Courier()
        self._single = {n: ThreadPoolExecutor(1, f"lane-{n}") for n in ("database", "secrets", "files")}
        self._camera_pool = ThreadPoolExecutor(CAMERA_THREADS, "lane-camera")
        self._stop_pool = ThreadPoolExecutor(STOP_THREADS, "lane-stop")
        self.database = Lane("database", self._single["database"], self.courier)
        self.secrets = Lane("secrets", self._single["secrets"], self.courier)
        self.files = Lane("files", self._single["files"], self.courier)
        self._cameras: dict[CameraId, Lane] = {}
        self._stops: dict[CameraId, Lane] = {}

    def camera(self, camera_id: CameraId) -> Lane:
        if camera_id not in self._cameras:
            self._cameras[camera_id] = Lane(f"camera {camera_id}", self._camera_pool, self.courier)
        return self._cameras[camera_id]

    def stop(self, camera_id: CameraId) -> Lane:
        if camera_id not in self._stops:
            self._stops[camera_id] = Lane(f"stop {camera_id}", self._stop_pool, self.courier)
        return self._stops[camera_id]

    def close(self) -> None:
        """Finish what was submitted to the database and the stop lanes; drop the rest."""
        self._camera_pool.shutdown(wait=False, cancel_futures=True)
        self._single["secrets"].shutdown(wait=False, cancel_futures=True)
        self._single["files"].shutdown(wait=True)
        self._stop_pool.shutdown(wait=True)
        self._single["database"].shutdown(wait=True)
