"""Which address is dialled: pure rules."""

import pytest

from gwanje.domain.errors import BrokenAnswerError, UnreachableError
from gwanje.onvif._addresses import device_address, service_address, stream_address

DIALLED = "http://10.0.0.7:8080/onvif/device_service"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://10.0.0.7/onvif/device_service", "http://10.0.0.7/onvif/device_service"),
        ("10.0.0.7", "http://10.0.0.7/onvif/device_service"),
        ("10.0.0.7:8080", "http://10.0.0.7:8080/onvif/device_service"),
        (" https://cam.example/ ", "https://cam.example/onvif/device_service"),
        ("http://user:secret@10.0.0.7:81/x?y=1#z", "http://10.0.0.7:81/x?y=1"),
        ("http://[fe80::1]:81/x", "http://[fe80::1]:81/x"),
    ],
)
def test_a_device_address_is_made_whole_and_loses_its_credentials(text: str, expected: str) -> None:
    assert device_address(text, "Gate") == expected


@pytest.mark.parametrize(
    "text", ["", "ftp://10.0.0.7/", "http://", "http://10.0.0.7:99999/", "http://[::1/", "file:///etc"]
)
def test_a_device_address_that_cannot_be_dialled(text: str) -> None:
    with pytest.raises(UnreachableError) as caught:
        device_address(text, "Gate")
    assert caught.value.place == "Gate" and caught.value.cure


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("http://192.168.0.2/onvif/media", "http://10.0.0.7:8080/onvif/media"),
        ("https://192.168.0.2:444/a?b=1", "http://10.0.0.7:8080/a?b=1"),
        ("/onvif/media", "http://10.0.0.7:8080/onvif/media"),
        ("http://a:b@192.168.0.2", "http://10.0.0.7:8080/"),
    ],
)
def test_a_service_is_dialled_where_the_device_is(told: str, expected: str) -> None:
    assert service_address(DIALLED, told, "Gate") == expected


@pytest.mark.parametrize("told", ["file:///etc/passwd", "http://[::1/x", "gopher://x/"])
def test_a_service_address_that_is_none(told: str) -> None:
    with pytest.raises(BrokenAnswerError):
        service_address(DIALLED, told, "Gate")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("rtsp://192.168.0.2:8554/main?x=1&y=2", "rtsp://10.0.0.7:8554/main?x=1&y=2"),
        ("rtsp://192.168.0.2/main", "rtsp://10.0.0.7/main"),
        ("rtsps://admin:secret@192.168.0.2:322/main", "rtsps://10.0.0.7:322/main"),
        ("rtsp://[fe80::9]:554/main", "rtsp://10.0.0.7:554/main"),
    ],
)
def test_a_stream_keeps_port_and_path_on_the_dialled_host(told: str, expected: str) -> None:
    assert stream_address(DIALLED, told, "Gate") == expected


def test_a_stream_of_a_camera_with_an_ipv6_address() -> None:
    assert stream_address("http://[fe80::1]/x", "rtsp://[::2]:8554/m", "Gate") == "rtsp://[fe80::1]:8554/m"


@pytest.mark.parametrize("told", ["", "http://10.0.0.7/a", "rtsp://h:0/", "rtsp://[::1/x", "//host/path"])
def test_a_stream_address_that_is_none(told: str) -> None:
    with pytest.raises(BrokenAnswerError) as caught:
        stream_address(DIALLED, told, "Gate")
    assert caught.value.__cause__ is None
