"""What has to be known of a stream before libVLC can write its pictures into memory of ours."""

from dataclasses import dataclass

import av.error
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext

_SPS = {"h264": (0x1F, 0, 7), "hevc": (0x3F, 1, 33)}  # mask, shift and value that tell the NAL unit type
_LOOKED_AT = 4096
_SOF = (b"\xff\xc0", b"\xff\xc1", b"\xff\xc2")


@dataclass(frozen=True, slots=True)
class StreamFormat:
    """Native size; the width of a pixel over its height; FFmpeg's number of the colour space."""

    width: int
    height: int
    aspect: float
    colorspace: int


class FormatFinder:
    """Decodes a key frame with FFmpeg whenever the camera's parameters are new: at the start, and when they change."""

    def __init__(self, codec: VideoCodecContext) -> None:
        self._codec = codec
        self._codec.thread_count = 1
        self._signature: bytes | None = None
        self._format: StreamFormat | None = None

    def of(self, packet: Packet) -> StreamFormat | None:
        """The format from this packet on; None until a key frame was there."""
        if not packet.is_keyframe:
            return self._format
        signature = _signature(self._codec.name, bytes(packet)[:_LOOKED_AT])
        if self._format is None or (signature and signature != self._signature):
            self._signature = signature
            self._format = self._look(packet) or self._format
        return self._format

    def _look(self, packet: Packet) -> StreamFormat | None:
        codec = self._codec
        try:
            frames = [*codec.decode(packet), *codec.decode(None)]
            codec.flush_buffers()
        except av.error.FFmpegError:
            return None
        if not frames:
            return None
        frame = frames[-1]
        return StreamFormat(frame.width, frame.height, float(codec.sample_aspect_ratio or 1), int(frame.colorspace))


def _signature(codec: str, data: bytes) -> bytes:
    """The bytes of a key frame that describe its size: those of the sequence parameters or of the frame header."""
    if codec == "mjpeg":
        at = max(data.find(marker) for marker in _SOF)
        return data[at : at + 20] if at >= 0 else b""
    if codec not in _SPS:
        return b""
    mask, shift, wanted = _SPS[codec]
    for unit in data.split(b"\0\0\1"):
        if unit and (unit[0] >> shift) & mask == wanted:
            return unit
    return b""
