"""The life of a PTZ motion, from press to release (domain.HeldCommand).

Domain.md 7: a ContinuousMove can run on for ever, whatever Timeout it was given. So the stop goes out beside the
camera's lane at once, is repeated when a move was still under way at that moment, and is tried again when it fails.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from ...domain.cameras import Camera, CameraId
from ...domain.commands import Command, HeldCommand, MovePtz, StopPtz
from ...domain.errors import GwanjeError, UnsupportedError
from ...domain.ptz import PtzVelocity
from ..devices import DeviceHub
from ..dispatch import Done, Lanes
from ..state import DirectoryState

_StopDone = Callable[[GwanjeError | None], None]

MOVE_TIMEOUT_S = 4.0
RENEW_MS = 1500
STOP_TRIES = 12
STOP_RETRY_MS = 250


@dataclass(slots=True, eq=False)
class _Motion:
    camera: Camera
    done: Done
    velocity: PtzVelocity
    pressed_at: float = field(default_factory=time.monotonic)
    sending: bool = False
    sent: PtzVelocity | None = None
    released: bool = False
    stopping: bool = False
    stop_again: bool = False
    error: GwanjeError | None = None


class PtzMotions(QObject):
    """Handler of MovePtz (held) and StopPtz. On the Qt thread; the calls themselves run in the lanes.

    Signals: moving_changed(str camera_id, bool).
    """

    moving_changed = Signal(str, bool)

    def __init__(self, directory: DirectoryState, hub: DeviceHub, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._directory = directory
        self._hub = hub
        self._lanes = lanes
        self._motions: dict[CameraId, _Motion] = {}
        self._renew = QTimer(self)
        self._renew.setInterval(RENEW_MS)
        self._renew.timeout.connect(self._send_all_again)

    @property
    def moving(self) -> frozenset[CameraId]:
        return frozenset(self._motions)

    # --- MovePtz -----------------------------------------------------------------------------------------------------

    def __call__(self, command: Command, done: Done) -> None:
        assert isinstance(command, MovePtz)
        camera = self._directory.camera(command.camera_id)
        if not camera.ptz:
            raise UnsupportedError("this camera cannot be moved", place=camera.name)
        before = self._motions.pop(camera.id, None)
        if before is not None:  # two hands on one camera: the newer press takes over, without a halt between
            before.done({"seconds": _seconds(before), "taken_over": True}, None)
        self._motions[camera.id] = motion = _Motion(camera, done, command.velocity)
        self.moving_changed.emit(camera.id, True)
        self._renew.start()
        self._send(motion)

    def adjust(self, command: HeldCommand) -> None:
        assert isinstance(command, MovePtz)
        motion = self._motions.get(command.camera_id)
        if motion is not None and not motion.released:
            motion.velocity = command.velocity
            if motion.velocity != motion.sent:
                self._send(motion)

    def release(self, command: HeldCommand) -> None:
        assert isinstance(command, MovePtz)
        motion = self._motions.get(command.camera_id)
        if motion is not None and not motion.released:
            motion.released = True
            self._stop(motion)

    def _send(self, motion: _Motion) -> None:
        """At most one move is on the wire; the newest speed goes out when it has returned."""
        if motion.sending or motion.released:
            return
        motion.sending = True
        motion.sent = velocity = motion.velocity
        self._lanes.camera(motion.camera.id).submit(
            lambda: None if motion.released else self._hub.port(motion.camera).move_ptz(velocity, MOVE_TIMEOUT_S),
            lambda _, error: self._sent(motion, error),
        )

    def _sent(self, motion: _Motion, error: GwanjeError | None) -> None:
        motion.sending = False
        if self._motions.get(motion.camera.id) is not motion:
            return  # a newer press took over
        if motion.released:
            # The move may have reached the camera after the stop did: stop once more.
            self._stop(motion)
        elif error is not None:
            # It may be turning although the answer was lost: stop it, then tell the operator why.
            motion.error = error
            motion.released = True
            self._stop(motion)
        elif motion.velocity != motion.sent:
            self._send(motion)

    def _send_all_again(self) -> None:
        """Held longer than the camera was told to move: tell it again."""
        for motion in self._motions.values():
            self._send(motion)
        if not self._motions:
            self._renew.stop()

    def _stop(self, motion: _Motion) -> None:
        if motion.stopping:
            # Nobody knows whether the stop on its way was before or after the move that has just returned.
            motion.stop_again = True
            return
        motion.stopping = True
        motion.stop_again = False

        def stopped(error: GwanjeError | None) -> None:
            motion.stopping = False
            if motion.sending:
                return  # _sent will stop it again
            if motion.stop_again:
                self._stop(motion)
                return
            if self._motions.get(motion.camera.id) is motion:
                del self._motions[motion.camera.id]
                self.moving_changed.emit(motion.camera.id, False)
                problem = error or motion.error
                motion.done(None if problem else {"seconds": _seconds(motion)}, problem)

        self._stop_until_done(motion.camera, stopped)

    # --- StopPtz -----------------------------------------------------------------------------------------------------

    def stop(self, command: Command, done: Done) -> None:
        """Handler of StopPtz: ends a motion of this console too."""
        assert isinstance(command, StopPtz)
        camera = self._directory.camera(command.camera_id)
        motion = self._motions.get(camera.id)
        if motion is not None:
            motion.released = True
            self._stop(motion)
        self._stop_until_done(camera, lambda error: done(None if error else {}, error))

    def stop_everything(self) -> None:
        """Sign-out, window closed: nothing may be left turning."""
        for motion in list(self._motions.values()):
            motion.released = True
            self._stop(motion)

    def _stop_until_done(self, camera: Camera, then: _StopDone, tries: int = STOP_TRIES) -> None:
        def answered(_: None, error: GwanjeError | None) -> None:
            if error is None or tries <= 1 or isinstance(error, UnsupportedError):
                then(error)
            else:
                QTimer.singleShot(STOP_RETRY_MS, lambda: self._stop_until_done(camera, then, tries - 1))

        self._lanes.stop(camera.id).submit(lambda: self._hub.port(camera).stop_ptz(), answered)


def _seconds(motion: _Motion) -> float:
    return round(time.monotonic() - motion.pressed_at, 3)
