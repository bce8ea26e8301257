"""Pan, tilt and zoom over a line (ONVIF PTZ Service Specification)."""

import math
from datetime import timedelta
from typing import Any

from ..domain.errors import BrokenAnswerError
from ..domain.ptz import PtzPosition, PtzPreset, PtzStatus, PtzVelocity
from ._failures import FaultError
from ._line import Line
from ._zeep_adapter import PTZ

_MOVE_STATES = {"IDLE": False, "MOVING": True}


class Ptz:
    """The PTZ service of one camera. `token` is always that of a media profile with PTZ."""

    def __init__(self, line: Line, place: str) -> None:
        self._line = line
        self._place = place
        self._takes_timeout = True
        self._takes_zero_axes = True

    def move(self, token: str, velocity: PtzVelocity, timeout_s: float) -> None:
        """ContinuousMove. What a camera turned out not to take (Timeout, an axis it lacks) is left out from then on."""
        timeout = timedelta(milliseconds=round(timeout_s * 1000))
        while True:
            parameters: dict[str, Any] = {"ProfileToken": token, "Velocity": self._velocity(velocity)}
            if self._takes_timeout:
                parameters["Timeout"] = timeout
            try:
                self._line.call(PTZ, "ContinuousMove", **parameters)
                return
            except FaultError as fault:
                if self._takes_timeout and _is_about_timeout(fault):
                    self._takes_timeout = False
                elif self._takes_zero_axes and _is_about_axes(fault) and _has_still_axis(velocity):
                    self._takes_zero_axes = False
                else:
                    raise

    def move_to(self, token: str, position: PtzPosition) -> None:
        self._line.call(
            PTZ,
            "AbsoluteMove",
            ProfileToken=token,
            Position={"PanTilt": {"x": position.pan, "y": position.tilt}, "Zoom": {"x": position.zoom}},
        )

    def stop(self, token: str) -> None:
        self._line.call(PTZ, "Stop", ProfileToken=token, PanTilt=True, Zoom=True)

    def status(self, token: str) -> PtzStatus:
        answer = self._line.call(PTZ, "GetStatus", ProfileToken=token)
        position, move = getattr(answer, "Position", None), getattr(answer, "MoveStatus", None)
        pan_tilt, zoom = getattr(position, "PanTilt", None), getattr(position, "Zoom", None)
        states = [_MOVE_STATES.get(str(getattr(move, name, None)).upper()) for name in ("PanTilt", "Zoom")]
        moving = True if True in states else (False if False in states else None)
        if pan_tilt is None:
            return PtzStatus(None, moving)
        pan, tilt = self._axis(pan_tilt, "x"), self._axis(pan_tilt, "y")
        return PtzStatus(PtzPosition(pan, tilt, 0.0 if zoom is None else self._axis(zoom, "x")), moving)

    def presets(self, token: str) -> tuple[PtzPreset, ...]:
        answer = self._line.call(PTZ, "GetPresets", ProfileToken=token)
        return tuple(PtzPreset(str(p.token), str(p.Name or p.token)) for p in answer or () if p.token)

    def go_to_preset(self, token: str, preset: str) -> None:
        self._line.call(PTZ, "GotoPreset", ProfileToken=token, PresetToken=preset)

    def store_preset(self, token: str, name: str) -> PtzPreset:
        preset = self._line.call(PTZ, "SetPreset", ProfileToken=token, PresetName=name)
        if not isinstance(preset, str) or not preset:
            raise BrokenAnswerError("the camera does not tell the token of the preset", place=self._place)
        return PtzPreset(preset, name)

    def go_home(self, token: str) -> None:
        self._line.call(PTZ, "GotoHomePosition", ProfileToken=token)

    def _axis(self, holder: Any, name: str) -> float:
        value = getattr(holder, name, None)
        if not isinstance(value, float) or not math.isfinite(value):
            raise BrokenAnswerError("the camera tells a position that is none", place=self._place)
        return value

    def _velocity(self, velocity: PtzVelocity) -> dict[str, Any]:
        """Both groups, as an axis that is left out goes on as it was; only moving ones where a camera lacks one."""
        pan_tilt = {"PanTilt": {"x": velocity.pan, "y": velocity.tilt}}
        zoom = {"Zoom": {"x": velocity.zoom}}
        if self._takes_zero_axes:
            return pan_tilt | zoom
        return (pan_tilt if velocity.pan or velocity.tilt else {}) | (zoom if velocity.zoom else {})


def _is_about_timeout(fault: FaultError) -> bool:
    """ter:TimeoutNotSupported, or a plain ter:InvalidArgVal, which older firmware answers instead."""
    return "TimeoutNotSupported" in fault.codes or fault.codes[-1:] == ("InvalidArgVal",)


def _is_about_axes(fault: FaultError) -> bool:
    known = {"SpaceNotSupported", "InvalidVelocity", "InvalidSpeed", "InvalidTranslation", "InvalidArgVal"}
    return not known.isdisjoint(fault.codes)


def _has_still_axis(velocity: PtzVelocity) -> bool:
    """Whether exactly one of the groups pan/tilt and zoom stands still."""
    return bool(velocity.pan or velocity.tilt) != bool(velocity.zoom)
