"""Gestures on the wall and in the panel become one held MovePtz each."""

from ...domain.cameras import CameraId
from ...domain.commands import MovePtz
from ...domain.ptz import PtzVelocity
from ..dispatch import Action, Dispatcher


class DispatchedPtz:
    """The PtzControl of the wall (src/videowall/wall/ptz_control.py): begin, adjust, end; never two motions at once."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._action: Action | None = None

    def begin(self, camera_id: CameraId, velocity: PtzVelocity) -> None:
        self.end()
        self._action = self._dispatcher.dispatch(MovePtz(camera_id=camera_id, velocity=velocity))

    def adjust(self, velocity: PtzVelocity) -> None:
        if self._action is not None:
            camera_id = self._action.command.camera
            assert camera_id is not None
            self._dispatcher.adjust(self._action, MovePtz(camera_id=camera_id, velocity=velocity))

    def end(self) -> None:
        action, self._action = self._action, None
        if action is not None:
            self._dispatcher.release(action)
