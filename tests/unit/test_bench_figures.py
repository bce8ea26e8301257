"""The arithmetic of the benchmark: what came, what was shown, what it is held against."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from gwanje.console.bench.arrivals import Arrivals
from gwanje.console.bench.floor import Floor
from gwanje.console.bench.histogram import Histogram
from gwanje.console.bench.processes import cpu_between, program_processes
from gwanje.console.bench.report import wall_report
from gwanje.console.bench.stage import smallest_layout
from gwanje.console.bench.wall import WallFigures
from gwanje.domain.cameras import CameraId
from gwanje.domain.errors import GwanjeError
from gwanje.domain.layouts import ALL_LAYOUTS
from gwanje.videowall.port import SourceKey, SourceStatistics

KEY, OTHER = SourceKey(CameraId("a")), SourceKey(CameraId("b"))
WALL = WallFigures(
    live=4,
    all_live_s=1.234,
    cpu_percent=30.0,
    painted=59.4,
    arrived=60.0,
    fps=(15.0, 14.9, 14.8, 14.7),
    tick_p99_s=0.0201,
    longest_stall_s=0.0123,
    latency_p50_s=0.02,
    latency_p99_s=None,
    rss=200_400_000,
    processes=3,
)
FLOOR = Floor(opened=4, pictures=60.0, cpu_percent=20.0)


def counted(at: float, packets: int, size: int = 0) -> SourceStatistics:
    return SourceStatistics(packets=packets, frames=packets, bytes=size or packets * 100, counted_at=at)


def test_percentiles_are_met_to_the_step():
    times = Histogram()
    assert times.percentile(50) is None
    for milliseconds in range(1, 101):
        times.add(milliseconds / 1000)
    assert times.percentile(50) == pytest.approx(0.050, abs=2 * Histogram.STEP_S)
    assert times.percentile(99) == pytest.approx(0.099, abs=2 * Histogram.STEP_S)
    times.add(3600)
    assert times.percentile(100) == pytest.approx(10.0, abs=2 * Histogram.STEP_S)
    times.clear()
    assert times.count == 0 and times.percentile(99) is None


def test_arrivals_are_counted_between_counts_not_between_looks():
    came = Arrivals()
    came.feed(KEY, counted(100.0, 40))
    came.begin()
    came.feed(KEY, counted(101.0, 55))
    came.feed(KEY, counted(103.0, 85))
    came.feed(OTHER, counted(101.0, 10))
    came.feed(OTHER, counted(102.0, 20))
    assert came.per_second() == pytest.approx(15.0 + 10.0)


def test_a_new_session_counts_on():
    came = Arrivals()
    for statistics in (counted(1.0, 15), counted(2.0, 30), SourceStatistics(), counted(5.0, 10), counted(6.0, 25)):
        came.feed(KEY, statistics)
    assert came.total(KEY) == (55, 5500)
    assert came.total(OTHER) == (0, 0)


def test_the_report_says_what_was_measured():
    report = wall_report(4, WALL, FLOOR)
    assert report.to_json() == {
        "tiles": 4,
        "live": 4,
        "cpu_percent": 30.0,
        "floor_cpu_percent": 20.0,
        "ratio": 1.5,
        "shown_ratio": 0.99,
        "fps_min": 14.7,
        "fps_median": 14.85,
        "seconds_to_all_live": 1.23,
        "tick_p99_ms": 20.1,
        "longest_stall_ms": 12.3,
        "latency_p50_ms": 20.0,
        "latency_p99_ms": None,
        "rss_mb": 200,
        "processes": 3,
    }
    assert report.all_live
    assert [line.split()[0] for line in report.to_table().splitlines()] == list(report.to_json())


def test_a_wall_that_takes_fewer_pictures_than_were_sent_is_not_flattered():
    """When the network backs up, what arrives is what the wall could take."""
    late = wall_report(4, replace(WALL, painted=30.0, arrived=30.0), FLOOR)
    assert late.shown_ratio == 0.5


def test_a_floor_without_every_stream_is_none():
    report = wall_report(4, WALL, replace(FLOOR, opened=3, pictures=1000.0))
    assert (report.floor_cpu_percent, report.ratio) == (None, None)
    assert report.shown_ratio == 0.99
    nothing = wall_report(4, replace(WALL, live=0, painted=0.0, arrived=0.0, fps=()), Floor(0, 0.0, 0.0))
    assert nothing.shown_ratio is None and not nothing.all_live


def test_the_floor_is_the_mean_of_before_and_after():
    assert FLOOR.mean(Floor(3, 40.0, 30.0)) == Floor(3, 50.0, 25.0)


@pytest.mark.parametrize(
    ("tiles", "layout"), [(1, "1"), (2, "4"), (9, "9"), (10, "16"), (25, "25"), (26, "36"), (49, "64"), (100, "100")]
)
def test_the_smallest_grid_that_holds_them(tiles: int, layout: str):
    assert smallest_layout(tiles) == layout


def test_more_tiles_than_any_layout_has():
    with pytest.raises(GwanjeError, match="no layout"):
        smallest_layout(max(len(layout.cells) for layout in ALL_LAYOUTS.values()) + 1)


def test_processes_are_this_one_and_its_descendants_without_the_display():
    """A child that burns, and one of the child's; a display server is the machine's, not the program's."""
    burn = "import subprocess, sys, time\nuntil = time.process_time() + 0.3\nwhile time.process_time() < until: pass\n"
    bear = "inner = subprocess.Popen(['sleep', '60'])\nprint(inner.pid, flush=True)\n"
    child = f"{burn}{bear}sys.stdin.read()\ninner.kill()\ninner.wait()"
    before = program_processes()
    process = subprocess.Popen([sys.executable, "-c", child], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        inner = int(process.stdout.readline())
        after = program_processes()
    finally:
        process.communicate()
    assert {os.getpid(), process.pid, inner} <= set(after)
    assert inner not in before and not any(p.name == "Xvfb" for p in after.values())
    burnt = cpu_between({}, {process.pid: after[process.pid]})
    assert burnt >= 0.25
    assert cpu_between(before, after) >= burnt, "a process that came in between counts from its start"
    assert cpu_between(after, after) == 0
    assert after[os.getpid()].rss > 1_000_000
