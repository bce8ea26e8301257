"""Processes that are killed, that start together and that write together: no acknowledged row is ever lost.

Run as a program this file is the child: CHILD ROLE ARGUMENT..., acknowledging on stdout.
"""

import os
import random
import selectors
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from gwanje.domain.audit import AuditEntry, Outcome
from gwanje.records import database_url, open_records
from gwanje.records._secret_file import FileSecretStore


def child(role: str, *arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, __file__, role, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)


def acknowledged_until_killed(process: "subprocess.Popen[bytes]", seconds: float) -> list[str]:
    """Kill the child `seconds` after its first line; every whole line that it wrote until then."""
    assert process.stdout is not None
    received, kill_at = b"", None
    give_up_at = time.monotonic() + 60
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while kill_at is None or (left := kill_at - time.monotonic()) > 0:
            assert time.monotonic() < give_up_at, "the child acknowledged nothing"
            if selector.select(5 if kill_at is None else left):
                part = os.read(process.stdout.fileno(), 1 << 16)
                assert part, "the child ended by itself"
                received += part
                kill_at = kill_at or time.monotonic() + seconds
    process.send_signal(signal.SIGKILL)
    received += process.stdout.read()
    assert process.wait(30) == -signal.SIGKILL
    process.stdout.close()
    assert process.stdin is not None
    process.stdin.close()
    return received.decode().split("\n")[:-1]


def assert_sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_kill_9_loses_no_acknowledged_row(tmp_path: Path) -> None:
    """Twenty writers on one database, killed at random moments."""
    seed = random.randrange(2**32)
    moments = random.Random(seed)
    acknowledged: list[str] = []
    for _ in range(20):
        lines = acknowledged_until_killed(child("append", database_url(tmp_path)), moments.uniform(0, 0.15))
        acknowledged += lines
        assert_sound(tmp_path / "records.db")
    records = open_records(database_url(tmp_path))
    rows = records.audit.read(limit=10**6)
    records.close()
    there = {f"{e.seq} {e.id}" for e in rows}
    assert [line for line in acknowledged if line not in there] == [], f"seed {seed}"
    # A batch that was not acknowledged is there as a whole or not at all, and no number is left out.
    assert len(rows) % 3 == 0
    assert [e.seq for e in rows] == list(range(1, len(rows) + 1))
    assert len(acknowledged) >= 60


def test_kill_9_while_databases_are_made_leaves_each_usable(tmp_path: Path) -> None:
    moments = random.Random()
    for turn in range(8):
        folder = tmp_path / str(turn)
        lines = acknowledged_until_killed(child("make", str(folder)), moments.uniform(0, 0.3))
        for made in lines[-2:]:  # the one that was being made, and the one before it
            records = open_records(database_url(folder / made))
            assert records.audit.append([_row("after")])[0].seq == 1
            records.close()
            assert_sound(folder / made / "records.db")


def test_processes_that_start_and_write_together(tmp_path: Path) -> None:
    """Four make the same database at once, then each writes 60 rows: one identity, every row, each in order."""
    children = [child("together", database_url(tmp_path), str(n)) for n in range(4)]
    for process in children:
        assert process.stdout is not None
        assert process.stdout.read(6) == b"ready\n"
    outputs = []
    for process in children:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
    for process in children:
        outputs.append(process.communicate(timeout=120)[0].decode().split())
        assert process.returncode == 0
    assert len({output[0] for output in outputs}) == 1
    records = open_records(database_url(tmp_path))
    rows = records.audit.read(limit=1000)
    assert records.console_id == outputs[0][0]
    records.close()
    assert [e.seq for e in rows] == list(range(1, 241))
    for n, output in enumerate(outputs):
        assert [str(e.id) for e in rows if e.seat == str(n)] == output[1:]
    assert_sound(tmp_path / "records.db")


@pytest.mark.parametrize("turn", range(3))
def test_kill_9_while_passwords_are_put_loses_none(tmp_path: Path, turn: int) -> None:
    lines = acknowledged_until_killed(child("secrets", str(tmp_path)), random.uniform(0, 0.2))
    store = FileSecretStore(tmp_path)
    assert [store.get(f"camera/{name}") for name in lines] == [f"password {name}" for name in lines]
    store.put("camera/after", "x")
    assert store.get("camera/after") == "x"


def test_two_processes_put_passwords_together(tmp_path: Path) -> None:
    children = [child("some-secrets", str(tmp_path), str(n)) for n in range(2)]
    for process in children:
        process.communicate(timeout=60)
        assert process.returncode == 0
    store = FileSecretStore(tmp_path)
    assert [store.get(f"{n}/{i}") for n in range(2) for i in range(40)] == [f"{i}" for _ in range(2) for i in range(40)]


def _row(seat: str, action_id: UUID | None = None) -> AuditEntry:
    return AuditEntry(
        uuid4(), action_id or uuid4(), datetime.now(UTC), "console", seat, "kim", "ptz.move", Outcome.REQUESTED
    )


def _acknowledge(line: object) -> None:
    os.write(1, f"{line}\n".encode())


def _play(role: str, *arguments: str) -> None:
    if role == "append":
        records = open_records(arguments[0])
        while True:
            for entry in records.audit.append([_row("1") for _ in range(3)]):
                _acknowledge(f"{entry.seq} {entry.id}")
    elif role == "make":
        for n in range(10_000):
            _acknowledge(n)
            open_records(database_url(Path(arguments[0]) / str(n))).close()
    elif role == "together":
        import gwanje.records.store  # noqa: F401 - loaded before the start, so that all start at once

        _acknowledge("ready")
        sys.stdin.readline()
        records = open_records(arguments[0])
        _acknowledge(records.console_id)
        for _ in range(60):
            _acknowledge(records.audit.append([_row(arguments[1])])[0].id)
        records.close()
    elif role == "secrets":
        store = FileSecretStore(Path(arguments[0]))
        for n in range(10_000):
            store.put(f"camera/{n}", f"password {n}")
            _acknowledge(n)
    elif role == "some-secrets":
        store = FileSecretStore(Path(arguments[0]))
        for n in range(40):
            store.put(f"{arguments[1]}/{n}", f"{n}")


if __name__ == "__main__":
    _play(*sys.argv[1:])
