"""Recorded clips for the tests: each picture tells its number by its brightness."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame

RATE = 25
_ENCODERS = {"h264": "libx264", "hevc": "libx265", "mjpeg": "mjpeg"}


def numbered(number: int, width: int, height: int) -> VideoFrame:
    planes = np.full((height * 3 // 2, width), 128, np.uint8)
    planes[:height] = 16 + number % 50 * 4
    return VideoFrame.from_ndarray(planes, "yuv420p")


def number_in(data: bytes | memoryview) -> int:
    """Which picture (of fifty) this is, from its BGRx pixels."""
    mean = float(np.frombuffer(data, np.uint8).reshape(-1, 4)[:, 1].mean())
    return round(mean * 219 / 255 / 4)


def write_clip(
    path: Path, *, codec: str = "h264", count: int = 50, size: tuple[int, int] = (320, 240), **options: str
) -> Path:
    """`count` pictures, 25 a second, a key frame each 10; B-frames with bf=2. The kind of file is that of the name."""
    quiet = {"x265-params": "log-level=none"} if codec == "hevc" else {}
    with av.open(str(path), "w") as out:
        stream = out.add_stream(_ENCODERS[codec], rate=RATE, options={"g": "10", **quiet, **options})
        stream.width, stream.height = size
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        for number in range(count):
            frame = numbered(number, *size)
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path
