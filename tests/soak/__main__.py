"""Runs the soak and prints one line of JSON; every sample is a line of --out meanwhile, so that one may look.

Memory may grow by 2 % after the first five minutes. Exit 1 when it grows by more, when the wall ends by itself, or when
a camera that was there all the time was not live.
"""

import argparse
import json
import queue
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from tests.fakes.bench_server import bench_server

from .cameras import FlappingCamera
from .memory import Holding, growth_percent, holding

MOST_GROWTH = 2.0
WARM_UP_S = 300.0
EVERY_S = 10.0


class Wall:
    """The process under soak. Attributes: `pid`; `live`, the tiles that were live at each of its reports."""

    def __init__(self, uris: list[str]) -> None:
        self.live: list[list[int]] = []
        self.painted = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.wall"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(uris) + "\n")
        self._process.stdin.flush()
        self.pid = self._process.pid
        self._thread = threading.Thread(target=self._read, name="wall")
        self._thread.start()

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._thread.join()
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            self.live.append(told["live"])
            self.painted = told["painted"]


@contextmanager
def soaked(tiles: int) -> Iterator[tuple[Wall, FlappingCamera]]:
    """The last tile is the camera that comes and goes."""
    with bench_server(tiles - 1) as server:
        flapping = FlappingCamera()
        wall = Wall([*(server.uri(n) for n in range(1, tiles)), flapping.uri])
        try:
            yield wall, flapping
        finally:
            wall.end()
            flapping.end()


def soak(tiles: int, seconds: float, out: Path) -> tuple[dict[str, object], bool]:
    """What the last line says, and whether all is well. SIGINT and SIGTERM end it early, with what there is."""
    told: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: told.put(number))
    samples: list[Holding] = []
    with out.open("w", encoding="utf-8") as file, soaked(tiles) as (wall, flapping):
        began = time.monotonic()
        while wall.runs and told.empty() and time.monotonic() - began < seconds:
            time.sleep(EVERY_S)
            samples.append(holding(wall.pid, round(time.monotonic() - began, 1)))
            file.write(json.dumps(asdict(samples[-1])) + "\n")
            file.flush()
        ended_by_itself = not wall.runs
    facts = summary(tiles, samples, wall, seconds)
    facts |= {"flaps": flapping.flaps, "ended_by_itself": ended_by_itself}
    growth = facts["growth_percent"]
    well = (
        not ended_by_itself
        and isinstance(growth, float)
        and growth <= MOST_GROWTH
        and facts["steady_live_median"] == tiles - 1
    )
    return facts, well


def summary(tiles: int, samples: list[Holding], wall: Wall, seconds: float) -> dict[str, object]:
    """A run shorter than twenty minutes has a shorter warm-up."""
    warm_up = min(WARM_UP_S, seconds / 4)
    window = min(WARM_UP_S, seconds / 4)
    growth = {
        name: growth_percent(samples, name, warm_up, window) for name in ("rss", "pss", "memfd", "fds", "threads")
    }
    steady = [sum(tile < tiles - 1 for tile in live) for live in wall.live[3:]]
    known = [percent for name, percent in growth.items() if name in ("rss", "pss") and percent is not None]
    last = samples[-1] if samples else Holding(0, 0, 0, 0, 0, 0, 0)
    return {
        "minutes": round(last.at / 60, 1),
        "tiles": tiles,
        "steady_live_min": min(steady, default=0),
        "steady_live_median": statistics.median(steady) if steady else 0,
        "pictures": wall.painted,
        "growth_percent": round(max(known), 2) if known else None,
        **{f"{name}_growth_percent": None if p is None else round(p, 2) for name, p in growth.items()},
        "rss_mb": round(last.rss / 1e6),
        "pss_mb": round(last.pss / 1e6),
        "memfd_mb": round(last.memfd / 1e6),
        "fds": last.fds,
        "threads": last.threads,
        "processes": last.processes,
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=480.0)
    parser.add_argument("--tiles", type=int, default=25)
    parser.add_argument("--out", type=Path, default=Path("soak.jsonl"))
    args = parser.parse_args()
    facts, well = soak(args.tiles, 60 * args.minutes, args.out)
    line = json.dumps(facts)
    with args.out.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    print(line, flush=True)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
