"""A band of grey blocks along the top edge of a picture that a program can read back: which picture, taken when.

Layout: 80 blocks over the whole width, 1/45 of the height: 6 sync bits, 24 bits frame counter, 42 bits Unix time in
milliseconds, 8 bits CRC; most significant bit first. The greys are muted so that the band does not hurt the eye, and
are far enough apart to survive H.264, scaling down to about 240 pixels of width, and a change of brightness or range.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BLOCKS = 80
HEIGHT_FRACTION = 45
DARK, LIGHT = 40, 200

_SYNC = (1, 0, 1, 1, 0, 0)
_COUNTER_BITS = 24
_TIME_BITS = 42
_CRC_BITS = 8
_POLYNOMIAL = 0x07
_LEAST_CONTRAST = 40.0

Luma = NDArray[np.uint8]


class Band(NamedTuple):
    """What a band says: the frame counter modulo 2**24 and the capture time in Unix milliseconds."""

    counter: int
    unix_ms: int


def _bits(value: int, count: int) -> list[int]:
    return [value >> i & 1 for i in range(count - 1, -1, -1)]


def _number(bits: list[int]) -> int:
    value = 0
    for bit in bits:
        value = value << 1 | bit
    return value


def _crc8(payload: int) -> int:
    """CRC-8 (polynomial 0x07, start 0xFF) over the 66 payload bits, padded to 9 bytes."""
    crc = 0xFF
    for byte in payload.to_bytes(9, "big"):
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ _POLYNOMIAL if crc & 0x80 else crc << 1) & 0xFF
    return crc


def height(picture_height: int) -> int:
    """Rows that the band takes in a picture of that height."""
    return max(2, picture_height // HEIGHT_FRACTION)


def write(luma: Luma, counter: int, unix_ms: int) -> None:
    """Draw the band into a luma plane (height x width, limited or full range), in place."""
    counter %= 1 << _COUNTER_BITS
    unix_ms %= 1 << _TIME_BITS
    payload = counter << _TIME_BITS | unix_ms
    code = payload << _CRC_BITS | _crc8(payload)
    bits = np.array([*_SYNC, *_bits(code, BLOCKS - len(_SYNC))], dtype=np.uint8)
    width = luma.shape[1]
    row = (bits * (LIGHT - DARK) + DARK).astype(np.uint8)[np.arange(width) * BLOCKS // width]
    luma[: height(luma.shape[0])] = row


def read(grey: Luma) -> Band | None:
    """Read the band of a grey picture (height x width). None when there is none or it is damaged."""
    rows, width = grey.shape
    if width < BLOCKS or rows < HEIGHT_FRACTION:
        return None
    band = rows / HEIGHT_FRACTION
    # The inner half of the rows and the middle of each block: what lies at an edge is a mixture.
    top, bottom = int(band * 0.25), max(int(band * 0.25) + 1, int(band * 0.75))
    line = grey[top:bottom].mean(axis=0)
    block = width / BLOCKS
    centres = (np.arange(BLOCKS) + 0.5) * block
    reach = block / 6
    first = np.floor(centres - reach).astype(int)
    last = np.maximum(np.floor(centres + reach).astype(int), first)
    sums = np.concatenate(([0.0], np.cumsum(line)))
    values = (sums[last + 1] - sums[first]) / (last + 1 - first)

    light = [float(values[i]) for i, bit in enumerate(_SYNC) if bit]
    dark = [float(values[i]) for i, bit in enumerate(_SYNC) if not bit]
    if min(light) - max(dark) < _LEAST_CONTRAST:
        return None
    threshold = (sum(light) / len(light) + sum(dark) / len(dark)) / 2
    bits = [int(v > threshold) for v in values]
    if tuple(bits[: len(_SYNC)]) != _SYNC:
        return None
    code = _number(bits[len(_SYNC) :])
    payload, crc = code >> _CRC_BITS, code & 0xFF
    if _crc8(payload) != crc:
        return None
    return Band(payload >> _TIME_BITS, payload & ((1 << _TIME_BITS) - 1))
