"""Pictures of a clip, decoded by libVLC a little ahead of their use, each with its exact time."""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange
from numpy import uint8
from numpy.typing import NDArray

from ..engine.vlc_format import StreamFormat
from ..engine.vlc_pipe import Pipe
from ..engine.vlc_player import MemoryPlayer, clock
from ..engine.vlc_stamps import Fed, Stamps
from .clip_file import ClipFile, ClipPacket

AHEAD = 6
"""Pictures decoded and not used yet, or being decoded, beside those that the decoder keeps to put them in order."""
_STUCK_AFTER_S = 0.2
_DEAD_AFTER_S = 5.0
_MOST_HELD_BACK = 20
"""A decoder holds so many pictures back at most, to put them in order (H.264 and H.265 allow 16)."""
_END_OF_SEQUENCE = b"\0\0\0\1\x48\x01"


@dataclass(frozen=True, slots=True)
class Decoded:
    """`time` in seconds from the first picture of the clip."""

    frame: VideoFrame
    aspect: float
    time: float


class Decoding:
    """From the last key frame not after `seconds` to the end of the clip. `wake` is called when there may be a picture.

    Attributes: `damaged`, packets that brought no picture; `is_finished`, when there is nothing left.
    """

    def __init__(self, clip: ClipFile, seconds: float, wake: Callable[[], None]) -> None:
        self.damaged = 0
        self._codec = clip.codec
        self._ahead = AHEAD + clip.held_back
        self._came_at = time.monotonic()
        self._packets: Iterator[ClipPacket] = clip.packets_from(seconds)
        self._wake = wake
        self._came: queue.SimpleQueue[Decoded] = queue.SimpleQueue()
        self._ready: deque[Decoded] = deque()
        self._lock = threading.Lock()
        self._stamps = Stamps()
        self._under_way = 0  # fed and not come, guarded by the lock
        self._origin: int | None = None
        self._format: StreamFormat | None = None
        self._pipe: Pipe | None = None
        self._player: MemoryPlayer | None = None
        self._next: ClipPacket | None = None
        self._key = self._last = b""
        self._pushed = 0
        self._has_read_all = False

    @property
    def is_finished(self) -> bool:
        self._gather()
        return self._has_read_all and not self._ready and (not self._waits() or self._silence() > _DEAD_AFTER_S)

    def take(self) -> Decoded | None:
        """The next picture, if there is one already."""
        self._gather()
        picture = self._ready.popleft() if self._ready else None
        self.feed()
        return picture

    def give_back(self, picture: Decoded) -> None:
        self._ready.appendleft(picture)

    def feed(self) -> None:
        """Give libVLC as much as it may be ahead."""
        if self._player is not None and self._player.failure is not None:
            raise self._player.failure
        self._gather()
        while not self._has_read_all and self._has_room():
            packet = self._next or next(self._packets, None)
            self._next = None
            if packet is None:
                self._has_read_all = True
            elif self._format is not None and packet.format != self._format and self._waits():
                self._next = packet  # its size needs another player, once this one has given all
                break
            else:
                self._feed(packet)
        if self._has_read_all or self._next is not None:
            self._push_out()

    def close(self) -> None:
        if self._player is not None:
            self._player.stop()
            self._player = None

    def _has_room(self) -> bool:
        if len(self._ready) + self._under_way < self._ahead:
            return True
        # Packets that bring no picture must not hold up those behind them.
        if not self._ready and self._silence() > _STUCK_AFTER_S and self._pipe is not None and not self._pipe.waiting:
            self._came_at = time.monotonic()
            self._ahead += 1
            return True
        return False

    def _silence(self) -> float:
        return time.monotonic() - self._came_at

    def _feed(self, packet: ClipPacket) -> None:
        if packet.format != self._format:
            self._start(packet.format)
        if packet.is_key:
            self._key = packet.data
        self._last = packet.data
        self._put(packet.data, packet.time)

    def _put(self, data: bytes, seconds: float | None) -> None:
        assert self._pipe is not None
        with self._lock:
            stamp = self._stamps.stamp(Fed(0.0, seconds, True))
            newest = self._stamps.newest
            self._under_way += seconds is not None
        self._pipe.put(data, stamp, newest)

    def _push_out(self) -> None:
        """What the decoder holds back comes when more is fed, which nobody gets to see: the last key frame again.

        H.265 has to be told that a sequence ended; a key frame after that would discard what is held back.
        """
        more = self._key if self._codec != "hevc" else _END_OF_SEQUENCE + self._last
        while self._waits() and self._pushed < _MOST_HELD_BACK:
            self._put(more, None)
            self._pushed += 1

    def _waits(self) -> bool:
        """Whether pictures may still come."""
        with self._lock:
            return self._under_way > 0

    def _start(self, found: StreamFormat) -> None:
        self.close()
        with self._lock:
            self._stamps, self._under_way, self._origin, self._pushed = Stamps(), 0, None, 0
        self._format = found
        self._pipe = Pipe(self._codec)
        self._player = MemoryPlayer(self._pipe, (found.width & ~1, found.height & ~1), self._decoded)

    def _gather(self) -> None:
        while not self._came.empty():
            self._ready.append(self._came.get())

    def _decoded(self, planes: NDArray[uint8], stamp: int) -> None:
        """On libVLC's thread."""
        if self._origin is None:
            self._origin = clock()
        with self._lock:
            fed, without_picture = self._stamps.take(stamp - self._origin)
            lost = sum(skipped.time is not None for skipped in without_picture)
            self.damaged += lost
            self._under_way -= lost + (fed is not None and fed.time is not None)
        self._came_at = time.monotonic()
        if fed is not None and fed.time is not None and self._format is not None:
            frame = VideoFrame.from_numpy_buffer(planes.copy(), "yuv420p")
            frame.colorspace = self._format.colorspace
            frame.color_range = ColorRange.MPEG
            self._came.put(Decoded(frame, self._format.aspect, fed.time))
        self._wake()
