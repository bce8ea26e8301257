"""A worker is killed or stopped: other workers' tiles keep their rate, its own are live again in three seconds."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from gwanje.domain.source_state import Reason, SourceState
from gwanje.videowall.port import SourceKey
from tests.fakes.pool_bench import PoolBench, pool_bench
from tests.fakes.scripted_rtsp import ScriptedRtsp, recorded_camera, scripted_rtsp

pytestmark = [pytest.mark.usefixtures("qapp"), pytest.mark.heavy]
TILES = 12
RATE = 15.0
AGAIN_WITHIN_S = 3.0
SLACK_S = 3.0
"""For a machine that has more to do than this test."""


@pytest.fixture
def cameras() -> Iterator[ScriptedRtsp]:
    with scripted_rtsp(recorded_camera("gst-h264", rate=RATE)) as server:
        yield server


@pytest.fixture
def bench() -> Iterator[PoolBench]:
    with pool_bench(3) as made:
        yield made


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_tiles_of_a_lost_worker_are_live_again_in_three_seconds_and_the_others_keep_their_rate(
    bench: PoolBench, cameras: ScriptedRtsp, blow: signal.Signals
) -> None:
    keys = [bench.show(f"camera {n}", cameras.address) for n in range(TILES)]
    bench.until(lambda: bench.is_live(*keys))
    workers = bench.engine._workers
    victim = workers[0]
    hit = {key for key in keys if bench.pool._sources[key].session in victim.sessions}
    assert len(hit) == TILES / len(workers)
    others = set(keys) - hit
    bench.for_seconds(0.5)
    bench.changes.clear()
    before = {key: bench.sequence(key) for key in keys}
    began = time.monotonic()
    os.kill(victim.pid, blow)
    bench.until(
        lambda: {key for _, key, *state in bench.changes if state == [SourceState.RETRYING, Reason.WORKER_LOST]} == hit
    )
    assert all(bench.pool.picture(key) is not None for key in hit), "the last picture stays"
    bench.until(lambda: all(_shows_again(bench, key, before[key]) for key in hit))
    took = time.monotonic() - began
    bench.until(lambda: time.monotonic() - began >= 4.0)
    elapsed = time.monotonic() - began
    assert took <= AGAIN_WITHIN_S + SLACK_S
    assert not others & {key for _, key, _, _ in bench.changes}, "nothing else blinks"
    for key in others:
        assert (bench.sequence(key) - before[key]) / elapsed == pytest.approx(RATE, rel=0.1)


def _shows_again(bench: PoolBench, key: SourceKey, before: int) -> bool:
    return bench.is_live(key) and bench.sequence(key) > before
