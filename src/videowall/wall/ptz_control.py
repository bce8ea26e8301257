"""What a wall asks of the one who moves cameras. The console answers with held commands over its dispatcher."""

from typing import Protocol

from ...domain.cameras import CameraId
from ...domain.ptz import PtzVelocity


class PtzControl(Protocol):
    """One motion at a time, from press to release. Called on the Qt thread; never blocks.

    The wall calls `end` on release and on everything that could hide one: loss of focus, another window, another
    tile, another arrangement, hiding, closing. A still velocity in `adjust` halts the camera while the hold lasts.
    """

    def begin(self, camera_id: CameraId, velocity: PtzVelocity) -> None: ...

    def adjust(self, velocity: PtzVelocity) -> None: ...

    def end(self) -> None: ...


class NoPtz:
    """Stands in where no camera can be moved."""

    def begin(self, camera_id: CameraId, velocity: PtzVelocity) -> None: ...

    def adjust(self, velocity: PtzVelocity) -> None: ...

    def end(self) -> None: ...
