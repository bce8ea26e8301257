"""How bytes from the network go wrong, by accident or on purpose."""

import random
import re
import struct
from collections.abc import Callable

Mutation = Callable[[random.Random, bytes], bytes]

_NUMBERS = (
    0,
    1,
    2,
    127,
    128,
    255,
    256,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x10000,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFF,
    2**63,
    2**64,
)
_WORDS = (
    b"%s%n%x",
    b"A" * 300,
    b"A" * 5000,
    b"\xff\xfe\xfd",
    b"\0\0\0",
    b"../../../etc/passwd",
    b"rtsp://[::1",
    b"rtsp://127.0.0.1:99999/x",
    b'";"',
    b"\r\n\r\n",
    b"\r\nContent-Length: 99\r\n",
    b"interleaved=254-255",
    b"interleaved=-1--1",
    b"client_port=1-2;server_port=0-0",
    b"sprop-parameter-sets=,,,,",
    b"sprop-parameter-sets=" + b"/" * 400 + b"==",
    b"m=video 0 RTP/AVP 96 97 98 99\r\n",
    b"a=rtpmap:96 H265/90000\r\n",
    b"a=rtpmap:96 MP4V-ES/90000\r\n",
    b"a=rtpmap:96 x-Purevoice/1\r\n",
    b"a=control:rtsp://\r\n",
    b'nonce="',
    b"stale=true",
    b"qop=auth-int",
    b"algorithm=SHA-256",
)


def flip_bits(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 1 + len(data) // 20))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def truncate(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def repeat_part(chance: random.Random, data: bytes) -> bytes:
    start, end = _range(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 1, 2, 50)) + data[end:]


def remove_part(chance: random.Random, data: bytes) -> bytes:
    start, end = _range(chance, data)
    return data[:start] + data[end:]


def insert_noise(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice((1, 4, 64, 1500))) + data[at:]


def overwrite_with_number(chance: random.Random, data: bytes) -> bytes:
    """A length or a count that lies, wherever one may be."""
    width = chance.choice((1, 2, 4))
    number = chance.choice(_NUMBERS) & (1 << 8 * width) - 1
    at = chance.randrange(len(data))
    return data[:at] + number.to_bytes(width, "big") + data[at + width :]


def change_number(chance: random.Random, data: bytes) -> bytes:
    """Another value for one of the decimal numbers in a text."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return insert_word(chance, data)
    place = chance.choice(found)
    number = chance.choice((*_NUMBERS, -1, int(place[0][:18]) + chance.choice((-1, 1))))
    return data[: place.start()] + str(number).encode() + data[place.end() :]


def insert_word(chance: random.Random, data: bytes) -> bytes:
    places = [found.end() for found in re.finditer(rb"[\r\n=:;, /\"]", data)] or [0]
    at = chance.choice(places)
    return data[:at] + chance.choice(_WORDS) + data[at:]


def shuffle_lines(chance: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\r\n")
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"\r\n".join(lines)


def drop_line(chance: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\r\n")
    del lines[chance.randrange(len(lines))]
    return b"\r\n".join(lines)


def rtp_header(chance: random.Random, packet: bytes) -> bytes:
    """Version, padding, marker, type, number, stamp, source: one of them is another."""
    if len(packet) < 12:
        return packet + b"\0" * 12
    changed = bytearray(packet)
    match chance.randrange(5):
        case 0:
            changed[0] = chance.randrange(256)
        case 1:
            changed[1] = chance.randrange(256)
        case 2:
            struct.pack_into("!H", changed, 2, chance.randrange(1 << 16))
        case 3:
            struct.pack_into("!I", changed, 4, chance.randrange(1 << 32))
        case _:
            struct.pack_into("!I", changed, 8, chance.randrange(1 << 32))
    return bytes(changed)


def rtp_payload_start(chance: random.Random, packet: bytes) -> bytes:
    """The first bytes of a payload say how it is put together: NAL types, fragments, aggregates, JPEG's tables."""
    if len(packet) < 16:
        return packet + chance.randbytes(16)
    changed = bytearray(packet)
    for _ in range(chance.randrange(1, 4)):
        changed[12 + chance.randrange(min(12, len(packet) - 12))] = chance.randrange(256)
    return bytes(changed)


def rtp_extension_lies(chance: random.Random, packet: bytes) -> bytes:
    lie = struct.pack("!HH", 0xBEDE, chance.choice((0, 1, 255, 0xFFFF)))
    return bytes([packet[0] | 0x10]) + packet[1:12] + lie + packet[12:] if packet else lie


def rtp_padding_lies(chance: random.Random, packet: bytes) -> bytes:
    return bytes([packet[0] | 0x20]) + packet[1:] + bytes([chance.choice((0, 1, 4, 255))]) if packet else b"\x20"


ANYWHERE: tuple[Mutation, ...] = (flip_bits, truncate, repeat_part, remove_part, insert_noise)
OF_TEXT: tuple[Mutation, ...] = (
    *ANYWHERE,
    change_number,
    change_number,
    insert_word,
    insert_word,
    shuffle_lines,
    drop_line,
)
OF_PACKETS: tuple[Mutation, ...] = (
    *ANYWHERE,
    overwrite_with_number,
    rtp_header,
    rtp_payload_start,
    rtp_payload_start,
    rtp_extension_lies,
    rtp_padding_lies,
)


def splice(chance: random.Random, first: bytes, second: bytes) -> bytes:
    """The beginning of one and the end of another."""
    return first[: chance.randrange(len(first) + 1)] + second[chance.randrange(len(second) + 1) :]


def mutated(chance: random.Random, data: bytes, kinds: tuple[Mutation, ...]) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        if data:
            data = chance.choice(kinds)(chance, data)
    return data


def _range(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 2, 8, 64, 512)))
