"""Decoding with libVLC instead of FFmpeg, behind the same reader and in front of the same presenter."""

import threading
from fractions import Fraction

from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange
from numpy import uint8
from numpy.typing import NDArray

from ...domain.source_state import Reason
from ..port import Rate
from .presenter import Presenter
from .reader import StreamEnded
from .tally import Tally
from .vlc_format import FormatFinder, StreamFormat
from .vlc_pipe import CODECS, Pipe
from .vlc_player import MemoryPlayer, clock
from .vlc_stamps import Fed, Stamps
from .wholeness import INTRA, Wholeness

KEY_FRAMES_APART_S = 0.7
_MICROSECOND = Fraction(1, 1_000_000)
MOST_WAITING = 32
"""Packets that libVLC has not taken yet. With more it cannot keep up, and goes on at the next key frame."""
ANEW_AFTER_US = 2_000_000_000_000
"""A new player every 200,000 pictures: VLC multiplies time stamps with the stream's time scale, in 64 bits."""


class VlcDecoder:
    """Implements `Decoder`. `feed`, `set_rate` and `close` on the session's thread, pictures on one of libVLC's.

    `codec` is the stream's FFmpeg context; it decodes one key frame for each new picture format.
    """

    def __init__(self, codec: VideoCodecContext, presenter: Presenter, tally: Tally) -> None:
        if codec.name not in CODECS:
            raise StreamEnded(Reason.UNSUPPORTED)
        self._codec = codec.name
        self._parameters = bytes(codec.extradata or b"") if codec.name != "mjpeg" else b""
        self._presenter = presenter
        self._tally = tally
        self._finder = FormatFinder(codec)
        self._format: StreamFormat | None = None
        self._pipe: Pipe | None = None
        self._player: MemoryPlayer | None = None
        self._lock = threading.Lock()  # guards the stamps, and nothing is called while it is held
        self._stamps = Stamps()
        self._origin: int | None = None
        self._wholeness = Wholeness()
        self._rate = Rate.FULL
        self._has_gap = True
        self._key_fed_at = float("-inf")
        self._shown = 0
        tally.codec = codec.name

    def set_rate(self, rate: Rate) -> None:
        self._rate = rate

    def feed(self, packet: Packet, captured_at: float, after_loss: bool) -> None:
        if self._player is not None and self._player.failure is not None:
            raise self._player.failure
        after_loss = after_loss or packet.is_corrupt
        whole = self._wholeness.judge(
            is_key=packet.is_keyframe, picture_type=INTRA, is_corrupt=False, after_loss=after_loss
        )
        if not self._is_wanted(packet, captured_at):
            self._has_gap = True
            return
        found = self._finder.of(packet)
        if found is None:
            return
        if found != self._format or (packet.is_keyframe and self._stamps.newest > ANEW_AFTER_US):
            self._start(found)
        assert self._pipe is not None
        self._has_gap = False
        time = float(packet.pts * packet.time_base) if packet.pts is not None and packet.time_base else None
        with self._lock:
            stamp = self._stamps.stamp(Fed(captured_at, time, whole))
            newest = self._stamps.newest
        data = bytes(packet)
        self._pipe.put(self._parameters + data if packet.is_keyframe else data, stamp, newest)

    def close(self) -> None:
        if self._player is not None:
            self._player.stop()
            self._player = self._pipe = None

    def _is_wanted(self, packet: Packet, captured_at: float) -> bool:
        if self._pipe is not None and self._pipe.waiting >= MOST_WAITING:
            return False
        if packet.is_keyframe:
            if self._rate is Rate.KEY_FRAMES and captured_at - self._key_fed_at < KEY_FRAMES_APART_S:
                return False
            self._key_fed_at = captured_at
            return True
        return self._rate is not Rate.KEY_FRAMES and not self._has_gap

    def _start(self, found: StreamFormat) -> None:
        """A player for pictures of this format, in place of the one before."""
        self.close()
        self._format, self._stamps, self._origin = found, Stamps(), None
        self._pipe = Pipe(self._codec)
        self._player = MemoryPlayer(self._pipe, (found.width & ~1, found.height & ~1), self._decoded)

    def _decoded(self, planes: NDArray[uint8], time: int) -> None:
        """On libVLC's thread. Its clock counts from when it began to play, which was just before the first picture."""
        if self._origin is None:
            self._origin = clock()
        with self._lock:
            fed, without_picture = self._stamps.take(time - self._origin)
        self._tally.frames += 1
        self._tally.errors += len(without_picture)
        self._shown += 1
        if fed is None or (self._rate is Rate.HALF and self._shown % 2):
            return
        assert self._format is not None
        self._presenter.show(
            self._frame(planes, fed, self._format), fed.captured_at, self._format.aspect, not fed.is_whole
        )

    @staticmethod
    def _frame(planes: NDArray[uint8], fed: Fed, found: StreamFormat) -> VideoFrame:
        frame = VideoFrame.from_numpy_buffer(planes, "yuv420p")
        frame.colorspace = found.colorspace
        frame.color_range = ColorRange.MPEG  # whatever the camera's range: asked for I420, VLC converts
        if fed.time is not None:
            frame.time_base = _MICROSECOND
            frame.pts = round(fed.time * 1_000_000)
        return frame
