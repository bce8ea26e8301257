"""ONVIF PTZ service (ver20) over the camera's head."""

import re
from datetime import UTC, datetime

from ..domain.ptz import PtzPosition, PtzVelocity
from .camera import MOST_PRESETS
from .service_media import profile_token, ptz_configuration
from .soap import TPTZ, Call, Element, Operation, SoapFault, invalid, tptz, tt

_DEFAULT_TIMEOUT_S = 60.0
_SPACES = "http://www.onvif.org/ver10/tptz"
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def _seconds(duration: str) -> float:
    """Seconds of an xs:duration without years and months. Raises SoapFault for anything else."""
    match = _DURATION.fullmatch(duration)
    if match is None or not any(match.groups()):
        raise invalid("The timeout is not supported", "TimeoutNotSupported")
    days, hours, minutes, seconds = (float(g or 0) for g in match.groups())
    return days * 86400 + hours * 3600 + minutes * 60 + seconds


def _attribute(node: Element, name: str, low: float, subcode: str) -> float:
    try:
        value = float(node.get(name, ""))
    except ValueError:
        raise invalid(f"{name} is not a number", subcode) from None
    if not low <= value <= 1.0:
        raise invalid(f"{name} is out of range", subcode)
    return value


def _vector(call: Call, path: str, subcode: str, lowest_zoom: float) -> tuple[tuple[float, float] | None, float | None]:
    """Pan-tilt and zoom of a PTZVector; None for the part that is not given."""
    pan_tilt, zoom = call.node(f"{path}/PanTilt"), call.node(f"{path}/Zoom")
    return (
        None if pan_tilt is None else (_attribute(pan_tilt, "x", -1, subcode), _attribute(pan_tilt, "y", -1, subcode)),
        None if zoom is None else _attribute(zoom, "x", lowest_zoom, subcode),
    )


def _here(call: Call) -> PtzPosition:
    return call.camera.head.position(call.monotonic_s)


def continuous_move(call: Call) -> Element:
    profile_token(call)
    pan_tilt, zoom = _vector(call, "Velocity", "InvalidVelocity", -1.0)
    timeout = call.text("Timeout")
    seconds = _seconds(timeout) if timeout else _DEFAULT_TIMEOUT_S
    call.camera.head.move(PtzVelocity(*(pan_tilt or (0.0, 0.0)), zoom or 0.0), call.monotonic_s, seconds)
    return tptz.ContinuousMoveResponse()


def absolute_move(call: Call) -> Element:
    profile_token(call)
    pan_tilt, zoom = _vector(call, "Position", "InvalidPosition", 0.0)
    here = _here(call)
    pan, tilt = pan_tilt or (here.pan, here.tilt)
    call.camera.head.move_to(PtzPosition(pan, tilt, here.zoom if zoom is None else zoom), call.monotonic_s)
    return tptz.AbsoluteMoveResponse()


def relative_move(call: Call) -> Element:
    profile_token(call)
    pan_tilt, zoom = _vector(call, "Translation", "InvalidTranslation", -1.0)
    here = _here(call)
    pan, tilt = pan_tilt or (0.0, 0.0)
    target = PtzPosition(here.pan + pan, here.tilt + tilt, here.zoom + (zoom or 0.0))
    call.camera.head.move_to(target, call.monotonic_s)
    return tptz.RelativeMoveResponse()


def stop(call: Call) -> Element:
    profile_token(call)
    which = {name: call.text(name, "true") in ("true", "1") for name in ("PanTilt", "Zoom")}
    call.camera.head.stop(call.monotonic_s, pan_tilt=which["PanTilt"], zoom=which["Zoom"])
    return tptz.StopResponse()


def _position(name: str, position: PtzPosition) -> Element:
    return tt(
        name,
        tt.PanTilt(
            x=f"{position.pan:.5f}", y=f"{position.tilt:.5f}", space=f"{_SPACES}/PanTiltSpaces/PositionGenericSpace"
        ),
        tt.Zoom(x=f"{position.zoom:.5f}", space=f"{_SPACES}/ZoomSpaces/PositionGenericSpace"),
    )


def get_status(call: Call) -> Element:
    profile_token(call)
    pan_tilt, zoom = call.camera.head.moving(call.monotonic_s)
    now = datetime.fromtimestamp(call.camera.device_time(call.unix_s), UTC)
    return tptz.GetStatusResponse(
        tptz.PTZStatus(
            _position("Position", _here(call)),
            tt.MoveStatus(tt.PanTilt("MOVING" if pan_tilt else "IDLE"), tt.Zoom("MOVING" if zoom else "IDLE")),
            tt.UtcTime(now.strftime("%Y-%m-%dT%H:%M:%SZ")),
        )
    )


def get_presets(call: Call) -> Element:
    profile_token(call)
    return tptz.GetPresetsResponse(
        *(
            tptz.Preset(tt.Name(name), _position("PTZPosition", position), token=token)
            for token, (name, position) in call.camera.presets.items()
        )
    )


def set_preset(call: Call) -> Element:
    profile_token(call)
    token = call.text("PresetToken") or None
    if token is not None and token not in call.camera.presets:
        raise invalid("The preset does not exist", "NoToken")
    name = call.text("PresetName") or (call.camera.presets[token][0] if token else "")
    if any(n == name and t != token for t, (n, _) in call.camera.presets.items()):
        raise invalid("The name is taken", "PresetExist")
    new = call.camera.new_preset(name, token)
    if new is None:
        raise SoapFault("The camera keeps no more presets", "Action", "TooManyPresets", code="Receiver", status=500)
    return tptz.SetPresetResponse(tptz.PresetToken(new))


def _preset(call: Call) -> str:
    token = call.text("PresetToken")
    if token not in call.camera.presets:
        raise invalid("The preset does not exist", "NoToken")
    return token


def remove_preset(call: Call) -> Element:
    profile_token(call)
    del call.camera.presets[_preset(call)]
    return tptz.RemovePresetResponse()


def goto_preset(call: Call) -> Element:
    profile_token(call)
    call.camera.head.move_to(call.camera.presets[_preset(call)][1], call.monotonic_s)
    return tptz.GotoPresetResponse()


def goto_home_position(call: Call) -> Element:
    profile_token(call)
    call.camera.head.move_to(call.camera.head.home, call.monotonic_s)
    return tptz.GotoHomePositionResponse()


def set_home_position(call: Call) -> Element:
    profile_token(call)
    call.camera.head.home = _here(call)
    return tptz.SetHomePositionResponse()


def _space(name: str, space: str, low: int, *, flat: bool) -> Element:
    ranges = [tt.XRange(tt.Min(str(low)), tt.Max("1"))]
    if not flat:
        ranges.append(tt.YRange(tt.Min(str(low)), tt.Max("1")))
    return tt(name, tt.URI(f"{_SPACES}/{space}"), *ranges)


def _node(name: str) -> Element:
    spaces = tt.SupportedPTZSpaces(
        _space("AbsolutePanTiltPositionSpace", "PanTiltSpaces/PositionGenericSpace", -1, flat=False),
        _space("AbsoluteZoomPositionSpace", "ZoomSpaces/PositionGenericSpace", 0, flat=True),
        _space("RelativePanTiltTranslationSpace", "PanTiltSpaces/TranslationGenericSpace", -1, flat=False),
        _space("RelativeZoomTranslationSpace", "ZoomSpaces/TranslationGenericSpace", -1, flat=True),
        _space("ContinuousPanTiltVelocitySpace", "PanTiltSpaces/VelocityGenericSpace", -1, flat=False),
        _space("ContinuousZoomVelocitySpace", "ZoomSpaces/VelocityGenericSpace", -1, flat=True),
    )
    return tptz(
        name,
        tt.Name("PTZ"),
        spaces,
        tt.MaximumNumberOfPresets(str(MOST_PRESETS)),
        tt.HomeSupported("true"),
        token="node",  # noqa: S106 - the name of a node
    )


def get_nodes(call: Call) -> Element:
    del call
    return tptz.GetNodesResponse(_node("PTZNode"))


def get_node(call: Call) -> Element:
    if call.text("NodeToken") != "node":
        raise invalid("The node does not exist", "NoEntity")
    return tptz.GetNodeResponse(_node("PTZNode"))


def get_configurations(call: Call) -> Element:
    del call
    return tptz.GetConfigurationsResponse(ptz_configuration(tptz, "PTZConfiguration"))


OPERATIONS: dict[str, Operation] = {
    f"{{{TPTZ}}}{name}": operation
    for name, operation in {
        "ContinuousMove": continuous_move,
        "AbsoluteMove": absolute_move,
        "RelativeMove": relative_move,
        "Stop": stop,
        "GetStatus": get_status,
        "GetPresets": get_presets,
        "SetPreset": set_preset,
        "RemovePreset": remove_preset,
        "GotoPreset": goto_preset,
        "GotoHomePosition": goto_home_position,
        "SetHomePosition": set_home_position,
        "GetNodes": get_nodes,
        "GetNode": get_node,
        "GetConfigurations": get_configurations,
    }.items()
}
