"""The decoder processes: watched, replaced, gone with their parent, and silent about secrets."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from gwanje.domain.credentials import Credential
from gwanje.domain.source_state import Reason, SourceState
from gwanje.videowall.port import SourceKey
from tests.fakes.pool_bench import PoolBench, pool_bench
from tests.fakes.real_camera import RATE, RealCamera, real_camera

pytestmark = pytest.mark.usefixtures("qapp")
PASSWORD = "sesame-open-4711"


@pytest.fixture
def bench() -> Iterator[PoolBench]:
    with pool_bench() as made:
        yield made


@pytest.fixture
def camera() -> Iterator[RealCamera]:
    with real_camera(Credential("viewer", PASSWORD)) as made:
        yield made


def _memory_files() -> int:
    return sum("gwanje" in name for name in os.listdir("/dev/shm")) if Path("/dev/shm").is_dir() else 0


def _gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_a_lost_worker_is_replaced_and_the_others_notice_nothing(
    bench: PoolBench, camera: RealCamera, blow: signal.Signals
) -> None:
    keys = [bench.show(f"camera {n}", camera.address) for n in range(4)]
    bench.until(lambda: bench.is_live(*keys))
    victim, survivor = bench.engine.worker_pids()
    bench.changes.clear()
    before = {key: bench.sequence(key) for key in keys}
    began = time.monotonic()
    os.kill(victim, blow)
    lost = (SourceState.RETRYING, Reason.WORKER_LOST)
    bench.until(lambda: sum(change[2:] == lost for change in bench.changes) == 2, 4)
    hit = {key for _, key, _, _ in bench.changes}
    assert len(hit) == 2, "one half of the sources"
    assert victim not in bench.engine.worker_pids()
    assert all(bench.pool.picture(key) is not None for key in hit), "the last picture stays"
    bench.until(lambda: bench.is_live(*keys) and all(bench.sequence(key) > before[key] for key in hit), 8)
    bench.until(lambda: time.monotonic() - began >= 4.0)
    elapsed = time.monotonic() - began
    for key in set(keys) - hit:
        assert key not in {changed for _, changed, _, _ in bench.changes}
        assert (bench.sequence(key) - before[key]) / elapsed == pytest.approx(RATE, rel=0.1)
    assert survivor in bench.engine.worker_pids()
    bench.until(lambda: _gone(victim), 3)


def test_prepared_workers_wait_for_their_sources(bench: PoolBench, camera: RealCamera) -> None:
    bench.pool.prepare()
    bench.until(lambda: bench.pool.engine.is_prepared)
    workers = bench.engine.worker_pids()
    assert len(workers) == 2
    keys = [bench.show(f"camera {n}", camera.address) for n in range(2)]
    bench.until(lambda: bench.is_live(*keys))
    assert bench.engine.worker_pids() == workers


def test_opening_and_closing_leaks_nothing(bench: PoolBench, camera: RealCamera) -> None:
    def cycle() -> None:
        keys = [bench.show(f"camera {n}", camera.address) for n in range(2)]
        bench.until(lambda: all(bench.pool.picture(key) is not None for key in keys))
        for key in keys:
            bench.engine.close(bench.pool._sources[key].session or 0)  # as after a lost connection
            bench.pool.refresh(key.camera_id)
        bench.until(lambda: bench.is_live(*keys))

    def used() -> list[tuple[int, int, int]]:
        processes = [psutil.Process(pid) for pid in (os.getpid(), *bench.engine.worker_pids())]
        return [
            (p.num_threads(), p.num_fds(), Path(f"/proc/{p.pid}/maps").read_text().count("memfd:gwanje"))
            for p in processes
        ]

    cycle()
    bench.for_seconds(0.5)
    before = used()
    for _ in range(20):
        cycle()
    bench.until(lambda: all(now <= then for now, then in zip(used(), before, strict=True)), 5)
    assert _memory_files() == 0


def test_no_password_on_any_command_line_or_in_any_environment(
    bench: PoolBench, camera: RealCamera, caplog: pytest.LogCaptureFixture
) -> None:
    key = bench.show("gate", camera.address)
    bench.until(lambda: bench.is_live(key))
    secret = PASSWORD.encode()
    for pid in (os.getpid(), *bench.engine.worker_pids()):
        assert secret not in Path(f"/proc/{pid}/cmdline").read_bytes()
        assert secret not in Path(f"/proc/{pid}/environ").read_bytes()
    assert PASSWORD not in caplog.text
    assert PASSWORD not in repr(bench.pool.status(key)) + repr(bench.addresses)


def test_a_worker_loads_no_qt_and_writes_to_nothing(bench: PoolBench, camera: RealCamera) -> None:
    key = bench.show("gate", camera.address)
    bench.until(lambda: bench.is_live(key))
    (pid,) = bench.engine.worker_pids()
    assert "libQt6" not in Path(f"/proc/{pid}/maps").read_text()
    assert os.readlink(f"/proc/{pid}/fd/1") == os.readlink(f"/proc/{pid}/fd/2") == os.devnull


def test_closing_the_pool_is_quick_and_leaves_no_process(camera: RealCamera) -> None:
    with pool_bench() as bench:
        keys = [bench.show(f"camera {n}", camera.address) for n in range(4)]
        bench.until(lambda: bench.is_live(*keys))
        pids = bench.engine.worker_pids()
        began = time.monotonic()
        bench.pool.close()
        assert time.monotonic() - began < 1.0
        assert not any(psutil.pid_exists(pid) for pid in pids)


_CONSOLE = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from gwanje.domain.cameras import CameraId
from gwanje.videowall.port import SourceKey, StreamAddress
from gwanje.videowall.sources import SourcePool
app = QCoreApplication([])
pool = SourcePool(lambda key, answer: answer(StreamAddress(sys.argv[1])), workers=2)
keys = [SourceKey(CameraId(str(n))) for n in range(4)]
for key in keys:
    pool.want(key, key, 320, 180)
def look():
    if all(pool.picture(key) for key in keys):
        timer.stop()
        sys.stdout.write(" ".join(map(str, pool.engine.worker_pids())) + "\\n")
        sys.stdout.flush()
timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
app.exec()
"""


@pytest.mark.parametrize("hung", [False, True])
def test_workers_end_with_a_killed_console(hung: bool) -> None:
    with real_camera() as camera:
        console = subprocess.Popen(
            [sys.executable, "-c", _CONSOLE, camera.address.uri], stdout=subprocess.PIPE, text=True
        )
        assert console.stdout is not None
        try:
            ready, _, _ = select.select([console.stdout], [], [], 20)
            assert ready, "the console shows nothing"
            pids = [int(pid) for pid in console.stdout.readline().split()]
            assert len(pids) == 2
            if hung:
                os.kill(pids[0], signal.SIGSTOP)
        finally:
            console.kill()
            console.wait(10)
            console.stdout.close()
        deadline = time.monotonic() + 3
        while not all(_gone(pid) for pid in pids):
            assert time.monotonic() < deadline, "a worker outlives its console"
            time.sleep(0.02)
        assert _memory_files() == 0


def test_sources_are_spread_over_the_workers(bench: PoolBench, camera: RealCamera) -> None:
    keys: list[SourceKey] = [bench.show(f"camera {n}", camera.address) for n in range(6)]
    bench.until(lambda: bench.is_live(*keys))
    assert [len(worker.sessions) for worker in bench.engine._workers] == [3, 3]
