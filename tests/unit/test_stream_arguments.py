"""Addresses from a command line: credentials leave the address at once."""

import pytest

from gwanje.console.cli.streams import stream_address, stream_addresses
from gwanje.domain.credentials import Credential
from gwanje.domain.errors import GwanjeError

GIVEN = Credential("kim", "from stdin")


def test_a_number_for_each_tile():
    addresses = stream_addresses("rtsp://10.0.0.{n}:554/cam{n}/sub", range(3, 5), GIVEN)
    assert [a.uri for a in addresses] == ["rtsp://10.0.0.3:554/cam3/sub", "rtsp://10.0.0.4:554/cam4/sub"]
    assert {a.credential for a in addresses} == {GIVEN}


def test_one_tile_needs_no_number():
    assert [a.uri for a in stream_addresses("rtsp://h/live", range(1, 2), None)] == ["rtsp://h/live"]
    with pytest.raises(GwanjeError, match=r"\{n\}"):
        stream_addresses("rtsp://h/live", range(1, 3), None)


@pytest.mark.parametrize(
    ("text", "uri", "credential"),
    [
        ("rtsp://h/live", "rtsp://h/live", None),
        ("rtsp://u:p@h:8554/live", "rtsp://h:8554/live", Credential("u", "p")),
        ("rtsps://u:p%40%2F%25@h/live?a=b", "rtsps://h/live?a=b", Credential("u", "p@/%")),
        ("rtsp://u:p@ss/wörd@[::1]:554/live", "rtsp://[::1]:554/live", Credential("u", "p@ss/wörd")),
        ("rtsp://u@h/live", "rtsp://h/live", Credential("u", "")),
    ],
)
def test_credentials_are_taken_out(text: str, uri: str, credential: Credential | None):
    address = stream_address(text, None)
    assert (address.uri, address.credential) == (uri, credential)
    assert stream_address(text, GIVEN).credential == GIVEN, "what comes over standard input goes before"


@pytest.mark.parametrize("text", ["http://u:hush@h/live", "rtsp://u:hush@", "u:hush@h/live", "rtsp://u:hush@h:99999/x"])
def test_what_is_no_address_is_refused_without_its_password(text: str):
    with pytest.raises(GwanjeError, match="not a stream address") as raised:
        stream_address(text, None)
    assert "hush" not in str(raised.value)
