"""Opening a database, and the Records port that stands for it."""

from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import SQLAlchemyError

from ..domain.errors import RecordsError
from ..domain.ports import SecretStore
from ._database import Database
from ._facts import CONSOLE_ID, LAST_SEQ, fact, put_fact
from ._postgres import centre_of, is_shared, make_shared_engine, shared_place
from ._sqlite import file_of, keep_write_ahead_log, make_engine, make_file
from ._upgrade import upgrade, version_of
from .audit_log import SqlAuditLog
from .directory import SqlDirectory
from .operator_book import SqlOperatorBook
from .schema import HEAD
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
    def database(self) -> Database:
        """For the parts of this room that work on it beside the port."""
        return self._database

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


def open_shared(url: str, secrets: SecretStore | None = None) -> SqlRecords:
    """See the room's __init__."""
    database = shared_database(url, secrets)
    try:
        bring_up(database)
        return SqlRecords(database, console_id(database))
    except BaseException:
        database.close()
        raise


def open_any(url: str, secrets: SecretStore) -> SqlRecords:
    """For tools; a console never works on a server alone."""
    return open_shared(url, secrets) if is_shared(parse(url)) else open_records(url)


def bring_up(database: Database) -> None:
    """The tables of this version and the row of the centre, made where they are not there."""
    with database.read() as connection:
        version = version_of(connection, database.place)
    if version != HEAD:
        upgrade(database)
    _make_lock(database)


def shared_database(url: str, secrets: SecretStore | None = None) -> Database:
    """The database on a server, not yet connected. Raises RecordsError for an address that may not be used."""
    parsed = parse(url)
    if not is_shared(parsed):
        raise _no_server()
    place = shared_place(parsed)
    engine = make_shared_engine(parsed, lambda: secrets.get(secret_name(url)) if secrets else None)
    return Database(engine, place, centre_of(parsed))


def secret_name(url: str) -> str:
    """The name under which the secret store keeps the password of a shared database. Raises RecordsError."""
    parsed = parse(url)
    if not is_shared(parsed):
        raise _no_server()
    return f"database/{shared_place(parsed)}"


def parse(url: str) -> URL:
    """Raises RecordsError, whose text does not hold the URL."""
    try:
        return make_url(url)
    except (SQLAlchemyError, ValueError):
        # The exception quotes the URL, password included.
        raise RecordsError("this is not a database URL", cure="give sqlite:///path") from None


def _no_server() -> RecordsError:
    return RecordsError("this is not the address of a database server", cure="give postgresql://user@host/database")


def _make_lock(database: Database) -> None:
    """The row on which the writers of a centre wait for each other."""
    with database.read() as connection:
        if fact(connection, database.centre, LAST_SEQ) is not None:
            return
    try:
        database.write(lambda connection: put_fact(connection, database.centre, LAST_SEQ, "0"), lock=False)
    except RecordsError:
        with database.read() as connection:
            if fact(connection, database.centre, LAST_SEQ) is None:  # else another console was quicker
                raise


def database_url(profile_dir: Path) -> str:
    """sqlite:///…/records.db in the profile folder."""
    url = URL.create("sqlite", database=str(profile_dir.absolute() / "records.db"))
    return url.render_as_string(hide_password=False)


def open_records(url: str) -> SqlRecords:
    """See the room's __init__. The order matters: nothing is written before it is known whose file it is."""
    parsed = parse(url)
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
        return SqlRecords(database, console_id(database))
    except BaseException:
        database.close()
        raise


def console_id(database: Database) -> str:
    """The identity of the console whose database this is, made once."""

    def identify(connection: Connection) -> str:
        found = fact(connection, database.centre, CONSOLE_ID) or str(uuid4())
        put_fact(connection, database.centre, CONSOLE_ID, found)
        return found

    with database.read() as connection:
        found = fact(connection, database.centre, CONSOLE_ID)
    # The usual start writes nothing, so that a read-only database can be looked at.
    return database.write(identify) if found is None else found
