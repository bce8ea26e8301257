"""Decoding with FFmpeg: as much of a stream as is wanted, on hardware where that works, nothing broken passed off."""

import av.error
from av.codec.context import Flags
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from ..port import Rate
from .hardware import on_hardware
from .presenter import Presenter
from .tally import Tally
from .wholeness import INTRA, Wholeness

KEY_FRAMES_APART_S = 0.7
"""Where every picture is a key frame, as with MJPEG, they are passed over as well."""
KEYLESS_AFTER = 450
"""A stream that brings no key frame in so many packets is taken for one that refreshes gradually instead."""
_MOST_FAILURES = 15
"""A device that brings no picture of so many packets in a row is given up."""


class FfmpegDecoder:
    """Implements `Decoder`, on the session's own thread. `codec` is the stream's context, `hardware` as in Order."""

    def __init__(self, codec: VideoCodecContext, presenter: Presenter, tally: Tally, hardware: str = "") -> None:
        self._software = codec
        self._presenter = presenter
        self._tally = tally
        self._wholeness = Wholeness()
        self._rate = self._told_rate = Rate.FULL
        self._has_gap = False  # packets were passed over: only a key frame makes sense next
        self._passed_over = 0
        self._is_keyless = False
        self._doubtful = 0  # so many of the next pictures may lack packets
        self._failures = 0
        self._fed = self._shown_at_packet = 0
        self._key_shown_at = 0.0
        self._codec = self._prepare(hardware)
        tally.codec = codec.name

    def set_rate(self, rate: Rate) -> None:
        self._rate = rate

    def feed(self, packet: Packet, captured_at: float, after_loss: bool) -> None:
        rate = Rate.HALF if self._is_keyless and self._rate is Rate.KEY_FRAMES else self._rate
        if rate is not self._told_rate:
            self._told_rate = rate
            self._codec.skip_frame = "NONREF" if rate is Rate.HALF else "DEFAULT"
        after_loss = after_loss or packet.is_corrupt
        if not self._is_wanted(packet, rate, captured_at):
            self._has_gap = True
            self._doubtful = int(after_loss)
            return
        if after_loss:
            self._doubtful = 1 + self._codec.reorder_depth
        self._fed += 1
        frames = self._decode(packet, alone=rate is Rate.KEY_FRAMES)
        is_whole = True
        for frame in frames:
            is_whole = self._judge(frame, packet)
        if not frames or not self._wholeness.has_begun:
            return
        self._passed_over = 0
        if rate is Rate.HALF and self._fed - self._shown_at_packet < 2:
            return
        self._shown_at_packet = self._fed
        if rate is Rate.KEY_FRAMES:
            self._key_shown_at = captured_at
        aspect = self._codec.sample_aspect_ratio
        self._presenter.show(frames[-1], captured_at, float(aspect or 1), not is_whole)

    def close(self) -> None:
        """FFmpeg's memory goes with the object."""

    def _is_wanted(self, packet: Packet, rate: Rate, captured_at: float) -> bool:
        if packet.is_keyframe:
            return rate is not Rate.KEY_FRAMES or captured_at - self._key_shown_at >= KEY_FRAMES_APART_S
        if rate is not Rate.KEY_FRAMES and not self._has_gap:
            return True
        self._passed_over += 1
        self._is_keyless = self._is_keyless or self._passed_over >= KEYLESS_AFTER
        return self._is_keyless

    def _decode(self, packet: Packet, alone: bool) -> list[VideoFrame]:
        """`alone`: the picture is not built on those before, and does not wait for those behind it."""
        codec = self._codec
        frames: list[VideoFrame] = []
        try:
            if self._has_gap:
                codec.flush_buffers()
                self._has_gap = False
            frames = codec.decode(packet)
            if alone:
                for frame in codec.decode(None):
                    frame.time_base = packet.time_base  # lost on this way
                    frames.append(frame)
                self._has_gap = True
        except av.error.InvalidDataError:
            self._tally.errors += 1
        except av.error.FFmpegError:
            self._tally.errors += 1
            self._failures = _MOST_FAILURES
        self._tally.frames += len(frames)
        self._failures = 0 if frames else self._failures + 1
        if self._failures > _MOST_FAILURES and self._tally.decoder:
            self._codec = self._prepare("")
            if packet.is_keyframe:
                return self._decode(packet, alone)
        return frames

    def _judge(self, frame: VideoFrame, packet: Packet) -> bool:
        after_loss, self._doubtful = self._doubtful > 0, max(0, self._doubtful - 1)
        if packet.is_keyframe and frame.pict_type != INTRA and not self._codec.reorder_depth:
            self._is_keyless = True
        return self._wholeness.judge(
            is_key=frame.key_frame or packet.is_keyframe,  # FFmpeg calls a recovery point so in the packet only
            picture_type=frame.pict_type,
            is_corrupt=frame.is_corrupt,
            after_loss=after_loss,
        )

    def _prepare(self, hardware: str) -> VideoCodecContext:
        """A codec context, on the device that is wanted where that works."""
        found = on_hardware(self._software, hardware) if hardware else None
        codec, self._tally.decoder = found or (self._software, "")
        codec.thread_count = 1
        codec.flags |= Flags.low_delay
        if codec.name == "hevc":
            codec.flags |= Flags.output_corrupt  # else it swallows them, up to the next key frame
        self._has_gap = self._fed > 0
        self._failures = 0
        return codec
