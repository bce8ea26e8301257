"""What all processes of the program hold, from Linux's /proc, and how that grew."""

import contextlib
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gwanje.console.bench.processes import program_processes


@dataclass(frozen=True)
class Holding:
    """At `at` seconds since the start. Sums over all processes, in bytes: `rss` counts shared pages in each process,
    `pss` once in all, `memfd` is the size of the memory files that pictures come in.
    """

    at: float
    rss: int
    pss: int
    memfd: int
    fds: int
    threads: int
    processes: int


def holding(root: int, at: float) -> Holding:
    """Of process `root` and its descendants; a process that ends meanwhile counts as far as it was read."""
    rss = pss = fds = threads = 0
    files: dict[int, int] = {}
    family = program_processes(root)
    for pid in family:
        folder = Path("/proc", str(pid))
        with contextlib.suppress(OSError):
            rolled = dict(line.split(":", 1) for line in (folder / "smaps_rollup").read_text().splitlines()[1:])
            rss += 1024 * int(rolled["Rss"].split()[0])
            pss += 1024 * int(rolled["Pss"].split()[0])
            threads += sum(1 for _ in (folder / "task").iterdir())
            for link in (folder / "fd").iterdir():
                fds += 1
                with contextlib.suppress(OSError):
                    if str(link.readlink()).startswith("/memfd:"):
                        facts = link.stat()
                        files[facts.st_ino] = 512 * facts.st_blocks
    return Holding(at, rss, pss, sum(files.values()), fds, threads, len(family))


def growth_percent(samples: Sequence[Holding], name: str, warm_up_s: float, window_s: float) -> float | None:
    """How much more of `name` there was at the end than after `warm_up_s`, each as the median over `window_s`.

    A camera that comes and goes makes every figure go up and down; a median over some of its rounds does not.
    None when the samples do not reach so far.
    """
    if not samples:
        return None
    end = samples[-1].at
    first = [getattr(s, name) for s in samples if warm_up_s <= s.at < warm_up_s + window_s]
    last = [getattr(s, name) for s in samples if s.at > end - window_s]
    if not first or end < warm_up_s + window_s:
        return None
    before = statistics.median(first)
    return 100 * (statistics.median(last) - before) / before
