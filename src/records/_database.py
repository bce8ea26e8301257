"""One open database: transactions, and the border where its errors become ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from ..domain.errors import RecordsError
from ._errors import records_error

WRITES = "gwanje_writes"
"""Execution option of a connection that is going to write; on SQLite it takes the write lock at once."""


class Database:
    """Transactions on one engine, from any thread.

    Attributes:
        place: what error messages call it, without a password.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self.place = place
        self._engine = engine
        self._closed = False

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the database. Raises RecordsError and what the block raises."""
        with self._border(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is on disk when the block has ended. Raises RecordsError and what the block raises."""
        with self._border(), self._engine.connect() as connection:
            connection = connection.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Let go of the file. Closing twice does nothing."""
        self._closed = True
        with self._border(closing=True):
            self._engine.dispose()

    @contextmanager
    def _border(self, *, closing: bool = False) -> Iterator[None]:
        if self._closed and not closing:
            raise RecordsError("the database is closed", place=self.place)
        try:
            yield
        except (SQLAlchemyError, OverflowError) as error:
            # OverflowError: a whole number that needs more than 64 bits.
            raise records_error(error, self.place) from None
