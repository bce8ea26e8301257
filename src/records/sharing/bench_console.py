"""One console of `records bench`, a process of its own: a journal, a copier, a follower, and an operator who acts.

It speaks JSON lines: what it is to do comes first on standard input; then it says "ready", waits for a line, acts, says
what it "wrote" when all of it is shared, waits for the number of rows there are in all, and says what it "saw".
"""

import json
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from ...domain.audit import AuditEntry, Outcome
from ...domain.sharing import Sharing, SharingState
from ..store import bring_up, database_url, open_records, shared_database
from . import Copier, Follower

_PATIENCE_S = 120.0


class _Given:
    """The one password that this process was given."""

    kind = "file"

    def __init__(self, password: str | None) -> None:
        self._password = password

    def get(self, key: str) -> str | None:
        return self._password

    def put(self, key: str, secret: str) -> None:
        raise NotImplementedError

    def delete(self, key: str) -> None:
        raise NotImplementedError


class _Seen:
    """What the follower brought: how often each row, in which order, and how late the others' came (milliseconds)."""

    def __init__(self, own: str) -> None:
        self._own = own
        self._more = threading.Condition()
        self._ids: set[str] = set()
        self._newest: dict[str, int] = {}
        self.duplicated = 0
        self.disordered = 0
        self.late_ms: Counter[int] = Counter()

    def take(self, rows: list[AuditEntry]) -> None:
        now = time.time()
        with self._more:
            for row in rows:
                self.duplicated += str(row.id) in self._ids
                self._ids.add(str(row.id))
                self.disordered += row.number != self._newest.get(row.console, 0) + 1
                self._newest[row.console] = row.number
                if row.console != self._own:
                    self.late_ms[int(1000 * (now - row.at.timestamp()))] += 1
            self._more.notify_all()

    def wait_for(self, count: int) -> int:
        with self._more:
            self._more.wait_for(lambda: len(self._ids) >= count, _PATIENCE_S)
            return len(self._ids)


def main() -> None:
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    records = open_records(database_url(Path(order["folder"])))
    shared = [shared_database(order["url"], _Given(order["password"])) for _ in range(2)]
    bring_up(shared[0])
    all_shared, latest = threading.Event(), threading.Lock()

    def told(sharing: Sharing) -> None:
        with latest:
            all_shared.set() if sharing.state is SharingState.SHARED else all_shared.clear()

    seen = _Seen(records.console_id)
    copier, follower = Copier(records.database, shared[0], told), Follower(shared[1], seen.take)
    try:
        _say({"ready": records.console_id})
        sys.stdin.readline()
        written, slowest_s = _act(records, copier, order["seconds"], order["rate"])
        deadline = time.monotonic() + _PATIENCE_S
        while _behind(records.audit.latest(1), shared[0], records.console_id) and time.monotonic() < deadline:
            copier.wake()
            all_shared.wait(0.05)
        _say({"written": written, "slowest_ms": round(1000 * slowest_s, 1)})
        total = int(sys.stdin.readline())
        _say(
            {
                "seen": seen.wait_for(total),
                "duplicated": seen.duplicated,
                "disordered": seen.disordered,
                "late_ms": seen.late_ms,
            }
        )
    finally:
        follower.close()
        copier.close()
        for database in shared:
            database.close()
        records.close()


def _act(records: Any, copier: Copier, seconds: float, rate: float) -> tuple[int, float]:
    """Actions at an even pace, each of two rows that are on disk before the next; the slowest append in seconds."""
    began, written, slowest = time.monotonic(), 0, 0.0
    while (due := began + written / (2 * rate)) < began + seconds:
        time.sleep(max(0.0, due - time.monotonic()))
        if time.monotonic() > began + seconds:
            break
        action = uuid4()
        for outcome in (Outcome.REQUESTED, Outcome.SUCCEEDED):
            entry = AuditEntry(
                uuid4(),
                action,
                datetime.now(UTC),
                records.console_id,
                "bench",
                "bench",
                "ptz.move",
                outcome,
                "camera",
                {"pan": 0.5, "tilt": 0},
            )
            at = time.monotonic()
            records.audit.append([entry])
            slowest = max(slowest, time.monotonic() - at)
            copier.wake()
            written += 1
    return written, slowest


def _behind(newest: list[AuditEntry], shared: Any, console: str) -> bool:
    from ._rows import newest_numbers

    with shared.read() as connection:
        there = newest_numbers(connection, shared.centre).get(console, 0)
    return bool(newest) and newest[0].number > there


def _say(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
