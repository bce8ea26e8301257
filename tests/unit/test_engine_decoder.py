"""How much of a stream is decoded and what is said of it, on streams encoded here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import av.error
import numpy as np
import pytest
from av.codec.context import CodecContext
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from gwanje.videowall.engine import ffmpeg_decoder
from gwanje.videowall.engine.ffmpeg_decoder import KEYLESS_AFTER, FfmpegDecoder
from gwanje.videowall.engine.tally import Tally
from gwanje.videowall.port import Rate

RATE = 10
GOP = 20


def _encoded(count: int, codec: str = "libx264", **options: str) -> list[Packet]:
    """A bright square that moves over noise; a key frame every GOP pictures."""
    encoder = CodecContext.create(codec, "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height = 160, 96
    encoder.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, RATE), Fraction(RATE)
    encoder.options = {} if codec == "mjpeg" else {"preset": "ultrafast", "g": str(GOP), "sc_threshold": "0"} | options
    noise = np.random.default_rng(1).integers(60, 120, (96, 160), np.uint8)
    packets = []
    for number in range(count):
        frame = VideoFrame(160, 96, encoder.pix_fmt)
        luma = noise.copy()
        luma[40:56, number % 140 : number % 140 + 16] = 230
        for plane, values in zip(frame.planes, (luma, None, None), strict=True):
            rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
            rows[:] = 128
            if values is not None:
                rows[:96, :160] = values
        frame.pts, frame.time_base = number, encoder.time_base
        packets += encoder.encode(frame)
    return packets + encoder.encode(None)


@dataclass
class Screen:
    """Stands in for the presenter: number of each picture shown, and whether it was said to be damaged."""

    shown: list[int] = field(default_factory=list)
    damaged: list[bool] = field(default_factory=list)

    def show(self, frame: VideoFrame, captured_at: float, aspect: float, damaged: bool) -> None:
        self.shown.append(round((frame.time or 0.0) * RATE))
        self.damaged.append(damaged)


class Room:
    def __init__(self, codec: str = "h264", hardware: str = "") -> None:
        self.screen, self.tally = Screen(), Tally()
        described = CodecContext.create(codec, "r")
        self.decoder = FfmpegDecoder(described, self.screen, self.tally, hardware)  # type: ignore[arg-type]
        self.now = 100.0

    def feed(self, packets: list[Packet], *, after_loss: bool = False) -> list[int]:
        """The pictures that these packets brought to the screen."""
        before = len(self.screen.shown)
        for packet in packets:
            self.now += 1 / RATE
            self.decoder.feed(packet, self.now, after_loss)
            after_loss = False
        return self.screen.shown[before:]


@pytest.fixture(scope="module")
def stream() -> list[Packet]:
    return _encoded(5 * GOP, tune="zerolatency")


def test_everything_is_shown_in_order_also_with_pictures_built_on_later_ones() -> None:
    room = Room()
    packets = _encoded(3 * GOP, preset="veryfast", bf="2", b_strategy="0")
    shown = room.feed(packets)
    assert shown == list(range(len(shown))) and len(shown) > 3 * GOP - 4
    assert not any(room.screen.damaged)


def test_half_of_the_pictures(stream: list[Packet]) -> None:
    room = Room()
    room.decoder.set_rate(Rate.HALF)
    shown = room.feed(stream[: 2 * GOP])
    assert len(shown) == pytest.approx(GOP, abs=1)
    assert not any(room.screen.damaged)


def test_key_frames_alone_and_nothing_broken_on_the_way_back(stream: list[Packet]) -> None:
    room = Room()
    room.feed(stream[:5])
    room.decoder.set_rate(Rate.KEY_FRAMES)
    assert room.feed(stream[5 : 2 * GOP + 5]) == [GOP, 2 * GOP]
    assert room.tally.frames == 7
    room.decoder.set_rate(Rate.FULL)
    assert room.feed(stream[2 * GOP + 5 :]) == list(range(3 * GOP, 5 * GOP))
    assert not any(room.screen.damaged)


def test_key_frames_of_a_stream_that_reorders_its_pictures_come_at_once() -> None:
    room = Room()
    room.decoder.set_rate(Rate.KEY_FRAMES)
    assert room.feed(_encoded(3 * GOP, preset="veryfast", bf="2")) == [0, GOP, 2 * GOP]


def test_where_every_picture_is_a_key_frame_only_some_are_decoded() -> None:
    room = Room("mjpeg")
    packets = _encoded(4 * RATE, "mjpeg")
    assert len(room.feed(packets[:RATE])) == RATE
    room.decoder.set_rate(Rate.KEY_FRAMES)
    assert 3 <= len(room.feed(packets[RATE:])) <= 5


@pytest.fixture(scope="module")
def refreshed() -> list[Packet]:
    """A stream that has one key frame, and renews itself stripe by stripe from then on."""
    return _encoded(6 * GOP, **{"tune": "zerolatency", "intra-refresh": "1"})


def test_a_stream_without_key_frames_is_shown_at_half_rate_instead(refreshed: list[Packet]) -> None:
    room = Room()
    room.feed(refreshed[: GOP + 5])
    room.decoder.set_rate(Rate.KEY_FRAMES)
    assert len(room.feed(refreshed[GOP + 5 : 3 * GOP + 5])) == pytest.approx(GOP, abs=1)
    assert not any(room.screen.damaged)


def test_that_a_stream_has_no_key_frames_is_noticed_by_their_absence(refreshed: list[Packet]) -> None:
    room = Room()
    room.feed(refreshed[:5])
    room.decoder.set_rate(Rate.KEY_FRAMES)
    later = [packet for packet in refreshed if not packet.is_keyframe]
    assert not room.feed((later * (KEYLESS_AFTER // len(later) + 1))[: KEYLESS_AFTER - 1])
    assert room.feed(refreshed[GOP:]), "too long without any picture"


def test_a_gradual_refresh_heals_in_one_whole_round(refreshed: list[Packet]) -> None:
    room = Room()
    room.feed(refreshed[:5])
    room.feed(refreshed[6:], after_loss=True)
    first_whole = room.screen.damaged.index(False, 5)
    assert GOP < room.screen.shown[first_whole] <= 3 * GOP
    assert not any(room.screen.damaged[first_whole:])


def test_what_follows_a_loss_is_marked_up_to_the_next_key_frame(stream: list[Packet]) -> None:
    room = Room()
    room.feed(stream[:5])
    room.feed(stream[6 : 2 * GOP], after_loss=True)
    assert room.screen.shown == [*range(5), *range(6, 2 * GOP)]
    assert room.screen.damaged == [False] * 5 + [True] * (GOP - 6) + [False] * GOP


def test_a_key_frame_with_packets_missing_heals_nothing(stream: list[Packet]) -> None:
    room = Room()
    room.feed(stream[:GOP])
    room.feed(stream[GOP : 2 * GOP], after_loss=True)
    assert all(room.screen.damaged[GOP:])
    room.feed(stream[2 * GOP : 2 * GOP + 3])
    assert not any(room.screen.damaged[2 * GOP :])


def test_the_decoders_own_word_counts_where_no_loss_was_seen(stream: list[Packet]) -> None:
    room = Room()
    room.feed(stream[:5])
    torn = Packet(bytes(stream[5])[: stream[5].size // 2])
    torn.pts, torn.time_base = stream[5].pts, stream[5].time_base
    room.feed([torn, *stream[6:GOP]])
    assert room.screen.damaged == [False] * 5 + [True] * (GOP - 5)


def test_a_stream_joined_in_its_middle_shows_nothing_before_it_makes_sense(stream: list[Packet]) -> None:
    room = Room()
    assert room.feed(stream[7 : 2 * GOP]) == list(range(GOP, 2 * GOP))
    assert not any(room.screen.damaged)


def test_rubbish_is_counted_and_the_stream_goes_on(stream: list[Packet]) -> None:
    room = Room()
    room.feed(stream[:3])
    room.feed([Packet(b"\x00\x00\x00\x01\x65" + bytes(50)), Packet(b"\xff" * 300)])
    assert room.tally.errors
    assert room.feed(stream[GOP : GOP + 5]) == list(range(GOP, GOP + 5))


class BrokenDevice:
    """A context of a graphics card whose driver accepts everything and decodes nothing."""

    name = "h264"
    thread_count = flags = reorder_depth = 0
    skip_frame = "DEFAULT"

    def __init__(self, fails: bool) -> None:
        self.fails = fails
        self.packets = 0

    def flush_buffers(self) -> None:
        pass

    def decode(self, packet: Packet | None) -> list[VideoFrame]:
        self.packets += 1
        if self.fails:
            raise av.error.ExternalError(1, "")
        return []


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    made: list[Any] = []
    monkeypatch.setattr(ffmpeg_decoder, "on_hardware", lambda codec, wanted: (made[0], wanted) if made else None)
    yield made


def test_a_device_that_decodes_is_named(stream: list[Packet], device: list[Any]) -> None:
    device.append(CodecContext.create("h264", "r"))
    room = Room(hardware="cuda")
    assert len(room.feed(stream[:GOP])) == GOP
    assert room.tally.decoder == "cuda"


def test_a_device_that_fails_is_given_up_without_losing_a_picture(stream: list[Packet], device: list[Any]) -> None:
    device.append(BrokenDevice(fails=True))
    room = Room(hardware="cuda")
    assert room.feed(stream[:GOP]) == list(range(GOP))
    assert room.tally.decoder == "" and device[0].packets == 1


def test_a_device_that_brings_nothing_is_given_up(stream: list[Packet], device: list[Any]) -> None:
    device.append(BrokenDevice(fails=False))
    room = Room(hardware="cuda")
    assert room.feed(stream[: 2 * GOP]) == list(range(GOP, 2 * GOP))
    assert room.tally.decoder == "" and not any(room.screen.damaged)


def test_without_any_device_the_processor_decodes(stream: list[Packet]) -> None:
    for wanted in ("auto", "cuda", "no such thing"):
        room = Room(hardware=wanted)
        assert len(room.feed(stream[:5])) == 5
        assert room.tally.codec == "h264"
