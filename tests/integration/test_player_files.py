"""The player for recorded clips: kinds of files, files that are broken or mean harm, and a player that dies."""

import os
import signal
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PySide6.QtCore import QCoreApplication

from gwanje.domain.errors import GwanjeError
from gwanje.videowall.player import process as player_process
from gwanje.videowall.player.port import ClipState
from gwanje.videowall.player.process import PlayerProcess
from tests.fakes.clips import number_in, write_clip

pytestmark = pytest.mark.usefixtures("qapp")


class Bench:
    def __init__(self) -> None:
        self.player = PlayerProcess()

    def until(self, condition: Callable[[], object], seconds: float = 20.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            QCoreApplication.processEvents()
            assert time.monotonic() < deadline, f"not within {seconds} s: {self.player.state}"
            time.sleep(0.002)

    def do(self, order: Callable[..., None], *arguments: object) -> ClipState | GwanjeError:
        ends: list[ClipState | GwanjeError | None] = []
        order(*arguments, lambda state, error: ends.append(error or state))
        self.until(lambda: ends)
        assert ends[0] is not None
        return ends[0]

    def open(self, path: Path) -> ClipState:
        state = self.do(self.player.open, str(path))
        assert isinstance(state, ClipState), state
        return state

    def refusal(self, path: Path) -> str:
        error = self.do(self.player.open, str(path))
        assert isinstance(error, GwanjeError)
        assert error.place == path.name and error.cure
        assert self.player.state == ClipState()
        return error.message

    @property
    def number(self) -> int:
        picture = self.player.picture()
        assert picture is not None
        return number_in(picture.data)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.player.shut_down()


@pytest.mark.parametrize(
    ("name", "codec", "options"),
    [
        ("clip.mp4", "h264", {"bf": "2"}),
        ("clip.mp4", "hevc", {}),
        ("clip.mkv", "h264", {"bf": "3"}),
        ("clip.mkv", "hevc", {}),
        ("clip.mkv", "mjpeg", {}),
        ("clip.avi", "mjpeg", {}),
        ("clip.avi", "h264", {"tune": "zerolatency"}),
        ("clip.ts", "h264", {"bf": "2"}),
        ("clip.ts", "hevc", {}),
        ("clip.mov", "mjpeg", {}),
    ],
)
def test_kinds_of_files(bench: Bench, tmp_path: Path, name: str, codec: str, options: dict[str, str]) -> None:
    state = bench.open(write_clip(tmp_path / name, codec=codec, count=30, **options))
    assert (state.codec, state.width, state.height) == (codec, 320, 240)
    assert state.duration == pytest.approx(1.2, abs=0.1)
    assert bench.number == 0
    for wanted in (23, 7, 29, 0):
        bench.do(bench.player.seek, wanted / 25 + 0.01)
        assert bench.number == wanted
        assert bench.player.state.position == pytest.approx(wanted / 25, abs=0.002)
    bench.do(bench.player.seek, 12 / 25 + 0.01)
    bench.do(bench.player.step, -1)
    assert bench.number == 11
    assert bench.player.state.damaged == 0


def test_a_file_that_breaks_off_plays_as_far_as_it_goes(bench: Bench, tmp_path: Path) -> None:
    whole = write_clip(tmp_path / "whole.ts", count=50)
    cut = tmp_path / "cut.ts"
    data = whole.read_bytes()
    cut.write_bytes(data[: len(data) * 6 // 10])
    bench.open(cut)
    bench.do(bench.player.seek, 100.0)
    assert bench.player.state.has_ended
    assert 20 < bench.number < 40


def test_rubbish_in_the_middle_is_counted_and_passed_over(bench: Bench, tmp_path: Path) -> None:
    whole = write_clip(tmp_path / "whole.ts", count=50, size=(640, 480))
    data = bytearray(whole.read_bytes())
    noise = np.random.default_rng(3)
    for packet in range(len(data) // 188 * 4 // 10, len(data) // 188 * 6 // 10):
        data[packet * 188 + 12 : packet * 188 + 188] = noise.bytes(176)
    broken = tmp_path / "broken.ts"
    broken.write_bytes(data)
    bench.open(broken)
    bench.do(bench.player.seek, 48 / 25 + 0.01)
    assert bench.number == 48
    bench.do(bench.player.seek, 0.0)
    bench.do(bench.player.set_speed, 8.0)
    bench.do(bench.player.play)
    bench.until(lambda: bench.player.state.has_ended, 30)


def test_what_is_no_clip_is_refused_with_its_reason(bench: Bench, tmp_path: Path) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("not a video at all\n" * 200)
    assert bench.refusal(text) == "this is no video, or it is damaged"
    empty = tmp_path / "empty.mp4"
    empty.touch()
    assert bench.refusal(empty) == "this is no video, or it is damaged"
    noise = tmp_path / "noise.mkv"
    noise.write_bytes(np.random.default_rng(1).bytes(200_000))
    assert bench.refusal(noise) == "this is no video, or it is damaged"
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(write_clip(tmp_path / "whole.mp4").read_bytes()[:2000])
    assert bench.refusal(cut) == "this is no video, or it is damaged"
    assert bench.refusal(tmp_path) == "this is no file"
    pipe = tmp_path / "pipe.mp4"
    os.mkfifo(pipe)
    assert bench.refusal(pipe) == "this is no file"
    with wave.open(str(tmp_path / "sound.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(16000))
    assert bench.refusal(tmp_path / "sound.wav") == "this is no video, or it is damaged"


def test_a_file_that_names_others_opens_none_of_them(bench: Bench, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.ts")
    playlist = tmp_path / "list.mp4"
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{clip}\n#EXT-X-ENDLIST\n")
    assert bench.refusal(playlist) == "this is no video, or it is damaged"
    concat = tmp_path / "concat.mp4"
    concat.write_text(f"ffconcat version 1.0\nfile {clip}\n")
    assert bench.refusal(concat) == "this is no video, or it is damaged"


def test_a_clip_that_cannot_be_opened_leaves_the_one_that_is_open(bench: Bench, tmp_path: Path) -> None:
    state = bench.open(write_clip(tmp_path / "clip.mp4"))
    assert isinstance(bench.do(bench.player.open, str(tmp_path / "gone.mp4")), GwanjeError)
    assert bench.player.state.path == state.path
    bench.do(bench.player.step, 1)
    assert bench.number == 1


def test_mutated_files_never_end_the_player(bench: Bench, tmp_path: Path) -> None:
    """Whatever is in a file: it plays, or it is refused."""
    noise = np.random.default_rng(11)
    for kind in ("mp4", "mkv", "avi", "ts"):
        data = write_clip(tmp_path / f"whole.{kind}", codec="mjpeg" if kind == "avi" else "h264", count=20).read_bytes()
        for _ in range(6):
            mutant = bytearray(data)
            for at in noise.integers(0, len(mutant), 1 + len(mutant) // 400):
                mutant[at] = noise.integers(0, 256)
            file = tmp_path / f"mutant.{kind}"
            file.write_bytes(mutant)
            if isinstance(bench.do(bench.player.open, str(file)), ClipState):
                bench.do(bench.player.seek, 0.5)
                bench.do(bench.player.step, 1)
    pid = bench.player.pid
    assert pid and psutil.pid_exists(pid)


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_a_player_that_dies_or_hangs_is_told_and_replaced(
    bench: Bench, tmp_path: Path, blow: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = write_clip(tmp_path / "clip.mp4")
    bench.player._patience.setInterval(1500)
    bench.open(clip)
    pid = bench.player.pid
    os.kill(pid, blow)
    error = bench.do(bench.player.step, 1)
    assert isinstance(error, GwanjeError)
    assert (error.message, error.place) in (("the player has stopped", "clip.mp4"), ("no clip is open", ""))
    assert bench.player.picture() is None
    bench.until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    bench.player._patience.setInterval(player_process.ANSWERS_WITHIN_MS)
    bench.open(clip)
    assert bench.number == 0


def test_the_player_loads_no_qt_and_writes_to_nothing(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_clip(tmp_path / "clip.mp4"))
    maps = Path(f"/proc/{bench.player.pid}/maps").read_text()
    assert "libvlc" in maps
    assert "libQt6" not in maps
    links = [os.readlink(f"/proc/{bench.player.pid}/fd/{n}") for n in (1, 2)]
    assert links == [os.devnull] * 2


def test_going_to_and_fro_leaks_nothing(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_clip(tmp_path / "clip.mp4", bf="2"))
    process = psutil.Process(bench.player.pid)

    def used() -> tuple[int, int]:
        return process.num_threads(), process.num_fds()

    bench.do(bench.player.seek, 1.0)
    before = used()
    for turn in range(25):
        bench.do(bench.player.seek, turn % 5 * 0.4)
        bench.do(bench.player.step, -1)
    bench.until(lambda: all(now <= then for now, then in zip(used(), before, strict=True)), 5)
