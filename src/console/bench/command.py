"""`gwanje bench wall`: floor, wall, floor, in turns on the same streams."""

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from ...videowall.port import StreamAddress
from ..collector import QtThreadCollector
from ..demo.display import own_display
from .floor import Floor, measure_floor
from .report import wall_report
from .stage import WallStage
from .wall import WallFigures, WallMeasurement

DOUBTFUL = 0.15
"""Two floors of one run that differ by more are not comparable, and so is nothing else of that run."""


def bench_wall(
    addresses: Sequence[StreamAddress],
    *,
    engine: str,
    seconds: float,
    live_within_s: float,
    size: tuple[int, int],
    as_json: bool,
) -> int:
    """Prints the report. Returns 1 when not every tile was live at the end of the measurement."""
    before = measure_floor(addresses, seconds / 2, live_within_s)
    with display(size):
        figures = _measure_wall(addresses, engine, seconds, live_within_s)
    after = measure_floor(addresses, seconds / 2, live_within_s)
    _doubt(before, after)
    report = wall_report(len(addresses), figures, before.mean(after))
    sys.stdout.write(json.dumps(report.to_json()) + "\n" if as_json else report.to_table())
    return 0 if report.all_live else 1


def _doubt(before: Floor, after: Floor) -> None:
    """Says so when the same work did not cost the same twice."""
    if abs(before.cpu_percent - after.cpu_percent) > DOUBTFUL * max(before.cpu_percent, after.cpu_percent):
        sys.stderr.write(
            f"gwanje: plain decoding took {before.cpu_percent:.1f} % of a core before the wall and "
            f"{after.cpu_percent:.1f} % after it: the machine has other work, or the streams changed; measure again\n"
        )


@contextlib.contextmanager
def display(size: tuple[int, int]) -> Iterator[None]:
    """The display that is there, else one of its own."""
    if any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        yield
        return
    with own_display(*size):
        yield


def _measure_wall(addresses: Sequence[StreamAddress], engine: str, seconds: float, live_within_s: float) -> WallFigures:
    application = QApplication(["gwanje"])
    application.setQuitOnLastWindowClosed(False)
    collector = QtThreadCollector(application)  # as in the program
    stage = WallStage(addresses, engine)
    try:
        return WallMeasurement(stage, len(addresses), seconds, live_within_s).run(application)
    finally:
        stage.close()
        collector.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        application.shutdown()
