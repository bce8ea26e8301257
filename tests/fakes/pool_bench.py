"""A real pool of sources in a test: its event loop is driven until something holds or the time is over."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import QCoreApplication

from gwanje.domain.cameras import CameraId
from gwanje.domain.source_state import Beat, Reason, SourceState
from gwanje.videowall.engine.ffmpeg import FfmpegEngine
from gwanje.videowall.port import SourceKey, StreamAddress
from gwanje.videowall.sources import SourcePool


class PoolBench:
    """`addresses` may be changed at any time; the pool asks anew for each attempt.

    Attributes: `skipped` may be raised while no session is open: the pool takes so many seconds for gone by.
    """

    def __init__(self, workers: int = 2) -> None:
        self.skipped = 0.0
        self.addresses: dict[SourceKey, StreamAddress] = {}
        self.changes: list[tuple[float, SourceKey, SourceState, Reason]] = []
        self.engine = FfmpegEngine(workers)
        self.pool = SourcePool(
            lambda key, answer: answer(self.addresses.get(key)),
            engine=_Skipping(self.engine, self),  # type: ignore[arg-type]
            clock=lambda: time.monotonic() + self.skipped,
        )
        self.pool.status_changed.connect(self._changed)
        self.longest_turn = 0.0

    def show(self, name: str, address: StreamAddress, width: int = 320, height: int = 180) -> SourceKey:
        key = SourceKey(CameraId(name))
        self.addresses[key] = address
        self.pool.want(name, key, width, height)
        return key

    def until(self, condition: Callable[[], Any], seconds: float = 15.0) -> float:
        """Seconds that it took. The longest turn of the event loop is remembered."""
        began = time.monotonic()
        while not condition():
            turn = time.monotonic()
            QCoreApplication.processEvents()
            self.longest_turn = max(self.longest_turn, time.monotonic() - turn)
            assert time.monotonic() - began < seconds, f"not within {seconds} s; {self.changes}"
            time.sleep(0.005)
        return time.monotonic() - began

    def for_seconds(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() >= end, seconds + 5)

    def is_live(self, *keys: SourceKey) -> bool:
        return all(self.pool.status(key).state is SourceState.LIVE for key in keys)

    def sequence(self, key: SourceKey) -> int:
        picture = self.pool.picture(key)
        return picture.sequence if picture is not None else 0

    def state(self, key: SourceKey) -> tuple[SourceState, Reason]:
        status = self.pool.status(key)
        return status.state, status.reason

    def _changed(self, key: SourceKey) -> None:
        self.changes.append((time.monotonic(), key, *self.state(key)))


class _Skipping:
    """The engine, in the time of the pool."""

    def __init__(self, engine: FfmpegEngine, bench: PoolBench) -> None:
        self._engine = engine
        self._bench = bench

    def beat(self, session: int) -> Beat:
        told = asdict(self._engine.beat(session))
        return Beat(**{name: at and at + self._bench.skipped for name, at in told.items()})

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


@contextmanager
def pool_bench(workers: int = 2) -> Iterator[PoolBench]:
    bench = PoolBench(workers)
    try:
        yield bench
    finally:
        bench.pool.close()
