"""Runs `gwanje bench wall` on cameras of a server that is not ours and prints one table, or JSON lines.

`make bench BENCH="--engines ffmpeg vlc --seconds 20"` passes arguments on.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from typing import Any

import psutil

from tests.fakes.bench_server import BenchServer, bench_server

CASES = ("9 sub", "25 sub", "64 sub", "4 main")
_COLUMNS = {
    "ratio": "ratio",
    "shown": "shown_ratio",
    "cpu %": "cpu_percent",
    "floor %": "floor_cpu_percent",
    "live": "live",
    "fps min": "fps_min",
    "all live s": "seconds_to_all_live",
    "tick p99": "tick_p99_ms",
    "stall ms": "longest_stall_ms",
    "late p50": "latency_p50_ms",
    "late p99": "latency_p99_ms",
    "rss MB": "rss_mb",
    "server %": "server_cpu_percent",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--cases", nargs="+", default=list(CASES), metavar="CASE", help='such as "25 sub" "4 main"')
    parser.add_argument("--engines", nargs="+", default=["ffmpeg", "vlc"])
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--from-key-frame", action="store_true", help="the cameras give a key frame at once")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    most = max(int(case.split()[0]) for case in args.cases)
    with_main = any(case.endswith("main") for case in args.cases)
    with bench_server(most, main=with_main, from_key_frame=args.from_key_frame) as server:
        if not args.json:
            print("case".ljust(16) + "".join(f"{name:>11}" for name in _COLUMNS), flush=True)
        for engine in args.engines:
            for case in args.cases:
                tiles, name = case.split()
                figures = measure(server, int(tiles), name, engine, args.seconds)
                print(json.dumps(figures) if args.json else _row(case, engine, figures), flush=True)
    return 0


def measure(server: BenchServer, tiles: int, name: str, engine: str, seconds: float) -> dict[str, Any]:
    """One run in a process and on a display of its own. The figures of `gwanje bench wall`, and the server's cost."""
    command = [sys.executable, "-m", "gwanje.console", "bench", "wall", "--json"]
    command += ["--tiles", str(tiles), "--engine", engine, "--seconds", str(seconds)]
    command += ["--url-template", server.template(name)]
    own_display = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    began, before = time.monotonic(), _cpu_s(server)
    ran = subprocess.run(command, capture_output=True, text=True, env=own_display)
    elapsed, used = time.monotonic() - began, _cpu_s(server) - before
    if not ran.stdout:
        raise RuntimeError(f"gwanje bench wall said: {ran.stderr}")
    sys.stderr.write(ran.stderr)
    about = {"engine": engine, "streams": name}
    return {**about, **json.loads(ran.stdout), "server_cpu_percent": round(100 * used / elapsed, 1)}


def _cpu_s(server: BenchServer) -> float:
    times = psutil.Process(server.pid).cpu_times()
    return times.user + times.system


def _row(case: str, engine: str, figures: dict[str, Any]) -> str:
    cells = (figures[name] for name in _COLUMNS.values())
    return f"{case} {engine}".ljust(16) + "".join(f"{'-' if cell is None else cell!s:>11}" for cell in cells)


if __name__ == "__main__":
    sys.exit(main())
