"""Cameras lock an account after a few wrong passwords: the two streams of a camera share one attempt a minute."""

import math

from ...domain.cameras import CameraId
from ...domain.source_state import PASSWORD_RETRY_S


class PasswordGuard:
    """Times are monotonic seconds."""

    def __init__(self) -> None:
        self._refused: dict[CameraId, float] = {}

    def refused(self, camera_id: CameraId, now: float) -> None:
        """The camera has refused the password."""
        self._refused[camera_id] = now

    def accepted(self, camera_id: CameraId) -> bool:
        """The camera has accepted the password. Returns whether it was refused before."""
        return self._refused.pop(camera_id, None) is not None

    def allow_one(self, camera_id: CameraId) -> None:
        """A person wants another try, or has changed the password: one stream tries, the other one waits for it."""
        if camera_id in self._refused:
            self._refused[camera_id] = -math.inf

    def may_open(self, camera_id: CameraId, now: float) -> bool:
        """Whether an attempt now would not be the second one within the minute. If so it is taken for made."""
        refused = self._refused.get(camera_id)
        if refused is None:
            return True
        if now - refused < PASSWORD_RETRY_S - 1e-6:
            return False
        self._refused[camera_id] = now  # the other stream asks before the camera has answered this one
        return True
