"""The database as a file: made, upgraded, refused, guarded."""

import logging
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine

from gwanje.domain.audit import AuditEntry, Outcome
from gwanje.domain.cameras import Camera, CameraId, Department, DepartmentId, Site, SiteId
from gwanje.domain.errors import RecordsError, SignInError
from gwanje.domain.operators import Role
from gwanje.records import database_url, open_records, schema
from gwanje.records._database import Database
from gwanje.records._sqlite import make_engine
from gwanje.records.operator_book import SqlOperatorBook

PASSWORD = "a-password-nobody-may-find"


def row(**changes: object) -> AuditEntry:
    return AuditEntry(uuid4(), uuid4(), datetime.now(UTC), "c", "1", "kim", "ptz.move", Outcome.REQUESTED, **changes)  # type: ignore[arg-type]


def make(folder: Path) -> Path:
    """A database with one audit row, closed."""
    records = open_records(database_url(folder))
    records.audit.append([row()])
    records.close()
    return folder / "records.db"


def execute(path: Path, *statements: str) -> list[object]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return [connection.execute(statement).fetchall() for statement in statements]


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


# --- made ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plain", "a b", "q?x=1#y", "100%", "관제", "a'b\"c", ":memory:", "x@y:z"])
def test_the_url_of_any_folder_leads_to_its_file(tmp_path: Path, name: str) -> None:
    assert make(tmp_path / name / "deeper").is_file()
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_everything_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    records = open_records(database_url(tmp_path))
    written = records.audit.append([row(details={"x": "관제"})])
    operator = records.operators.add("kim", PASSWORD, frozenset({Role.AGENT}))
    records.settings.save("wall", "desk", {"version": 1})
    identity = records.console_id
    records.close()
    records = open_records(database_url(tmp_path))
    assert records.console_id == identity
    assert records.audit.read() == written
    assert records.operators.verify("kim", PASSWORD) == operator
    assert records.settings.load("wall", "desk") == {"version": 1}
    assert len(records.audit.close_unfinished(datetime.now(UTC))) == 1
    records.close()


def test_only_this_user_can_read_it(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        records = open_records(database_url(tmp_path / "profile"))
        records.audit.append([row()])
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "profile").iterdir()}
        records.close()
    finally:
        os.umask(old)
    assert modes == {"records.db": 0o600, "records.db-wal": 0o600, "records.db-shm": 0o600}
    assert stat.S_IMODE((tmp_path / "profile").stat().st_mode) == 0o700


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "records.db").touch()
    assert execute(make(tmp_path), "PRAGMA journal_mode", "SELECT count(*) FROM audit") == [[("wal",)], [(1,)]]


def test_connections_are_durable_and_hold_their_references(tmp_path: Path) -> None:
    make(tmp_path)
    engine = create_engine(database_url(tmp_path))
    engine.dispose()
    engine = make_engine(engine.url)
    with engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "foreign_keys")
        }
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5000
    engine.dispose()
    assert settings == {"synchronous": 2, "foreign_keys": 1}


# --- upgraded --------------------------------------------------------------------------------------------------------


def test_the_migrations_make_the_schema_that_the_program_knows(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = create_engine(f"sqlite:///{make(tmp_path)}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": schema.schema_version.name, "compare_type": True}
        )
        assert compare_metadata(context, schema.metadata) == []
    engine.dispose()


def test_head_is_the_newest_migration() -> None:
    from alembic.script import ScriptDirectory

    folder = Path(schema.__file__).with_name("migrations")
    assert ScriptDirectory(str(folder)).get_heads() == [schema.HEAD]


def test_the_schema_can_be_made_on_postgresql() -> None:
    """Every table and index of the metadata compiles for it; the run on a server is the shared database's test."""
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateIndex, CreateTable

    for table in schema.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))
        for index in table.indexes:
            assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=postgresql.dialect()))
    assert "SERIAL" not in str(CreateTable(schema.audit).compile(dialect=postgresql.dialect()))


def test_a_step_that_fails_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.exc import OperationalError

    from gwanje.records import _upgrade

    run = _upgrade._run_steps

    def fail_at_the_end(*arguments: object) -> None:
        run(*arguments)  # type: ignore[arg-type]
        raise OperationalError("statement", {"secret": PASSWORD}, Exception(PASSWORD))

    monkeypatch.setattr(_upgrade, "_run_steps", fail_at_the_end)
    with pytest.raises(RecordsError) as caught:
        open_records(database_url(tmp_path))
    assert PASSWORD not in str(caught.value)
    assert execute(tmp_path / "records.db", "SELECT count(*) FROM sqlite_master") == [[(0,)]]
    monkeypatch.undo()
    assert execute(make(tmp_path), "SELECT count(*) FROM audit") == [[(1,)]]


# --- refused ---------------------------------------------------------------------------------------------------------


def test_a_newer_schema_is_refused_and_unharmed(tmp_path: Path) -> None:
    path = make(tmp_path)
    execute(path, "UPDATE gwanje_schema SET version_num = '9999_from_the_future'", "CREATE TABLE new (x)")
    before = contents(tmp_path)
    with pytest.raises(RecordsError, match=r"newer version of gwanje .*9999.*install that version") as caught:
        open_records(database_url(tmp_path))
    assert caught.value.place == str(path)
    assert contents(tmp_path) == before


def _text(path: Path) -> None:
    path.write_text("관제 is not a database\n" * 500, encoding="utf-8")


def _noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def _another_program(path: Path) -> None:
    execute(path, "CREATE TABLE bookmarks (url)", "INSERT INTO bookmarks VALUES ('x')")


def _another_program_with_alembic(path: Path) -> None:
    execute(path, "CREATE TABLE alembic_version (version_num)", "INSERT INTO alembic_version VALUES ('0001')")


def _no_version(path: Path) -> None:
    make(path.parent)
    execute(path, "DELETE FROM gwanje_schema")


def _beginning_only(path: Path) -> None:
    make(path.parent)
    path.write_bytes(path.read_bytes()[:6000])


def _first_page_overwritten(path: Path) -> None:
    make(path.parent)
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * 3996 + data[4096:])


@pytest.mark.parametrize(
    "spoil",
    [
        _text,
        _noise,
        _another_program,
        _another_program_with_alembic,
        _no_version,
        _beginning_only,
        _first_page_overwritten,
    ],
)
def test_a_file_that_is_no_database_of_ours_is_refused_and_unharmed(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    path = tmp_path / "records.db"
    spoil(path)
    before = contents(tmp_path)
    with pytest.raises(RecordsError) as caught:
        open_records(database_url(tmp_path))
    assert caught.value.place == str(path)
    assert caught.value.cure
    assert contents(tmp_path) == before


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "records.db").mkdir()
    with pytest.raises(RecordsError, match=r"records\.db: the database cannot be made: Is a directory"):
        open_records(database_url(tmp_path))


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("x")
    with pytest.raises(RecordsError, match=r"profile/records\.db: "):
        open_records(database_url(tmp_path / "profile"))


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://kim:{PASSWORD}@db.example/gwanje",
        f"postgresql+psycopg://kim:{PASSWORD}@db.example/gwanje",
        f"oracle://kim:{PASSWORD}@db.example/gwanje",
        f"sqlite+aiosqlite:///{PASSWORD}",
        f"//kim:{PASSWORD}@db.example",
        f"postgresql://kim:{PASSWORD}@db.example:port/gwanje",
        "",
        "records.db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=memory&uri=true",
        "sqlite:///a\0b",
    ],
)
def test_urls_that_lead_nowhere_are_refused_without_their_password(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    with caplog.at_level(logging.DEBUG), pytest.raises(RecordsError) as caught:
        open_records(url)
    error: BaseException | None = caught.value
    while error is not None:
        assert PASSWORD not in f"{error!s} {error!r}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    assert PASSWORD not in caplog.text
    assert contents(tmp_path) == {}


# --- guarded ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET operator = 'lee'",
        "UPDATE audit SET seq = seq + 1",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE seq = 1",
        "INSERT OR REPLACE INTO audit SELECT centre, seq, 'x', action_id, at, console, seat, 'lee', action, outcome, "
        "camera, details, reason, 2, hash FROM audit",
        "INSERT OR REPLACE INTO audit SELECT centre, 99, id, action_id, at, console, seat, 'lee', action, outcome, "
        "camera, details, reason, 2, hash FROM audit",
        "INSERT OR REPLACE INTO audit SELECT centre, 99, 'x', action_id, at, console, seat, 'lee', action, outcome, "
        "camera, details, reason, number, hash FROM audit",
    ],
)
def test_audit_rows_are_append_only_for_every_program(tmp_path: Path, statement: str) -> None:
    path = make(tmp_path)
    before = execute(path, "SELECT * FROM audit")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        execute(path, statement)
    assert execute(path, "SELECT * FROM audit") == before


def test_a_row_edited_past_the_guard_is_named(tmp_path: Path) -> None:
    path = make(tmp_path)
    execute(path, "DROP TRIGGER audit_is_never_updated", "UPDATE audit SET details = '{\"x\":'")
    records = open_records(database_url(tmp_path))
    with pytest.raises(RecordsError, match="audit row 1 is damaged"):
        records.audit.read()
    records.close()


def test_no_password_is_in_the_database(tmp_path: Path) -> None:
    records = open_records(database_url(tmp_path))
    records.operators.add("kim", PASSWORD, frozenset({Role.AGENT}))
    records.operators.verify("kim", PASSWORD)
    department, site = Department(DepartmentId("d"), "d"), Site(SiteId("s"), "s", DepartmentId("d"), None, None)
    camera = Camera(CameraId("c"), 1, "c", site.id, "", None, None, f"rtsp://u:{PASSWORD}@h/1")
    with pytest.raises(RecordsError) as caught:
        records.directory.put([department], [site], [camera])
    assert PASSWORD not in str(caught.value)
    open_files = contents(tmp_path)
    records.close()
    assert {"records.db", "records.db-wal"} <= set(open_files)
    for data in [*open_files.values(), *contents(tmp_path).values()]:
        assert PASSWORD.encode() not in data
    [[(stored,)]] = execute(tmp_path / "records.db", "SELECT password_hash FROM operators")  # type: ignore[misc]
    assert stored.startswith("$argon2id$")


def test_a_role_from_elsewhere_is_told(tmp_path: Path) -> None:
    records = open_records(database_url(tmp_path))
    records.operators.add("kim", PASSWORD, frozenset({Role.AGENT}))
    execute(tmp_path / "records.db", "UPDATE operator_roles SET role = 'emperor'")
    for call in (records.operators.operators, lambda: records.operators.verify("kim", PASSWORD)):
        with pytest.raises(RecordsError, match="role"):
            call()
    records.close()


def test_every_sign_in_computes_one_hash(tmp_path: Path) -> None:
    """Whether the name is known or not, right or wrong: the time tells nothing."""
    verified: list[str] = []

    class CountingHasher(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
            verified.append(str(hash))
            return super().verify(hash, password)

    make(tmp_path)
    engine = make_engine(create_engine(database_url(tmp_path)).url)
    book = SqlOperatorBook(Database(engine, "test"), CountingHasher())
    book.add("kim", PASSWORD, frozenset())
    book.verify("kim", PASSWORD)
    for name, password in [("kim", "wrong"), ("nobody", PASSWORD), ("nobody", "wrong"), ("", "")]:
        with pytest.raises(SignInError):
            book.verify(name, password)
    engine.dispose()
    assert len(verified) == 5
    # The same work for each: all parameters stand in the hash.
    assert len({tuple(stored.split("$")[:4]) for stored in verified}) == 1


def test_a_weaker_hash_is_made_anew_at_sign_in(tmp_path: Path) -> None:
    path = make(tmp_path)
    engine = make_engine(create_engine(database_url(tmp_path)).url)
    weak = SqlOperatorBook(Database(engine, "test"), PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    operator = weak.add("kim", PASSWORD, frozenset({Role.AGENT}))
    engine.dispose()
    query = "SELECT password_hash FROM operators"
    [before] = execute(path, query)
    records = open_records(database_url(tmp_path))
    with pytest.raises(Exception, match="wrong"):
        records.operators.verify("kim", "another password")
    assert execute(path, query) == [before]
    assert records.operators.verify("kim", PASSWORD) == operator
    [after] = execute(path, query)
    assert after != before
    assert not PasswordHasher().check_needs_rehash(after[0][0])  # type: ignore[index]
    assert records.operators.verify("kim", PASSWORD) == operator
    assert execute(path, query) == [after]
    records.close()
