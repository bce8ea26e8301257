"""The real wall with real streams on a display of its own."""

import os
import statistics
import time

import psutil

from gwanje.console.demo.display import own_display
from gwanje.domain.source_state import SourceState
from gwanje.domain.wall import DESK, WindowArrangement
from gwanje.simulator.process import SimulatorProcess

from .floor import cpu_seconds

LIVE_WITHIN_S = 30.0
SETTLE_S = 2.0
SUB_FPS = 15.0


def measure(simulator: SimulatorProcess, seconds: float) -> dict[str, object]:
    """In a process of its own, since Qt ends with its display."""
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    reader, writer = context.Pipe(duplex=False)
    worker = context.Process(
        target=_measure, args=(writer, simulator.district, simulator.user, simulator.password, seconds)
    )
    worker.start()
    try:
        return reader.recv()
    finally:
        worker.join()


def _measure(writer, district, user: str, password: str, seconds: float) -> None:
    with own_display(1920, 1080):
        writer.send(_on_display(district, user, password, seconds))


def _on_display(district, user: str, password: str, seconds: float) -> dict[str, object]:
    from PySide6.QtWidgets import QApplication

    from gwanje.console.watchdog import StallWatch
    from gwanje.domain.credentials import Credential
    from gwanje.videowall import SourcePool, WallView
    from gwanje.videowall.port import StreamAddress

    application = QApplication([])
    cameras = {c.id: c for c in district.cameras}
    credential = Credential(user, password)
    pool = SourcePool(lambda key, answer: answer(StreamAddress(cameras[key.camera_id].sub_uri, credential)))
    view = WallView(DESK, pool, lambda command: None)
    view.set_cameras(cameras)
    view.resize(1920, 1080)
    layout = next(n for n in ("1", "4", "9", "16", "25") if int(n) >= len(cameras))
    view.set_arrangement(WindowArrangement(layout, tuple(cameras)))
    watch = StallWatch()
    view.show()
    began = time.monotonic()

    def run(until) -> None:
        while not until():
            application.processEvents()
            time.sleep(0.001)

    def live() -> int:
        return sum(r.state is SourceState.LIVE and r.painted > 0 for r in view.tile_report())

    run(lambda: live() == len(cameras) or time.monotonic() - began > LIVE_WITHIN_S)
    painted = [r.first_painted_at for r in view.tile_report() if r.first_painted_at is not None]
    all_live_s = round(max(painted) - began, 2) if live() == len(cameras) else None
    settled = time.monotonic() + SETTLE_S
    run(lambda: time.monotonic() > settled)
    watch.reset()
    me = psutil.Process(os.getpid())
    pids = [me.pid, *(c.pid for c in me.children(recursive=True) if c.name() != "Xvfb")]
    counts = {r.tile: r.painted for r in view.tile_report()}
    before, start = cpu_seconds(pids), time.monotonic()
    from PySide6.QtCore import QTimer

    QTimer.singleShot(int(seconds * 1000), lambda: application.exit(0))
    application.exec()  # the program's own loop, not ours, is what costs
    elapsed, used = time.monotonic() - start, cpu_seconds(pids) - before
    rates = [(r.painted - counts[r.tile]) / elapsed for r in view.tile_report()]
    delays = sorted(r.delay for r in view.tile_report() if r.delay is not None)
    figures = {
        "tiles": len(cameras),
        "live": live(),
        "seconds_to_all_live": all_live_s,
        "cpu_percent": round(100 * used / elapsed, 1),
        "shown_ratio": round(sum(rates) / (SUB_FPS * len(cameras)), 3),
        "fps_min": round(min(rates), 2),
        "fps_median": round(statistics.median(rates), 2),
        "longest_stall_ms": round(1000 * watch.longest_s, 1),
        "latency_median_ms": round(1000 * statistics.median(delays), 1) if delays else None,
        "rss_mb": round(sum(psutil.Process(p).memory_info().rss for p in pids) / 1e6),
        "processes": len(pids),
    }
    view.close()
    pool.close()
    return figures
