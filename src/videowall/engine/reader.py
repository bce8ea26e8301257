"""Reads one RTSP stream with FFmpeg: opens it quickly, gives its packets, knows how it ends."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import av
import av.error
from av.packet import Packet
from av.video.stream import VideoStream

from ...domain.source_state import Reason
from .order import Order
from .reasons import reason_while_opening, reason_while_playing

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


class StreamEnded(Exception):
    """No packets any more, or none at all."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class RtspReader:
    """Its methods raise StreamEnded, with nothing of FFmpeg's own texts: they carry the password.

    `is_closing` is asked now and then; when it answers True, whatever goes on ends soon. Attributes: `stream`.
    """

    stream: VideoStream

    def __init__(self, order: Order, is_closing: Callable[[], bool]) -> None:
        self._order = order
        self._is_closing = is_closing
        self._container: Any = None

    def open(self) -> None:
        """Until the camera has accepted, OPEN_WITHIN_S at most."""
        if urlsplit(self._order.uri).scheme not in {"rtsp", "rtsps"}:
            raise StreamEnded(Reason.UNSUPPORTED)
        give_up_at = time.monotonic() + OPEN_WITHIN_S
        try:
            # Without a read timeout of PyAV: its clock is asked, with the interpreter locked, for every few bytes.
            self._container = av.open(
                self._order.location(), format="rtsp", options=_OPTIONS, timeout=(OPEN_WITHIN_S, None)
            )
        except (av.error.FFmpegError, ValueError, OSError) as error:
            raise StreamEnded(reason_while_opening(error, time.monotonic() < give_up_at)) from None
        if not self._container.streams.video or self._container.streams.video[0].codec_context is None:
            raise StreamEnded(Reason.UNSUPPORTED)
        self.stream = self._container.streams.video[0]

    def packets(self) -> Iterator[Packet]:
        """Access units as they come, until the session closes."""
        try:
            for packet in self._container.demux(self.stream):
                if self._is_closing():
                    return
                if packet.size:  # the flush at the end of the stream has none
                    yield packet
        except (av.error.FFmpegError, OSError) as error:
            raise StreamEnded(reason_while_playing(error)) from None
        raise StreamEnded(Reason.CONNECTION_LOST)

    def close(self) -> None:
        """Says goodbye to the camera."""
        if self._container is not None:
            self._container.close()
