"""What the camera of soap_camera.py answers to each operation, and how it may differ from a sound one."""

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from gwanje.domain.ptz import PtzPosition, PtzVelocity
from tests.fakes.ptz_head import PtzHead

USER, PASSWORD = "operator", "s3cret<&>비밀"
NAMESPACES = {
    "device": "http://www.onvif.org/ver10/device/wsdl",
    "events": "http://www.onvif.org/ver10/events/wsdl",
    "media": "http://www.onvif.org/ver10/media/wsdl",
    "media2": "http://www.onvif.org/ver20/media/wsdl",
    "ptz": "http://www.onvif.org/ver20/ptz/wsdl",
}


@dataclass
class Quirks:
    """How this camera differs from a sound one; may be changed while it runs.

    Attributes:
        clock_offset_s: its clock minus ours. token_window_s: how far the time in a token may be off.
        auth: "token", "digest" (HTTP Digest for everything), "any" (either) or "basic" (snapshots only).
        tells_time: whether GetSystemDateAndTime is answered without credentials. tells_date: an HTTP Date header.
        media1, media2, ptz: which services there are. missing_in_services: names that GetServices leaves out.
        missing_operations: operation -> "fault", "empty", "closed", "404": what comes instead of an answer.
        raw: operation -> bytes that are sent as a whole HTTP answer. told_host: the host in every XAddr and URI.
        delay_s: before each answer; silent: takes connections and says nothing; silent_operations: only for these.
        takes_timeout: whether ContinuousMove may have a Timeout. takes_zero_zoom: whether it may have a still Zoom.
        refusal: code and words of the fault for a bad token.
    """

    clock_offset_s: float = 0.0
    token_window_s: float = 5.0
    auth: str = "any"
    tells_time: bool = True
    tells_date: bool = True
    media1: bool = True
    media2: bool = True
    ptz: bool = True
    missing_in_services: tuple[str, ...] = ()
    missing_operations: dict[str, str] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)
    told_host: str = "192.168.99.1:80"
    delay_s: float = 0.0
    silent: bool = False
    silent_operations: frozenset[str] = frozenset()
    takes_timeout: bool = True
    takes_zero_zoom: bool = True
    refusal: tuple[str, str] = ("ter:NotAuthorized", "Sender not Authorized")
    digest_algorithm: str = "MD5"


class SoapAnswers:
    """The operations of one camera with its PTZ head, presets and clock."""

    def __init__(self, quirks: Quirks) -> None:
        self.quirks = quirks
        self.head = PtzHead()
        self.presets: dict[str, tuple[str, PtzPosition]] = {"1": ("gate", PtzPosition(0.5, 0.25, 0.5))}
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.quirks.clock_offset_s)

    def answer(self, service: str, operation: str, request: ElementTree.Element) -> str:
        """The content of Body. Raises SoapFaultError."""
        function = getattr(self, f"_{service}_{operation}", None)
        if function is None or not self._has(service):
            raise SoapFaultError("ter:ActionNotSupported", "Optional Action Not Implemented")
        with self._lock:
            return str(function(request))

    def _has(self, service: str) -> bool:
        return {"media": self.quirks.media1, "media2": self.quirks.media2, "ptz": self.quirks.ptz}.get(service, True)

    def _xaddr(self, service: str) -> str:
        return f"http://{self.quirks.told_host}/onvif/{service}_service"

    def _device_GetSystemDateAndTime(self, _: ElementTree.Element) -> str:
        t = self.now()
        return (
            "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>Manual</tt:DateTimeType>"
            "<tt:DaylightSavings>false</tt:DaylightSavings><tt:TimeZone><tt:TZ>KST-9</tt:TZ></tt:TimeZone>"
            f"<tt:UTCDateTime><tt:Time><tt:Hour>{t.hour}</tt:Hour><tt:Minute>{t.minute}</tt:Minute>"
            f"<tt:Second>{t.second}</tt:Second></tt:Time><tt:Date><tt:Year>{t.year}</tt:Year>"
            f"<tt:Month>{t.month}</tt:Month><tt:Day>{t.day}</tt:Day></tt:Date></tt:UTCDateTime>"
            "</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"
        )

    def _device_GetDeviceInformation(self, _: ElementTree.Element) -> str:
        return (
            "<tds:GetDeviceInformationResponse><tds:Manufacturer>Acme</tds:Manufacturer><tds:Model>Dome</tds:Model>"
            "<tds:FirmwareVersion>1.2</tds:FirmwareVersion><tds:SerialNumber>42</tds:SerialNumber>"
            "<tds:HardwareId>x</tds:HardwareId></tds:GetDeviceInformationResponse>"
        )

    def _device_GetServices(self, _: ElementTree.Element) -> str:
        listed = [s for s in NAMESPACES if self._has(s) and s not in self.quirks.missing_in_services]
        inner = "".join(
            f"<tds:Service><tds:Namespace>{NAMESPACES[s]}</tds:Namespace><tds:XAddr>{self._xaddr(s)}</tds:XAddr>"
            "<tds:Version><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tds:Version></tds:Service>"
            for s in listed
        )
        return f"<tds:GetServicesResponse>{inner}</tds:GetServicesResponse>"

    def _device_GetCapabilities(self, _: ElementTree.Element) -> str:
        media = f"<tt:Media><tt:XAddr>{self._xaddr('media')}</tt:XAddr></tt:Media>" if self.quirks.media1 else ""
        ptz = f"<tt:PTZ><tt:XAddr>{self._xaddr('ptz')}</tt:XAddr></tt:PTZ>" if self.quirks.ptz else ""
        return (
            "<tds:GetCapabilitiesResponse><tds:Capabilities>"
            f"<tt:Device><tt:XAddr>{self._xaddr('device')}</tt:XAddr></tt:Device>{media}{ptz}"
            "</tds:Capabilities></tds:GetCapabilitiesResponse>"
        )

    def _media2_GetProfiles(self, _: ElementTree.Element) -> str:
        ptz = '<tr2:PTZ token="ptz1"><tt:Name>p</tt:Name></tr2:PTZ>' if self.quirks.ptz else ""
        inner = "".join(
            f'<tr2:Profiles token="{t}" fixed="true"><tr2:Name>{t} stream</tr2:Name><tr2:Configurations>'
            f'<tr2:VideoEncoder token="e"><tt:Name>e</tt:Name><tt:UseCount>1</tt:UseCount>'
            f"<tt:Encoding>{c}</tt:Encoding>"
            f"<tt:Resolution><tt:Width>{w}</tt:Width><tt:Height>{h}</tt:Height></tt:Resolution>"
            f"<tt:RateControl><tt:FrameRateLimit>{r}</tt:FrameRateLimit><tt:BitrateLimit>1</tt:BitrateLimit>"
            f"</tt:RateControl><tt:Quality>1</tt:Quality></tr2:VideoEncoder>{ptz}</tr2:Configurations></tr2:Profiles>"
            for t, c, w, h, r in (("main", "H265", 1920, 1080, 25), ("sub", "H264", 640, 360, 15))
        )
        return f"<tr2:GetProfilesResponse>{inner}</tr2:GetProfilesResponse>"

    def _media2_GetStreamUri(self, request: ElementTree.Element) -> str:
        return f"<tr2:GetStreamUriResponse><tr2:Uri>{self._stream(request)}</tr2:Uri></tr2:GetStreamUriResponse>"

    def _media2_GetSnapshotUri(self, request: ElementTree.Element) -> str:
        return f"<tr2:GetSnapshotUriResponse><tr2:Uri>{self._snapshot(request)}</tr2:Uri></tr2:GetSnapshotUriResponse>"

    def _media2_SetSynchronizationPoint(self, request: ElementTree.Element) -> str:
        self._profile(request)
        return "<tr2:SetSynchronizationPointResponse/>"

    def _media_GetProfiles(self, _: ElementTree.Element) -> str:
        ptz = '<tt:PTZConfiguration token="ptz1"><tt:Name>p</tt:Name></tt:PTZConfiguration>' if self.quirks.ptz else ""
        inner = "".join(
            f'<trt:Profiles token="{t}" fixed="true"><tt:Name>{t} stream</tt:Name>'
            '<tt:VideoEncoderConfiguration token="e"><tt:Name>e</tt:Name><tt:UseCount>1</tt:UseCount>'
            f"<tt:Encoding>{c}</tt:Encoding><tt:Resolution><tt:Width>{w}</tt:Width><tt:Height>{h}</tt:Height>"
            f"</tt:Resolution><tt:Quality>1</tt:Quality><tt:RateControl><tt:FrameRateLimit>{r}</tt:FrameRateLimit>"
            "<tt:EncodingInterval>1</tt:EncodingInterval><tt:BitrateLimit>1</tt:BitrateLimit></tt:RateControl>"
            f"</tt:VideoEncoderConfiguration>{ptz}</trt:Profiles>"
            for t, c, w, h, r in (("main", "H264", 1920, 1080, 25), ("sub", "JPEG", 640, 360, 15))
        )
        return f"<trt:GetProfilesResponse>{inner}</trt:GetProfilesResponse>"

    def _media_GetStreamUri(self, request: ElementTree.Element) -> str:
        return self._media1_uri("GetStreamUri", self._stream(request))

    def _media_GetSnapshotUri(self, request: ElementTree.Element) -> str:
        return self._media1_uri("GetSnapshotUri", self._snapshot(request))

    def _media_SetSynchronizationPoint(self, request: ElementTree.Element) -> str:
        self._profile(request)
        return "<trt:SetSynchronizationPointResponse/>"

    @staticmethod
    def _media1_uri(operation: str, uri: str) -> str:
        return (
            f"<trt:{operation}Response><trt:MediaUri><tt:Uri>{uri}</tt:Uri>"
            "<tt:InvalidAfterConnect>false</tt:InvalidAfterConnect><tt:InvalidAfterReboot>false</tt:InvalidAfterReboot>"
            f"<tt:Timeout>PT0S</tt:Timeout></trt:MediaUri></trt:{operation}Response>"
        )

    def _stream(self, request: ElementTree.Element) -> str:
        host = self.quirks.told_host if self.quirks.told_host[-1] == "]" else self.quirks.told_host.rpartition(":")[0]
        return f"rtsp://{USER}:leak@{host}:8554/{self._profile(request)}?a=1&amp;b=2"

    def _snapshot(self, request: ElementTree.Element) -> str:
        return f"http://{self.quirks.told_host}/snapshot/{self._profile(request)}.jpg"

    def _profile(self, request: ElementTree.Element) -> str:
        token = _text(request, "ProfileToken")
        if token not in ("main", "sub"):
            raise SoapFaultError("ter:InvalidArgVal", "no such profile", "ter:NoProfile")
        return token

    def _ptz_ContinuousMove(self, request: ElementTree.Element) -> str:
        self._profile(request)
        timeout = _text(request, "Timeout")
        if timeout and not self.quirks.takes_timeout:
            raise SoapFaultError("ter:InvalidArgVal", "timeout", "ter:TimeoutNotSupported")
        pan_tilt, zoom = request.find(".//{*}PanTilt"), request.find(".//{*}Zoom")
        z = float(zoom.get("x", "0")) if zoom is not None else 0.0
        if zoom is not None and z == 0.0 and not self.quirks.takes_zero_zoom:
            raise SoapFaultError("ter:InvalidArgVal", "space", "ter:SpaceNotSupported")
        x, y = (float(pan_tilt.get(a, "0")) if pan_tilt is not None else 0.0 for a in "xy")
        seconds = float(timeout.removeprefix("PT").removesuffix("S")) if timeout else None
        self.head.move(PtzVelocity(x, y, z), time.monotonic(), seconds)
        return "<tptz:ContinuousMoveResponse/>"

    def _ptz_AbsoluteMove(self, request: ElementTree.Element) -> str:
        self._profile(request)
        pan_tilt, zoom = request.find(".//{*}PanTilt"), request.find(".//{*}Zoom")
        assert pan_tilt is not None and zoom is not None
        target = PtzPosition(float(pan_tilt.get("x", "")), float(pan_tilt.get("y", "")), float(zoom.get("x", "")))
        self.head.move_to(target, time.monotonic())
        return "<tptz:AbsoluteMoveResponse/>"

    def _ptz_Stop(self, request: ElementTree.Element) -> str:
        self._profile(request)
        self.head.stop(time.monotonic())
        return "<tptz:StopResponse/>"

    def _ptz_GetStatus(self, request: ElementTree.Element) -> str:
        self._profile(request)
        now = time.monotonic()
        p, state = self.head.position(now), "MOVING" if self.head.moving(now) else "IDLE"
        return (
            f'<tptz:GetStatusResponse><tptz:PTZStatus><tt:Position><tt:PanTilt x="{p.pan}" y="{p.tilt}"/>'
            f'<tt:Zoom x="{p.zoom}"/></tt:Position><tt:MoveStatus><tt:PanTilt>{state}</tt:PanTilt>'
            f"<tt:Zoom>IDLE</tt:Zoom></tt:MoveStatus><tt:UtcTime>{self.now():%Y-%m-%dT%H:%M:%SZ}</tt:UtcTime>"
            "</tptz:PTZStatus></tptz:GetStatusResponse>"
        )

    def _ptz_GetPresets(self, _: ElementTree.Element) -> str:
        inner = "".join(
            f'<tptz:Preset token="{t}"><tt:Name>{escape(name)}</tt:Name></tptz:Preset>'
            for t, (name, _) in self.presets.items()
        )
        return f"<tptz:GetPresetsResponse>{inner}</tptz:GetPresetsResponse>"

    def _ptz_SetPreset(self, request: ElementTree.Element) -> str:
        token = str(len(self.presets) + 1)
        self.presets[token] = (_text(request, "PresetName"), self.head.position(time.monotonic()))
        return f"<tptz:SetPresetResponse><tptz:PresetToken>{token}</tptz:PresetToken></tptz:SetPresetResponse>"

    def _ptz_GotoPreset(self, request: ElementTree.Element) -> str:
        token = _text(request, "PresetToken")
        if token not in self.presets:
            raise SoapFaultError("ter:InvalidArgVal", "no such preset", "ter:NoToken")
        self.head.move_to(self.presets[token][1], time.monotonic())
        return "<tptz:GotoPresetResponse/>"

    def _ptz_GotoHomePosition(self, _: ElementTree.Element) -> str:
        self.head.move_to(self.head.home, time.monotonic())
        return "<tptz:GotoHomePositionResponse/>"


class SoapFaultError(Exception):
    def __init__(self, code: str, words: str, subcode: str = "") -> None:
        super().__init__(code)
        inner = f"<s:Subcode><s:Value>{subcode}</s:Value></s:Subcode>" if subcode else ""
        self.body = (
            f"<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>{code}</s:Value>{inner}</s:Subcode></s:Code>"
            f'<s:Reason><s:Text xml:lang="en">{words} {escape(PASSWORD)}</s:Text>'
            "</s:Reason></s:Fault>"
        )


def _text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f".//{{*}}{name}") or ""
