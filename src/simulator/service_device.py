"""ONVIF device service (Core specification, ver10)."""

from datetime import UTC, datetime

from .soap import TDS, TPTZ, TR2, TRT, Call, Element, Operation, invalid, tds, tt

MANUFACTURER, MODEL_PTZ, MODEL_FIXED, FIRMWARE = "gwanje", "SIM-PTZ", "SIM-FIX", "1.0"
_PATHS = {TDS: "device_service", TRT: "media", TR2: "media2", TPTZ: "ptz"}
_VERSIONS = {TDS: (2, 60), TRT: (2, 60), TR2: (2, 60), TPTZ: (2, 60)}


def _addresses(call: Call) -> dict[str, str]:
    return {
        namespace: f"{call.base_url}/onvif/{path}"
        for namespace, path in _PATHS.items()
        if namespace != TPTZ or call.camera.camera.ptz
    }


def get_system_date_and_time(call: Call) -> Element:
    now = datetime.fromtimestamp(call.camera.device_time(call.unix_s), UTC)

    def moment(name: str, hour: int) -> Element:
        return tt(
            name,
            tt.Time(tt.Hour(str(hour)), tt.Minute(str(now.minute)), tt.Second(str(now.second))),
            tt.Date(tt.Year(str(now.year)), tt.Month(str(now.month)), tt.Day(str(now.day))),
        )

    return tds.GetSystemDateAndTimeResponse(
        tds.SystemDateAndTime(
            tt.DateTimeType("NTP"),
            tt.DaylightSavings("false"),
            tt.TimeZone(tt.TZ("UTC0")),
            moment("UTCDateTime", now.hour),
            moment("LocalDateTime", now.hour),
        )
    )


def get_device_information(call: Call) -> Element:
    return tds.GetDeviceInformationResponse(
        tds.Manufacturer(MANUFACTURER),
        tds.Model(MODEL_PTZ if call.camera.camera.ptz else MODEL_FIXED),
        tds.FirmwareVersion(FIRMWARE),
        tds.SerialNumber(f"SIM{call.camera.number:06d}"),
        tds.HardwareId("simulator"),
    )


def get_services(call: Call) -> Element:
    services = []
    for namespace, address in _addresses(call).items():
        major, minor = _VERSIONS[namespace]
        services.append(
            tds.Service(
                tds.Namespace(namespace),
                tds.XAddr(address),
                tds.Version(tt.Major(str(major)), tt.Minor(str(minor))),
            )
        )
    return tds.GetServicesResponse(*services)


def get_capabilities(call: Call) -> Element:
    category = call.text("Category", "All")
    if category not in {"All", "Device", "Media", "PTZ", "Events", "Imaging", "Analytics"}:
        raise invalid("There is no such category", "NoSuchService")
    addresses = _addresses(call)
    parts = []
    if category in ("All", "Device"):
        parts.append(tt.Device(tt.XAddr(addresses[TDS])))
    if category in ("All", "Media"):
        streaming = tt.StreamingCapabilities(tt.RTPMulticast("false"), tt.RTP_TCP("false"), tt.RTP_RTSP_TCP("true"))
        parts.append(tt.Media(tt.XAddr(addresses[TRT]), streaming))
    if category in ("All", "PTZ") and TPTZ in addresses:
        parts.append(tt.PTZ(tt.XAddr(addresses[TPTZ])))
    return tds.GetCapabilitiesResponse(tds.Capabilities(*parts))


def get_scopes(call: Call) -> Element:
    kinds = ["video_encoder", "ptz"] if call.camera.camera.ptz else ["video_encoder"]
    items = [f"type/{k}" for k in kinds] + ["Profile/Streaming", "Profile/T", f"name/camera{call.camera.number}"]
    return tds.GetScopesResponse(
        *(tds.Scopes(tt.ScopeDef("Fixed"), tt.ScopeItem(f"onvif://www.onvif.org/{item}")) for item in items)
    )


def get_hostname(call: Call) -> Element:
    return tds.GetHostnameResponse(
        tds.HostnameInformation(tt.FromDHCP("false"), tt.Name(f"camera{call.camera.number}"))
    )


OPERATIONS: dict[str, Operation] = {
    f"{{{TDS}}}GetSystemDateAndTime": get_system_date_and_time,
    f"{{{TDS}}}GetDeviceInformation": get_device_information,
    f"{{{TDS}}}GetServices": get_services,
    f"{{{TDS}}}GetCapabilities": get_capabilities,
    f"{{{TDS}}}GetScopes": get_scopes,
    f"{{{TDS}}}GetHostname": get_hostname,
}
OPEN_TO_ALL = frozenset({f"{{{TDS}}}GetSystemDateAndTime"})
"""Operations that need no credentials (Core specification, access class PRE_AUTH)."""
