"""Answers the video wall's CameraHelp over ONVIF: snapshots and key frames for streams that are being opened.

Beside the cameras' lanes, on connections of its own: a camera that answers this slowly is not steered more slowly.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum, auto

from ..domain.cameras import Camera, CameraId
from ..domain.devices import DevicePort
from ..domain.errors import (
    BrokenAnswerError,
    ClockSkewError,
    GwanjeError,
    UnreachableError,
    UnsupportedError,
    WrongPasswordError,
)
from ..videowall.opening import Snapshot, decode_snapshot
from ..videowall.port import Quality, SourceKey
from .dispatch import Courier

log = logging.getLogger(__name__)

THREADS = 16
"""Cameras asked at the same time: 25 of them answer within a second, in two turns, where each takes 0.35 s. With more
threads the Qt thread would wait longer for its own turn."""
STALE_AFTER_S = 4.0
"""What could not be begun for so long helps nobody any more."""
SNAPSHOT_EVERY_S = 5.0
CANNOT_S = 600.0
"""A camera without ONVIF, snapshots or key frames on demand does not get them by being asked."""
PASSWORD_S = 600.0
"""Far more than the minute between two tries of its stream, which counts at the same account."""
AWAY_S = 30.0
FAILED_S = 60.0


class _Kind(Enum):
    SNAPSHOT = auto()
    KEY_FRAME = auto()


Answer = Callable[[Snapshot | None], None]
OpenPort = Callable[[Camera], DevicePort]


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    kind: _Kind
    key: SourceKey
    asked_at: float
    answer: Answer | None = None


class OnvifHelp:
    """On the Qt thread, but for `_do` and what it calls. One call to a camera at a time.

    Args:
        camera_of: the directory. open_port: may block; used by the threads of this object only. clock: monotonic
            seconds.
    """

    def __init__(
        self,
        camera_of: Callable[[CameraId], Camera | None],
        open_port: OpenPort,
        courier: Courier,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._camera_of = camera_of
        self._open_port = open_port
        self._courier = courier
        self._clock = clock
        self._pool = ThreadPoolExecutor(THREADS, "camera-help")
        self._waiting: deque[_Job] = deque()
        self._running: dict[CameraId, _Job] = {}
        self._not_before: dict[tuple[CameraId, _Kind], float] = {}
        self._closed = False

    def snapshot(self, key: SourceKey, answer: Answer) -> None:
        if not self._add(_Job(_Kind.SNAPSHOT, key, self._clock(), answer)):
            answer(None)

    def ask_for_key_frame(self, key: SourceKey) -> None:
        self._add(_Job(_Kind.KEY_FRAME, key, self._clock()))

    def give_up(self, camera_id: CameraId) -> None:
        for job in [job for job in self._waiting if job.key.camera_id == camera_id]:
            self._waiting.remove(job)
            _answer_nothing(job)

    def forget(self, camera_id: CameraId) -> None:
        """The camera's address or password is another one now."""
        for kind in _Kind:
            self._not_before.pop((camera_id, kind), None)

    def close(self) -> None:
        """Nothing more is asked; an answer that still comes reaches nobody."""
        self._closed = True
        self._waiting.clear()
        self._pool.shutdown(wait=False, cancel_futures=True)

    # --- what comes next ----------------------------------------------------------------------------------------------

    def _add(self, job: _Job) -> bool:
        camera_id = job.key.camera_id
        known = [*self._waiting, *self._running.values()]
        is_asked = any(k.kind is job.kind and k.key.camera_id == camera_id for k in known)
        is_paused = self._clock() < self._not_before.get((camera_id, job.kind), 0.0)
        if self._closed or is_asked or is_paused:
            return False
        if job.kind is _Kind.KEY_FRAME:
            self._waiting.appendleft(job)  # a live picture is worth more than a snapshot
        else:
            self._waiting.append(job)
        self._begin()
        return True

    def _begin(self) -> None:
        now = self._clock()
        for job in tuple(self._waiting):
            camera_id = job.key.camera_id
            if now - job.asked_at > STALE_AFTER_S:
                self._waiting.remove(job)
                _answer_nothing(job)
            elif len(self._running) < THREADS and camera_id not in self._running:
                self._waiting.remove(job)
                camera = self._camera_of(camera_id)
                if camera is None or not camera.device_address or now < self._not_before.get((camera_id, job.kind), 0):
                    _answer_nothing(job)
                    continue
                self._running[camera_id] = job
                self._pool.submit(self._do, job, camera)

    def _ended(self, job: _Job, snapshot: Snapshot | None, error: GwanjeError | None) -> None:
        if self._closed:
            return
        camera_id = job.key.camera_id
        del self._running[camera_id]
        self._pause(job, snapshot, error)
        if job.answer is not None:
            job.answer(snapshot)
        self._begin()

    def _pause(self, job: _Job, snapshot: Snapshot | None, error: GwanjeError | None) -> None:
        kinds: tuple[_Kind, ...] = (job.kind,)
        match error:
            case None if job.kind is _Kind.KEY_FRAME:
                return
            case None:
                seconds = SNAPSHOT_EVERY_S if snapshot is not None else CANNOT_S
            case WrongPasswordError() | ClockSkewError():
                seconds, kinds = PASSWORD_S, tuple(_Kind)
            case UnsupportedError():
                seconds = CANNOT_S
            case UnreachableError():
                seconds, kinds = AWAY_S, tuple(_Kind)
            case _:
                seconds = FAILED_S
        for kind in kinds:
            self._not_before[job.key.camera_id, kind] = self._clock() + seconds

    # --- on a thread of the pool --------------------------------------------------------------------------------------

    def _do(self, job: _Job, camera: Camera) -> None:
        snapshot: Snapshot | None = None
        error: GwanjeError | None = None
        try:
            port = self._open_port(camera)
            try:
                if job.kind is _Kind.SNAPSHOT:
                    snapshot = self._snapshot(port, camera, job.key.quality)
                else:
                    port.request_key_frame(_profiles(port, camera, job.key.quality)[0])
            finally:
                port.close()  # small cameras have few connections to give
        except GwanjeError as e:
            error = e
            log.debug("camera %d: no %s: %s", camera.number, job.kind.name.lower(), type(e).__name__)
        except Exception:
            log.exception("asking camera %d for a %s failed", camera.number, job.kind.name.lower())
            error = GwanjeError("the program made a mistake; the log file has the details", place=camera.name)
        self._courier.bring(lambda: self._ended(job, snapshot, error))

    def _snapshot(self, port: DevicePort, camera: Camera, quality: Quality) -> Snapshot | None:
        """Some cameras make snapshots of one profile only; which one does not matter for a first look."""
        failure: GwanjeError | None = None
        for token in _profiles(port, camera, quality):
            taken_at = self._clock()
            try:
                image = decode_snapshot(port.snapshot(token))
            except (UnsupportedError, BrokenAnswerError) as error:
                failure = error
                continue
            return None if image is None else Snapshot(image, taken_at)
        if failure is not None:
            raise failure
        return None


def _profiles(port: DevicePort, camera: Camera, quality: Quality) -> list[str]:
    """The media profile of a stream, then the other one. Raises DeviceError; UnsupportedError where there is none."""
    tokens = [camera.main_profile, camera.sub_profile]
    if not any(tokens):
        offered = sorted(port.profiles(), key=lambda profile: profile.width * profile.height, reverse=True)
        tokens = [offered[0].token, offered[-1].token] if offered else []
    if quality is Quality.SUB:
        tokens.reverse()
    found = list(dict.fromkeys(token for token in tokens if token))
    if not found:
        raise UnsupportedError("the camera has no media service", place=camera.name)
    return found


def _answer_nothing(job: _Job) -> None:
    if job.answer is not None:
        job.answer(None)
