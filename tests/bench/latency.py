"""From the camera's capture to the glass: the time that the simulator burns into each picture is read off the display.

    python -m tests.bench.latency [--seconds 20 | --minutes 10] [--stops silence drop sigstop]

Prints one line of JSON. Exit 1 when the median is above 120 ms, when its drift from the first to the last minute (or
third, of a short run) is above 20 ms, or when it is not under 120 ms again 2 s after a stop of 10 s.
"""

import argparse
import json
import os
import signal
import statistics
import sys
import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from gwanje.console.bench.command import display
from gwanje.console.bench.stage import WallStage
from gwanje.console.collector import QtThreadCollector
from gwanje.console.demo.script import Pause, ScriptRunner, Steps, Until
from gwanje.domain.source_state import SourceState
from gwanje.simulator import codeband
from gwanje.simulator.process import SimulatorProcess
from gwanje.videowall.port import Quality, SourceKey, StreamAddress
from gwanje.videowall.wall.canvas.geometry import device_rect, fitted

BOUND_MS, DRIFT_MS, BACK_WITHIN_S = 120.0, 20.0, 2.0
STOP_S = 10.0
LIVE_WITHIN_S, BACK_LIMIT_S = 60.0, 60.0
TILES = 5  # in a grid of nine, so that pictures are painted pixel on pixel; the selected tile is not read


class Sample(NamedTuple):
    """`at`: monotonic seconds."""

    at: float
    tile: int
    ms: float


class Reader(QObject):
    """Looks at the glass after each painting. Attributes: `samples`, `unreadable`."""

    def __init__(self, stage: WallStage) -> None:
        super().__init__()
        self.samples: list[Sample] = []
        self.unreadable = 0
        self._view, self._pool = stage.view, stage.pool
        self._places: dict[int, QRect] = {}
        self._painted: dict[int, int] = {}
        self._counters: dict[int, int] = {}
        self._due = False
        for widget in (self._view, *self._view.findChildren(QWidget)):
            widget.installEventFilter(self)

    def find_bands(self) -> None:
        """Where the pictures lie, and so their codes; they stay there as long as the layout does."""
        ratio = self._view.devicePixelRatioF()
        for report in self._view.tile_report():
            key = SourceKey(report.camera_id, report.quality or Quality.SUB)
            picture = self._pool.picture(key)
            if report.tile and picture is not None:  # not 0: the selection's edge lies over it
                room = device_rect(self._view.tile_rect(report.tile), ratio)
                self._places[report.tile] = fitted(picture.width, picture.height, room)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._places and not self._due:
            self._due = True
            QTimer.singleShot(0, self._look)  # after the painting, when the display has been given the pixels
        return False

    def _look(self) -> None:
        self._due = False
        for report in self._view.tile_report():
            place = self._places.get(report.tile)
            if place is None or report.painted == self._painted.get(report.tile):
                continue
            self._painted[report.tile] = report.painted
            height = codeband.height(place.height()) - 2  # without its edges, where it mixes with the street
            strip = grab(place.x(), place.y() + 1, place.width(), height)
            seen_ms = time.time() * 1000
            line = np.broadcast_to(strip.mean(axis=0).astype(np.uint8), (codeband.HEIGHT_FRACTION, place.width()))
            band = codeband.read(line)
            if band is None:
                self.unreadable += 1
            elif band.counter != self._counters.get(report.tile):
                self._counters[report.tile] = band.counter
                self.samples.append(Sample(time.monotonic(), report.tile, seen_ms - band.unix_ms))


def grab(x: int, y: int, width: int, height: int) -> NDArray[np.uint8]:
    """What the display shows there, as grey (height x width)."""
    pixmap = QApplication.primaryScreen().grabWindow(0, x, y, width, height)
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()


class Run:
    """Attributes: `facts`, what the line of JSON says; `stops`, what it says of each stop of the cameras."""

    def __init__(self, simulator: SimulatorProcess, stage: WallStage, seconds: float, stops: list[str]) -> None:
        self.facts: dict[str, object] = {"tiles": TILES - 1, "seconds": seconds}
        self.stops: dict[str, dict[str, float | None]] = {}
        self._simulator = simulator
        self._stage = stage
        self._seconds = seconds
        self._stops = stops
        self._reader = Reader(stage)

    def steps(self) -> Steps:
        self._stage.show(QApplication.primaryScreen())
        yield Until("all tiles are live", self._all_live, LIVE_WITHIN_S)
        yield Pause(2)
        self._reader.find_bands()
        self._reader.samples.clear()
        yield Pause(self._seconds)
        self._sum_up(list(self._reader.samples))
        for how in self._stops:
            yield from self._stop(how)

    def _sum_up(self, samples: list[Sample]) -> None:
        part = min(60.0, self._seconds / 3)
        first = [s.ms for s in samples if s.at < samples[0].at + part]
        last = [s.ms for s in samples if s.at > samples[-1].at - part]
        times = sorted(s.ms for s in samples)
        drift = statistics.median(last) - statistics.median(first)
        self.facts |= {
            "pictures": len(times),
            "unreadable": self._reader.unreadable,
            "median_ms": round(statistics.median(times), 1),
            "p99_ms": round(times[int(0.99 * (len(times) - 1))], 1),
            "worst_ms": round(times[-1], 1),
            "drift_ms": round(drift, 1),
        }

    def _stop(self, how: str) -> Steps:
        self._begin(how)
        yield Pause(STOP_S)
        self._end(how)
        ended, samples = time.monotonic(), self._reader.samples
        samples.clear()

        def back() -> dict[int, float]:
            """When each tile first showed a picture under the bound."""
            first: dict[int, float] = {}
            for sample in samples:
                if sample.ms <= BOUND_MS:
                    first.setdefault(sample.tile, sample.at - ended)
            return first

        yield Until(f"all tiles under the bound after {how}", lambda: len(back()) == TILES - 1, BACK_LIMIT_S)
        under = back()
        samples.clear()
        yield Pause(2)
        after = [s.ms for s in samples]
        self.stops[how] = {
            "seconds_until_under": round(max(under.values()), 2) if len(under) == TILES - 1 else None,
            "median_after_ms": round(statistics.median(after), 1) if after else None,
        }

    def _begin(self, how: str) -> None:
        if how == "sigstop":
            os.kill(self._simulator.pid, signal.SIGSTOP)
            return
        for number in range(1, TILES + 1):
            self._simulator.set_fault(number, how, after_s=0.0)

    def _end(self, how: str) -> None:
        if how == "sigstop":
            os.kill(self._simulator.pid, signal.SIGCONT)
            return
        for number in range(1, TILES + 1):
            self._simulator.clear_fault(number)

    def _all_live(self) -> bool:
        reports = self._stage.view.tile_report()
        return sum(r.state is SourceState.LIVE and r.painted > 0 for r in reports) == TILES


def measure(seconds: float, stops: list[str]) -> dict[str, object]:
    with SimulatorProcess(cameras=TILES) as simulator, display((1920, 1080)):
        application = QApplication(["gwanje-latency"])
        application.setQuitOnLastWindowClosed(False)
        collector = QtThreadCollector(application)
        cameras = simulator.district.cameras
        stage = WallStage([StreamAddress(camera.sub_uri, simulator.credential) for camera in cameras])
        run = Run(simulator, stage, seconds, stops)
        runner = ScriptRunner(run.steps(), application.quit)
        QTimer.singleShot(0, runner.start)
        try:
            application.exec()
        finally:
            stage.close()
            collector.close()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            application.shutdown()
    return {**run.facts, "stops": run.stops, "errors": runner.errors}


def good(facts: dict[str, object]) -> bool:
    if facts["errors"] or float(str(facts["median_ms"])) > BOUND_MS or float(str(facts["drift_ms"])) > DRIFT_MS:
        return False
    times = [stop["seconds_until_under"] for stop in facts["stops"].values()]  # type: ignore[attr-defined]
    return all(time_back is not None and time_back <= BACK_WITHIN_S for time_back in times)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.latency", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--minutes", type=float, help="instead of --seconds")
    parser.add_argument("--stops", nargs="*", default=["silence"], choices=["silence", "drop", "sigstop"])
    args = parser.parse_args()
    facts = measure(60 * args.minutes if args.minutes else args.seconds, args.stops)
    print(json.dumps(facts), flush=True)
    return 0 if good(facts) else 1


if __name__ == "__main__":
    sys.exit(main())
