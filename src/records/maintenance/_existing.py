"""Opening a database that is there, as it is: it is not made, and not upgraded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from ...domain.errors import RecordsError
from .._database import Database
from .._sqlite import file_of, make_engine
from .._upgrade import refuse_newer, version_of
from ..schema import HEAD


def database_file(url: str) -> Path:
    """The SQLite file that a URL names. Raises RecordsError when it names none, or one that is not there."""
    try:
        path = file_of(make_url(url))
    except (SQLAlchemyError, ValueError):
        # The exception quotes the URL, password included.
        raise RecordsError("this is not a database URL", cure="give sqlite:///path") from None
    if not path.is_file():
        raise RecordsError("there is no database", place=str(path), cure="give its URL with --database")
    return path


@contextmanager
def existing(url: str) -> Iterator[Database]:
    """The database, while the block runs. Raises RecordsError unless it has this program's schema."""
    path = database_file(url)
    database = Database(make_engine(make_url(url)), str(path))
    try:
        version = schema_of(database)
        if version != HEAD:
            raise RecordsError(
                f"the database has the older schema {version or 'none'} (this version needs {HEAD})",
                place=database.place,
                cure="make a copy, then run `gwanje records upgrade`",
            )
        yield database
    finally:
        database.close()


def schema_of(database: Database) -> str | None:
    """Raises RecordsError when it is another program's, or newer than this program."""
    with database.read() as connection:
        version = version_of(connection, database.place)
    refuse_newer(version, database.place)
    return version
