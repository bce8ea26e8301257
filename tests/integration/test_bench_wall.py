"""`gwanje bench wall` as a script calls it, on cameras of a server that is not ours."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.fakes.bench_server import BenchServer, bench_server
from tests.fakes.real_camera import unused_port

GWANJE = str(Path(sys.executable).with_name("gwanje"))
CONTRACT = [
    "tiles",
    "live",
    "cpu_percent",
    "floor_cpu_percent",
    "ratio",
    "shown_ratio",
    "fps_min",
    "fps_median",
    "seconds_to_all_live",
    "tick_p99_ms",
    "longest_stall_ms",
    "latency_p50_ms",
    "latency_p99_ms",
    "rss_mb",
    "processes",
]


@pytest.fixture(scope="module")
def cameras() -> Iterator[BenchServer]:
    with bench_server(4, key_s=1.0, from_key_frame=True) as server:
        yield server


def bench(template: str, *arguments: str, typed: str = "", display: bool = True) -> "subprocess.CompletedProcess[str]":
    environment = {k: v for k, v in os.environ.items() if display or k not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [GWANJE, "bench", "wall", "--url-template", template, *arguments]
    return subprocess.run(command, input=typed, capture_output=True, text=True, timeout=120, env=environment)


def test_the_figures_of_the_contract(cameras: BenchServer):
    ran = bench(cameras.template(), "--tiles", "3", "--seconds", "3", "--wait", "60", "--json", display=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("\n") == 1
    figures = json.loads(ran.stdout)
    assert list(figures) == CONTRACT
    assert (figures["tiles"], figures["live"]) == (3, 3)
    assert figures["processes"] >= 2, "the window's and at least one decoder's; not the display's"
    assert figures["cpu_percent"] > 0 and figures["floor_cpu_percent"] > 0
    assert figures["ratio"] == pytest.approx(figures["cpu_percent"] / figures["floor_cpu_percent"], rel=0.05)
    assert 0.3 < figures["shown_ratio"] < 1.2, "fifteen pictures a second, whatever the machine is doing"
    assert 0 < figures["fps_min"] <= figures["fps_median"] < 20
    assert 0 < figures["seconds_to_all_live"] <= 60
    assert figures["tick_p99_ms"] > 5 and figures["longest_stall_ms"] >= 0
    assert 0 < figures["latency_p50_ms"] <= figures["latency_p99_ms"]
    assert figures["rss_mb"] > 50


def test_a_tile_that_never_becomes_live_is_a_report_and_exit_1(cameras: BenchServer):
    """Numbers 4 and 5, of which the server has the first only; on the display that is there; as a table."""
    arguments = ("--tiles", "2", "--first", "4", "--seconds", "1", "--wait", "5")
    ran = bench(cameras.template(), *arguments)
    assert ran.returncode == 1, ran.stderr
    table = dict(line.split() for line in ran.stdout.splitlines())
    assert list(table) == CONTRACT
    assert (table["tiles"], table["live"]) == ("2", "1")
    assert table["seconds_to_all_live"] == "-" and table["ratio"] == "-"
    assert float(table["fps_min"]) == 0


def test_nobody_there(cameras: BenchServer):
    template = f"rtsp://127.0.0.1:{unused_port()}/cam{{n}}"
    ran = bench(
        template,
        "--tiles",
        "2",
        "--seconds",
        "1",
        "--wait",
        "1",
        "--json",
        "--user",
        "u",
        "--password-stdin",
        typed="hush\n",
    )
    assert ran.returncode == 1, ran.stderr
    figures = json.loads(ran.stdout)
    assert (figures["live"], figures["shown_ratio"], figures["floor_cpu_percent"]) == (0, None, None)
    assert "hush" not in ran.stdout + ran.stderr


def test_ended_while_the_wall_is_up_it_leaves_nothing_running(cameras: BenchServer):
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [
        GWANJE,
        "bench",
        "wall",
        "--tiles",
        "2",
        "--url-template",
        cameras.template(),
        "--seconds",
        "2",
        "--json",
    ]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        started = _decoders_of_a_wall(psutil.Process(program.pid))
        program.send_signal(signal.SIGTERM)
        said, errors = program.communicate(timeout=30)
    finally:
        program.kill()
        program.wait()
    assert (program.returncode, said) == (1, ""), errors
    assert "Traceback" not in errors
    _, left = psutil.wait_procs(started, timeout=10)
    assert not left


def _decoders_of_a_wall(program: psutil.Process) -> list[psutil.Process]:
    """The children, once a worker runs: then the event loop does."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        children = program.children(recursive=True)
        with contextlib.suppress(psutil.NoSuchProcess):  # plain decoding has just ended
            if any("gwanje.videowall.engine.worker" in child.cmdline() for child in children):
                return children
        time.sleep(0.05)
    raise AssertionError("no wall within a minute")
