"""ONVIF media services: Media1 (ver10) and Media2 (ver20)."""

from collections.abc import Callable

from lxml.builder import ElementMaker

from .encoder import KEY_FRAME_EVERY_S, SPECS
from .soap import TR2, TRT, Call, Element, Operation, invalid, tr2, trt, tt

_SOURCE = "source"
_NAMES = {"main": "Main stream", "sub": "Sub stream"}

KeyFrameRequest = Callable[[int, str], None]
"""Called with the camera's number and the profile's token."""


def _bounds() -> Element:
    return tt.Bounds(x="0", y="0", width=str(SPECS["main"].width), height=str(SPECS["main"].height))


def _resolution(token: str) -> Element:
    return tt.Resolution(tt.Width(str(SPECS[token].width)), tt.Height(str(SPECS[token].height)))


def _multicast() -> Element:
    return tt.Multicast(
        tt.Address(tt.Type("IPv4"), tt.IPv4Address("0.0.0.0")),  # noqa: S104 - no multicast
        tt.Port("0"),
        tt.TTL("0"),
        tt.AutoStart("false"),
    )


def _source_configuration(make: ElementMaker, name: str) -> Element:
    parts = (tt.Name("Video source"), tt.UseCount("2"), tt.SourceToken(_SOURCE), _bounds())
    return make(name, *parts, token="source_config")  # noqa: S106 - the name of a configuration


def _gop(token: str) -> str:
    return str(round(SPECS[token].fps * KEY_FRAME_EVERY_S))


def _kbps(token: str) -> str:
    return {"main": "6000", "sub": "1024"}[token]


def _encoder1(make: ElementMaker, name: str, token: str) -> Element:
    spec = SPECS[token]
    return make(
        name,
        tt.Name(f"{token} encoder"),
        tt.UseCount("1"),
        tt.Encoding("H264"),
        _resolution(token),
        tt.Quality("5"),
        tt.RateControl(tt.FrameRateLimit(str(spec.fps)), tt.EncodingInterval("1"), tt.BitrateLimit(_kbps(token))),
        tt.H264(tt.GovLength(_gop(token)), tt.H264Profile("Baseline")),
        _multicast(),
        tt.SessionTimeout("PT60S"),
        token=f"{token}_encoder",
    )


def _encoder2(make: ElementMaker, name: str, token: str) -> Element:
    return make(
        name,
        tt.Name(f"{token} encoder"),
        tt.UseCount("1"),
        tt.Encoding("H264"),
        _resolution(token),
        tt.RateControl(
            tt.FrameRateLimit(str(SPECS[token].fps)), tt.BitrateLimit(_kbps(token)), ConstantBitRate="false"
        ),
        tt.Quality("5"),
        token=f"{token}_encoder",
        GovLength=_gop(token),
        Profile="Baseline",
    )


def ptz_configuration(make: ElementMaker, name: str) -> Element:
    """The one PTZ configuration of a camera, as both media services and the PTZ service show it."""
    spaces = "http://www.onvif.org/ver10/tptz"
    return make(
        name,
        tt.Name("PTZ"),
        tt.UseCount("2"),
        tt.NodeToken("node"),
        tt.DefaultAbsolutePantTiltPositionSpace(f"{spaces}/PanTiltSpaces/PositionGenericSpace"),
        tt.DefaultAbsoluteZoomPositionSpace(f"{spaces}/ZoomSpaces/PositionGenericSpace"),
        tt.DefaultRelativePanTiltTranslationSpace(f"{spaces}/PanTiltSpaces/TranslationGenericSpace"),
        tt.DefaultRelativeZoomTranslationSpace(f"{spaces}/ZoomSpaces/TranslationGenericSpace"),
        tt.DefaultContinuousPanTiltVelocitySpace(f"{spaces}/PanTiltSpaces/VelocityGenericSpace"),
        tt.DefaultContinuousZoomVelocitySpace(f"{spaces}/ZoomSpaces/VelocityGenericSpace"),
        tt.DefaultPTZTimeout("PT60S"),
        token="ptz",  # noqa: S106 - a configuration's name
    )


def _profile1(call: Call, name: str, token: str) -> Element:
    parts = [
        tt.Name(_NAMES[token]),
        _source_configuration(tt, "VideoSourceConfiguration"),
        _encoder1(tt, "VideoEncoderConfiguration", token),
    ]
    if call.camera.camera.ptz:
        parts.append(ptz_configuration(tt, "PTZConfiguration"))
    return trt(name, *parts, token=token, fixed="true")


def _profile2(call: Call, token: str, wanted: set[str]) -> Element:
    parts = []
    if wanted & {"All", "VideoSource"}:
        parts.append(_source_configuration(tr2, "VideoSource"))
    if wanted & {"All", "VideoEncoder"}:
        parts.append(_encoder2(tr2, "VideoEncoder", token))
    if wanted & {"All", "PTZ"} and call.camera.camera.ptz:
        parts.append(ptz_configuration(tr2, "PTZ"))
    configurations = [tr2.Configurations(*parts)] if parts else []
    return tr2.Profiles(tr2.Name(_NAMES[token]), *configurations, token=token, fixed="true")


def profile_token(call: Call) -> str:
    """The profile that the call names. Raises SoapFault ter:NoProfile when there is none of that name."""
    token = call.text("ProfileToken")
    if token not in SPECS:
        raise invalid("The profile does not exist", "NoProfile")
    return token


def get_profiles1(call: Call) -> Element:
    return trt.GetProfilesResponse(*(_profile1(call, "Profiles", token) for token in SPECS))


def get_profile1(call: Call) -> Element:
    return trt.GetProfileResponse(_profile1(call, "Profile", profile_token(call)))


def get_profiles2(call: Call) -> Element:
    token = call.text("Token")
    if token and token not in SPECS:
        raise invalid("The profile does not exist", "NoProfile")
    wanted = {(e.text or "").strip() for e in call.element.findall("{*}Type")}
    return tr2.GetProfilesResponse(*(_profile2(call, t, wanted) for t in SPECS if not token or t == token))


def _stream_uri(call: Call) -> str:
    camera = call.camera.camera
    return camera.main_uri if profile_token(call) == "main" else camera.sub_uri


def get_stream_uri1(call: Call) -> Element:
    if call.text("StreamSetup/Stream") == "RTP-Multicast" or call.text("StreamSetup/Transport/Protocol") == "UDP":
        raise invalid("Only RTP over RTSP over TCP is served", "InvalidStreamSetup")
    return trt.GetStreamUriResponse(_media_uri(_stream_uri(call)))


def _media_uri(uri: str) -> Element:
    return trt.MediaUri(
        tt.Uri(uri), tt.InvalidAfterConnect("false"), tt.InvalidAfterReboot("false"), tt.Timeout("PT0S")
    )


def get_stream_uri2(call: Call) -> Element:
    if call.text("Protocol") in ("RtspMulticast", "RtspUnicast"):
        raise invalid("Only RTP over RTSP over TCP is served", "InvalidStreamSetup")
    return tr2.GetStreamUriResponse(tr2.Uri(_stream_uri(call)))


def _snapshot_uri(call: Call) -> str:
    return f"{call.base_url}/snapshot.jpg?profile={profile_token(call)}"


def get_snapshot_uri1(call: Call) -> Element:
    return trt.GetSnapshotUriResponse(_media_uri(_snapshot_uri(call)))


def get_snapshot_uri2(call: Call) -> Element:
    return tr2.GetSnapshotUriResponse(tr2.Uri(_snapshot_uri(call)))


def get_video_sources(call: Call) -> Element:
    del call
    return trt.GetVideoSourcesResponse(
        trt.VideoSources(tt.Framerate(str(SPECS["main"].fps)), _resolution("main"), token=_SOURCE)
    )


def get_encoder_configurations(call: Call) -> Element:
    del call
    return trt.GetVideoEncoderConfigurationsResponse(*(_encoder1(trt, "Configurations", token) for token in SPECS))


def get_encoder_configuration(call: Call) -> Element:
    token = call.text("ConfigurationToken").removesuffix("_encoder")
    if token not in SPECS:
        raise invalid("The configuration does not exist", "NoConfig")
    return trt.GetVideoEncoderConfigurationResponse(_encoder1(trt, "Configuration", token))


def operations(request_key_frame: KeyFrameRequest) -> dict[str, Operation]:
    """The operations of both services."""

    def synchronize(make: ElementMaker) -> Operation:
        def set_synchronization_point(call: Call) -> Element:
            request_key_frame(call.camera.number, profile_token(call))
            return make("SetSynchronizationPointResponse")

        return set_synchronization_point

    return {
        f"{{{TRT}}}GetProfiles": get_profiles1,
        f"{{{TRT}}}GetProfile": get_profile1,
        f"{{{TRT}}}GetStreamUri": get_stream_uri1,
        f"{{{TRT}}}GetSnapshotUri": get_snapshot_uri1,
        f"{{{TRT}}}SetSynchronizationPoint": synchronize(trt),
        f"{{{TRT}}}GetVideoSources": get_video_sources,
        f"{{{TRT}}}GetVideoEncoderConfigurations": get_encoder_configurations,
        f"{{{TRT}}}GetVideoEncoderConfiguration": get_encoder_configuration,
        f"{{{TR2}}}GetProfiles": get_profiles2,
        f"{{{TR2}}}GetStreamUri": get_stream_uri2,
        f"{{{TR2}}}GetSnapshotUri": get_snapshot_uri2,
        f"{{{TR2}}}SetSynchronizationPoint": synchronize(tr2),
    }
