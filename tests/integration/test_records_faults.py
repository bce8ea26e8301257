"""A disk that is full, a file that may not be written, a lock that is held, pages that are damaged.

Run as a program this file is the child that limits or lowers its own rights: ROLE FOLDER.
"""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from gwanje.domain.audit import AuditEntry, Outcome
from gwanje.domain.errors import RecordsError
from gwanje.domain.operators import Role
from gwanje.records import _sqlite, database_url, open_records

SECRET_NAME = "김철수-personal"
NOBODY = 65534


def row(reason: str = "") -> AuditEntry:
    return AuditEntry(
        uuid4(), uuid4(), datetime.now(UTC), "c", "1", SECRET_NAME, "ptz.move", Outcome.REQUESTED, reason=reason
    )


def in_a_child(role: str, folder: Path) -> None:
    done = subprocess.run([sys.executable, __file__, role, str(folder)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "passed\n"


def check(error: RecordsError, words: str) -> None:
    """It says what and how to cure it, and keeps to itself what was to be written."""
    assert words in error.message, error
    assert error.place.endswith("records.db")
    assert error.cure
    assert SECRET_NAME not in str(error)
    assert error.__cause__ is None
    assert error.__suppress_context__


def test_a_full_disk_loses_nothing_and_recovers(tmp_path: Path) -> None:
    in_a_child("full", tmp_path)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach, which pytest's own is not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o755)


def test_a_database_that_may_not_be_written_can_be_looked_at(open_folder: Path) -> None:
    records = open_records(database_url(open_folder))
    records.audit.append([row()])
    records.operators.add("kim", "a long password", frozenset({Role.AGENT}))
    records.close()
    in_a_child("read-only", open_folder)


def test_a_folder_that_may_not_be_written_is_told(open_folder: Path) -> None:
    in_a_child("no-folder", open_folder)


def test_a_lock_that_is_held_is_told_and_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_sqlite, "_BUSY_TIMEOUT_S", 0.3)
    records = open_records(database_url(tmp_path))
    with closing(sqlite3.connect(tmp_path / "records.db", isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordsError) as caught:
            records.audit.append([row()])
        check(caught.value, "another program holds the database")
        assert records.audit.read() == []  # readers do not wait for a writer
        release = threading.Timer(0.05, other.execute, ["ROLLBACK"])
        release.start()
        assert [e.seq for e in records.audit.append([row()])] == [1]
        release.join()
    records.close()


def test_a_busy_switch_to_the_write_ahead_log_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own refusal, which it gives a few times in a thousand when four processes make one database at once."""
    with closing(sqlite3.connect(tmp_path / "x", isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with closing(sqlite3.connect(tmp_path / "x", timeout=0)) as other, pytest.raises(sqlite3.Error) as busy:
            other.execute("PRAGMA journal_mode = WAL")
    refusals, switch = [busy.value] * 3, _sqlite._journal_mode

    def refuse_at_first(engine: Engine) -> str:
        if refusals:
            raise refusals.pop()
        return switch(engine)

    monkeypatch.setattr(_sqlite, "_journal_mode", refuse_at_first)
    records = open_records(database_url(tmp_path))
    records.close()
    assert refusals == []
    monkeypatch.setattr(_sqlite, "_BUSY_TIMEOUT_S", 0.0)
    refusals += [busy.value] * 1000
    with pytest.raises(RecordsError) as caught:
        open_records(database_url(tmp_path))
    check(caught.value, "another program holds the database")


def test_a_damaged_page_is_told(tmp_path: Path) -> None:
    records = open_records(database_url(tmp_path))
    records.audit.append([row("x" * 20_000) for _ in range(50)])
    records.close()
    path = tmp_path / "records.db"
    data = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        [page] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'audit'").fetchone()
    data[(page - 1) * 4096 : page * 4096] = b"\xee" * 4096
    path.write_bytes(data)
    records = open_records(database_url(tmp_path))
    with pytest.raises(RecordsError) as caught:
        records.audit.read()
    check(caught.value, "damaged")
    records.close()


def _expect(words: str, call: object) -> None:
    try:
        call()  # type: ignore[operator]
    except RecordsError as error:
        check(error, words)
    else:
        raise AssertionError(f"no RecordsError about {words!r}")


def _full(folder: Path) -> None:
    """The kernel lets no file of this process grow past 800 kB; later it does again."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    records = open_records(database_url(folder))
    written = records.audit.append([row("before")])
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (800_000, hard))
    refused = 0
    while refused < 5:
        try:
            written += records.audit.append([row("y" * 5000)])
        except RecordsError as error:
            refused += 1
            assert error.message in {"the disk is full", "the disk does not read or write"}, error
            check(error, "disk")
    assert len(written) > 10
    assert records.audit.read() == written  # looking goes on
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    written += records.audit.append([row("after")])
    assert records.audit.read() == written
    records.close()
    with closing(sqlite3.connect(folder / "records.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _become_nobody() -> None:
    """Root may write everything; everything that is imported late is imported before."""
    import argon2  # noqa: F401

    import gwanje.records.store  # noqa: F401

    if os.geteuid() == 0:
        os.setegid(NOBODY)
        os.seteuid(NOBODY)


def _read_only(folder: Path) -> None:
    path = folder / "records.db"
    path.chmod(0o444)
    folder.chmod(0o555)
    _become_nobody()
    try:
        open_records(database_url(folder))
    except RecordsError as error:
        # A cleanly closed write-ahead log cannot be joined without the right to write its folder.
        check(error, "database")
    else:
        raise AssertionError("a reader without rights cannot make the -shm file")
    finally:
        os.seteuid(os.getuid())
        os.setegid(os.getgid())
    folder.chmod(0o777)
    _become_nobody()
    records = open_records(database_url(folder))
    assert len(records.audit.read()) == 1
    assert records.operators.verify("kim", "a long password").name == "kim"
    _expect("may not be written", lambda: records.audit.append([row()]))
    _expect("may not be written", lambda: records.settings.save("a", "b", 1))
    records.close()


def _no_folder(folder: Path) -> None:
    folder.chmod(0o555)
    _become_nobody()
    for place in (folder, folder / "deeper"):
        try:
            open_records(database_url(place))
        except RecordsError as error:
            assert "make the folder writable" in error.cure, error
        else:
            raise AssertionError("made a database in a read-only folder")


if __name__ == "__main__":
    {"full": _full, "read-only": _read_only, "no-folder": _no_folder}[sys.argv[1]](Path(sys.argv[2]))
    print("passed")
