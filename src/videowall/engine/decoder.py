"""Compressed pictures in, pictures out: the part of a session that an engine is chosen for."""

from typing import Protocol

import av
import av.codec.context
import av.error
from av.packet import Packet
from av.video.stream import VideoStream

from ..port import Rate
from .presenter import Presenter
from .tally import Tally


class Decoder(Protocol):
    """Gives its pictures to the session's Presenter, from `feed` or on a thread of its own."""

    def feed(self, packet: Packet, captured_at: float) -> None:
        """One access unit, complete at monotonic time `captured_at`. Raises nothing for data that is broken."""

    def set_rate(self, rate: Rate) -> None:
        """From any thread."""

    def close(self) -> None:
        """Frees what it holds; afterwards it calls the presenter no more."""


class FfmpegDecoder:
    """Decodes with FFmpeg on the session's own thread."""

    def __init__(self, stream: VideoStream, presenter: Presenter, tally: Tally) -> None:
        self._codec = stream.codec_context
        self._codec.thread_count = 1
        self._codec.flags |= av.codec.context.Flags.low_delay
        self._presenter = presenter
        self._tally = tally
        self._rate = Rate.FULL
        tally.codec = self._codec.name

    def set_rate(self, rate: Rate) -> None:
        self._rate = rate

    def feed(self, packet: Packet, captured_at: float) -> None:
        tally = self._tally
        try:
            frames = self._codec.decode(packet)
        except av.error.InvalidDataError:
            tally.errors += 1
            return
        if packet.is_corrupt:
            tally.errors += 1
        if frames:
            tally.frames += len(frames)
            aspect = self._codec.sample_aspect_ratio
            self._presenter.show(frames[-1], captured_at, float(aspect or 1))

    def close(self) -> None:
        pass
