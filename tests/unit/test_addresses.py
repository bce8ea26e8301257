"""Addresses that operators type: what may be stored, and what may be recorded of those that may not."""

import pytest

from gwanje.domain.cameras import check_no_credentials, check_stream_uri, without_credentials
from gwanje.domain.commands import AddCamera
from gwanje.domain.errors import GwanjeError

# A password unescaped in an address is misread by every parser; it must not be recorded for all that.
LEAKY = [
    ("rtsp://kim:pa55@camera.example/live", "rtsp://camera.example/live"),
    ("rtsp://kim@camera.example:554/live?a=1", "rtsp://camera.example:554/live?a=1"),
    ("rtsp://kim:12/pa55@camera.example/live", "rtsp://camera.example/live"),
    ("rtsp://kim:pa?55@camera.example/live", "rtsp://camera.example/live"),
    ("rtsp://kim:pa@55@camera.example/live", "rtsp://camera.example/live"),
    ("http://:pa55@192.0.2.1/onvif/device_service", "http://192.0.2.1/onvif/device_service"),
    ("kim:pa55@camera.example/live", "camera.example/live"),
]
CLEAN = ["rtsp://192.0.2.1:554/live?channel=1&sub=2", "rtsps://camera.example/a%40b", "rtsp://[2001:db8::1]:8554/x"]


@pytest.mark.parametrize(("typed", "recorded"), LEAKY)
def test_credentials_are_refused_and_not_recorded(typed: str, recorded: str):
    assert without_credentials(f" {typed} ") == recorded
    with pytest.raises(GwanjeError) as refused:
        check_no_credentials(typed)
    assert "pa55" not in str(refused.value)
    with pytest.raises(GwanjeError):
        check_stream_uri(typed)
    command = AddCamera(name="gate", main_uri=typed, sub_uri=typed, device_address=typed, password="pa55w0rd")
    assert "pa55" not in str(command.details())
    assert command.details()["main_uri"] == recorded
    assert command.details()["name"] == "gate"


@pytest.mark.parametrize("address", CLEAN)
def test_an_address_without_credentials_is_taken_as_it_is(address: str):
    assert without_credentials(address) == address
    assert check_no_credentials(address) == address
    assert check_stream_uri(f" {address} ") == address
