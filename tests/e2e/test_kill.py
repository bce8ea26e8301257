"""kill -9 of the console at any moment loses no audit row that was acknowledged: fifty times, on profiles that live on.

Acknowledged is what the recorder's `written` has said; each kill is followed by a look at a copy of the database, so
that it is the next console, and not the test, that finds the files as the kill left them.
"""

import json
import os
import random
import selectors
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import psutil
import pytest

from gwanje.domain.audit import AuditEntry, Outcome
from gwanje.domain.wall import WallArrangement
from gwanje.records import database_url, open_records
from tests.e2e.kill_program import OPERATOR
from tests.support.console import EVERY_ROLE, PASSWORD, small_district

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
MOMENTS: dict[str, tuple[bytes, float]] = {
    # What is counted from (a line of the program), and the latest moment after it, in seconds.
    "start-up": (b"", 1.2),
    "sign-in": (b"ack ", 0.5),
    "work": (b" succeeded ", 0.5),
    "work with windows": (b" succeeded ", 0.8),
}


@dataclass
class Seen:
    """What the killed console said. `loaded` and `walls` are arrangements as JSON."""

    loaded: object | None = None
    walls: list[object] = field(default_factory=list)
    acks: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass
class Life:
    """What must be so in the profile after all kills until now."""

    folder: Path
    acks: list[tuple[int, str, str]] = field(default_factory=list)
    walls: list[object] = field(default_factory=lambda: [WallArrangement().to_json()])
    closed_up_to: int = 0
    rows_before: int = 0
    unknown: int = 0
    kept: object = field(default_factory=lambda: WallArrangement().to_json())


def run_and_kill(folder: Path, kind: str, moments: random.Random) -> Seen:
    windows = "windows" if kind == "work with windows" else "core"
    counted_from, latest = MOMENTS[kind]
    errors = folder.parent / "stderr.txt"
    with errors.open("a") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.kill_program", str(folder), str(moments.randrange(2**32)), windows],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )
    try:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(f"{PASSWORD}\n".encode())
        process.stdin.close()
        received = b""
        give_up_at = time.monotonic() + PATIENCE_S
        kill_at = None if counted_from else time.monotonic() + moments.uniform(0, latest)
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while kill_at is None or time.monotonic() < kill_at:
                assert time.monotonic() < give_up_at, f"no row was acknowledged\n{errors.read_text()[-3000:]}"
                left = 1.0 if kill_at is None else max(0.0, kill_at - time.monotonic())
                if selector.select(left):
                    part = os.read(process.stdout.fileno(), 1 << 16)
                    assert part, f"the console ended by itself\n{errors.read_text()[-3000:]}"
                    received += part
                    if kill_at is None and counted_from in received:
                        kill_at = time.monotonic() + moments.uniform(0, latest)
        children = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGKILL)
        received += process.stdout.read()  # what it had written before
        assert process.wait(30) == -signal.SIGKILL
        process.stdout.close()
        _, alive = psutil.wait_procs(children, timeout=15)
        assert alive == [], "decoders outlive the console"
        assert "Traceback" not in errors.read_text()
        return _understood(received)
    finally:
        process.kill()  # when something above went wrong
        process.wait(30)


def _understood(received: bytes) -> Seen:
    seen = Seen()
    for line in received.decode().split("\n")[:-1]:
        word, _, rest = line.partition(" ")
        if word == "ready":
            seen.loaded = json.loads(rest)
        elif word == "wall":
            seen.walls.append(json.loads(rest))
        elif word == "ack":
            seq, row, outcome, _ = rest.split(" ")
            seen.acks.append((int(seq), row, outcome))
    return seen


def look_into_a_copy(folder: Path) -> tuple[list[AuditEntry], object]:
    """The audit rows and the kept arrangement; the profile itself is left for the next console to find."""
    copy = folder.parent / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for file in folder.glob("records.db*"):
        if not file.name.endswith("-shm"):  # an index of the other file, rebuilt by whoever opens it
            shutil.copy(file, copy)
    with closing(sqlite3.connect(copy / "records.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    records = open_records(database_url(copy))
    try:
        return records.audit.read(limit=10**7), records.settings.load("wall", "arrangement")
    finally:
        records.close()


def check(life: Life, seen: Seen) -> None:
    rows, kept = look_into_a_copy(life.folder)
    there = {(r.seq, str(r.id), str(r.outcome)) for r in rows}
    assert [a for a in life.acks + seen.acks if a not in there] == [], "acknowledged rows are lost"
    assert [r.seq for r in rows] == list(range(1, len(rows) + 1)), "a number is left out"
    numbers = [seq for seq, _, _ in seen.acks]
    assert numbers == sorted(set(numbers)), "rows were not acknowledged in order"
    life.acks += seen.acks

    of_action: dict[UUID, list[AuditEntry]] = defaultdict(list)
    for row in rows:
        of_action[row.action_id].append(row)
    for action in of_action.values():
        assert action[0].outcome is Outcome.REQUESTED
        assert len(action) <= 2 and all(r.outcome is not Outcome.REQUESTED for r in action[1:]), action
    if seen.loaded is not None:
        life.closed_up_to = life.rows_before  # this console had started: it closed what it found open
        assert seen.loaded == life.kept, "the wall did not come back as it was kept"
    for action in of_action.values():
        if action[0].seq <= life.closed_up_to:
            assert len(action) == 2, f"left open by an earlier kill and never closed: {action}"
    unknown = [r for r in rows if r.outcome is Outcome.UNKNOWN]
    # Of earlier consoles only; one that was killed in its start-up may have closed them before it could say so.
    assert all(of_action[r.action_id][0].seq <= life.rows_before for r in unknown)
    life.unknown, life.rows_before = len(unknown), len(rows)

    life.walls += seen.walls
    if kept is not None:
        WallArrangement.from_json(kept)
        assert kept in life.walls, "an arrangement is kept that never was"
        life.kept = kept


@pytest.mark.parametrize("turn", range(5))
def test_no_acknowledged_row_is_lost(tmp_path: Path, turn: int) -> None:
    """Ten kills of consoles on one profile; one of them has windows and decoders."""
    seed = random.randrange(2**32)
    moments = random.Random(seed)
    folder = tmp_path / "profile"
    folder.mkdir(mode=0o700)
    records = open_records(database_url(folder))
    district = small_district()
    records.directory.put(district.departments, district.sites, district.cameras)
    records.operators.add(OPERATOR, PASSWORD, EVERY_ROLE)
    records.close()
    life = Life(folder)
    kinds = ["work"] * 6 + ["start-up", "sign-in", "work with windows"]
    moments.shuffle(kinds)
    kinds.append("work")  # each but the last is followed by a console that has to start on what it left
    for number, kind in enumerate(kinds):
        try:
            check(life, run_and_kill(folder, kind, moments))
        except AssertionError as error:
            raise AssertionError(f"seed {seed}, kill {number + 1} ({kind}): {error}") from None
    assert len(life.acks) > 200, "too little was going on"
    assert life.unknown > 0, "no kill came in the middle of an action"
    assert life.kept != WallArrangement().to_json()
