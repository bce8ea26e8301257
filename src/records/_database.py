"""One open database: transactions, and the border where its errors become ours."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection

from ..domain.errors import RecordsError
from ._errors import is_passing, records_error

WRITES = "gwanje_writes"
"""Execution option of a connection that is going to write: the centre whose write lock is taken at once, or None."""

_TRIES = 8
_T = TypeVar("_T")


class Database:
    """Transactions on one engine, from any thread.

    Attributes:
        place: what error messages call it, without a password.
        centre: whose rows are meant, in a database that several centres share; empty in a console's own.
    """

    def __init__(self, engine: Engine, place: str, centre: str = "") -> None:
        self.place = place
        self.centre = centre
        self._engine = engine
        self._closed = False

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the database. Raises RecordsError and what the block raises."""
        with self._border(), self._engine.begin() as connection:
            yield connection

    def write(self, work: Callable[[Connection], _T], *, lock: bool = True) -> _T:
        """Do `work` in a transaction that is on disk when this returns. Raises RecordsError and what `work` raises.

        Of the writers of one centre only one is at work at a time. `work` is done anew, on a new transaction, when the
        server ended the old one to keep transactions apart: it changes nothing but the database. Without `lock` the
        writers of a server's centre do not wait for each other: for what makes the tables on which they wait.
        """
        for tries_left in reversed(range(_TRIES)):
            with self._border():
                try:
                    return self._try(work, lock)
                except SQLAlchemyError as error:
                    if not tries_left or not is_passing(error):
                        raise
            time.sleep(random.uniform(0, 0.05) * (_TRIES - tries_left))  # noqa: S311 - so that two do not meet again
        raise AssertionError("unreachable")

    @property
    def dialect(self) -> str:
        """sqlite or postgresql."""
        return self._engine.dialect.name

    def raw_connection(self) -> PoolProxiedConnection:
        """A connection of the driver, outside any transaction of ours. Raises RecordsError."""
        with self._border():
            return self._engine.raw_connection()

    def close(self) -> None:
        """Let go of the file. Closing twice does nothing."""
        self._closed = True
        with self._border(closing=True):
            self._engine.dispose()

    def _try(self, work: Callable[[Connection], _T], lock: bool) -> _T:
        with self._engine.connect() as connection:
            connection = connection.execution_options(**{WRITES: self.centre if lock else None})
            with connection.begin():
                return work(connection)

    @contextmanager
    def _border(self, *, closing: bool = False) -> Iterator[None]:
        if self._closed and not closing:
            raise RecordsError("the database is closed", place=self.place)
        try:
            yield
        except (SQLAlchemyError, OverflowError) as error:
            # OverflowError: a whole number that needs more than 64 bits.
            raise records_error(error, self.place) from None
