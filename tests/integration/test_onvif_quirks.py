"""Cameras as they are in the field, each on a real socket."""

import gzip
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from gwanje.domain.credentials import Credential
from gwanje.domain.devices import DevicePort
from gwanje.domain.errors import (
    BrokenAnswerError,
    ClockSkewError,
    DeviceError,
    UnreachableError,
    UnsupportedError,
    WrongPasswordError,
)
from gwanje.domain.ptz import PtzVelocity
from gwanje.onvif import Timeouts, open_device
from tests.fakes.soap_answers import PASSWORD, Quirks
from tests.fakes.soap_camera import JPEG, SoapCamera


@contextmanager
def opened(quirks: Quirks, credential: Credential | str | None = "right") -> Iterator[tuple[SoapCamera, DevicePort]]:
    with SoapCamera(quirks) as camera:
        given = camera.credential if isinstance(credential, str) else credential
        device = open_device(camera.directory_entry(), given, timeouts=Timeouts(2.0, 5.0, 8.0))
        try:
            yield camera, device
        finally:
            device.close()


def http(body: bytes, *headers: str, status: str = "200 OK", kind: str = "application/soap+xml") -> bytes:
    head = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


# --- services --------------------------------------------------------------------------------------------------------


def test_the_constructor_sends_nothing() -> None:
    with opened(Quirks()) as (camera, _):
        assert camera.requests == []


def test_only_media1() -> None:
    with opened(Quirks(media2=False)) as (_, device):
        assert [p.codec for p in device.profiles()] == ["H264", "MJPEG"]
        assert device.stream_uri("sub").startswith("rtsp://127.0.0.1:8554/sub")
        assert device.snapshot("main") == JPEG
        device.request_key_frame("main")
        assert "media2" not in device.info().services


@pytest.mark.parametrize("how", ["fault", "empty", "closed", "404"])
def test_media1_serves_where_media2_fails(how: str) -> None:
    with opened(Quirks(missing_operations={"GetSnapshotUri": how})) as (camera, device):
        with pytest.raises(DeviceError):
            device.snapshot("main")
        media = [path for method, path in camera.requests if method == "POST" and "media" in path]
        assert "/onvif/media2_service" in media and media[-1] == "/onvif/media_service"


@pytest.mark.parametrize("how", ["fault", "empty", "closed", "404"])
@pytest.mark.parametrize("operation", ["GetServices", "GetCapabilities"])
def test_one_of_the_two_lists_of_services_is_enough(operation: str, how: str) -> None:
    with opened(Quirks(missing_operations={operation: how})) as (_, device):
        assert {"media", "ptz"} <= set(device.info().services)
        device.move_ptz(PtzVelocity(pan=0.1), 1.0)


def test_the_lists_are_united() -> None:
    with opened(Quirks(missing_in_services=("ptz", "media"))) as (_, device):
        assert {"media", "media2", "ptz", "events"} <= set(device.info().services)
        assert device.ptz_status().moving is False


def test_a_device_that_lists_nothing_at_all_fails_as_what_it_answered() -> None:
    quirks = Quirks(missing_operations={"GetServices": "404", "GetCapabilities": "404"})
    with opened(quirks) as (_, device), pytest.raises(UnsupportedError):
        device.profiles()


@pytest.mark.parametrize("told", ["192.168.99.1:80", "localhost:1", "[fe80::1]:80", "camera.invalid:80"])
def test_the_dialled_host_is_kept(told: str) -> None:
    with opened(Quirks(told_host=told)) as (camera, device):
        assert device.snapshot("main") == JPEG
        uri = device.stream_uri("main")
        assert uri.startswith("rtsp://127.0.0.1") and uri.endswith("/main?a=1&b=2") and "leak" not in uri
        assert ("GET", "/snapshot/main.jpg") in camera.requests


def test_a_camera_without_ptz_says_so() -> None:
    with opened(Quirks(ptz=False)) as (_, device):
        assert not any(p.ptz for p in device.profiles())
        with pytest.raises(UnsupportedError, match="cannot be moved"):
            device.move_ptz(PtzVelocity(pan=1), 1.0)


def test_a_camera_without_a_device_address_says_so() -> None:
    device = open_device(replace(SoapCamera().directory_entry(), device_address=""), None)
    with pytest.raises(UnsupportedError, match="stream alone"):
        device.info()


# --- credentials and clocks ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("skew_s", [-3600.0, 3600.0, 9 * 3600.0, -20 * 365 * 86400.0])
def test_a_wrong_clock_is_lived_with(skew_s: float) -> None:
    with opened(Quirks(clock_offset_s=skew_s, token_window_s=3.0, auth="token")) as (camera, device):
        assert device.info().clock_offset_s == pytest.approx(skew_s, abs=2.0)
        assert len(device.profiles()) == 2
        assert camera.operations[0] == "GetSystemDateAndTime"


def test_a_clock_that_is_set_meanwhile_is_asked_again() -> None:
    with opened(Quirks(clock_offset_s=3600.0, auth="token", tells_date=False)) as (camera, device):
        device.profiles()
        camera.quirks.clock_offset_s = 0.0
        assert len(device.profiles()) == 2
        device.stop_ptz()


def test_the_http_date_serves_where_the_time_is_not_told() -> None:
    with opened(Quirks(clock_offset_s=7200.0, auth="token", tells_time=False)) as (_, device):
        assert len(device.profiles()) == 2


def test_a_clock_that_nobody_tells_is_blamed_when_the_camera_complains_of_the_time() -> None:
    quirks = Quirks(
        clock_offset_s=7200.0,
        auth="token",
        tells_time=False,
        tells_date=False,
        refusal=("wsu:MessageExpired", "the message has expired"),
    )
    with opened(quirks) as (_, device), pytest.raises(ClockSkewError) as caught:
        device.profiles()
    assert caught.value.cure


def test_the_right_clock_and_the_wrong_password() -> None:
    quirks = Quirks(clock_offset_s=3600.0, auth="token")
    with opened(quirks, Credential("operator", "guess")) as (_, device), pytest.raises(WrongPasswordError):
        device.profiles()


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
def test_a_camera_that_wants_http_digest_for_everything(algorithm: str) -> None:
    with opened(Quirks(auth="digest", digest_algorithm=algorithm, clock_offset_s=3600.0)) as (camera, device):
        assert device.info().clock_offset_s == pytest.approx(3600.0, abs=2.0)
        assert len(device.profiles()) == 2
        assert device.snapshot("main") == JPEG
        device.move_ptz(PtzVelocity(pan=0.1), 1.0)
        device.stop_ptz()
        assert camera.head.moving(0) is False
        asked = len(camera.operations)
        device.ptz_status()
        assert len(camera.operations) == asked + 1, "the challenge is kept: no second 401"


@pytest.mark.parametrize("credential", [Credential("operator", "guess"), None])
def test_a_wrong_password_by_digest(credential: Credential | None) -> None:
    with opened(Quirks(auth="digest"), credential) as (_, device):
        for call in (device.info, device.profiles, device.stop_ptz):
            with pytest.raises(WrongPasswordError):
                call()


def test_an_unknown_digest_algorithm_is_unsupported_not_a_wrong_password() -> None:
    quirks = Quirks(auth="digest", digest_algorithm="SHA-3000")
    with opened(quirks) as (_, device), pytest.raises(UnsupportedError):
        device.profiles()


def test_a_snapshot_by_basic() -> None:
    with opened(Quirks(auth="basic")) as (_, device):
        assert device.snapshot("main") == JPEG


@pytest.mark.parametrize("auth", ["basic", "digest"])
def test_a_snapshot_with_the_wrong_password(auth: str) -> None:
    with opened(Quirks(auth="token")) as (camera, device):
        assert device.snapshot("main") == JPEG
    with opened(Quirks(auth=auth), Credential("operator", "guess")) as (camera, device):
        camera.quirks.auth = auth
        with pytest.raises(WrongPasswordError):
            device.snapshot("main")


# --- answers that are none -------------------------------------------------------------------------------------------

SOAP = '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>{}</s:Body></s:Envelope>'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
    + SOAP.format("<x>&j;</x>")
)
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SOAP.format(
    "<tds:GetDeviceInformationResponse xmlns:tds='http://www.onvif.org/ver10/device/wsdl'>"
    "<tds:Model>&x;</tds:Model></tds:GetDeviceInformationResponse>"
)
SOAP11_FAULT = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>'
    "<faultcode>e:Client</faultcode><faultstring>no</faultstring></e:Fault></e:Body></e:Envelope>"
)
ANSWERS: dict[str, tuple[bytes, type[DeviceError]]] = {
    "empty": (http(b""), UnsupportedError),
    "blank": (http(b" \r\n "), UnsupportedError),
    "closed": (b"", UnreachableError),
    "not http": (b"\x00\x01\x02 hello\r\n\r\n", BrokenAnswerError),
    "headers only begin": (b"HTTP/1.1 200 OK\r\nContent-", UnsupportedError),
    "malformed": (http(SOAP.format("<a>")[:-30].encode()), BrokenAnswerError),
    "cut off": (http(SOAP.format("").encode())[:-40], BrokenAnswerError),
    "not soap": (http(b"<html><body>hello</body></html>", kind="text/html"), BrokenAnswerError),
    "json": (http(b'{"error": 1}', kind="application/json"), BrokenAnswerError),
    "nothing in it": (http(b"<a/>"), BrokenAnswerError),
    "entity bomb": (http(BOMB.encode()), BrokenAnswerError),
    "external entity": (http(EXTERNAL.encode()), BrokenAnswerError),
    "huge": (http(SOAP.format("<a>" + "x" * 5_000_000 + "</a>").encode()), BrokenAnswerError),
    "deep": (http(SOAP.format("<a>" * 5000 + "</a>" * 5000).encode()), BrokenAnswerError),
    "gzip": (http(gzip.compress(SOAP.format("").encode()), "Content-Encoding: gzip"), BrokenAnswerError),
    "redirect": (http(b"", "Location: http://127.0.0.1:1/", status="302 Found"), BrokenAnswerError),
    "busy": (http(b"", status="503 Service Unavailable"), BrokenAnswerError),
    "forbidden": (http(b"<html/>", status="403 Forbidden"), WrongPasswordError),
    "soap 1.1 fault": (http(SOAP11_FAULT.encode(), status="500 Oops"), UnsupportedError),
    "multipart": (http(b"--x\r\n\r\nhi\r\n--x--", kind="multipart/related; boundary=x"), BrokenAnswerError),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_is_none_has_its_error_and_the_next_call_works(name: str) -> None:
    content, expected = ANSWERS[name]
    with opened(Quirks(raw={"GetDeviceInformation": content})) as (camera, device):
        with pytest.raises(expected) as caught:
            device.info()
        assert isinstance(caught.value, DeviceError)
        camera.quirks.raw.clear()
        assert device.info().model == "Dome"


@pytest.mark.parametrize("body", ["<x/>", "", "<tds:GetDeviceInformationResponse xmlns:tds='urn:other'/>"])
def test_soap_with_something_else_inside(body: str) -> None:
    quirks = Quirks(raw={"GetDeviceInformation": http(SOAP.format(body).encode())})
    with opened(quirks) as (_, device), pytest.raises(BrokenAnswerError):
        device.info()


NONSENSE = {
    "GetProfiles": "<tr2:GetProfilesResponse xmlns:tr2='http://www.onvif.org/ver20/media/wsdl'><tr2:Profiles>"
    "<tr2:Name>no token</tr2:Name></tr2:Profiles></tr2:GetProfilesResponse>",
    "GetStatus": "<p:GetStatusResponse xmlns:p='http://www.onvif.org/ver20/ptz/wsdl' "
    "xmlns:t='http://www.onvif.org/ver10/schema'><p:PTZStatus><t:Position><t:PanTilt x='left' y='up'/></t:Position>"
    "</p:PTZStatus></p:GetStatusResponse>",
    "SetPreset": "<p:SetPresetResponse xmlns:p='http://www.onvif.org/ver20/ptz/wsdl'/>",
    "GetStreamUri": "<m:GetStreamUriResponse xmlns:m='http://www.onvif.org/ver20/media/wsdl'><m:Uri>http://</m:Uri>"
    "</m:GetStreamUriResponse>",
}


@pytest.mark.parametrize("operation", NONSENSE)
def test_values_that_make_no_sense_are_broken_answers(operation: str) -> None:
    quirks = Quirks(media1=False, raw={operation: http(SOAP.format(NONSENSE[operation]).encode())})
    calls: dict[str, Callable[[DevicePort], object]] = {
        "GetProfiles": lambda d: d.profiles(),
        "GetStatus": lambda d: d.ptz_status(),
        "SetPreset": lambda d: d.store_ptz_preset("x"),
        "GetStreamUri": lambda d: d.stream_uri("main"),
    }
    with opened(quirks) as (_, device), pytest.raises(BrokenAnswerError):
        calls[operation](device)


@pytest.mark.parametrize(
    "content", [http(b"hello", kind="image/jpeg"), http(b"", status="404 Not Found"), http(JPEG)[:-50]]
)
def test_a_snapshot_that_is_none(content: bytes) -> None:
    with opened(Quirks(raw={"snapshot": content})) as (_, device), pytest.raises(DeviceError):
        device.snapshot("main")


# --- PTZ -------------------------------------------------------------------------------------------------------------


def test_a_camera_that_takes_no_timeout_is_moved_without() -> None:
    with opened(Quirks(takes_timeout=False)) as (camera, device):
        for _ in range(2):
            device.move_ptz(PtzVelocity(pan=0.5), 2.0)
        assert camera.operations.count("ContinuousMove") == 3, "asked with a timeout once only"


def test_a_camera_that_takes_no_still_zoom_is_moved_without() -> None:
    with opened(Quirks(takes_zero_zoom=False, takes_timeout=False)) as (camera, device):
        for _ in range(2):
            device.move_ptz(PtzVelocity(pan=0.5), 2.0)
        assert camera.operations.count("ContinuousMove") == 4


def test_a_move_that_fails_for_another_reason_is_not_repeated() -> None:
    with opened(Quirks(missing_operations={"ContinuousMove": "fault"})) as (camera, device):
        with pytest.raises(UnsupportedError):
            device.move_ptz(PtzVelocity(pan=0.5), 2.0)
        assert camera.operations.count("ContinuousMove") == 1


def test_a_preset_is_stored_once_only_even_when_the_connection_closes() -> None:
    with opened(Quirks(missing_operations={"SetPreset": "closed"})) as (camera, device):
        with pytest.raises(UnreachableError):
            device.store_ptz_preset("gate")
        assert camera.operations.count("SetPreset") == 1


# --- secrets ---------------------------------------------------------------------------------------------------------


def test_no_secret_in_errors_or_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    texts: list[str] = []
    addresses = re.compile(r"https?://[^ ]*@|/onvif/|Nonce|PasswordDigest")
    for quirks in (
        Quirks(raw={"GetDeviceInformation": http(PASSWORD.encode())}),
        Quirks(missing_operations={"GetDeviceInformation": "fault"}),
        Quirks(auth="digest", raw={"GetDeviceInformation": b""}),
        Quirks(raw={"GetDeviceInformation": http(SOAP.format(f"<x>{'s3cret'}</x>").encode())}),
    ):
        with SoapCamera(quirks) as camera:
            entry = camera.directory_entry(
                device_address=f"http://operator:s3cret@127.0.0.1:{camera.port}/onvif/device_service"
            )
            device = open_device(entry, camera.credential)
            with pytest.raises(DeviceError) as caught:
                device.info()
            error: BaseException | None = caught.value
            while error is not None:
                assert isinstance(error, DeviceError), "a foreign exception is in the chain"
                texts.append(repr(error) + str(error))
                error = error.__cause__ or error.__context__
            assert "s3cret" not in repr(device)
            device.close()
    assert not any("s3cret" in t or addresses.search(t) for t in texts)
    assert "s3cret" not in caplog.text and "PasswordDigest" not in caplog.text
