"""One suite over both players of recorded clips: the one in memory, and libVLC's with real files."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from gwanje.domain.errors import GwanjeError
from gwanje.videowall.player.port import ClipError, ClipPicture, ClipPlayer, ClipState
from gwanje.videowall.player.process import PlayerProcess
from tests.fakes.clips import number_in, write_clip
from tests.fakes.fake_player import FakeClipPlayer

COUNT = 50


@dataclass
class Bench:
    player: ClipPlayer
    clip: str
    seen: list[int] = field(default_factory=list)

    def until(self, condition: Callable[[], Any], seconds: float = 20.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            QCoreApplication.processEvents()
            assert time.monotonic() < deadline, f"not within {seconds} s: {self.player.state}"
            time.sleep(0.002)

    def do(self, order: Callable[..., None], *arguments: object) -> ClipState:
        """The state when the order was done."""
        ends: list[tuple[ClipState | None, GwanjeError | None]] = []
        order(*arguments, lambda state, error: ends.append((state, error)))
        self.until(lambda: ends)
        state, error = ends[0]
        assert error is None and state is not None, error
        return state

    def fails(self, order: Callable[..., None], *arguments: object) -> GwanjeError:
        ends: list[tuple[object, GwanjeError | None]] = []
        order(*arguments, lambda result, error: ends.append((result, error)))
        self.until(lambda: ends)
        result, error = ends[0]
        assert result is None and isinstance(error, ClipError)
        return error

    def still(self) -> ClipPicture:
        found: list[ClipPicture | None] = []
        self.player.still(lambda picture, error: found.append(picture))
        self.until(lambda: found)
        assert found[0] is not None
        return found[0]

    @property
    def number(self) -> int:
        """Which picture is shown."""
        picture = self.player.picture()
        assert picture is not None
        return number_in(picture.data)


@pytest.fixture(params=["fake", "vlc"])
def bench(request: pytest.FixtureRequest, qapp: object, tmp_path: Path) -> Iterator[Bench]:
    clip = tmp_path / "clip.mp4"
    if request.param == "fake":
        player: ClipPlayer = FakeClipPlayer({str(clip): COUNT})
    else:
        write_clip(clip, count=COUNT, bf="2")
        player = PlayerProcess()
    made = Bench(player, str(clip))
    yield made
    player.shut_down()


def test_a_clip_opens_on_its_first_picture_and_stands(bench: Bench) -> None:
    state = bench.do(bench.player.open, bench.clip)
    assert (state.path, state.codec, state.rate, state.position) == (bench.clip, "h264", 25.0, 0.0)
    assert state.duration == pytest.approx(2.0, abs=0.05)
    assert not state.is_playing and not state.has_ended
    assert bench.number == 0


def test_every_picture_is_shown_in_turn_up_to_the_end(bench: Bench) -> None:
    bench.do(bench.player.open, bench.clip)
    seen = [bench.number]

    def look() -> None:
        if bench.number != seen[-1]:
            seen.append(bench.number)

    bench.player.on_change = look
    bench.do(bench.player.set_speed, 0.5)
    bench.do(bench.player.play)
    bench.until(lambda: bench.player.state.has_ended)
    state = bench.player.state
    assert not state.is_playing and state.real_speed == 0.0
    assert seen == sorted(seen) and seen[-1] == COUNT - 1
    assert len(seen) >= COUNT * 0.8, "a busy machine may pass over some"
    assert state.position == pytest.approx((COUNT - 1) / 25, abs=0.001)


def test_play_at_the_end_starts_again(bench: Bench) -> None:
    bench.do(bench.player.open, bench.clip)
    assert bench.do(bench.player.seek, 100.0).has_ended
    assert bench.number == COUNT - 1
    bench.do(bench.player.play)
    bench.until(lambda: bench.player.state.is_playing and bench.number < COUNT - 1)


def test_it_plays_as_fast_as_it_is_told(bench: Bench) -> None:
    bench.do(bench.player.open, bench.clip)
    for speed, until in ((0.25, 0.2), (1.0, 0.8), (8.0, 1.6)):
        bench.do(bench.player.seek, 0.0)
        assert bench.do(bench.player.set_speed, speed).speed == speed
        bench.do(bench.player.play)
        began = time.monotonic()
        bench.until(lambda until=until: bench.player.state.position >= until)
        assert time.monotonic() - began >= until / speed * 0.7, "too fast"
        bench.do(bench.player.pause)
    assert bench.do(bench.player.set_speed, 100.0).speed == 8.0
    assert bench.do(bench.player.set_speed, 0.001).speed == 0.25


def test_pause_keeps_the_picture(bench: Bench) -> None:
    bench.do(bench.player.open, bench.clip)
    bench.do(bench.player.play)
    bench.until(lambda: bench.number >= 5)
    state = bench.do(bench.player.pause)
    number = bench.number
    assert not state.is_playing
    end = time.monotonic() + 0.3
    bench.until(lambda: time.monotonic() > end)
    assert (bench.number, bench.player.state.position) == (number, state.position)


def test_stepping_shows_the_very_next_picture_and_the_one_before(bench: Bench) -> None:
    bench.do(bench.player.open, bench.clip)
    numbers = [bench.number]
    for step in (1, 1, 1, -1, 1, 1):
        state = bench.do(bench.player.step, step)
        numbers.append(bench.number)
        assert state.position == pytest.approx(bench.number / 25, abs=0.001)
    assert numbers == [0, 1, 2, 3, 2, 3, 4]
    assert bench.do(bench.player.seek, 20 / 25).position == pytest.approx(20 / 25, abs=0.001)
    for expected in (19, 18):
        bench.do(bench.player.step, -1)
        assert bench.number == expected, "over a key frame"


def test_there_is_no_step_beyond_the_ends(bench: Bench) -> None:
    bench.do(bench.player.open, bench.clip)
    bench.do(bench.player.step, -1)
    assert bench.number == 0
    bench.do(bench.player.seek, (COUNT - 1) / 25)
    assert bench.do(bench.player.step, 1).has_ended
    assert bench.number == COUNT - 1
    bench.do(bench.player.step, -1)
    assert bench.number == COUNT - 2


@pytest.mark.parametrize("wanted", [0, 1, 9, 10, 11, 33, 49])
def test_seeking_finds_the_picture_of_that_time(bench: Bench, wanted: int) -> None:
    bench.do(bench.player.open, bench.clip)
    state = bench.do(bench.player.seek, wanted / 25 + 0.015)
    assert bench.number == wanted
    assert state.position == pytest.approx(wanted / 25, abs=0.001)
    if wanted < COUNT - 1:
        bench.do(bench.player.step, 1)
        assert bench.number == wanted + 1


def test_seeking_while_it_plays_goes_on_from_there(bench: Bench) -> None:
    bench.do(bench.player.open, bench.clip)
    bench.do(bench.player.play)
    state = bench.do(bench.player.seek, 1.0)
    assert state.is_playing
    bench.until(lambda: bench.number > 25)


def test_a_still_is_the_picture_that_is_shown(bench: Bench) -> None:
    bench.do(bench.player.open, bench.clip)
    bench.do(bench.player.seek, 17 / 25)
    still = bench.still()
    state = bench.player.state
    assert (still.width, still.height) == (state.width, state.height)
    assert len(still.data) == still.width * still.height * 4
    assert number_in(still.data) == 17
    assert still.time == pytest.approx(17 / 25, abs=0.001)


def test_a_missing_file_is_told_with_its_name_and_a_cure(bench: Bench) -> None:
    error = bench.fails(bench.player.open, bench.clip + "-gone")
    assert (error.message, error.place) == ("there is no such file", "clip.mp4-gone")
    assert error.cure
    assert bench.player.state == ClipState()
    assert bench.player.picture() is None


def test_without_a_clip_nothing_can_be_played(bench: Bench) -> None:
    for order in (bench.player.play, bench.player.pause, bench.player.still):
        assert bench.fails(order).cure == "open one first"
    assert bench.fails(bench.player.seek, 1.0).message == "no clip is open"
    assert bench.fails(bench.player.step, 1).message == "no clip is open"
    assert bench.fails(bench.player.set_speed, 1.0).message == "no clip is open"


def test_a_closed_clip_is_gone_and_opens_again(bench: Bench) -> None:
    bench.do(bench.player.open, bench.clip)
    bench.player.close()
    assert bench.player.picture() is None
    assert bench.player.state.path == ""
    assert bench.do(bench.player.open, bench.clip).path == bench.clip
    assert bench.number == 0


def test_shutting_down_twice_is_no_harm(bench: Bench) -> None:
    bench.do(bench.player.open, bench.clip)
    bench.player.shut_down()
    bench.player.shut_down()
    assert bench.player.picture() is None
    assert bench.fails(bench.player.open, bench.clip).message == "the clip was closed"
