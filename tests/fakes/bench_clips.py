"""Clips for the benchmark's cameras: a street made of noise, encoded once the way a camera does, then kept.

What costs a decoder is kept near a real camera's: a still background with detail, a dozen textured things that move
over it, sensor noise in each picture, one reference picture, no B-pictures, a steady bit rate.

A clip file is one JSON line (width, height, rate, sizes of the access units, which of them are key frames), then the
access units one after the other in Annex B form.
"""

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "bench"
_THINGS = 12
_NOISE = 2.0  # standard deviation of the sensor's noise, in steps of luma


@dataclass(frozen=True)
class ClipSpec:
    """`bits` a second; `key_s` seconds between two key frames; `seconds` until it begins again."""

    width: int
    height: int
    rate: int
    bits: int
    key_s: float = 2.0
    seconds: int = 16

    @property
    def file(self) -> Path:
        """Named after everything that the content depends on, this file included."""
        told = f"{self}{Path(__file__).read_text(encoding='utf-8')}"
        digest = hashlib.sha256(told.encode()).hexdigest()[:12]
        return CACHE / f"{self.width}x{self.height}-{self.rate}-{digest}.clip"


SUB = ClipSpec(640, 360, 15, 500_000)
MAIN = ClipSpec(1920, 1080, 25, 4_000_000, seconds=8)


def clip(spec: ClipSpec) -> Path:
    """The clip's file; encoded when it is not there yet, which takes some seconds for a MAIN one."""
    if spec.file.exists():
        return spec.file
    CACHE.mkdir(parents=True, exist_ok=True)
    units = _encode(spec)
    head = {
        "width": spec.width,
        "height": spec.height,
        "rate": spec.rate,
        "sizes": [len(data) for data, _ in units],
        "keys": [index for index, (_, is_key) in enumerate(units) if is_key],
    }
    handle, name = tempfile.mkstemp(dir=CACHE)
    with os.fdopen(handle, "wb") as file:
        file.write(json.dumps(head).encode() + b"\n")
        file.writelines(data for data, _ in units)
    Path(name).replace(spec.file)  # whole or not at all: two test processes may be at it
    return spec.file


def _encode(spec: ClipSpec) -> list[tuple[bytes, bool]]:
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = spec.width, spec.height, "yuv420p"
    codec.time_base, codec.framerate = Fraction(1, spec.rate), Fraction(spec.rate)
    codec.bit_rate = spec.bits
    codec.gop_size = round(spec.key_s * spec.rate)
    codec.options = {
        "preset": "veryfast",
        "profile": "main",
        "x264-params": f"bframes=0:ref=1:scenecut=0:rc-lookahead=0:sliced-threads=0:threads=2:"
        f"vbv-maxrate={spec.bits // 1000 * 3 // 2}:vbv-bufsize={spec.bits // 1000}",
    }
    street = _Street(spec)
    packets = []
    for index in range(spec.rate * spec.seconds):
        frame = av.VideoFrame.from_ndarray(street.picture(index), format="yuv420p")
        frame.pts = index
        packets += codec.encode(frame)
    packets += codec.encode(None)
    return [(bytes(packet), packet.is_keyframe) for packet in packets]


class _Street:
    """Pictures as planes one below the other (height * 3/2 rows), the same ones every time."""

    def __init__(self, spec: ClipSpec) -> None:
        self._random = np.random.default_rng(7)
        self._spec = spec
        self._background = self._texture(spec.height, spec.width)
        self._chroma = np.full((spec.height // 2, spec.width), 126, np.uint8)
        self._things = [self._thing() for _ in range(_THINGS)]
        # Drawing noise anew for each picture would take most of the time.
        self._noise = self._random.normal(0, _NOISE, (8, spec.height, spec.width)).astype(np.int16)

    def picture(self, index: int) -> NDArray[np.uint8]:
        luma = self._background.copy()
        phase = index / (self._spec.rate * self._spec.seconds)
        for texture, row, laps, start in self._things:
            height, width = texture.shape
            # A whole number of laps: the end of the clip meets its beginning.
            x = int((start + laps * phase) % 1 * (self._spec.width - width))
            luma[row : row + height, x : x + width] = texture
        noise = self._noise[index % len(self._noise)]
        grey = np.clip(luma + np.roll(noise, index * 17, axis=1), 16, 235).astype(np.uint8)
        return np.vstack([grey, self._chroma])

    def _thing(self) -> tuple[NDArray[np.int16], int, int, float]:
        height, width = self._spec.height // int(self._random.integers(8, 16)), self._spec.width // 12
        texture = self._texture(height, width) + int(self._random.integers(-40, 40))
        row = int(self._random.integers(0, self._spec.height - height))
        laps = int(self._random.choice([-3, -2, -1, 1, 2, 3]))
        return texture, row, laps, float(self._random.random())

    def _texture(self, height: int, width: int) -> NDArray[np.int16]:
        """Noise of several sizes, the coarse ones strong, with hard edges: façades, kerbs, leaves."""
        total = np.full((height, width), 110.0)
        for cell, strength in ((96, 30.0), (32, 16.0), (12, 8.0), (4, 4.0)):
            cells = self._random.normal(0, strength, (height // cell + 1, width // cell + 1))
            total += np.kron(cells, np.ones((cell, cell)))[:height, :width]
        return total.astype(np.int16)
