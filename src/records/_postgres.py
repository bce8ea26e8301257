"""PostgreSQL: whose rows an address means, how the server is trusted, and how each connection is set up.

Nothing here that its distributed relatives (Citus, CockroachDB, YugabyteDB) cannot run: no sequences, no triggers, no
types of its own; one writer of a centre at a time by a row lock, and transactions that are done anew.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from ..domain.errors import RecordsError
from ._database import WRITES, Database
from ._facts import LAST_SEQ
from .schema import installation

_DRIVERS = {"postgresql", "postgresql+psycopg"}
_CENTRE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
# What would bring a password into an address, or another server than the one that is named.
_REFUSED = {"password", "sslpassword", "service", "servicefile"}

_CONNECTIONS = 3
_CONNECT_TIMEOUT_S = 5
_SILENCE_MS = 10_000
_SET_UP = (
    "SET statement_timeout = '30s'",
    "SET lock_timeout = '10s'",
    # A console that hangs in the middle of a transaction must not hold up the others of its centre.
    "SET idle_in_transaction_session_timeout = '10s'",
)


def is_shared(url: URL) -> bool:
    """Whether the address means a server."""
    return url.drivername in _DRIVERS


def shared_place(url: URL) -> str:
    """What error messages call it, and under which name the secret store keeps its password."""
    hosts = ",".join(_hosts(url))
    port = f":{url.port}" if url.port else ""
    return f"{url.username or ''}@{hosts}{port}/{url.database or ''}"


def centre_of(url: URL) -> str:
    """The centre whose records are meant: `?centre=CODE`. Raises RecordsError."""
    centre = url.query.get("centre", "")
    if not isinstance(centre, str) or not _CENTRE.fullmatch(centre):
        raise RecordsError(
            "the address does not say which centre is meant",
            place=shared_place(url),
            cure="add ?centre=CODE, of small letters, digits, - and _",
        )
    return centre


def make_shared_engine(url: URL, password: Callable[[], str | None]) -> Engine:
    """An engine with a small pool; it connects when it is first used, and asks for the password each time it does.

    Raises RecordsError when the address holds a password, or leads to another machine without proving which.
    """
    engine = create_engine(
        _trusted(url),
        hide_parameters=True,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,
        pool_recycle=1800,
        pool_timeout=_CONNECT_TIMEOUT_S,
        isolation_level="READ COMMITTED",
        connect_args={
            "connect_timeout": _CONNECT_TIMEOUT_S,
            "tcp_user_timeout": _SILENCE_MS,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "application_name": "gwanje",
            "prepare_threshold": None,  # poolers between us and the server keep no prepared statements
        },
    )

    @event.listens_for(engine, "do_connect")
    def _give_password(_dialect: Any, _entry: Any, _arguments: Any, parameters: dict[str, Any]) -> None:
        secret = password()
        if secret is not None:
            parameters["password"] = secret

    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def tell(connection: Connection, centre: str) -> None:
    """At the commit, wake those who follow the centre; they look by themselves too, where nobody can tell them."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_notify(:channel, '')"), {"channel": _channel(centre)})


class News:
    """Waits for what `tell` says, on a connection of its own. For one thread. Never raises."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: PoolProxiedConnection | None = None

    def wait(self, timeout_s: float) -> bool:
        """At most that long, or until there is news. False, at once, where there can be none: then poll."""
        if self._database.dialect != "postgresql":
            return False
        import psycopg  # a console without a server does not load it

        try:
            if self._connection is None:
                self._connection = self._database.raw_connection()
                driver: Any = self._connection.driver_connection
                driver.rollback()  # the pool has asked whether it lives
                driver.autocommit = True
                driver.execute(f'LISTEN "{_channel(self._database.centre)}"')
                return True  # what came before this moment was not heard
            driver = self._connection.driver_connection
            for _ in driver.notifies(timeout=timeout_s, stop_after=1):
                pass
        except (RecordsError, SQLAlchemyError, psycopg.Error):
            self.close()
            return False
        return True

    def close(self) -> None:
        import psycopg

        if self._connection is not None:
            connection, self._connection = self._connection, None
            with suppress(SQLAlchemyError, psycopg.Error):
                connection.invalidate()  # it listens: it must not go back to the pool


def _channel(centre: str) -> str:
    return f"gwanje_{centre}"[:63]


def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    try:
        for statement in _SET_UP:
            cursor.execute(statement)
        connection.commit()
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if WRITES not in options:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return
    # The writers of a centre wait for each other here, each for the commit of the one before: the order of the places
    # is the order of the commits, so that a reader who has seen a place never misses an earlier one.
    centre = options[WRITES]
    if centre is not None:
        lock = select(installation.c.key).where(installation.c.centre == centre, installation.c.key == LAST_SEQ)
        connection.execute(lock.with_for_update())


def _trusted(url: URL) -> URL:
    place = shared_place(url)
    if url.password is not None or _REFUSED & set(url.query):
        raise RecordsError(
            "the address contains a password or names a service",
            place=place,
            cure="give the password with `gwanje records password`, or in the file that PGPASSFILE names",
        )
    hosts = _hosts(url)
    if not hosts or "" in hosts:
        raise RecordsError("the address names no server", place=place, cure="write postgresql://user@host/database")
    query = {key: value for key, value in url.query.items() if key != "centre"}
    if not all(host.startswith("/") or host in _LOOPBACK for host in hosts):
        if query.setdefault("sslmode", "verify-full") != "verify-full":
            raise RecordsError(
                "the server would not have to prove who it is", place=place, cure="write sslmode=verify-full"
            )
        query.setdefault("sslrootcert", "system")
    return url.set(drivername="postgresql+psycopg", query=query)


def _hosts(url: URL) -> list[str]:
    named: list[str] = [url.host] if url.host else []
    for key in ("host", "hostaddr"):
        values = url.query.get(key, ())
        named += values.split(",") if isinstance(values, str) else [h for v in values for h in v.split(",")]
    return named
