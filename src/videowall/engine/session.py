"""One RTSP session in a worker: a thread that reads, decodes, scales and writes into shared memory."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import av
import av.codec.context
import av.error
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from ...domain.source_state import Reason
from ..port import Rate
from .board import BoardWriter
from .pictures import ChangeDetector, Pace, Scaler, fitted_size
from .reasons import reason_while_opening, reason_while_playing
from .slots import PictureWriter
from .wire import Message

OPEN_WITHIN_S = 8.0
SILENT_AFTER_S = 9.0
"""Just above domain.source_state.RECONNECT_AFTER_S: the console decides first, this one ends forgotten threads."""

# Not "fflags": "nobuffer": it throws the packets read while opening away, and with them the key frame that the camera
# sends first; the picture then comes a whole key-frame interval later (measured: 2.1 s instead of 0.3 s).
_OPTIONS = {
    "rtsp_transport": "tcp",
    "allowed_media_types": "video",
    "probesize": "32",
    "analyzeduration": "0",
    "fpsprobesize": "0",
    "timeout": str(int(SILENT_AFTER_S * 1e6)),
}


@dataclass(frozen=True, slots=True)
class Order:
    """What the console asked for. The place holds no credentials; they are put together in memory only."""

    session: int
    row: int
    uri: str
    width: int
    height: int
    sequence: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def location(self) -> str:
        """The address with the credentials in it, percent-encoded (RFC 3986, 3.2.1), as FFmpeg wants them."""
        if not self.user:
            return self.uri
        parts = urlsplit(self.uri)
        userinfo = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        return urlunsplit(parts._replace(netloc=f"{userinfo}@{parts.netloc.rpartition('@')[2]}"))


class Session(threading.Thread):
    """Posts `opened`, `segment`, `ended` and, last of all, `closed` messages.

    Attributes: `frames`, `shown`, `errors` and `bits` count since the session opened; `codec`, `native` describe it.
    """

    def __init__(self, order: Order, board: BoardWriter, post: Callable[[Message], None]) -> None:
        super().__init__(name=f"session-{order.session}", daemon=True)
        self.order = order
        self.codec = ""
        self.native = (0, 0)
        self.frames = self.errors = self.bits = 0
        self._board = board
        self._post = post
        self._box = (order.width, order.height)
        self._sequence = order.sequence
        self._generation = 0
        self._writer: PictureWriter | None = None
        self._closing = False
        self._rate = Rate.FULL
        self._scaler = Scaler()
        self._changes = ChangeDetector()
        self._pace = Pace()

    def resize(self, width: int, height: int) -> None:
        self._box = (width, height)

    def set_rate(self, rate: Rate) -> None:
        self._rate = rate

    def stop(self) -> None:
        """End with the next packet, or when the silence has lasted too long."""
        self._closing = True

    def run(self) -> None:
        reason = Reason.CONNECTION_LOST
        try:
            reason = self._live()
        finally:
            if not self._closing:
                self._post({"say": "ended", "session": self.order.session, "reason": reason.value})
            if self._writer is not None:
                self._writer.memory.release()
            self._post({"say": "closed", "session": self.order.session})

    def _live(self) -> Reason:
        if urlsplit(self.order.uri).scheme not in {"rtsp", "rtsps"}:
            return Reason.UNSUPPORTED
        give_up_at = time.monotonic() + OPEN_WITHIN_S
        try:
            # Without a read timeout of PyAV: its clock is asked, with the interpreter locked, for every few bytes.
            container = av.open(self.order.location(), format="rtsp", options=_OPTIONS, timeout=(OPEN_WITHIN_S, None))
        except (av.error.FFmpegError, ValueError, OSError) as error:
            return reason_while_opening(error, time.monotonic() < give_up_at)
        try:
            if not container.streams.video or container.streams.video[0].codec_context is None:
                return Reason.UNSUPPORTED
            return self._play(container, container.streams.video[0])
        except (av.error.FFmpegError, OSError) as error:
            return reason_while_playing(error)
        finally:
            container.close()

    def _play(self, container: Any, stream: VideoStream) -> Reason:
        decoder = stream.codec_context
        decoder.thread_count = 1
        decoder.flags |= av.codec.context.Flags.low_delay
        self.codec = decoder.name
        if not self._closing:
            self._post({"say": "opened", "session": self.order.session})
        for packet in container.demux(stream):
            captured_at = time.monotonic()
            if self._closing:
                break
            if not packet.size:
                continue  # the flush at the end of the stream
            self.bits += packet.size * 8
            self._board.data_came(self.order.row, captured_at)
            try:
                frames = decoder.decode(packet)
            except av.error.InvalidDataError:
                self.errors += 1
                continue
            if packet.is_corrupt:
                self.errors += 1
            if frames:
                self.frames += len(frames)
                self._show(frames[-1], captured_at, decoder.sample_aspect_ratio)
        return Reason.CONNECTION_LOST

    def _show(self, frame: VideoFrame, captured_at: float, aspect: Fraction | None) -> None:
        self.native = (frame.width, frame.height)
        if not self._pace.shows(frame.time, captured_at):
            return
        is_new = self._changes.is_new(frame)
        width, height = fitted_size(self.native, float(aspect or 1), self._box)
        rows = self._scaler.scale(frame, width, height)
        self._sequence += 1
        writer, retired = self._writer, None
        if writer is None or (writer.width, writer.height) != (width, height):
            self._generation += 1
            retired, writer = writer, PictureWriter(self.order.session, self._generation, width, height)
        ready_at = writer.write(rows, self._sequence, captured_at)
        self._board.picture_came(self.order.row, self._sequence, ready_at, is_new)
        if writer is not self._writer:
            self._writer = writer
            self._announce(writer)
        if retired is not None:
            retired.memory.release()

    def _announce(self, writer: PictureWriter) -> None:
        self._post(
            {
                "say": "segment",
                "session": self.order.session,
                "place": writer.memory.place,
                "generation": writer.generation,
                "width": writer.width,
                "height": writer.height,
            }
        )
