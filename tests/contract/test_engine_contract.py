"""One suite over every engine: in memory, FFmpeg's and libVLC's; the last two with a server that is not ours."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from gwanje.domain.credentials import Credential
from gwanje.domain.source_state import Reason
from gwanje.videowall.engine.ffmpeg import FfmpegEngine
from gwanje.videowall.engine.port import Engine, EngineEvent, SessionCounted, SessionEnded, SessionOpened
from gwanje.videowall.engine.vlc import VlcEngine
from gwanje.videowall.port import Picture, StreamAddress
from tests.fakes import fake_engine, real_camera
from tests.fakes.fake_engine import FakeEngine
from tests.fakes.real_camera import RealCamera, unused_port

PASSWORD = "p@ss:w/ö rd %41#?"


@dataclass
class Bench:
    """An engine with one camera in front of it, and what the engine has said so far."""

    engine: Engine
    camera: Any
    nowhere: StreamAddress
    native: tuple[int, int]
    rate: int
    heard: list[EngineEvent]

    def until(self, condition: Callable[[], Any], seconds: float = 15.0) -> Any:
        deadline = time.monotonic() + seconds
        while True:
            QCoreApplication.processEvents()
            self.heard += self.engine.poll()
            if found := condition():
                return found
            assert time.monotonic() < deadline, f"not within {seconds} s; heard {self.heard}"
            time.sleep(0.01)

    def next_picture(self, session: int = 1, after: int = 0) -> Picture:
        def newer() -> Picture | None:
            picture = self.engine.picture(session)
            return picture if picture is not None and picture.sequence > after else None

        picture = self.until(newer)
        assert isinstance(picture, Picture)
        return picture

    def ended(self, session: int = 1) -> Reason:
        def end() -> SessionEnded | None:
            ends = [event for event in self.heard if isinstance(event, SessionEnded) and event.session == session]
            return ends[0] if ends else None

        found = self.until(end)
        assert isinstance(found, SessionEnded)
        return found.reason


@pytest.fixture(params=["fake", "ffmpeg", "vlc"])
def bench(request: pytest.FixtureRequest, qapp: object) -> Iterator[Bench]:
    credential = Credential("adm in", PASSWORD)
    if request.param == "fake":
        engine = FakeEngine()
        camera = engine.add("rtsp://camera/live", credential)
        nowhere = StreamAddress("rtsp://nowhere/live")
        yield Bench(engine, camera, nowhere, fake_engine.NATIVE, fake_engine.RATE, [])
        return
    real = RealCamera(credential)
    made = FfmpegEngine(1) if request.param == "ffmpeg" else VlcEngine(1)
    nowhere = StreamAddress(f"rtsp://127.0.0.1:{unused_port()}/live")
    try:
        yield Bench(made, real, nowhere, real_camera.NATIVE, real_camera.RATE, [])
    finally:
        made.shut_down()
        real.end()


def test_pictures_fit_into_the_box_in_their_own_shape_and_are_numbered_on(bench: Bench) -> None:
    bench.engine.open(1, bench.camera.address, 320, 320, 40)
    first = bench.next_picture(after=40)
    assert (first.width, first.height) == (320, 180)
    assert 41 <= first.sequence <= 41 + bench.rate  # numbered on; a slow machine sees a later one first
    assert len(first.data) == 320 * 180 * 4
    assert SessionOpened(1) in bench.heard
    second = bench.next_picture(after=first.sequence)
    assert first.captured_at <= first.decoded_at <= second.decoded_at <= time.monotonic()


def test_pictures_are_never_larger_than_the_camera_sends_them(bench: Bench) -> None:
    bench.engine.open(1, bench.camera.address, 4000, 3000)
    picture = bench.next_picture()
    assert (picture.width, picture.height) == bench.native


def test_pictures_come_at_the_rate_of_the_camera(bench: Bench) -> None:
    bench.engine.open(1, bench.camera.address, 320, 180)
    first = bench.next_picture()
    last = bench.next_picture(after=first.sequence + 2 * bench.rate)
    rate = (last.sequence - first.sequence) / (last.decoded_at - first.decoded_at)
    assert rate == pytest.approx(bench.rate, rel=0.15)


def test_a_new_size_replaces_the_old_one_without_a_gap(bench: Bench) -> None:
    bench.engine.open(1, bench.camera.address, 320, 180)
    before = bench.next_picture()
    bench.engine.resize(1, 160, 90)

    def resized() -> bool:
        picture = bench.engine.picture(1)
        assert picture is not None and picture.sequence >= before.sequence
        return (picture.width, picture.height) == (160, 90)

    bench.until(resized)


def test_two_sessions_of_one_camera_are_independent(bench: Bench) -> None:
    bench.engine.open(1, bench.camera.address, 320, 180)
    bench.engine.open(2, bench.camera.address, 160, 90)
    assert bench.next_picture(1).width == 320
    assert bench.next_picture(2).width == 160
    bench.engine.close(1)
    bench.next_picture(2, after=bench.next_picture(2).sequence + 5)


def test_a_wrong_password_is_said_without_telling_it(bench: Bench) -> None:
    wrong = replace(bench.camera.address, credential=Credential("adm in", "sesame-open"))
    bench.engine.open(1, wrong, 320, 180)
    assert bench.ended() is Reason.WRONG_PASSWORD
    assert "sesame" not in repr(bench.heard)
    assert bench.engine.picture(1) is None


def test_nobody_at_the_address(bench: Bench) -> None:
    bench.engine.open(1, bench.nowhere, 320, 180)
    assert bench.ended() is Reason.REFUSED


def test_a_dropped_session_ends_and_keeps_its_last_picture_until_it_is_closed(bench: Bench) -> None:
    bench.engine.open(1, bench.camera.address, 320, 180)
    bench.next_picture()
    bench.camera.die()
    assert bench.ended() is Reason.CONNECTION_LOST
    last = bench.engine.picture(1)
    assert last is not None and len(bytes(last.data)) == 320 * 180 * 4
    bench.engine.close(1)
    assert bench.engine.picture(1) is None


def test_silence_stops_the_beat_and_the_session_goes_on_afterwards(bench: Bench) -> None:
    bench.engine.open(1, bench.camera.address, 320, 180)
    bench.next_picture()
    bench.camera.fall_silent()
    try:
        bench.until(lambda: time.monotonic() - (bench.engine.beat(1).data_at or 0.0) > 1.0)
        last = bench.engine.picture(1)
        assert last is not None
    finally:
        bench.camera.speak_again()
    bench.next_picture(after=last.sequence)
    assert not [event for event in bench.heard if isinstance(event, SessionEnded)]


def test_the_same_picture_again_is_no_new_picture(bench: Bench) -> None:
    bench.engine.open(1, bench.camera.address, 320, 180)
    bench.next_picture()
    bench.camera.freeze()

    def frozen() -> bool:
        beat = bench.engine.beat(1)
        return beat.decoded_at is not None and beat.changed_at is not None and beat.decoded_at - beat.changed_at > 1.0

    bench.until(frozen)
    bench.camera.move_again()
    bench.until(lambda: not frozen())


def test_statistics_are_those_of_the_stream(bench: Bench) -> None:
    bench.engine.open(1, bench.camera.address, 320, 180)

    def counted() -> SessionCounted | None:
        counts = [event for event in bench.heard if isinstance(event, SessionCounted)]
        return counts[-1] if len(counts) > 2 else None

    statistics = bench.until(counted).statistics
    assert statistics.codec == "h264"
    assert (statistics.width, statistics.height) == bench.native
    assert statistics.fps == pytest.approx(bench.rate, rel=0.2)
    assert statistics.bits_per_second > 1000
    assert statistics.frames > 0


def test_nothing_is_heard_of_a_closed_session(bench: Bench) -> None:
    bench.engine.open(1, bench.nowhere, 320, 180)
    bench.engine.open(2, bench.camera.address, 320, 180)
    bench.engine.close(1)
    bench.engine.close(7)
    bench.next_picture(2)
    assert {event.session for event in bench.heard} == {2}


def test_shutting_down_twice_is_no_harm(bench: Bench) -> None:
    bench.engine.open(1, bench.camera.address, 320, 180)
    bench.next_picture()
    bench.engine.shut_down()
    bench.engine.shut_down()
    assert bench.engine.picture(1) is None
    assert bench.engine.poll() == []
