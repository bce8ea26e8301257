"""RTP packets of H.264 (RFC 3550, RFC 6184: single NAL unit and FU-A) and RTCP sender reports, interleaved in TCP."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

CLOCK_HZ = 90_000
PAYLOAD_TYPE = 96
_LARGEST_PAYLOAD = 1400
_NTP_EPOCH = 2_208_988_800  # seconds from 1900 to 1970
_HEADER = struct.Struct("!BBHBBHII")
_SENDER_REPORT = struct.Struct("!BBHIIIIII")


@dataclass(frozen=True, slots=True)
class EncodedFrame:
    """One coded picture, ready to be sent to any number of viewers.

    Attributes:
        payloads: RTP payloads in order; the last one carries the marker.
        key: it is an IDR picture with its parameter sets.
        at: capture time, Unix seconds by the camera's own clock. timestamp: the same moment on the RTP clock, which a
            wrong device clock does not change.
    """

    payloads: tuple[bytes, ...]
    key: bool
    at: float
    timestamp: int


def split_nals(annexb: bytes) -> list[bytes]:
    """NAL units of an Annex B byte stream, without start codes."""
    nals = []
    start = annexb.find(b"\0\0\1")
    while start >= 0:
        begin = start + 3
        start = annexb.find(b"\0\0\1", begin)
        nal = annexb[begin : start if start >= 0 else None].rstrip(b"\0")
        if nal:
            nals.append(nal)
    return nals


def payloads(nals: list[bytes]) -> tuple[bytes, ...]:
    return tuple(p for nal in nals for p in _fragments(nal))


def _fragments(nal: bytes) -> Iterator[bytes]:
    if len(nal) <= _LARGEST_PAYLOAD:
        yield nal
        return
    indicator, kind = nal[0] & 0xE0 | 28, nal[0] & 0x1F
    step, position, start = _LARGEST_PAYLOAD - 2, 1, 0x80
    while position < len(nal):
        end = 0x40 if position + step >= len(nal) else 0
        yield bytes((indicator, start | end | kind)) + nal[position : position + step]
        position += step
        start = 0


def timestamp(unix_s: float) -> int:
    return round(unix_s * CLOCK_HZ) & 0xFFFFFFFF


class RtpSender:
    """Numbers the packets of one viewer and counts them for its sender reports."""

    def __init__(self, ssrc: int, sequence: int, channel: int, rtcp_channel: int) -> None:
        self._ssrc = ssrc
        self.sequence = sequence & 0xFFFF
        self._channel = channel
        self._rtcp_channel = rtcp_channel
        self._packets = 0
        self._octets = 0

    def frame(self, frame: EncodedFrame) -> list[bytes]:
        """Header and payload in turn, framed for interleaving (RFC 2326, section 10.12)."""
        chunks: list[bytes] = []
        last = len(frame.payloads) - 1
        for i, payload in enumerate(frame.payloads):
            marker = 0x80 if i == last else 0
            chunks.append(
                _HEADER.pack(
                    0x24,
                    self._channel,
                    len(payload) + 12,
                    0x80,
                    marker | PAYLOAD_TYPE,
                    self.sequence,
                    frame.timestamp,
                    self._ssrc,
                )
            )
            chunks.append(payload)
            self.sequence = (self.sequence + 1) & 0xFFFF
            self._octets += len(payload)
        self._packets += len(frame.payloads)
        return chunks

    def report(self, unix_s: float, stamp: int) -> bytes:
        """Sender report and CNAME: one capture time on the NTP clock (`unix_s`) and on the RTP clock (`stamp`)."""
        seconds = int(unix_s)
        sr = _SENDER_REPORT.pack(
            0x80,
            200,
            6,
            self._ssrc,
            (seconds + _NTP_EPOCH) & 0xFFFFFFFF,
            int((unix_s - seconds) * (1 << 32)) & 0xFFFFFFFF,
            stamp,
            self._packets & 0xFFFFFFFF,
            self._octets & 0xFFFFFFFF,
        )
        cname = b"\x01\x06gwanje\0\0\0\0"  # item, then padding to a whole word
        sdes = struct.pack("!BBHI", 0x81, 202, 1 + len(cname) // 4, self._ssrc) + cname
        return self._framed(sr + sdes)

    def bye(self) -> bytes:
        return self._framed(struct.pack("!BBHI", 0x81, 203, 1, self._ssrc))

    def _framed(self, packet: bytes) -> bytes:
        return struct.pack("!BBH", 0x24, self._rtcp_channel, len(packet)) + packet
