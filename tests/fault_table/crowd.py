"""A switch that restarts, with a hundred cameras behind it."""

import os
import time
from pathlib import Path

import psutil

from gwanje.domain.source_state import Reason, SourceState
from gwanje.videowall.port import SourceKey
from tests.fakes.scripted_rtsp import recorded_camera, scripted_rtsp

from .stage import Stage

CAMERAS = 100
_RATE = 5.0
_AWAY_S = 10.0
_PATIENCE_S = 60.0


def gone_and_back(stage: Stage) -> None:
    """They stay away until each waits as long as it ever does between two tries."""
    bench = stage.bench
    with scripted_rtsp(recorded_camera("gst-h264", rate=_RATE)) as server:
        keys = [bench.show(f"{stage.key_name} {n}", server.address, 160, 96) for n in range(CAMERAS)]
        bench.until(lambda: bench.is_live(*keys), _PATIENCE_S)
        bench.for_seconds(1.0)
        before = _used(stage)
        stage.fault()
        server.gone()
        bench.until(lambda: all(bench.state(key)[0] is SourceState.RETRYING for key in keys), _PATIENCE_S)
        stage.observed.show_s = time.monotonic() - stage.at
        bench.for_seconds(_AWAY_S)
        bench.until(lambda: {bench.state(key)[1] for key in keys} == {Reason.REFUSED})
        stage.observed.shown = "retrying: connection lost, refused"
        last = {key: bench.sequence(key) for key in keys}
        stage.cure()
        server.back()
        bench.until(lambda: all(_is_back(stage, key, last[key]) for key in keys), _PATIENCE_S)
        stage.observed.recover_s = time.monotonic() - stage.at
        bench.until(lambda: all(now <= then for now, then in zip(_used(stage), before, strict=True)), _PATIENCE_S)
        stage.remark("threads, handles and shared memory as before")


def _is_back(stage: Stage, key: SourceKey, last: int) -> bool:
    return stage.bench.is_live(key) and stage.bench.sequence(key) > last


def _used(stage: Stage) -> list[int]:
    """Threads and handles of the workers together, between whom the cameras may have moved; shared memory of all."""
    workers = [psutil.Process(pid) for pid in stage.bench.engine.worker_pids()]
    maps = [Path(f"/proc/{pid}/maps").read_text() for pid in (os.getpid(), *(worker.pid for worker in workers))]
    return [
        sum(worker.num_threads() for worker in workers),
        sum(worker.num_fds() for worker in workers),
        sum(text.count("memfd:gwanje") for text in maps),
    ]
