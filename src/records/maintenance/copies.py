"""`records upgrade`, `records backup` and `records restore`; copies are SQLite's alone.

SQLite's own driver is used where a file is copied or its journal is closed: that happens outside any transaction.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL

from ...domain.errors import RecordsError
from ...domain.ports import SecretStore
from .._database import Database
from .._errors import records_error
from .._facts import CONSOLE_ID
from .._sqlite import file_of, make_engine
from .._upgrade import upgrade
from ..schema import HEAD
from ..store import bring_up, parse
from ._existing import database_file, opened, schema_of

_SIDES = ("-wal", "-shm", "-journal")
_LOCK_WAIT_S = 5.0


def upgrade_records(url: str, secrets: SecretStore | None) -> tuple[str, str]:
    """See the package."""
    with opened(url, secrets) as database:
        before = schema_of(database)
        if before is None and not database.centre:
            raise RecordsError("this is an empty file", place=database.place, cure="give the URL of a database")
        if database.centre:
            bring_up(database)
        elif before != HEAD:
            upgrade(database)
        return before or "none", HEAD


def backup_records(url: str, file: Path) -> int:
    """See the package."""
    path = database_file(url)
    _check_ours(path)
    with _new_file(file) as part, _foreign_errors(path):
        _copy(path, part)
    return file.stat().st_size


def restore_records(url: str, file: Path) -> Path | None:
    """See the package."""
    path = file_of(parse(url))
    if not file.is_file():
        raise RecordsError("there is no backup", place=str(file), cure="give the name of a file")
    part = path.with_name(f"{path.name}.restored")
    with _foreign_errors(file), _gone_unless_moved(part):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _create(part)
        _copy(file, part)
        _check_ours(part)
        _begin_a_chain(part)
        kept = _set_aside(path)
        part.replace(path)
        _sync(path.parent)
    return kept


def _begin_a_chain(path: Path) -> None:
    """A new identity: what was written since the backup has the numbers that would come next, perhaps elsewhere too."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE installation SET value = ? WHERE key = ?", (str(uuid4()), CONSOLE_ID))


def _check_ours(path: Path) -> None:
    """Raises RecordsError unless it is a sound database of ours, of a schema that this program knows."""
    database = Database(make_engine(URL.create("sqlite", database=str(path))), str(path))
    try:
        if schema_of(database) is None:
            raise RecordsError(
                "this is not a database", place=str(path), cure="give another file, or move this one away"
            )
        with database.read() as connection:
            if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
                raise RecordsError("the database is damaged", place=str(path), cure="put back the newest backup")
    finally:
        database.close()


def _copy(source: Path, target: Path) -> None:
    """All of it as of one moment, into one file without a write-ahead log beside it."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=_LOCK_WAIT_S)) as one,
        closing(sqlite3.connect(target, timeout=_LOCK_WAIT_S)) as other,
    ):
        one.backup(other)
        other.execute("PRAGMA journal_mode = DELETE")
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _set_aside(path: Path) -> Path | None:
    """Move the database that is there to another name, as one file where it can be read, else as it lies there."""
    if not path.exists():
        return None
    kept = path.with_name(f"{path.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")
    try:
        with closing(sqlite3.connect(path, timeout=0.2)) as connection:
            # Closes the write-ahead log into the file; refused while anybody else has it open.
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        raise records_error(error, str(path)) from None
    except sqlite3.DatabaseError:
        pass  # damaged, or none at all: the reason for a restore
    for side in _SIDES:
        beside = path.with_name(path.name + side)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + side))
    path.rename(kept)
    return kept


@contextmanager
def _new_file(file: Path) -> Iterator[Path]:
    """A part file beside it that takes its name when the block has ended."""
    if file.exists():
        raise RecordsError("this file is there already", place=str(file), cure="give another name")
    part = file.with_name(f"{file.name}.part")
    with _foreign_errors(file), _gone_unless_moved(part):
        _create(part)
        yield part
        try:
            os.link(part, file)  # unlike a rename it never replaces
        except FileExistsError:
            raise RecordsError("this file is there already", place=str(file), cure="give another name") from None
        _sync(file.parent)


def _create(path: Path) -> None:
    """An empty file for this user alone; what an earlier try left is taken away."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


@contextmanager
def _gone_unless_moved(part: Path) -> Iterator[None]:
    try:
        yield
    finally:
        for name in ("", *_SIDES):
            part.with_name(part.name + name).unlink(missing_ok=True)


@contextmanager
def _foreign_errors(place: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise records_error(error, str(place)) from None
    except OSError as error:
        words = os.strerror(error.errno or 0)
        raise RecordsError(f"this file cannot be read or written: {words}", place=str(place)) from None


def _sync(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
