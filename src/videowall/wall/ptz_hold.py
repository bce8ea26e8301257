"""A motion held by keys, by the mouse or by the wheel: who holds, where to, and the certain end of it."""

from PySide6.QtCore import QObject, QPointF, Qt, QTimer

from ...domain.cameras import CameraId
from ...domain.ptz import PtzVelocity
from .ptz_control import PtzControl

KEY_SPEED = 0.5
WHEEL_SPEED = 0.6
WHEEL_PULSE_MS = 150
DEAD_ZONE_PX = 12.0
_STEP = 0.05
"""Mouse speeds are rounded to this, so that a trembling hand does not flood the camera with orders."""

_ARROWS: dict[int, tuple[int, int, int]] = {
    Qt.Key.Key_Left: (-1, 0, 0),
    Qt.Key.Key_Right: (1, 0, 0),
    Qt.Key.Key_Up: (0, 1, 0),
    Qt.Key.Key_Down: (0, -1, 0),
    Qt.Key.Key_PageUp: (0, 0, 1),
    Qt.Key.Key_PageDown: (0, 0, -1),
}
_ZOOM: dict[int, tuple[int, int, int]] = {Qt.Key.Key_Plus: (0, 0, 1), Qt.Key.Key_Minus: (0, 0, -1)}
# On many keyboards plus and underscore need Shift: the release says the other half of the key when Shift went first.
_OTHER_HALF: dict[int, Qt.Key] = {Qt.Key.Key_Equal: Qt.Key.Key_Plus, Qt.Key.Key_Underscore: Qt.Key.Key_Minus}


def motion_key(key: int, *, shift: bool) -> Qt.Key | None:
    """The motion key that a pressed key stands for, or None."""
    # Letters of other scripts are no members of Qt.Key: the lookups are by number.
    known = int(_OTHER_HALF.get(key, key))
    return Qt.Key(known) if known in _ZOOM or (shift and known in _ARROWS) else None


class PtzHold(QObject):
    """At most one motion at a time, by one hand (keys, mouse or wheel).

    Attributes:
        camera: the camera that moves now, or None.
    """

    def __init__(self, control: PtzControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self.camera: CameraId | None = None
        self._hand = ""
        self._velocity = PtzVelocity()
        self._keys: set[Qt.Key] = set()
        self._pulse = QTimer(self)
        self._pulse.setSingleShot(True)
        self._pulse.setInterval(WHEEL_PULSE_MS)
        self._pulse.timeout.connect(lambda: self.end("wheel"))

    # --- keys ---------------------------------------------------------------------------------------------------------

    def key_down(self, key: Qt.Key, camera: CameraId) -> None:
        self._keys.add(key)
        self._move("keys", camera, self._keys_velocity())

    def key_up(self, key: int) -> bool:
        """Whether the released key was part of the motion. The motion ends with its last key, or with Shift."""
        known = int(_OTHER_HALF.get(key, key))
        released = {k for k in self._keys if k == known or (known == Qt.Key.Key_Shift and k in _ARROWS)}
        if not released:
            return False
        self._keys -= released
        if self._keys and self.camera is not None:
            self._move("keys", self.camera, self._keys_velocity())
        else:
            self.end("keys")
        return True

    def _keys_velocity(self) -> PtzVelocity:
        axes = [(_ARROWS | _ZOOM)[key] for key in self._keys]
        pan, tilt, zoom = (KEY_SPEED * max(-1, min(1, sum(values))) for values in zip(*axes, strict=True))
        return PtzVelocity(pan, tilt, zoom)

    # --- mouse and wheel ----------------------------------------------------------------------------------------------

    def drag(self, camera: CameraId, velocity: PtzVelocity) -> None:
        """Inside the dead zone (a still velocity) nothing begins, and a motion under way halts."""
        if not velocity.still or self.camera is not None:
            self._move("mouse", camera, velocity)

    def wheel(self, camera: CameraId, notches: float) -> None:
        """A pulse of zoom, prolonged by the next notch."""
        self._move("wheel", camera, PtzVelocity(zoom=WHEEL_SPEED if notches > 0 else -WHEEL_SPEED))
        if self._hand == "wheel":
            self._pulse.start()

    # --- all ----------------------------------------------------------------------------------------------------------

    def _move(self, hand: str, camera: CameraId, velocity: PtzVelocity) -> None:
        if self.camera is not None and self.camera != camera:
            self.end()
        if self.camera is None:
            self.camera, self._hand, self._velocity = camera, hand, velocity
            self._control.begin(camera, velocity)
        elif self._hand == hand and velocity != self._velocity:
            self._velocity = velocity
            self._control.adjust(velocity)

    def end(self, hand: str = "") -> None:
        """Stop; with a hand named, only what that hand holds."""
        if self.camera is None or (hand and hand != self._hand):
            return
        self.camera, self._hand = None, ""
        self._keys.clear()
        self._pulse.stop()
        self._control.end()


def drag_velocity(start: QPointF, here: QPointF, reach: float) -> PtzVelocity:
    """Speed for a drag from `start` to `here`: none in the dead zone, full `reach` pixels away."""
    vector = here - start
    length = (vector.x() ** 2 + vector.y() ** 2) ** 0.5
    if length <= DEAD_ZONE_PX or reach <= DEAD_ZONE_PX:
        return PtzVelocity()
    speed = min(1.0, (length - DEAD_ZONE_PX) / (reach - DEAD_ZONE_PX))
    pan, tilt = vector.x() / length * speed, -vector.y() / length * speed
    return PtzVelocity(round(pan / _STEP) * _STEP, round(tilt / _STEP) * _STEP)
