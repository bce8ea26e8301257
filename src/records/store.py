"""Opening a database, and the Records port that stands for it."""

from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, insert, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from ..domain.errors import RecordsError
from ._database import Database
from ._sqlite import file_of, keep_write_ahead_log, make_engine, make_file
from ._upgrade import upgrade, version_of
from .audit_log import SqlAuditLog
from .directory import SqlDirectory
from .operator_book import SqlOperatorBook
from .schema import CONSOLE_ID, HEAD, installation
from .settings import SqlSettings


class SqlRecords:
    """The Records port (domain/ports.py). Its parts may be called from any thread."""

    def __init__(self, database: Database, console_id: str) -> None:
        self._database = database
        self._console_id = console_id
        self._audit = SqlAuditLog(database)
        self._directory = SqlDirectory(database)
        self._operators = SqlOperatorBook(database)
        self._settings = SqlSettings(database)

    @property
    def audit(self) -> SqlAuditLog:
        return self._audit

    @property
    def directory(self) -> SqlDirectory:
        return self._directory

    @property
    def operators(self) -> SqlOperatorBook:
        return self._operators

    @property
    def settings(self) -> SqlSettings:
        return self._settings

    @property
    def console_id(self) -> str:
        return self._console_id

    def close(self) -> None:
        self._database.close()


def database_url(profile_dir: Path) -> str:
    """sqlite:///…/records.db in the profile folder."""
    url = URL.create("sqlite", database=str(profile_dir.absolute() / "records.db"))
    return url.render_as_string(hide_password=False)


def open_records(url: str) -> SqlRecords:
    """See the room's __init__. The order matters: nothing is written before it is known whose file it is."""
    try:
        parsed = make_url(url)
    except (SQLAlchemyError, ValueError):
        # The exception quotes the URL, password included.
        raise RecordsError("this is not a database URL", cure="give sqlite:///path") from None
    path = file_of(parsed)
    make_file(path)
    engine = make_engine(parsed)
    database = Database(engine, str(path))
    try:
        with database.read() as connection:
            version = version_of(connection, database.place)
        if version != HEAD:
            if version is None:
                keep_write_ahead_log(engine, database.place)
            upgrade(database)
        keep_write_ahead_log(engine, database.place)
        return SqlRecords(database, _console_id(database))
    except BaseException:
        database.close()
        raise


def _console_id(database: Database) -> str:
    query = select(installation.c.value).where(installation.c.key == CONSOLE_ID)
    with database.read() as connection:
        found: str | None = connection.scalar(query)
    if found is not None:  # the usual start writes nothing, so that a read-only database can be looked at
        return found
    with database.write() as connection:
        found = connection.scalar(query)
        if found is None:
            found = str(uuid4())
            connection.execute(insert(installation).values(key=CONSOLE_ID, value=found))
        return found
