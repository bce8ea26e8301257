"""What the processes of a program cost, read from Linux's /proc."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...domain.errors import GwanjeError

_PROC = Path("/proc")
_DISPLAY_SERVERS = frozenset({"Xvfb"})
"""What a headless run starts for itself: part of the machine, not of the program."""


@dataclass(frozen=True, slots=True)
class ProcessCost:
    """`cpu_s`: seconds of processor time so far, user and system. `rss`: bytes in memory, shared ones included."""

    pid: int
    parent: int
    name: str
    cpu_s: float
    rss: int


def program_processes(root: int | None = None) -> dict[int, ProcessCost]:
    """`root` (this process unless told otherwise) and all its descendants by id, without display servers.

    Raises GwanjeError where there is no /proc.
    """
    if not (_PROC / "self" / "stat").exists():
        raise GwanjeError("the cost of processes can be measured on Linux only", place="/proc")
    everything = {process.pid: process for process in _all()}
    family = {root if root is not None else os.getpid()}
    while grown := {p.pid for p in everything.values() if p.parent in family} - family:
        family |= grown
    return {pid: p for pid, p in everything.items() if pid in family and p.name not in _DISPLAY_SERVERS}


def cpu_between(before: dict[int, ProcessCost], after: dict[int, ProcessCost]) -> float:
    """Seconds of processor time used between two looks; a process that came in between counts from its start."""
    return sum(p.cpu_s - (before[pid].cpu_s if pid in before else 0.0) for pid, p in after.items())


def _all() -> Iterator[ProcessCost]:
    tick, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    for folder in _PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            text = (folder / "stat").read_text(errors="replace")
        except OSError:
            continue  # gone meanwhile
        # proc(5): pid (name) state parent ..., and the name may hold blanks and brackets
        head, _, rest = text.rpartition(")")
        fields = rest.split()
        cpu_s = (int(fields[11]) + int(fields[12])) / tick
        yield ProcessCost(int(folder.name), int(fields[1]), head.partition("(")[2], cpu_s, int(fields[21]) * page)
