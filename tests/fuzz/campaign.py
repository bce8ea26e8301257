"""Drives the real engine and its worker processes through many cases, and watches what becomes of them."""

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil
from PySide6.QtCore import QCoreApplication

from gwanje.domain.credentials import Credential
from gwanje.domain.source_state import Reason
from gwanje.videowall.engine.ffmpeg import FfmpegEngine
from gwanje.videowall.engine.port import SessionEnded, SessionOpened
from gwanje.videowall.port import StreamAddress
from tests.fakes.scripted_rtsp import Connection, scripted_rtsp

from .cases import Case, Told

AT_ONCE = 32
HANGS_AFTER_S = 30.0
"""Longer than the engine's own limits: 8 s for an opening, 9 s for a silence."""
_CREDENTIAL = Credential("viewer", "sesame")
_CASE = re.compile(r"/case/(\d+)")


@dataclass(frozen=True)
class Usage:
    """Of all worker processes together, while no session is open."""

    mutations: int
    rss_mb: float
    descriptors: int
    threads: int


@dataclass
class Report:
    """Attributes: `crashes`, `hangs`: what to say about each, with its case. `longest_s`: of a session."""

    told: Told = field(default_factory=Told)
    sessions: int = 0
    accepted: int = 0
    seconds: float = 0.0
    longest_s: float = 0.0
    crashes: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    usage: list[Usage] = field(default_factory=list)


class Campaign:
    """`run` until so many mutations have been told. The same seed gives the same cases."""

    def __init__(self, engine: FfmpegEngine, seed: int, progress: Callable[[Usage], None] = lambda usage: None) -> None:
        self._engine = engine
        self._seed = seed
        self._progress = progress
        self._began: dict[int, float] = {}
        self._pids: set[int] = set()
        self.report = Report()

    def run(self, count: int, samples: int = 10) -> Report:
        """Memory and handles are looked at `samples` times, when all sessions are over."""
        began = time.monotonic()
        watch = _Watch(self.report.crashes)
        logging.getLogger("gwanje.videowall.engine").addHandler(watch)
        told = self.report.told
        try:
            with scripted_rtsp(self._script) as server:
                for sample in range(1, samples + 1):
                    while told.mutations < count * sample // samples and not self.report.hangs:
                        self._fill(server.port)
                        self._turn()
                    while self._began and not self.report.hangs:
                        self._turn()
                    self.report.usage.append(self._usage())
                    self._progress(self.report.usage[-1])
        finally:
            logging.getLogger("gwanje.videowall.engine").removeHandler(watch)
        self.report.seconds = time.monotonic() - began
        return self.report

    async def _script(self, connection: Connection) -> None:
        # The first request says which case it is; the case answers it as if it had read it itself.
        first = await connection.request()
        found = _CASE.search(first)
        if found is None:
            return
        case = Case(self._seed, int(found[1]), self.report.told, connection.port)
        connection.unread(first)
        await case.run(connection)

    def _fill(self, port: int) -> None:
        while len(self._began) < AT_ONCE:
            self.report.sessions += 1
            number = self.report.sessions
            self._began[number] = time.monotonic()
            self._engine.open(number, StreamAddress(f"rtsp://127.0.0.1:{port}/case/{number}", _CREDENTIAL), 64, 36)

    def _turn(self) -> None:
        QCoreApplication.processEvents()
        now = time.monotonic()
        for event in self._engine.poll():
            match event:
                case SessionOpened():
                    self.report.accepted += 1
                case SessionEnded(number, reason):
                    if reason is Reason.WORKER_LOST:
                        self.report.crashes.append(f"a worker was lost with case {number}")
                    self._close(number, now)
        for number, began in tuple(self._began.items()):
            if now - began > HANGS_AFTER_S:
                self.report.hangs.append(f"case {number} does not end")
                self._close(number, now)
        time.sleep(0.002)

    def _close(self, number: int, now: float) -> None:
        self.report.longest_s = max(self.report.longest_s, now - self._began.pop(number))
        self._engine.close(number)

    def _usage(self) -> Usage:
        """Once the threads of the sessions are gone."""
        processes = [psutil.Process(pid) for pid in self._engine.worker_pids()]
        until = time.monotonic() + HANGS_AFTER_S
        while any(worker._leaving for worker in self._engine._workers) and time.monotonic() < until:
            QCoreApplication.processEvents()
            self._engine.poll()
            time.sleep(0.01)
        seen = []
        for _ in range(5):  # a thread that has said its last word is there for another moment
            seen.append([(p.memory_info().rss, p.num_fds(), p.num_threads()) for p in processes])
            time.sleep(0.05)
        rss, descriptors, threads = (min(sum(p[n] for p in moment) for moment in seen) for n in range(3))
        return Usage(self.report.told.mutations, round(rss / 1e6, 1), descriptors, threads)


class _Watch(logging.Handler):
    """An error of the engine's log is a crash: a session's thread ended with an exception, or a worker did."""

    def __init__(self, crashes: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._crashes = crashes

    def emit(self, record: logging.LogRecord) -> None:
        self._crashes.append(record.getMessage())
