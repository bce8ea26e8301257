"""The simulator's ONVIF services over HTTP."""

import base64
import hashlib
import io
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import requests
from lxml import etree
from PIL import Image
from requests.auth import HTTPDigestAuth

from gwanje.domain.errors import GwanjeError
from gwanje.simulator.process import SimulatorProcess

SOAP = "http://www.w3.org/2003/05/soap-envelope"
DEVICE = "http://www.onvif.org/ver10/device/wsdl"
MEDIA1 = "http://www.onvif.org/ver10/media/wsdl"
MEDIA2 = "http://www.onvif.org/ver20/media/wsdl"
PTZ = "http://www.onvif.org/ver20/ptz/wsdl"
WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
FIXED, MOVING = 2, 1


@pytest.fixture(scope="module")
def simulator() -> Iterator[SimulatorProcess]:
    with SimulatorProcess(4) as running:
        yield running


def token(user: str, password: str, skew_s: float = 0.0, nonce: bytes | None = None) -> str:
    raw = nonce or os.urandom(16)
    created = (datetime.now(UTC) + timedelta(seconds=skew_s)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    digest = base64.b64encode(hashlib.sha1(raw + created.encode() + password.encode()).digest()).decode()
    return (
        f'<w:Security xmlns:w="{WSS}wssecurity-secext-1.0.xsd" xmlns:u="{WSS}wssecurity-utility-1.0.xsd">'
        f"<w:UsernameToken><w:Username>{user}</w:Username>"
        f'<w:Password Type="{WSS}username-token-profile-1.0#PasswordDigest">{digest}</w:Password>'
        f"<w:Nonce>{base64.b64encode(raw).decode()}</w:Nonce><u:Created>{created}</u:Created>"
        "</w:UsernameToken></w:Security>"
    )


def post(
    simulator: SimulatorProcess, number: int, namespace: str, operation: str, inner: str = "", header: str | None = None
) -> requests.Response:
    """Call with a WS-UsernameToken, or with the given header."""
    if header is None:
        header = token(simulator.user, simulator.password)
    body = (
        f'<s:Envelope xmlns:s="{SOAP}" xmlns:tt="http://www.onvif.org/ver10/schema"><s:Header>{header}</s:Header>'
        f'<s:Body><{operation} xmlns="{namespace}">{inner}</{operation}></s:Body></s:Envelope>'
    )
    address = simulator.district.cameras[number - 1].device_address
    return requests.post(address, body.encode(), timeout=10)


def call(simulator: SimulatorProcess, number: int, namespace: str, operation: str, inner: str = "") -> etree._Element:
    answer = post(simulator, number, namespace, operation, inner)
    assert answer.status_code == 200, answer.text
    body = etree.fromstring(answer.content).find(f"{{{SOAP}}}Body")
    assert body is not None and body[0].tag == f"{{{namespace}}}{operation}Response"
    return body[0]


def subcodes(answer: requests.Response) -> list[str]:
    values = etree.fromstring(answer.content).iterfind(f".//{{{SOAP}}}Subcode/{{{SOAP}}}Value")
    return [(v.text or "").removeprefix("ter:") for v in values]


def text(element: etree._Element, name: str) -> str:
    return element.findtext(f".//{{*}}{name}") or ""


def wait_for(condition: Callable[[], object], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


PROFILE = "<ProfileToken>main</ProfileToken>"


def test_the_clock_needs_no_password(simulator: SimulatorProcess) -> None:
    answer = post(simulator, FIXED, DEVICE, "GetSystemDateAndTime", header="")
    utc = etree.fromstring(answer.content).find(".//{*}UTCDateTime")
    assert utc is not None
    fields = [int(text(utc, n)) for n in ("Year", "Month", "Day", "Hour", "Minute", "Second")]
    assert abs((datetime(*fields, tzinfo=UTC) - datetime.now(UTC)).total_seconds()) < 3


def test_everything_else_does(simulator: SimulatorProcess) -> None:
    answer = post(simulator, FIXED, DEVICE, "GetDeviceInformation", header="")
    assert answer.status_code == 401 and answer.headers["WWW-Authenticate"].startswith("Digest ")
    for user, password in ((simulator.user, "wrong"), ("nobody", simulator.password)):
        answer = post(simulator, FIXED, DEVICE, "GetDeviceInformation", header=token(user, password))
        assert subcodes(answer) == ["NotAuthorized"]


def test_http_digest_opens_it_too(simulator: SimulatorProcess) -> None:
    body = f'<s:Envelope xmlns:s="{SOAP}"><s:Body><GetHostname xmlns="{DEVICE}"/></s:Body></s:Envelope>'
    address = simulator.district.cameras[1].device_address
    good = requests.post(address, body, auth=HTTPDigestAuth(simulator.user, simulator.password), timeout=10)
    assert good.status_code == 200 and "camera2" in good.text
    bad = requests.post(address, body, auth=HTTPDigestAuth(simulator.user, "wrong"), timeout=10)
    assert bad.status_code == 401


def test_a_token_is_good_once_and_not_for_ever(simulator: SimulatorProcess) -> None:
    header = token(simulator.user, simulator.password)
    assert post(simulator, FIXED, DEVICE, "GetHostname", header=header).status_code == 200
    assert subcodes(post(simulator, FIXED, DEVICE, "GetHostname", header=header)) == ["NotAuthorized"]
    for skew, good in ((-250, True), (250, True), (-350, False), (350, False)):
        header = token(simulator.user, simulator.password, skew)
        assert (post(simulator, FIXED, DEVICE, "GetHostname", header=header).status_code == 200) is good


def test_the_device_says_who_it_is(simulator: SimulatorProcess) -> None:
    info = call(simulator, MOVING, DEVICE, "GetDeviceInformation")
    assert (text(info, "Manufacturer"), text(info, "SerialNumber")) == ("gwanje", "SIM000001")
    scopes = call(simulator, MOVING, DEVICE, "GetScopes")
    assert any("type/ptz" in (e.text or "") for e in scopes.iter())


def test_services_and_capabilities_agree(simulator: SimulatorProcess) -> None:
    for number, ptz in ((MOVING, True), (FIXED, False)):
        services = call(simulator, number, DEVICE, "GetServices", "<IncludeCapability>false</IncludeCapability>")
        found = {text(s, "Namespace"): text(s, "XAddr") for s in services}
        assert set(found) == {DEVICE, MEDIA1, MEDIA2} | ({PTZ} if ptz else set())
        assert all(a.startswith(f"{simulator.http}/cam{number}/onvif/") for a in found.values())
        capabilities = call(simulator, number, DEVICE, "GetCapabilities", "<Category>All</Category>")
        assert (capabilities.find(".//{*}PTZ") is not None) is ptz


@pytest.mark.parametrize("namespace", [MEDIA1, MEDIA2])
def test_profiles_and_addresses(simulator: SimulatorProcess, namespace: str) -> None:
    kinds = "<Type>All</Type>" if namespace == MEDIA2 else ""
    profiles = call(simulator, MOVING, namespace, "GetProfiles", kinds)
    assert [p.get("token") for p in profiles] == ["main", "sub"]
    sizes = [(text(p, "Width"), text(p, "Height"), text(p, "FrameRateLimit")) for p in profiles]
    assert sizes == [("1920", "1080", "25"), ("640", "360", "15")]
    camera = simulator.district.cameras[0]
    for profile, uri in (("main", camera.main_uri), ("sub", camera.sub_uri)):
        inner = f"<ProfileToken>{profile}</ProfileToken>"
        assert text(call(simulator, MOVING, namespace, "GetStreamUri", inner), "Uri") == uri
        assert call(simulator, MOVING, namespace, "SetSynchronizationPoint", inner) is not None
    answer = post(simulator, MOVING, namespace, "GetStreamUri", "<ProfileToken>third</ProfileToken>")
    assert subcodes(answer) == ["InvalidArgVal", "NoProfile"]


def test_encoders_and_sources(simulator: SimulatorProcess) -> None:
    assert len(call(simulator, FIXED, MEDIA1, "GetVideoEncoderConfigurations")) == 2
    one = "<ConfigurationToken>sub_encoder</ConfigurationToken>"
    assert text(call(simulator, FIXED, MEDIA1, "GetVideoEncoderConfiguration", one), "Width") == "640"
    assert len(call(simulator, FIXED, MEDIA1, "GetVideoSources")) == 1
    profile = call(simulator, FIXED, MEDIA1, "GetProfile", PROFILE)
    assert profile[0].get("token") == "main" and profile.find(".//{*}PTZConfiguration") is None


@pytest.mark.parametrize(("profile", "size"), [("main", (1920, 1080)), ("sub", (640, 360))])
def test_the_snapshot_is_a_picture(simulator: SimulatorProcess, profile: str, size: tuple[int, int]) -> None:
    inner = f"<ProfileToken>{profile}</ProfileToken>"
    uri = text(call(simulator, FIXED, MEDIA2, "GetSnapshotUri", inner), "Uri")
    assert requests.get(uri, timeout=10).status_code == 401
    answer = requests.get(uri, auth=HTTPDigestAuth(simulator.user, simulator.password), timeout=20)
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.format, picture.size) == ("JPEG", size)
    assert len(picture.convert("L").getcolors(256) or []) > 100


def test_a_move_runs_until_it_is_stopped(simulator: SimulatorProcess) -> None:
    start = simulator.control(MOVING)
    velocity = '<Velocity><tt:PanTilt x="0.6" y="0.3"/></Velocity>'
    call(simulator, MOVING, PTZ, "ContinuousMove", PROFILE + velocity)
    status = call(simulator, MOVING, PTZ, "GetStatus", PROFILE)
    assert text(status.find(".//{*}MoveStatus"), "PanTilt") == "MOVING"
    wait_for(lambda: simulator.control(MOVING)["position"]["pan"] > start["position"]["pan"] + 0.05)
    call(simulator, MOVING, PTZ, "Stop", PROFILE + "<PanTilt>true</PanTilt><Zoom>true</Zoom>")
    stopped = simulator.control(MOVING)
    assert stopped["moving"] is False
    assert (stopped["moves"], stopped["stops"]) == (start["moves"] + 1, start["stops"] + 1)
    status = call(simulator, MOVING, PTZ, "GetStatus", PROFILE)
    place = status.find(".//{*}Position/{*}PanTilt")
    assert place is not None and float(place.get("x", "")) == pytest.approx(stopped["position"]["pan"], abs=1e-4)


def test_a_move_with_a_timeout_ends_by_itself(simulator: SimulatorProcess) -> None:
    call(simulator, MOVING, PTZ, "GotoHomePosition", PROFILE)
    wait_for(lambda: not simulator.control(MOVING)["moving"])
    home = simulator.control(MOVING)["position"]["pan"]
    inner = PROFILE + '<Velocity><tt:PanTilt x="0.4" y="0"/></Velocity><Timeout>PT0.5S</Timeout>'
    call(simulator, MOVING, PTZ, "ContinuousMove", inner)
    wait_for(lambda: not simulator.control(MOVING)["moving"])
    assert simulator.control(MOVING)["position"]["pan"] == pytest.approx(home + 0.4 * 0.5 * 0.5)


def test_absolute_and_relative_moves_arrive(simulator: SimulatorProcess) -> None:
    position = '<Position><tt:PanTilt x="0.2" y="-0.3"/><tt:Zoom x="0.5"/></Position>'
    call(simulator, MOVING, PTZ, "AbsoluteMove", PROFILE + position)
    wait_for(lambda: not simulator.control(MOVING)["moving"])
    assert simulator.control(MOVING)["position"] == pytest.approx({"pan": 0.2, "tilt": -0.3, "zoom": 0.5})
    call(simulator, MOVING, PTZ, "RelativeMove", PROFILE + '<Translation><tt:PanTilt x="-0.1" y="0.1"/></Translation>')
    wait_for(lambda: not simulator.control(MOVING)["moving"])
    assert simulator.control(MOVING)["position"] == pytest.approx({"pan": 0.1, "tilt": -0.2, "zoom": 0.5})


def test_presets_are_kept_found_and_removed(simulator: SimulatorProcess) -> None:
    here = simulator.control(MOVING)["position"]
    new = text(call(simulator, MOVING, PTZ, "SetPreset", PROFILE + "<PresetName>정문</PresetName>"), "PresetToken")
    presets = call(simulator, MOVING, PTZ, "GetPresets", PROFILE)
    assert {p.get("token"): text(p, "Name") for p in presets}[new] == "정문"
    call(simulator, MOVING, PTZ, "GotoPreset", PROFILE + "<PresetToken>2</PresetToken>")
    wait_for(lambda: simulator.control(MOVING)["position"]["pan"] == pytest.approx(-0.8))
    call(simulator, MOVING, PTZ, "GotoPreset", PROFILE + f"<PresetToken>{new}</PresetToken>")
    wait_for(lambda: simulator.control(MOVING)["position"] == pytest.approx(here))
    answer = post(simulator, MOVING, PTZ, "SetPreset", PROFILE + "<PresetName>정문</PresetName>")
    assert subcodes(answer) == ["InvalidArgVal", "PresetExist"]
    call(simulator, MOVING, PTZ, "RemovePreset", PROFILE + f"<PresetToken>{new}</PresetToken>")
    answer = post(simulator, MOVING, PTZ, "GotoPreset", PROFILE + f"<PresetToken>{new}</PresetToken>")
    assert subcodes(answer) == ["InvalidArgVal", "NoToken"]


def test_home_can_be_moved(simulator: SimulatorProcess) -> None:
    call(simulator, MOVING, PTZ, "SetHomePosition", PROFILE)
    home = simulator.control(MOVING)["position"]
    call(simulator, MOVING, PTZ, "AbsoluteMove", PROFILE + '<Position><tt:PanTilt x="0.5" y="0"/></Position>')
    call(simulator, MOVING, PTZ, "GotoHomePosition", PROFILE)
    wait_for(lambda: simulator.control(MOVING)["position"] == pytest.approx(home))


@pytest.mark.parametrize(
    ("inner", "subcode"),
    [
        ('<Velocity><tt:PanTilt x="2" y="0"/></Velocity>', "InvalidVelocity"),
        ('<Velocity><tt:PanTilt x="a" y="0"/></Velocity>', "InvalidVelocity"),
        ('<Velocity><tt:Zoom x="nan"/></Velocity>', "InvalidVelocity"),
        ("<Velocity/><Timeout>5</Timeout>", "TimeoutNotSupported"),
    ],
)
def test_wrong_arguments_are_named(simulator: SimulatorProcess, inner: str, subcode: str) -> None:
    assert subcodes(post(simulator, MOVING, PTZ, "ContinuousMove", PROFILE + inner)) == ["InvalidArgVal", subcode]


def test_nodes_and_configurations(simulator: SimulatorProcess) -> None:
    assert text(call(simulator, MOVING, PTZ, "GetNodes"), "HomeSupported") == "true"
    assert text(call(simulator, MOVING, PTZ, "GetConfigurations"), "NodeToken") == "node"


def test_what_a_camera_cannot_do(simulator: SimulatorProcess) -> None:
    assert subcodes(post(simulator, FIXED, PTZ, "GetNodes")) == ["ActionNotSupported"]
    assert subcodes(post(simulator, MOVING, DEVICE, "SystemReboot")) == ["ActionNotSupported"]
    garbage = requests.post(simulator.district.cameras[0].device_address, b"<no", timeout=10)
    assert garbage.status_code == 400 and subcodes(garbage) == ["WellFormed"]
    assert requests.post(f"{simulator.http}/cam99/onvif/device_service", b"", timeout=10).status_code == 404


def test_the_control_interface_is_for_this_machine(simulator: SimulatorProcess) -> None:
    facts = simulator.controls()
    assert [f["number"] for f in facts] == [1, 2, 3, 4]
    page = requests.get(f"{simulator.http}/control/cameras", headers={"Origin": "http://example.org"}, timeout=10)
    assert page.status_code == 403
    with pytest.raises(GwanjeError, match="unknown kind"):
        simulator.set_fault(1, "melt")
    with pytest.raises(GwanjeError, match="no such camera"):
        simulator.control(99)
