"""Opening a database that is there, as it is: it is not made, and not upgraded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...domain.errors import RecordsError
from ...domain.ports import SecretStore
from .._database import Database
from .._postgres import is_shared
from .._sqlite import file_of, make_engine
from .._upgrade import refuse_newer, version_of
from ..schema import HEAD
from ..store import parse, shared_database


def database_file(url: str) -> Path:
    """The SQLite file that a URL names. Raises RecordsError when it names none, or one that is not there."""
    parsed = parse(url)
    if is_shared(parsed):
        raise RecordsError(
            "this is done with the server's own programs", place="PostgreSQL", cure="use pg_dump and pg_restore"
        )
    path = file_of(parsed)
    if not path.is_file():
        raise RecordsError("there is no database", place=str(path), cure="give its URL with --database")
    return path


@contextmanager
def opened(url: str, secrets: SecretStore | None) -> Iterator[Database]:
    """The database, of whatever schema, while the block runs. Raises RecordsError."""
    parsed = parse(url)
    if is_shared(parsed):
        database = shared_database(url, secrets)
    else:
        path = database_file(url)
        database = Database(make_engine(parsed), str(path))
    try:
        yield database
    finally:
        database.close()


@contextmanager
def existing(url: str, secrets: SecretStore | None) -> Iterator[Database]:
    """The database, while the block runs. Raises RecordsError unless it has this program's schema."""
    with opened(url, secrets) as database:
        version = schema_of(database)
        if version != HEAD:
            raise RecordsError(
                f"the database has the older schema {version or 'none'} (this version needs {HEAD})",
                place=database.place,
                cure="make a copy, then run `gwanje records upgrade`",
            )
        yield database


def schema_of(database: Database) -> str | None:
    """Raises RecordsError when it is another program's, or newer than this program."""
    with database.read() as connection:
        version = version_of(connection, database.place)
    refuse_newer(version, database.place)
    return version
