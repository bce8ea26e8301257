"""What every engine says of pictures that are not what they seem, and of a stream of which less is wanted."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from gwanje.videowall.engine.ffmpeg import FfmpegEngine
from gwanje.videowall.engine.port import Engine, EngineEvent, SessionCounted, SessionEnded
from gwanje.videowall.port import Picture, Pixels, Rate, SourceStatistics
from tests.fakes import fake_engine, real_camera
from tests.fakes.fake_engine import FakeEngine
from tests.fakes.lossy_camera import LossyCamera


@dataclass
class Bench:
    """An engine of each layout of pictures, and one camera in front of it."""

    make: Callable[[Pixels], Engine]
    camera: Any
    native: tuple[int, int]
    rate: int
    heard: list[EngineEvent] = field(default_factory=list)

    def open(self, pixels: Pixels = Pixels.BGRX) -> Picture:
        self.engine = self.make(pixels)
        self.engine.open(1, self.camera.address, 320, 180)
        picture = self.until(lambda: self.engine.picture(1))
        assert isinstance(picture, Picture)
        return picture

    def until(self, condition: Callable[[], Any], seconds: float = 15.0) -> Any:
        deadline = time.monotonic() + seconds
        while True:
            QCoreApplication.processEvents()
            self.heard += self.engine.poll()
            if found := condition():
                return found
            assert time.monotonic() < deadline, f"not within {seconds} s; heard {self.heard}"
            time.sleep(0.005)

    def rate_over(self, seconds: float) -> float:
        """Pictures a second in the next `seconds`."""
        before, began = self._newest().sequence, time.monotonic()
        self.until(lambda: time.monotonic() >= began + seconds)
        return (self._newest().sequence - before) / (time.monotonic() - began)

    def statistics(self) -> SourceStatistics:
        return next((e.statistics for e in reversed(self.heard) if isinstance(e, SessionCounted)), SourceStatistics())

    def has_ended(self) -> bool:
        return any(isinstance(event, SessionEnded) for event in self.heard)

    def _newest(self) -> Picture:
        picture = self.engine.picture(1)
        assert picture is not None
        return picture


@pytest.fixture(params=["fake", "ffmpeg"])
def bench(request: pytest.FixtureRequest, qapp: object) -> Iterator[Bench]:
    made: list[Engine] = []

    def kept(engine: Engine) -> Engine:
        made.append(engine)
        return engine

    if request.param == "fake":
        camera = fake_engine.FakeCamera("rtsp://camera/live")

        def fake(pixels: Pixels) -> Engine:
            engine = FakeEngine(pixels=pixels)
            engine.cameras[camera.uri] = camera
            return kept(engine)

        yield Bench(fake, camera, fake_engine.NATIVE, fake_engine.RATE)
        return
    lossy = LossyCamera()
    try:
        yield Bench(lambda pixels: kept(FfmpegEngine(1, pixels=pixels)), lossy, real_camera.NATIVE, real_camera.RATE)
    finally:
        for engine in made:
            engine.shut_down()
        lossy.end()


def test_less_of_a_stream_and_all_of_it_again(bench: Bench) -> None:
    bench.open()
    bench.engine.set_rate(1, Rate.HALF)
    bench.rate_over(0.4)  # what was on its way
    assert 0.3 * bench.rate < bench.rate_over(2.0) < 0.7 * bench.rate
    bench.engine.set_rate(1, Rate.KEY_FRAMES)
    bench.rate_over(0.4)
    assert 0.0 < bench.rate_over(2.5) < 0.2 * bench.rate, "the camera sends a key frame a second"
    data_at = bench.engine.beat(1).data_at
    assert data_at is not None and time.monotonic() - data_at < 1.0, "it is not silent, only passed over"
    bench.engine.set_rate(1, Rate.FULL)
    bench.rate_over(1.3)  # up to the next key frame
    assert bench.rate_over(1.5) > 0.75 * bench.rate
    assert bench.engine.beat(1).damaged_at is None, "nothing was missing"


def test_pictures_after_a_loss_are_marked_until_a_key_frame_comes(bench: Bench) -> None:
    assert not bench.open().damaged
    bench.camera.lose_packets()
    bench.until(lambda: bench.engine.picture(1).damaged)  # type: ignore[union-attr]
    assert bench.engine.beat(1).damaged_at is not None
    bench.until(lambda: bench.statistics().damaged > 0 and bench.statistics().lost > 0)
    bench.camera.lose_no_more()
    bench.until(lambda: not bench.engine.picture(1).damaged)  # type: ignore[union-attr]
    assert not bench.has_ended()


def test_a_jump_of_the_streams_clock_is_told_and_pictures_go_on(bench: Bench) -> None:
    bench.open()
    bench.rate_over(1.0)
    assert bench.engine.beat(1).jumped_at is None
    jumped_at = time.monotonic()
    bench.camera.jump_clock(-3600.0)
    bench.until(lambda: (bench.engine.beat(1).jumped_at or 0.0) >= jumped_at, 3.0)
    assert bench.rate_over(2.0) > 0.75 * bench.rate


def test_pictures_for_a_gpu_are_native_and_planar(bench: Bench) -> None:
    picture = bench.open(Pixels.I420)
    assert picture.pixels is Pixels.I420
    assert (picture.width, picture.height) == bench.native
    assert len(picture.data) == bench.native[0] * bench.native[1] * 3 // 2
    assert not picture.wide_range and not picture.bt709


def test_it_is_said_how_a_stream_travels_and_what_decodes_it(bench: Bench) -> None:
    bench.open()
    bench.until(lambda: bench.statistics().codec)
    assert (bench.statistics().transport, bench.statistics().decoder) == ("tcp", "")
