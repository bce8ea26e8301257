"""SQLite: where the file is, how each connection is set up, and that it keeps a write-ahead log."""

import os
import sqlite3
import time
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from ..domain.errors import RecordsError
from ._database import WRITES
from ._errors import is_busy, records_error

_BUSY_TIMEOUT_S = 5.0


def file_of(url: URL) -> Path:
    """The database file that a URL names. Raises RecordsError when it names none."""
    if url.get_backend_name() != "sqlite" or url.drivername not in {"sqlite", "sqlite+pysqlite"}:
        raise RecordsError(f"databases of the kind {url.drivername!r} are not supported", cure="give sqlite:///path")
    name = url.database or ""
    if name in {"", ":memory:"} or name.startswith("file:") or "\0" in name:
        raise RecordsError("the database needs a file: rows must outlive the program", cure="give sqlite:///path")
    return Path(name)


def make_file(path: Path) -> None:
    """Make the folder and an empty file that only this user can read, unless they are there."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # SQLite gives its -wal and -shm files the permissions of the database.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except PermissionError:
        # A database that may only be read still opens, for looking; what cannot be read is told by SQLite.
        if not path.exists():
            raise RecordsError(
                "the database may not be made", place=str(path), cure="make the folder writable for this user"
            ) from None
    except OSError as error:
        raise RecordsError(
            f"the database cannot be made: {os.strerror(error.errno or 0)}", place=str(path), cure="give another place"
        ) from None


def make_engine(url: URL) -> Engine:
    """An engine whose transactions begin when SQLAlchemy says so, not when the driver guesses."""
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={"timeout": _BUSY_TIMEOUT_S, "isolation_level": None},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA foreign_keys = ON")
        # Each commit is on disk before it returns: an acknowledged row survives a power cut.
        cursor.execute("PRAGMA synchronous = FULL")
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later can fail halfway when another process writes in between.
    writes = WRITES in connection.get_execution_options()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def keep_write_ahead_log(engine: Engine, place: str) -> None:
    """Switch the file to WAL once: readers and the writer do not wait for each other, a crash tears nothing.

    Of several processes that switch a new file at once, SQLite turns some away without waiting: they try again here.
    """
    give_up_at = time.monotonic() + _BUSY_TIMEOUT_S
    while True:
        try:
            mode = _journal_mode(engine)
            break
        except (SQLAlchemyError, sqlite3.Error) as error:
            if not is_busy(error) or time.monotonic() > give_up_at:
                raise records_error(error, place) from None
            time.sleep(0.02)
    if mode != "wal":
        raise RecordsError(
            "the file system cannot keep a write-ahead log", place=place, cure="keep it on a disk of this computer"
        )


def _journal_mode(engine: Engine) -> str:
    # Outside a transaction, where SQLAlchemy does not go.
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        mode = str(cursor.execute("PRAGMA journal_mode").fetchone()[0])
        if mode != "wal":
            mode = str(cursor.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        cursor.close()
        return mode
    finally:
        connection.close()
