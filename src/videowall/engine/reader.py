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
from ..port import Transport
from .challenge import wants_other_digest
from .losses import Losses
from .order import Order
from .reasons import is_transport_refused, reason_while_opening, reason_while_playing
from .tally import Tally

OPEN_WITHIN_S = 8.0
ANSWER_WITHIN_S = 5.0
"""A camera has so long for each answer."""
AWAITED_S = 0.02
"""A packet that took so long to come was not lying there: it is the network that is late, not the decoder. Longer than
the threads of a worker wait for each other, shorter than a camera's interval between two pictures."""
SILENT_AFTER_S = 9.0
"""Just above domain.source_state.RECONNECT_AFTER_S: the console decides first, this one ends forgotten threads."""

# Not "fflags": "nobuffer": it throws the packets read while opening away, and with them the key frame that the camera
# sends first; the picture then comes a whole key-frame interval later (measured: 2.1 s instead of 0.3 s).
_OPTIONS = {
    "allowed_media_types": "video",
    "probesize": "32",
    "analyzeduration": "0",
    "fpsprobesize": "0",
    "timeout": str(int(ANSWER_WITHIN_S * 1e6)),
}
_BY_TRANSPORT = {
    # A queue of two is the shortest with which FFmpeg notices what a camera leaves out; it delays nothing else.
    Transport.TCP: {"rtsp_transport": "tcp", "reorder_queue_size": "2"},
    Transport.UDP: {"rtsp_transport": "udp"},
}


class StreamEnded(Exception):
    """No packets any more, or none at all."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class RtspReader:
    """Opened, read and closed on one thread. Raises StreamEnded, without FFmpeg's texts: they tell the password.

    `is_closing` is asked now and then; when it answers True, whatever goes on ends soon.

    Attributes: `stream`, once it is open.
    """

    stream: VideoStream

    def __init__(self, order: Order, tally: Tally, is_closing: Callable[[], bool]) -> None:
        self._order = order
        self._tally = tally
        self._is_closing = is_closing
        self._container: Any = None

    def open(self) -> None:
        """Until the camera has accepted: OPEN_WITHIN_S at most for each transport."""
        tried = self._transports()
        for transport in tried:
            began = time.monotonic()
            try:
                self._container = self._opened(transport)
                break
            except (av.error.FFmpegError, ValueError, OSError) as error:
                if transport is not tried[-1] and is_transport_refused(error) and not self._is_closing():
                    continue
                raise StreamEnded(self._why_not(error, time.monotonic() - began)) from None
        if not self._container.streams.video or self._container.streams.video[0].codec_context is None:
            raise StreamEnded(Reason.UNSUPPORTED)
        self.stream = self._container.streams.video[0]
        self._tally.transport = transport.value

    def packets(self) -> Iterator[tuple[Packet, float, bool]]:
        """Access units until the session closes: packet, monotonic time when it was complete, whether after a loss."""
        came_at = time.monotonic()
        with Losses() as losses:
            while not self._is_closing():
                asked_at = time.monotonic()
                try:
                    for packet in self._container.demux(self.stream):
                        now = time.monotonic()
                        if self._is_closing():
                            return
                        # After a silence FFmpeg gives away what it had held back; that is as old as the silence.
                        came_at = now if now - asked_at < ANSWER_WITHIN_S else now - ANSWER_WITHIN_S
                        if packet.size:  # the flush at the end of the stream has none
                            self._tally.lost = losses.packets
                            self._tally.was_awaited = now - asked_at >= AWAITED_S
                            yield packet, came_at, losses.is_new
                            losses.is_new = False
                        asked_at = time.monotonic()
                    raise StreamEnded(Reason.CONNECTION_LOST)
                except av.error.TimeoutError:
                    if time.monotonic() - came_at >= SILENT_AFTER_S:
                        raise StreamEnded(Reason.NO_DATA) from None
                except (av.error.FFmpegError, OSError) as error:
                    raise StreamEnded(reason_while_playing(error)) from None

    def close(self) -> None:
        """Says goodbye to the camera."""
        if self._container is not None:
            self._container.close()

    def _transports(self) -> tuple[Transport, ...]:
        match urlsplit(self._order.uri).scheme:
            case "rtsps":
                return (Transport.TCP,)  # inside the encrypted connection, whatever was asked for
            case "rtsp" if self._order.transport is Transport.AUTO:
                return (Transport.TCP, Transport.UDP)
            case "rtsp":
                return (self._order.transport,)
        raise StreamEnded(Reason.UNSUPPORTED)

    def _opened(self, transport: Transport) -> Any:
        # Without a read timeout of PyAV: its clock is asked, with the interpreter locked, for every few bytes.
        return av.open(
            self._order.location(),
            format="rtsp",
            options=_OPTIONS | _BY_TRANSPORT[transport],
            timeout=(OPEN_WITHIN_S, None),
            metadata_errors="replace",  # cameras write their names in any encoding
        )

    def _why_not(self, error: BaseException, took: float) -> Reason:
        reason = reason_while_opening(error, took < ANSWER_WITHIN_S)
        if reason is Reason.WRONG_PASSWORD and wants_other_digest(self._order.uri):
            return Reason.UNSUPPORTED
        return reason
