"""A clip on the disk, read packet by packet. Nothing is decoded here but one key frame, for the picture's format."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import av.error
from av.bitstream import BitStreamFilterContext
from av.codec.context import CodecContext
from av.packet import Packet
from av.stream import Disposition

from ..engine.vlc_format import FormatFinder, StreamFormat
from ..engine.vlc_pipe import CODECS
from .port import ClipError

MOST_PIXELS = 8192 * 8192
_TO_START_CODES = {"h264": "h264_mp4toannexb", "hevc": "hevc_mp4toannexb"}
_OPTIONS = {
    # A clip may come from anywhere: it opens no other file, and nothing on the network.
    "protocol_whitelist": "file",
    "format_whitelist": "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,asf,flv,h264,hevc,mjpeg",
}
_LOOKED_FOR_KEY = 1000
_BACK_S = (0.0, 1.0, 4.0, 16.0, 64.0, float("inf"))


@dataclass(frozen=True, slots=True)
class ClipPacket:
    """One access unit; `time` in seconds from the first picture; `format` from this picture on."""

    data: bytes
    time: float
    is_key: bool
    format: StreamFormat


class ClipFile:
    """Raises ClipError when it cannot be opened. One iterator at a time.

    Attributes: `path`, `codec` (FFmpeg's name), `format` of the first picture, `duration` in seconds, `rate` in
    pictures a second, `held_back` (how many the decoder keeps to put them in order), `is_broken` (reading ended with an
    error).
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.is_broken = False
        self._container = _opened(path)
        try:
            self._prepare()
        except av.error.FFmpegError:
            self._container.close()
            raise ClipError(
                "this is no video, or it is damaged", place=_name(path), cure="choose another file"
            ) from None
        except ClipError:
            self._container.close()
            raise

    def packets_from(self, seconds: float) -> Iterator[ClipPacket]:
        """From the last key frame not after this time, or from the first one.

        Without the pictures that come behind it in the file and before it in time: they are built on earlier ones.
        """
        for back in _BACK_S:
            start = max(0.0, seconds - back)
            packets = self._packets(start)
            first = next(packets, None)
            if first is not None and (first.time <= seconds or start == 0.0):
                yield first
                yield from (packet for packet in packets if packet.time > first.time)
                return

    def close(self) -> None:
        self._container.close()

    def _prepare(self) -> None:
        self._stream: Any = _video(self._container)
        if self._stream is None:
            raise ClipError("there is no video in this file", place=_name(self.path), cure="choose another file")
        self.codec = self._stream.codec_context.name
        if self.codec not in CODECS:
            raise ClipError(
                f"its video is coded in a way that is not known here ({self.codec})",
                place=_name(self.path),
                cure="convert it to H.264, H.265 or MJPEG",
            )
        codec: Any = CodecContext.create(self.codec, "r")
        if bytes(self._stream.codec_context.extradata or b"").startswith(b"\0\0"):
            codec.extradata = self._stream.codec_context.extradata
        self._finder = FormatFinder(codec)
        self._tick = float(self._stream.time_base)
        self._first = 0.0
        found = next(self._packets(0.0), None)
        if found is None:
            raise ClipError("this is no video, or it is damaged", place=_name(self.path), cure="choose another file")
        if found.format.width * found.format.height > MOST_PIXELS:
            raise ClipError("its pictures are too large", place=_name(self.path), cure="choose another file")
        self._first = found.time
        self.format = found.format
        self.rate = float(self._stream.average_rate or 25)
        self.held_back = int(codec.reorder_depth)
        self.duration = self._measure()

    def _measure(self) -> float:
        if self._stream.duration:
            return float(self._stream.duration * self._tick)
        if self._container.duration:
            return float(self._container.duration / av.time_base)
        last = 0.0
        for packet in self._packets(0.0):
            last = max(last, packet.time)
        return last + 1 / self.rate

    def _packets(self, start: float) -> Iterator[ClipPacket]:
        """From the first key frame at or behind the place that the file's index gives for this time."""
        self.is_broken = False
        if start == 0.0:
            # Not by seeking: in a transport stream that finds the second key frame.
            self._container.close()
            self._container = _opened(self.path)
            self._stream = _video(self._container)
        name = _TO_START_CODES.get(self.codec)
        to_start_codes = BitStreamFilterContext(name, self._stream) if name else None
        try:
            if start > 0.0:
                self._container.seek(int((start + self._first) / self._tick), stream=self._stream)
            found: StreamFormat | None = None
            passed_over = 0
            for packet in self._container.demux(self._stream):
                if not packet.size:
                    continue
                for ready in to_start_codes.filter(packet) if to_start_codes else [packet]:
                    if found is None and not ready.is_keyframe and passed_over < _LOOKED_FOR_KEY:
                        passed_over += 1
                        continue
                    found = self._finder.of(ready) or found
                    time = self._time(ready)
                    if found is not None and time is not None:
                        yield ClipPacket(bytes(ready), time - self._first, ready.is_keyframe, found)
        except (av.error.FFmpegError, OSError):
            self.is_broken = True

    def _time(self, packet: Packet) -> float | None:
        stamp = packet.pts if packet.pts is not None else packet.dts
        return None if stamp is None else stamp * self._tick


def _opened(path: str) -> Any:
    place = _name(path)
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            raise ClipError("this is no file", place=place, cure="choose another file")
        return av.open(f"file:{path}", options=_OPTIONS, metadata_errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        raise ClipError("there is no such file", place=place, cure="choose another file") from None
    except PermissionError:
        raise ClipError(
            "this file may not be read", place=place, cure="ask its owner, or choose another file"
        ) from None
    except (av.error.FFmpegError, OSError, ValueError):
        raise ClipError("this is no video, or it is damaged", place=place, cure="choose another file") from None


def _video(container: Any) -> Any:
    """The first video stream that is no cover picture, or None."""
    streams = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    return streams[0] if streams and streams[0].codec_context is not None else None


def _name(path: str) -> str:
    return Path(path).name
