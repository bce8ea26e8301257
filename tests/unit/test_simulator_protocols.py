"""Digest, RTP packets, faults and SOAP envelopes, without a socket."""

import hashlib
import struct

import pytest

from gwanje.domain.errors import GwanjeError
from gwanje.simulator import rtp, soap
from gwanje.simulator.digest import DigestGuard, Verdict, parse
from gwanje.simulator.faults import Fault, FaultKind


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


def _answer(challenge: str, method: str, user: str, password: str) -> str:
    p = parse(challenge)
    realm, nonce = p["realm"], p["nonce"]
    response = _md5(f"{_md5(f'{user}:{realm}:{password}')}:{nonce}:{_md5(f'{method}:/x')}")
    return f'Digest username="{user}", realm="{realm}", nonce="{nonce}", uri="/x", response="{response}"'


def test_digest_takes_the_right_password_only() -> None:
    guard = DigestGuard("gwanje camera 1", qop=False)
    challenge = guard.challenge()
    assert (
        guard.check(_answer(challenge, "PLAY", "operator", "secret"), "PLAY", "operator", "secret") is Verdict.ACCEPTED
    )
    for method, user, password in (
        ("PLAY", "operator", "no"),
        ("SETUP", "operator", "secret"),
        ("PLAY", "x", "secret"),
    ):
        assert guard.check(_answer(challenge, method, user, password), "PLAY", "operator", "secret") is Verdict.REFUSED
    assert guard.check("", "PLAY", "operator", "secret") is Verdict.REFUSED
    assert guard.check("Basic b3A6c2VjcmV0", "PLAY", "operator", "secret") is Verdict.REFUSED


def test_a_nonce_of_somebody_else_is_refused() -> None:
    ours, theirs = DigestGuard("r", qop=False), DigestGuard("r", qop=False)
    header = _answer(theirs.challenge(), "GET", "u", "p")
    assert ours.check(header, "GET", "u", "p") is Verdict.REFUSED


def test_an_old_nonce_is_stale_unless_the_connection_knows_it() -> None:
    guard = DigestGuard("r", qop=False, lifetime_s=-1.0)
    challenge = guard.challenge()
    header = _answer(challenge, "GET", "u", "p")
    assert guard.check(header, "GET", "u", "p") is Verdict.STALE
    assert guard.check(header, "GET", "u", "p", frozenset({parse(challenge)["nonce"]})) is Verdict.ACCEPTED
    assert "stale=true" in guard.challenge(stale=True)


def test_large_nals_are_cut_and_can_be_put_together() -> None:
    nal = bytes([0x65]) + bytes(i % 251 for i in range(5000))
    parts = rtp.payloads([b"\x67abc", nal])
    assert parts[0] == b"\x67abc"
    fragments = parts[1:]
    assert [p[1] >> 6 for p in fragments] == [2, 0, 0, 1]
    assert all(len(p) <= 1400 and p[0] == 0x7C and p[1] & 0x1F == 5 for p in fragments)
    assert bytes([fragments[0][0] & 0xE0 | fragments[0][1] & 0x1F]) + b"".join(p[2:] for p in fragments) == nal


def test_start_codes_of_both_lengths_are_found() -> None:
    assert rtp.split_nals(b"\0\0\0\1\x67aa\0\0\1\x68b\0\0\0\1\x65ccc") == [b"\x67aa", b"\x68b", b"\x65ccc"]
    assert rtp.split_nals(b"") == []


def test_packets_are_numbered_and_the_last_is_marked() -> None:
    sender = rtp.RtpSender(0xABCD, 65535, 0, 1)
    chunks = sender.frame(rtp.EncodedFrame((b"one", b"two"), True, 1.5, rtp.timestamp(1.5)))
    heads = [struct.unpack("!BBHBBHII", h) for h in chunks[::2]]
    assert [h[2] for h in heads] == [15, 15]
    assert [h[4] for h in heads] == [96, 96 | 0x80]
    assert [h[5] for h in heads] == [65535, 0]
    assert {h[6] for h in heads} == {135_000} and {h[7] for h in heads} == {0xABCD}


def test_a_sender_report_ties_the_clocks() -> None:
    sender = rtp.RtpSender(7, 0, 0, 1)
    sender.frame(rtp.EncodedFrame((b"one",), True, 1.5, rtp.timestamp(1.5)))
    report = sender.report(1_795_000_000.25, rtp.timestamp(1_795_000_000.25))
    assert struct.unpack("!BBH", report[:4]) == (0x24, 1, len(report) - 4)
    kind, length, ssrc, seconds, fraction, stamp, packets, octets = struct.unpack("!xBHIIIIII", report[4:32])
    assert (kind, length, ssrc, packets, octets) == (200, 6, 7, 1, 3)
    assert seconds - 2_208_988_800 + fraction / 2**32 == pytest.approx(1_795_000_000.25)
    assert stamp == rtp.timestamp(1_795_000_000.25)
    assert len(report[32:]) % 4 == 0 and report[33] == 202


@pytest.mark.parametrize("kind", list(FaultKind))
def test_every_fault_has_a_json_form(kind: FaultKind) -> None:
    assert Fault.from_json(Fault(kind).to_json()) == Fault(kind)


@pytest.mark.parametrize(
    "document", [None, [], {}, {"kind": "melt"}, {"kind": "slow", "fps": "1"}, {"kind": "corrupt", "ratio": 2}]
)
def test_what_is_no_fault_is_refused(document: object) -> None:
    with pytest.raises(GwanjeError):
        Fault.from_json(document)


@pytest.mark.parametrize("document", [b"", b"<a/>", b"<!DOCTYPE x [<!ENTITY e 'e'>]><a>&e;</a>", b"\xff\xfe"])
def test_what_is_no_envelope_gets_a_fault(document: bytes) -> None:
    with pytest.raises(soap.SoapFault) as caught:
        soap.parse(document)
    assert b"ter:WellFormed" in soap.fault(caught.value)
