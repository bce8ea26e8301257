"""The port through which a camera is asked for more than its stream; the console answers it over ONVIF."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QImage

from ...domain.cameras import CameraId
from ..port import SourceKey


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One picture that a camera made when it was asked. It is never live.

    `taken_at`: when it was asked for, in monotonic seconds, so that its age is never understated.
    """

    image: QImage
    taken_at: float


class CameraHelp(Protocol):
    """Called on the Qt thread; no call waits, and none raises.

    A camera that cannot help, or that refuses the password, is left alone for a while: asking costs nothing then.
    """

    def snapshot(self, key: SourceKey, answer: Callable[[Snapshot | None], None]) -> None:
        """Ask for a picture as `key` would show it. `answer` is called once, on the Qt thread, sooner or later;
        None when there is none."""

    def ask_for_key_frame(self, key: SourceKey) -> None:
        """Ask the camera to begin this stream anew with a whole picture. It may not."""

    def give_up(self, camera_id: CameraId) -> None:
        """What was asked of this camera is of no use any more; what has not begun is not done."""
