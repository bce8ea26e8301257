"""What real RTSP servers have said and sent, kept in files: `exchanges/NAME.rtsp`, made by record_exchange.py.

A file is one JSON line (codec, pictures a second, the lengths of the answers and of the RTP packets), then all of them
one after the other.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path

FOLDER = Path(__file__).with_name("exchanges")
_CLOCK_HZ = 90_000
_STAMP = struct.Struct("!HII")


@dataclass(frozen=True)
class Exchange:
    """Attributes:
    answers: (method of the request, the whole answer) in order. packets: RTP over the first pictures, from a key frame.
    """

    codec: str
    rate: float
    answers: tuple[tuple[str, bytes], ...]
    packets: tuple[bytes, ...] = field(repr=False)

    def answer(self, method: str) -> bytes:
        """The last one, which is the good one where the first said that a password is needed."""
        return [answer for asked, answer in self.answers if asked == method][-1]

    @property
    def sdp(self) -> bytes:
        return self.answer("DESCRIBE").split(b"\r\n\r\n", 1)[1]

    @property
    def pictures(self) -> list[list[bytes]]:
        """The packets of one picture have the same time stamp."""
        return [list(packets) for _, packets in groupby(self.packets, lambda packet: packet[4:8])]

    def save(self, name: str) -> None:
        head = {
            "codec": self.codec,
            "rate": self.rate,
            "answers": [(method, len(answer)) for method, answer in self.answers],
            "packets": [len(packet) for packet in self.packets],
        }
        body = b"".join((*(answer for _, answer in self.answers), *self.packets))
        FOLDER.joinpath(f"{name}.rtsp").write_bytes(json.dumps(head).encode() + b"\n" + body)


@cache
def exchange(name: str) -> Exchange:
    line, body = FOLDER.joinpath(f"{name}.rtsp").read_bytes().split(b"\n", 1)
    head = json.loads(line)

    def cut(lengths: list[int]) -> Iterator[bytes]:
        nonlocal body
        for length in lengths:
            yield body[:length]
            body = body[length:]

    answers = tuple(zip((method for method, _ in head["answers"]), cut([n for _, n in head["answers"]]), strict=True))
    return Exchange(head["codec"], head["rate"], answers, tuple(cut(head["packets"])))


class Numbering:
    """Gives recorded packets the sequence numbers and time stamps of one unbroken stream."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._sequence = self._picture = 0

    def __call__(self, picture: list[bytes]) -> list[bytes]:
        stamp = round(self._picture * _CLOCK_HZ / self._rate) & 0xFFFFFFFF
        self._picture += 1
        return [self._numbered(packet, stamp) for packet in picture]

    def _numbered(self, packet: bytes, stamp: int) -> bytes:
        self._sequence = self._sequence + 1 & 0xFFFF
        return packet[:2] + _STAMP.pack(self._sequence, stamp, 0x67776A65) + packet[12:]


def interleaved(packet: bytes, channel: int = 0) -> bytes:
    """RFC 2326, 10.12."""
    return b"$" + bytes([channel]) + len(packet).to_bytes(2, "big") + packet
