"""libVLC as a decoder: what the engine contract cannot see from outside."""

import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from io import BytesIO

import av
import numpy as np
import pytest
from av.packet import Packet
from av.video.frame import VideoFrame

from gwanje.domain.source_state import Reason
from gwanje.videowall.engine import vlc_decoder
from gwanje.videowall.engine.reader import StreamEnded
from gwanje.videowall.engine.tally import Tally
from gwanje.videowall.engine.vlc_decoder import VlcDecoder
from gwanje.videowall.port import Rate

RATE = 25


def grey(number: int, width: int, height: int) -> VideoFrame:
    """A picture that tells its number by its brightness."""
    planes = np.full((height * 3 // 2, width), 128, np.uint8)
    planes[:height] = 16 + number % 50 * 4
    return VideoFrame.from_ndarray(planes, "yuv420p")


def number_of(frame: VideoFrame) -> int:
    return round((float(np.asarray(frame.to_ndarray()[: frame.height]).mean()) - 16) / 4)


class Clip:
    """Packets of `count` numbered pictures, as a camera would send them, and a codec context that describes them."""

    def __init__(
        self, codec: str, count: int = 20, size: tuple[int, int] = (320, 240), first: int = 0, **options: str
    ) -> None:
        name = {"h264": "libx264", "hevc": "libx265", "mjpeg": "mjpeg"}[codec]
        file = BytesIO()
        with av.open(file, "w", format="matroska") as out:
            stream = out.add_stream(name, rate=RATE, options={"g": "10", **options})
            stream.width, stream.height = size
            stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
            for number in range(first, first + count):
                frame = grey(number, *size)
                frame.pts, frame.time_base = number, Fraction(1, RATE)
                out.mux(stream.encode(frame))
            out.mux(stream.encode(None))
        file.seek(0)
        source = av.open(file)
        self.context = av.CodecContext.create(codec, "r")
        self.packets: list[Packet] = []
        bitstream = {"h264": "h264_mp4toannexb", "hevc": "hevc_mp4toannexb"}.get(codec)
        with source:
            video = source.streams.video[0]
            found = [packet for packet in source.demux(video) if packet.size]
            if bitstream:
                convert = av.BitStreamFilterContext(bitstream, video)
                found = [made for packet in found for made in convert.filter(packet)]
            self.packets = found


class Shown:
    """A presenter that keeps what it is shown."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.sizes: list[tuple[int, int]] = []
        self.captured: list[float] = []
        self.damaged: list[bool] = []

    def show(self, frame: VideoFrame, captured_at: float, aspect: float = 1.0, damaged: bool = False) -> None:
        self.numbers.append(number_of(frame))
        self.sizes.append((frame.width, frame.height))
        self.captured.append(captured_at)
        self.damaged.append(damaged)


class Bench:
    def __init__(self) -> None:
        self.shown = Shown()
        self.tally = Tally()
        self.decoders: list[VlcDecoder] = []

    def decoder(self, clip: Clip) -> VlcDecoder:
        self.decoders.append(VlcDecoder(clip.context, self.shown, self.tally))  # type: ignore[arg-type]
        return self.decoders[-1]

    def play(self, decoder: VlcDecoder, packets: list[Packet], lost: frozenset[int] = frozenset()) -> None:
        """One packet after the other, each once the pictures before have had time to come out."""
        for number, packet in enumerate(packets):
            if number not in lost:
                decoder.feed(packet, float(number), number - 1 in lost)
            self.until(lambda: decoder._pipe is None or decoder._pipe.waiting == 0)

    @staticmethod
    def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "not in time"
            time.sleep(0.002)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    for decoder in made.decoders:
        decoder.close()


@pytest.mark.parametrize("codec", ["h264", "hevc", "mjpeg"])
def test_every_picture_comes_once_and_knows_its_packet(bench: Bench, codec: str) -> None:
    clip = Clip(codec, tune="zerolatency") if codec != "mjpeg" else Clip(codec)
    bench.play(bench.decoder(clip), clip.packets)
    bench.until(lambda: len(bench.shown.numbers) == 20)
    assert bench.shown.numbers == list(range(20))
    assert bench.shown.captured == [float(n) for n in range(20)]
    assert (bench.tally.frames, bench.tally.errors, bench.tally.codec) == (20, 0, codec)


@pytest.mark.parametrize("codec", ["h264", "hevc"])
def test_pictures_between_others_come_in_their_order(bench: Bench, codec: str) -> None:
    reordered = {"bf": "3", "x264-params": "b-adapt=0"} if codec == "h264" else {"x265-params": "bframes=3:b-adapt=0"}
    clip = Clip(codec, 30, **reordered)
    stamps = [packet.pts for packet in clip.packets]
    assert stamps != sorted(stamps), "no picture is out of order"
    bench.play(bench.decoder(clip), clip.packets)
    bench.until(lambda: len(bench.shown.numbers) >= 24)
    assert bench.shown.numbers == list(range(len(bench.shown.numbers)))
    in_order = sorted(range(30), key=lambda n: stamps[n])
    assert bench.shown.captured == [float(n) for n in in_order][: len(bench.shown.captured)]


def test_a_new_size_in_the_middle_of_the_stream(bench: Bench) -> None:
    clips = [Clip("h264", 10, size, first, tune="zerolatency") for size, first in (((320, 240), 0), ((640, 360), 10))]
    decoder = bench.decoder(clips[0])
    for clip in clips:
        bench.play(decoder, clip.packets)
        bench.until(lambda clip=clip: bool(bench.shown.numbers) and bench.shown.numbers[-1] % 10 == 9)
    assert bench.shown.numbers == list(range(20))
    assert bench.shown.sizes == [(320, 240)] * 10 + [(640, 360)] * 10


def test_an_odd_size_loses_its_last_row_and_column_at_most(bench: Bench) -> None:
    clip = Clip("mjpeg", 3, (322, 242))
    bench.play(bench.decoder(clip), clip.packets)
    bench.until(lambda: len(bench.shown.numbers) == 3)
    assert bench.shown.numbers == [0, 1, 2]


def test_pictures_after_a_loss_are_marked_until_the_next_key_frame(bench: Bench) -> None:
    clip = Clip("h264", 20, tune="zerolatency")
    assert [n for n, packet in enumerate(clip.packets) if packet.is_keyframe] == [0, 10]
    bench.play(bench.decoder(clip), clip.packets, lost=frozenset({4}))
    bench.until(lambda: len(bench.shown.numbers) == 19)
    assert bench.shown.damaged == [False] * 4 + [True] * 5 + [False] * 10


def test_key_frames_only_and_all_of_them_again(bench: Bench) -> None:
    clip = Clip("h264", 40, tune="zerolatency")
    decoder = bench.decoder(clip)
    decoder.set_rate(Rate.KEY_FRAMES)
    bench.play(decoder, clip.packets[:25])
    bench.until(lambda: bench.shown.numbers == [0, 10, 20])
    decoder.set_rate(Rate.FULL)
    bench.play(decoder, clip.packets[25:])
    bench.until(lambda: bench.shown.numbers == [0, 10, 20, *range(30, 40)])


def test_a_new_player_is_made_before_time_stamps_overflow(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vlc_decoder, "ANEW_AFTER_US", 30_000_000)
    clip = Clip("h264", 40, tune="zerolatency")
    decoder = bench.decoder(clip)
    players = []
    for part in range(4):
        bench.play(decoder, clip.packets[part * 10 : part * 10 + 10])
        bench.until(lambda part=part: bench.shown.numbers[-1:] == [part * 10 + 9])
        players.append(decoder._player)
    assert len(set(players)) == 4
    assert bench.shown.numbers == list(range(40))


def test_garbage_brings_no_picture_and_no_harm(bench: Bench) -> None:
    clip = Clip("h264", 20, tune="zerolatency")
    decoder = bench.decoder(clip)
    bench.play(decoder, clip.packets[:10])
    noise = np.random.default_rng(7)
    for packet in clip.packets[11:19]:
        data = bytearray(bytes(packet))
        data[5:] = noise.bytes(len(data) - 5)
        broken = Packet(bytes(data))
        broken.pts, broken.time_base = packet.pts, packet.time_base
        bench.play(decoder, [broken])
    again = Clip("h264", 10, first=20, tune="zerolatency")
    bench.play(decoder, again.packets)
    bench.until(lambda: bench.shown.numbers[-1:] == [29])
    assert bench.shown.numbers[:10] == list(range(10))
    assert bench.shown.numbers[-10:] == list(range(20, 30))


def test_a_codec_that_it_does_not_know_is_unsupported(bench: Bench) -> None:
    context = av.CodecContext.create("vp9", "r")
    with pytest.raises(StreamEnded) as ended:
        VlcDecoder(context, bench.shown, bench.tally)  # type: ignore[arg-type]
    assert ended.value.reason is Reason.UNSUPPORTED
