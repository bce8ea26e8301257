"""Checkpoints, backups, restores and upgrades: what they keep, and what they refuse without harm."""

import json
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from gwanje.domain.audit import AuditEntry, BreakKind, Outcome
from gwanje.domain.errors import RecordsError
from gwanje.domain.operators import Role
from gwanje.records import database_url, open_records, schema
from gwanje.records.maintenance import (
    backup_records,
    restore_records,
    upgrade_records,
    verify_records,
    write_checkpoint,
)
from tests.fakes.memory_secrets import MemorySecretStore

OLD = Path(__file__).with_name("data") / "records_0001.sql"


def entry(console: str) -> AuditEntry:
    return AuditEntry(uuid4(), uuid4(), datetime.now(UTC), console, "1", "kim", "x", Outcome.REQUESTED)


def fill(folder: Path, rows: int = 10) -> str:
    """A database with rows of the console itself and of another; its URL."""
    records = open_records(database_url(folder))
    records.audit.append([entry(records.console_id if n % 2 else "콘솔 \x00") for n in range(rows)])
    records.close()
    return database_url(folder)


def execute(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "records.db", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


UNGUARDED = [
    f"DROP TRIGGER {name}"
    for name in (
        "audit_is_never_updated",
        "audit_is_never_deleted",
        "audit_heads_only_grow",
        "audit_heads_are_never_deleted",
    )
]
# Everything that this database knows of its newest rows is set back.
CUT = [
    "DELETE FROM audit WHERE seq > 4",
    "UPDATE audit_heads SET (number, hash) = "
    "(SELECT number, hash FROM audit WHERE audit.console = audit_heads.console ORDER BY number DESC LIMIT 1)",
    "UPDATE installation SET value = '4' WHERE key = 'audit_last_seq'",
]


# --- checkpoints -----------------------------------------------------------------------------------------------------


def test_a_checkpoint_finds_rows_cut_off_together_with_their_head(tmp_path: Path) -> None:
    url, secrets = fill(tmp_path), MemorySecretStore()
    write_checkpoint(url, tmp_path / "first", secrets)
    assert verify_records(url, [tmp_path / "first"]).intact
    fill(tmp_path)
    assert verify_records(url, [tmp_path / "first"]).intact  # more rows is no harm
    key = write_checkpoint(url, tmp_path / "second", secrets)
    execute(tmp_path, *UNGUARDED, *CUT)
    assert verify_records(url).intact
    check = verify_records(url, [tmp_path / "first", tmp_path / "second"])
    assert [(b.kind, b.number) for b in check.breaks] == [(BreakKind.TRUNCATED, 3)] * 2
    execute(tmp_path, "DELETE FROM installation WHERE key = 'checkpoint_keys'")
    with pytest.raises(RecordsError, match="not this installation's"):
        verify_records(url, [tmp_path / "second"])
    assert not verify_records(url, [tmp_path / "second"], key.upper()).intact


def test_a_checkpoint_that_was_changed_is_no_proof(tmp_path: Path) -> None:
    url = fill(tmp_path)
    write_checkpoint(url, tmp_path / "c", MemorySecretStore())
    document = json.loads((tmp_path / "c").read_text())
    for change in (
        {"made_at": "2020-01-01T00:00:00+00:00"},
        {"heads": document["heads"][:1]},
        {"installation": "another"},
        {"heads": [{**head, "number": head["number"] + 1} for head in document["heads"]]},
        {"signature": "00" * 64},
    ):
        (tmp_path / "c").write_text(json.dumps({**document, **change}))
        with pytest.raises(RecordsError, match="changed after it was signed"):
            verify_records(url, [tmp_path / "c"])
    for content in ("", "{}", "[]", "null", "x" * 1000, json.dumps({**document, "public_key": "zz"})):
        (tmp_path / "c").write_text(content)
        with pytest.raises(RecordsError, match="not a checkpoint"):
            verify_records(url, [tmp_path / "c"])
    with pytest.raises(RecordsError, match="cannot be read"):
        verify_records(url, [tmp_path / "nowhere"])


def test_another_key_is_not_trusted(tmp_path: Path) -> None:
    url, other = fill(tmp_path), fill(tmp_path / "other")
    key = write_checkpoint(other, tmp_path / "c", MemorySecretStore())
    write_checkpoint(url, tmp_path / "own", MemorySecretStore())
    with pytest.raises(RecordsError, match="not this installation's"):
        verify_records(url, [tmp_path / "c"])
    with pytest.raises(RecordsError, match="not this installation's"):
        verify_records(url, [tmp_path / "own"], key)


def test_the_signing_key_is_a_secret_that_is_missed_when_it_is_gone(tmp_path: Path) -> None:
    url, secrets = fill(tmp_path), MemorySecretStore()
    first = write_checkpoint(url, tmp_path / "a", secrets)
    assert write_checkpoint(url, tmp_path / "b", secrets) == first
    with pytest.raises(RecordsError, match="not in the secret store"):
        write_checkpoint(url, tmp_path / "c", MemorySecretStore())
    assert not (tmp_path / "c").exists()
    assert write_checkpoint(url, tmp_path / "c", secrets, new_key=True) != first
    assert verify_records(url, [tmp_path / "a", tmp_path / "b", tmp_path / "c"]).intact
    private = secrets.get("checkpoint-key")
    assert private
    assert private not in (tmp_path / "c").read_text()
    assert private.encode() not in (tmp_path / "records.db").read_bytes()


def test_what_is_broken_is_not_signed_and_no_file_is_overwritten(tmp_path: Path) -> None:
    url = fill(tmp_path)
    (tmp_path / "there").write_text("x")
    with pytest.raises(RecordsError, match="there already"):
        write_checkpoint(url, tmp_path / "there", MemorySecretStore())
    assert (tmp_path / "there").read_text() == "x"
    execute(tmp_path, *UNGUARDED, "UPDATE audit SET operator = 'lee' WHERE seq = 3")
    with pytest.raises(RecordsError, match="not intact"):
        write_checkpoint(url, tmp_path / "c", MemorySecretStore())
    assert not (tmp_path / "c").exists()


# --- upgrade ---------------------------------------------------------------------------------------------------------


def test_only_upgrade_upgrades(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "records.db")) as connection:
        connection.executescript(OLD.read_text("utf-8"))
    url = database_url(tmp_path)
    with pytest.raises(RecordsError, match=r"older schema 0001 .*records upgrade"):
        verify_records(url)
    backup_records(url, tmp_path / "before")
    assert upgrade_records(url) == ("0001", schema.HEAD)
    assert upgrade_records(url) == (schema.HEAD, schema.HEAD)
    assert verify_records(url).intact
    restore_records(url, tmp_path / "before")  # an older backup is one too; the next start upgrades it
    records = open_records(url)
    assert len(records.audit.read()) == 9
    records.close()


@pytest.mark.parametrize("call", [verify_records, upgrade_records, lambda url: backup_records(url, Path("never"))])
def test_a_database_that_is_not_there_is_not_made(tmp_path: Path, call: object) -> None:
    with pytest.raises(RecordsError, match="there is no database"):
        call(database_url(tmp_path))  # type: ignore[operator]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("newer", [True, False])
def test_a_newer_or_foreign_database_is_left_alone(tmp_path: Path, newer: bool) -> None:
    url = fill(tmp_path)
    backup_records(url, tmp_path / "good")
    execute(tmp_path, "UPDATE gwanje_schema SET version_num = '9999'" if newer else "DROP TABLE gwanje_schema")
    before = (tmp_path / "records.db").read_bytes()
    words = "newer version" if newer else "another program"
    for call in (
        lambda: verify_records(url),
        lambda: upgrade_records(url),
        lambda: backup_records(url, tmp_path / "b"),
        lambda: write_checkpoint(url, tmp_path / "b", MemorySecretStore()),
    ):
        with pytest.raises(RecordsError, match=words):
            call()
    with pytest.raises(RecordsError, match=words):
        restore_records(database_url(tmp_path / "else"), tmp_path / "records.db")
    assert (tmp_path / "records.db").read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} <= {"records.db", "good", "else"}
    assert list((tmp_path / "else").iterdir()) == []


# --- backup and restore ----------------------------------------------------------------------------------------------


def test_a_backup_is_one_sound_file_for_this_user_alone(tmp_path: Path) -> None:
    url = fill(tmp_path)
    records = open_records(url)
    records.operators.add("kim", "correct horse battery", frozenset({Role.AGENT}))
    folder = tmp_path / "backups"
    folder.mkdir()
    size = backup_records(url, folder / "b.db")  # while it is open
    records.audit.append([entry("later")])
    records.close()
    assert [p.name for p in folder.iterdir()] == ["b.db"]
    assert (folder / "b.db").stat().st_size == size
    assert stat.S_IMODE((folder / "b.db").stat().st_mode) == 0o600
    assert verify_records(f"sqlite:///{folder / 'b.db'}").rows == 10
    with pytest.raises(RecordsError, match="there already"):
        backup_records(url, folder / "b.db")
    with pytest.raises(RecordsError, match="cannot be read or written: No such file"):
        backup_records(url, tmp_path / "no folder" / "b.db")


def test_a_backup_under_writing_is_of_one_moment(tmp_path: Path) -> None:
    url = fill(tmp_path)
    records = open_records(url)
    stop, written = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            written.extend(records.audit.append([entry("busy") for _ in range(5)]))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(5):
            backup_records(url, tmp_path / f"{n}.db")
            acknowledged = len(written)
            check = verify_records(f"sqlite:///{tmp_path / f'{n}.db'}")
            assert check.intact
            assert check.rows % 5 == 0
            assert check.rows <= acknowledged + 10 + 5
    finally:
        stop.set()
        writer.join()
        records.close()


def test_a_restore_keeps_what_was_there_and_begins_a_chain(tmp_path: Path) -> None:
    url = fill(tmp_path)
    backup_records(url, tmp_path / "b")
    records = open_records(url)
    identity = records.console_id
    later = records.audit.append([entry(identity)])
    records.close()
    kept = restore_records(url, tmp_path / "b")
    assert kept is not None
    assert verify_records(f"sqlite:///{kept}").rows == 11
    records = open_records(url)
    assert records.console_id != identity
    [after] = records.audit.append([entry(records.console_id)])
    assert (after.seq, after.number, later[0].number) == (11, 1, 6)
    records.close()
    check = verify_records(url)
    assert (check.rows, check.consoles, check.intact) == (11, 3, True)
    assert (tmp_path / "b").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["b", "records.db", kept.name])


def test_a_restore_to_a_new_machine(tmp_path: Path) -> None:
    backup_records(fill(tmp_path / "old"), tmp_path / "b")
    url = database_url(tmp_path / "new" / "profile")
    assert restore_records(url, tmp_path / "b") is None
    assert verify_records(url).rows == 10


def test_a_damaged_database_is_kept_too(tmp_path: Path) -> None:
    url = fill(tmp_path)
    backup_records(url, tmp_path / "b")
    (tmp_path / "records.db").write_bytes(b"\xff" * 10_000)
    kept = restore_records(url, tmp_path / "b")
    assert kept is not None
    assert kept.read_bytes() == b"\xff" * 10_000
    assert verify_records(url).intact


def test_no_restore_under_a_console_that_runs(tmp_path: Path) -> None:
    url = fill(tmp_path)
    backup_records(url, tmp_path / "b")
    records = open_records(url)
    records.audit.append([entry("open")])
    with pytest.raises(RecordsError, match="another program holds the database"):
        restore_records(url, tmp_path / "b")
    records.audit.append([entry("open")])
    records.close()
    assert verify_records(url).rows == 12
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b", "records.db"]


def test_a_backup_that_is_damaged_or_missing_changes_nothing(tmp_path: Path) -> None:
    url = fill(tmp_path, rows=300)
    backup_records(url, tmp_path / "b")
    data = bytearray((tmp_path / "b").read_bytes())
    data[len(data) // 2 : len(data) // 2 + 5000] = b"\xee" * 5000
    (tmp_path / "b").write_bytes(data)
    (tmp_path / "text").write_text("Dear control room " * 100)
    (tmp_path / "empty").touch()
    before = (tmp_path / "records.db").read_bytes()
    for name in ("b", "text", "empty", "nowhere"):
        with pytest.raises(RecordsError):
            restore_records(url, tmp_path / name)
    assert (tmp_path / "records.db").read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b", "empty", "records.db", "text"]


def test_a_restored_database_is_for_this_user_alone(tmp_path: Path) -> None:
    url = fill(tmp_path)
    backup_records(url, tmp_path / "b")
    (tmp_path / "b").chmod(0o644)
    restore_records(url, tmp_path / "b")
    assert stat.S_IMODE((tmp_path / "records.db").stat().st_mode) == 0o600
