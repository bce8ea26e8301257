"""Sources over real RTSP: what an operator is told, and how soon."""

import time
from collections.abc import Iterator

import pytest

from gwanje.domain.credentials import Credential
from gwanje.domain.source_state import Reason, SourceState
from gwanje.videowall.port import StreamAddress
from tests.fakes.pool_bench import PoolBench, pool_bench
from tests.fakes.real_camera import raw_server, real_camera, unused_port

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def bench() -> Iterator[PoolBench]:
    with pool_bench() as made:
        yield made


def test_a_source_is_live_soon_and_silence_is_shown_within_two_and_a_half_seconds(bench: PoolBench) -> None:
    with real_camera() as camera:
        key = bench.show("gate", camera.address)
        bench.until(lambda: bench.is_live(key))
        camera.fall_silent()
        fell_silent_at = time.monotonic()
        try:
            bench.until(lambda: bench.state(key) == (SourceState.STALLED, Reason.NO_DATA), 4)
            assert time.monotonic() - fell_silent_at <= 2.5
            shown = bench.pool.status(key).picture_at
            assert shown is not None and abs(shown - fell_silent_at) < 0.3
        finally:
            camera.speak_again()
        bench.until(lambda: bench.is_live(key), 3)


@pytest.mark.parametrize(("codec", "name"), [("mjpeg", "mjpeg"), ("h265", "hevc")])
def test_other_codecs_are_shown_too(bench: PoolBench, codec: str, name: str) -> None:
    with real_camera(None, "--codec", codec) as camera:
        key = bench.show("gate", camera.address)
        bench.until(lambda: bench.is_live(key) and bench.pool.statistics(key).codec == name)
        picture = bench.pool.picture(key)
        assert picture is not None and (picture.width, picture.height) == (320, 180)


def test_a_long_silence_ends_the_session_and_another_one_succeeds(bench: PoolBench) -> None:
    with real_camera() as camera:
        key = bench.show("gate", camera.address)
        bench.until(lambda: bench.is_live(key))
        camera.fall_silent()
        bench.until(lambda: bench.state(key) == (SourceState.RETRYING, Reason.NO_DATA), 12)
        assert bench.pool.picture(key) is not None
        before = bench.sequence(key)
        camera.speak_again()
        bench.until(lambda: bench.is_live(key) and bench.sequence(key) > before, 10)


def test_the_same_picture_again_and_again_is_no_live_picture(bench: PoolBench) -> None:
    with real_camera() as camera:
        key = bench.show("gate", camera.address)
        bench.until(lambda: bench.is_live(key))
        camera.freeze()
        bench.until(lambda: bench.state(key) == (SourceState.STALLED, Reason.SAME_PICTURE), 4)
        camera.move_again()
        bench.until(lambda: bench.is_live(key), 3)


def test_a_wrong_password_fails_once_and_the_right_one_opens(bench: PoolBench) -> None:
    with real_camera(Credential("viewer", "right")) as camera:
        key = bench.show("gate", StreamAddress(camera.address.uri, Credential("viewer", "wrong")))
        bench.until(lambda: bench.state(key) == (SourceState.FAILED, Reason.WRONG_PASSWORD))
        bench.for_seconds(3)
        assert [state for _, _, state, _ in bench.changes] == [SourceState.OPENING, SourceState.FAILED]
        bench.addresses[key] = camera.address
        bench.pool.refresh(key.camera_id)
        bench.until(lambda: bench.is_live(key))


def test_a_camera_that_is_not_there_is_tried_again_and_found_when_it_comes(bench: PoolBench) -> None:
    key = bench.show("gate", StreamAddress(f"rtsp://127.0.0.1:{unused_port()}/live"))
    bench.until(lambda: bench.state(key) == (SourceState.RETRYING, Reason.REFUSED))
    with real_camera() as camera:
        bench.addresses[key] = camera.address
        bench.until(lambda: bench.is_live(key))


def test_a_camera_that_dies_is_found_again(bench: PoolBench) -> None:
    with real_camera() as first, real_camera() as second:
        key = bench.show("gate", first.address)
        bench.until(lambda: bench.is_live(key))
        before = bench.sequence(key)
        first.die()
        bench.until(lambda: bench.state(key)[0] is SourceState.RETRYING, 3)
        bench.addresses[key] = second.address
        bench.until(lambda: bench.is_live(key) and bench.sequence(key) > before)


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x00\xff\r\n" * 5000])
def test_something_that_is_no_camera_is_retried_with_patience(bench: PoolBench, answer: bytes) -> None:
    with raw_server(answer) as server:
        key = bench.show("gate", server.address)
        bench.until(lambda: bench.state(key)[0] is SourceState.RETRYING)
        bench.for_seconds(3)
        assert bench.state(key)[1] in (Reason.NOT_UNDERSTOOD, Reason.CONNECTION_LOST)
        assert 1 <= server.requests <= 5


def test_a_camera_that_accepts_and_says_nothing_disturbs_nobody(bench: PoolBench) -> None:
    with raw_server(None) as server, real_camera() as camera:
        silent = [bench.show(f"silent {n}", server.address) for n in range(8)]
        key = bench.show("gate", camera.address)
        bench.until(lambda: bench.is_live(key), 5)
        bench.until(lambda: all(bench.state(k) == (SourceState.RETRYING, Reason.UNREACHABLE) for k in silent), 12)
        assert bench.is_live(key)


def test_what_is_no_rtsp_address_is_not_opened(bench: PoolBench) -> None:
    key = bench.show("gate", StreamAddress("file:///etc/passwd"))
    bench.until(lambda: bench.state(key) == (SourceState.FAILED, Reason.UNSUPPORTED))


def test_a_hidden_source_is_suspended_and_comes_back(bench: PoolBench) -> None:
    with real_camera() as camera:
        key = bench.show("gate", camera.address)
        bench.until(lambda: bench.is_live(key))
        bench.pool.drop("gate")
        bench.pool.forget()  # else it stays warm for a while
        assert bench.state(key)[0] is SourceState.SUSPENDED
        assert bench.pool.picture(key) is None
        bench.show("gate", camera.address)
        bench.until(lambda: bench.is_live(key))


def test_the_event_loop_is_never_held_up(bench: PoolBench) -> None:
    with real_camera() as camera:
        began = time.monotonic()
        keys = [bench.show(f"camera {n}", camera.address) for n in range(16)]
        assert time.monotonic() - began < 0.25  # starts two processes
        bench.until(lambda: bench.is_live(*keys))
        for n in range(16):
            bench.show(f"camera {n}", camera.address, 160, 90)
        bench.until(lambda: all((p := bench.pool.picture(k)) is not None and p.width == 160 for k in keys))
        assert bench.longest_turn < 0.1
