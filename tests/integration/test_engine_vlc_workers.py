"""The vlc engine in its worker processes: watched and replaced like every engine's; leaks nothing, tells nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QCoreApplication

from gwanje.domain.credentials import Credential
from gwanje.domain.source_state import Reason
from gwanje.videowall.engine.port import SessionEnded
from gwanje.videowall.engine.vlc import VlcEngine
from tests.fakes.real_camera import RealCamera, real_camera

pytestmark = pytest.mark.usefixtures("qapp")
PASSWORD = "sesame-open-4711"


class Bench:
    def __init__(self) -> None:
        self.engine = VlcEngine(1)
        self.ends: list[SessionEnded] = []

    def until(self, condition: Callable[[], object], seconds: float = 20.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            QCoreApplication.processEvents()
            self.ends += [event for event in self.engine.poll() if isinstance(event, SessionEnded)]
            assert time.monotonic() < deadline, f"not within {seconds} s: {self.ends}"
            time.sleep(0.005)

    def shows(self, session: int) -> bool:
        return self.engine.picture(session) is not None


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.engine.shut_down()


@pytest.fixture
def camera() -> Iterator[RealCamera]:
    with real_camera(Credential("viewer", PASSWORD)) as made:
        yield made


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_a_lost_worker_is_told_and_replaced(bench: Bench, camera: RealCamera, blow: signal.Signals) -> None:
    bench.engine.open(1, camera.address, 320, 180)
    bench.until(lambda: bench.shows(1))
    (victim,) = bench.engine.worker_pids()
    os.kill(victim, blow)
    bench.until(lambda: bench.ends, 6)
    assert bench.ends == [SessionEnded(1, Reason.WORKER_LOST)]
    assert bench.shows(1), "the last picture stays"
    bench.engine.close(1)
    bench.engine.open(2, camera.address, 320, 180)
    bench.until(lambda: bench.shows(2))
    assert bench.engine.worker_pids() != [victim]


def test_opening_and_closing_leaks_nothing_and_tells_nothing(bench: Bench, camera: RealCamera) -> None:
    def cycle(first: int) -> None:
        sessions = range(first, first + 3)
        for session in sessions:
            bench.engine.open(session, camera.address, 320, 180)
        bench.until(lambda: all(bench.shows(session) for session in sessions))
        for session in sessions:
            bench.engine.close(session)

    cycle(1)
    (pid,) = bench.engine.worker_pids()
    process = psutil.Process(pid)

    def used() -> tuple[int, int]:
        return process.num_threads(), process.num_fds()

    history = [(time.monotonic(), used())]

    def settled() -> bool:
        if used() != history[-1][1]:
            history.append((time.monotonic(), used()))
        return time.monotonic() - history[-1][0] > 1.0

    bench.until(settled)
    before = used()
    assert before[0] < 12, "the threads of closed sessions"
    for turn in range(1, 6):
        cycle(1 + 3 * turn)
    # Fifteen sessions later; the memory of one or two may wait for Python's collector.
    bench.until(lambda: used()[0] <= before[0] and used()[1] <= before[1] + 3, 10)
    secret = PASSWORD.encode()
    assert secret not in Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes()
    assert os.readlink(f"/proc/{pid}/fd/1") == os.readlink(f"/proc/{pid}/fd/2") == os.devnull
    maps = Path(f"/proc/{pid}/maps").read_text()
    assert "libvlc.so" in maps and "libQt6" not in maps


def test_the_console_itself_loads_no_libvlc(bench: Bench, camera: RealCamera) -> None:
    bench.engine.open(1, camera.address, 320, 180)
    bench.until(lambda: bench.shows(1))
    code = "import sys, gwanje.console.core, gwanje.videowall.engine.vlc; sys.exit('vlc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
