"""Databases of every released version, as they were left behind, brought to this one's schema."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine

from gwanje.domain.audit import AuditEntry, Outcome
from gwanje.domain.operators import Role
from gwanje.records import database_url, open_records, schema
from gwanje.records._chain import Head, row_hash
from gwanje.records._verify import verify

RELEASED = sorted(Path(__file__).with_name("data").glob("records_*.sql"))


def lay_out(dump: Path, folder: Path) -> Path:
    """The database file as that version left it."""
    path = folder / "records.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(dump.read_text("utf-8"))
    return path


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall() for (name,) in names}


@pytest.mark.parametrize("dump", RELEASED, ids=lambda d: d.stem)
def test_everything_is_there_after_the_upgrade(dump: Path, tmp_path: Path) -> None:
    before = tables(lay_out(dump, tmp_path))
    records = open_records(database_url(tmp_path))
    rows = records.audit.read()
    assert [(e.seq, str(e.id), e.action, e.outcome) for e in rows] == [
        (r[0], r[1], r[7], r[8]) for r in before["audit"]
    ]
    assert rows[3].reason == "nothing answers \x00 \ud800 \x1a"
    assert rows[2].details == {"pan": 0.25, "tiles": [1, None, "x"], "ok": True}
    assert rows[0].at == datetime(2026, 11, 20, 9, 30, 1, 1, tzinfo=UTC)
    assert records.console_id == rows[0].console
    [operator] = records.operators.operators()
    assert operator.roles == {Role.AGENT, Role.SUPERVISOR}
    assert records.operators.verify("김민수", "correct horse 관제") == operator
    district = records.directory.district()
    assert [(c.id, c.number, c.name, c.ptz, c.latitude) for c in district.cameras] == [("c1", 1, "Gate 1", True, 37.5)]
    assert [(s.id, s.department_id) for s in district.sites] == [("s1", "d1")]
    assert records.settings.load("wall", "desk") == {"version": 1, "tiles": ["c1"]}
    assert records.audit.close_unfinished(datetime.now(UTC)) == []
    records.close()


@pytest.mark.parametrize("dump", RELEASED, ids=lambda d: d.stem)
def test_the_chain_covers_what_was_there_and_goes_on(dump: Path, tmp_path: Path) -> None:
    lay_out(dump, tmp_path)
    records = open_records(database_url(tmp_path))
    rows = records.audit.read()
    chains = {e.console: [r for r in rows if r.console == e.console] for e in rows}
    assert len(chains) == 2
    for chain in chains.values():
        assert [e.number for e in chain] == list(range(1, len(chain) + 1))
    own = chains[records.console_id]
    entry = AuditEntry(UUID(int=77), uuid4(), rows[0].at, records.console_id, "1", "kim", "x", Outcome.REQUESTED)
    [after] = records.audit.append([entry])
    assert (after.seq, after.number) == (len(rows) + 1, len(own) + 1)
    with closing(sqlite3.connect(tmp_path / "records.db")) as connection:
        connection.row_factory = sqlite3.Row
        head = Head()
        for row in connection.execute("SELECT * FROM audit WHERE console = ? ORDER BY number", [records.console_id]):
            head = Head(head.number + 1, row_hash(head.hash, head.number + 1, dict(row)))
            assert row["hash"] == head.hash
    assert after.hash == head.hash
    engine = create_engine(database_url(tmp_path))
    with engine.connect() as connection:
        assert verify(connection).intact
    engine.dispose()
    records.close()


@pytest.mark.parametrize("dump", RELEASED, ids=lambda d: d.stem)
def test_an_upgraded_database_is_like_a_new_one(dump: Path, tmp_path: Path) -> None:
    def plan(folder: Path) -> set[tuple[str, str]]:
        open_records(database_url(folder)).close()
        with closing(sqlite3.connect(folder / "records.db")) as connection:
            return set(connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))

    lay_out(dump, tmp_path)
    (tmp_path / "new").mkdir()
    assert plan(tmp_path) == plan(tmp_path / "new")


def test_many_rows_are_chained_in_their_order(tmp_path: Path) -> None:
    """More than the step reads at once."""
    lay_out(RELEASED[0], tmp_path)
    with closing(sqlite3.connect(tmp_path / "records.db")) as connection, connection:
        connection.executemany(
            "INSERT INTO audit (id, action_id, at, console, seat, operator, action, outcome, camera, details, reason) "
            "VALUES (?, 'a', 0, ?, '', '', '', 'requested', '', '{}', '')",
            [(f"{n:036}", f"console {n % 3}") for n in range(2500)],
        )
    records = open_records(database_url(tmp_path))
    records.close()
    engine = create_engine(database_url(tmp_path))
    with engine.connect() as connection:
        check = verify(connection)
    engine.dispose()
    assert (check.rows, check.consoles, check.intact) == (2509, 5, True)


def test_every_released_schema_is_tried() -> None:
    """Each migration but the newest was the head of some version."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(Path(schema.__file__).with_name("migrations")))
    older = {step.revision for step in script.walk_revisions()} - {schema.HEAD}
    assert {dump.stem.removeprefix("records_") for dump in RELEASED} == older
