"""One turn of the wall: shown, waited for until all is live, then measured for some seconds."""

import statistics
import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from ...domain.source_state import SourceState
from ...videowall import TileReport
from ...videowall.port import SourceKey
from ..cli.signals import end_by_signal
from ..demo.script import Pause, ScriptRunner, Steps, Until
from ..watchdog import StallWatch
from .arrivals import Arrivals
from .histogram import Histogram
from .processes import cpu_between, program_processes
from .stage import WallStage

SETTLE_S = 2.0
"""Between all live and the measurement: what opening has put off is done by then."""
LOOK_AT_DELAYS_MS = 233
"""Not a multiple of any frame time, so that every phase is met."""


@dataclass(frozen=True, slots=True)
class WallFigures:
    """As docs/measuring.md defines them; rates a second, times in seconds."""

    live: int
    all_live_s: float | None
    cpu_percent: float
    painted: float
    arrived: float
    fps: tuple[float, ...]
    tick_p99_s: float | None
    longest_stall_s: float
    latency_p50_s: float | None
    latency_p99_s: float | None
    rss: int
    processes: int

    @property
    def fps_min(self) -> float:
        return min(self.fps, default=0.0)

    @property
    def fps_median(self) -> float:
        return statistics.median(self.fps) if self.fps else 0.0


class WallMeasurement(QObject):
    """Runs inside the application's event loop, since that is what is measured; ends it when it is done."""

    def __init__(self, stage: WallStage, tiles: int, seconds: float, live_within_s: float) -> None:
        super().__init__()
        self._stage = stage
        self._tiles = tiles
        self._seconds = seconds
        self._live_within_s = live_within_s
        self._stalls = StallWatch(self)
        self._arrivals = Arrivals()
        self._ticks = Histogram()
        self._ticked_at: float | None = None
        self._delays = Histogram()
        self._sequences: dict[int, int | None] = {}
        self._all_live_s: float | None = None
        self._figures: WallFigures | None = None
        self._look = QTimer(self)
        self._look.setInterval(LOOK_AT_DELAYS_MS)
        self._look.timeout.connect(self._look_at_delays)

    def run(self, application: QApplication) -> WallFigures:
        """Blocks until the measurement is over. Raises KeyboardInterrupt when it was told to end before."""
        self._stage.pool.statistics_changed.connect(self._count_arrivals)
        self._stage.view.ticked.connect(self._tick)
        runner = ScriptRunner(self._steps(), application.quit)
        QTimer.singleShot(0, runner.start)
        with end_by_signal(application.quit):
            application.exec()
        self._stage.pool.statistics_changed.disconnect(self._count_arrivals)
        self._stage.view.ticked.disconnect(self._tick)
        if self._figures is None:
            raise KeyboardInterrupt
        return self._figures

    def _steps(self) -> Steps:
        # As in a console, where somebody signs in before there is a wall.
        self._stage.pool.prepare()
        yield Until("the decoders are up", lambda: self._stage.pool.engine.is_prepared, self._live_within_s)
        began = time.monotonic()
        self._stage.show(QApplication.primaryScreen())
        if (yield Until("all tiles are live", self._all_live, self._live_within_s)):
            firsts = [r.first_painted_at for r in self._stage.view.tile_report() if r.first_painted_at is not None]
            self._all_live_s = max(firsts) - began
        yield Pause(SETTLE_S)
        self._arrivals.begin()
        self._ticks.clear()
        self._stalls.reset()
        self._look.start()
        painted, processes, start = self._painted(), program_processes(), time.monotonic()
        yield Pause(self._seconds)
        elapsed, after = time.monotonic() - start, program_processes()
        self._look.stop()
        now = self._painted()
        fps = tuple((now.get(tile, 0) - painted.get(tile, 0)) / elapsed for tile in range(self._tiles))
        self._figures = WallFigures(
            live=sum(map(_is_live, self._stage.view.tile_report())),
            all_live_s=self._all_live_s,
            cpu_percent=100 * cpu_between(processes, after) / elapsed,
            painted=sum(fps),
            arrived=self._arrivals.per_second(),
            fps=fps,
            tick_p99_s=self._ticks.percentile(99),
            longest_stall_s=self._stalls.longest_s,
            latency_p50_s=self._delays.percentile(50),
            latency_p99_s=self._delays.percentile(99),
            rss=sum(process.rss for process in after.values()),
            processes=len(after),
        )

    def _all_live(self) -> bool:
        return sum(map(_is_live, self._stage.view.tile_report())) == self._tiles

    def _painted(self) -> dict[int, int]:
        return {report.tile: report.painted for report in self._stage.view.tile_report()}

    def _tick(self) -> None:
        now = time.monotonic()
        if self._ticked_at is not None:
            self._ticks.add(now - self._ticked_at)
        self._ticked_at = now

    def _look_at_delays(self) -> None:
        for report in self._stage.view.tile_report():
            if report.delay is not None and report.sequence != self._sequences.get(report.tile):
                self._sequences[report.tile] = report.sequence
                self._delays.add(report.delay)

    def _count_arrivals(self, key: SourceKey) -> None:
        self._arrivals.feed(key, self._stage.pool.statistics(key))


def _is_live(report: TileReport) -> bool:
    return report.state is SourceState.LIVE and report.painted > 0
