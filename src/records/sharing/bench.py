"""`records bench`: consoles as real processes on one shared database: rows a second, and how soon others see them.

The rows are written under a centre of their own, `bench-...`, and stay there: audit rows are never deleted.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from ...domain.errors import RecordsError
from ...domain.ports import SecretStore
from ..store import parse, secret_name

_PATIENCE_S = 180.0


def bench(url: str, consoles: int, seconds: float, rate: float, secrets: SecretStore) -> dict[str, float]:
    """See the package `maintenance`."""
    password = secrets.get(secret_name(url))
    centre = f"bench-{uuid4().hex[:12]}"
    own = parse(url).update_query_dict({"centre": centre}).render_as_string(hide_password=False)
    with tempfile.TemporaryDirectory(prefix="gwanje-bench-") as folder:
        processes = [_start() for _ in range(consoles)]
        try:
            for number, process in enumerate(processes):
                place = str(Path(folder) / str(number))
                _tell(process, {"url": own, "password": password, "folder": place, "seconds": seconds, "rate": rate})
                if number == 0:  # one makes the tables and the centre before the others look for them
                    _hear([process])
            _hear(processes[1:])
            began = time.monotonic()
            for process in processes:
                _tell(process, "go")
            wrote = _hear(processes)
            took = time.monotonic() - began
            total = sum(int(w["written"]) for w in wrote)
            for process in processes:
                _tell(process, total)
            saw = _hear(processes)
        finally:
            for process in processes:
                _end(process)
    late: Counter[int] = Counter()
    for s in saw:
        late.update({int(ms): count for ms, count in s["late_ms"].items()})
    return {
        "consoles": consoles,
        "seconds": round(took, 1),
        "rows": total,
        "durable_rows_per_second": round(total / seconds, 1),
        "slowest_append_ms": max(w["slowest_ms"] for w in wrote),
        "visible_p50_ms": _percentile(late, 0.5),
        "visible_p99_ms": _percentile(late, 0.99),
        "lost": sum(max(0, total - s["seen"]) for s in saw),
        "duplicated": sum(s["duplicated"] for s in saw),
        "disordered": sum(s["disordered"] for s in saw),
    }


def _start() -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "gwanje.records.sharing.bench_console"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own


def _tell(process: "subprocess.Popen[str]", message: object) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(json.dumps(message) + "\n")
        process.stdin.flush()
    except BrokenPipeError:
        raise _one_ended() from None


def _hear(processes: Sequence["subprocess.Popen[str]"]) -> list[dict[str, Any]]:
    """The next line of each. A process that hangs is ended by its own patience."""
    heard = []
    for process in processes:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise _one_ended()
        heard.append(json.loads(line))
    return heard


def _end(process: "subprocess.Popen[str]") -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _one_ended() -> RecordsError:
    return RecordsError("a console of the bench has ended", place="bench", cure="see what it wrote above")


def _percentile(counts: Counter[int], part: float) -> int:
    """Milliseconds within which that part of the rows was seen; 0 without any."""
    wanted, passed = part * sum(counts.values()), 0
    for ms in sorted(counts):
        passed += counts[ms]
        if passed >= wanted:
            return ms
    return 0
