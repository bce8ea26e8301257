"""Looks at every audit row: is it the one that was written, at its place, and is none gone?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from ..domain.audit import AuditCheck, BreakKind, ChainBreak
from ._chain import GENESIS, Head, row_hash
from ._diagnosis import Clues, Row, gap_break
from .schema import audit, audit_heads

Heads = Mapping[str, Head]

_ROWS_AT_ONCE = 2000


def verify(connection: sa.Connection, centre: str = "", checkpoints: Sequence[Heads] = ()) -> AuditCheck:
    """Check the chain of each console against itself, against its head, and against heads that were kept elsewhere.

    Reads every row twice at most, in the order of the chains, and keeps a few of them in memory. The transaction of
    `connection` should see one moment (Database.read).
    """
    with _bytes_as_they_are(connection):
        heads = read_heads(connection, centre)
        walks = {console: _Walk(console, heads.get(console), _of(console, checkpoints)) for console in heads}
        for checkpoint in checkpoints:
            for console in checkpoint:
                walks.setdefault(console, _Walk(console, heads.get(console), _of(console, checkpoints)))
        count = 0
        for console, rows in groupby(_rows(connection, centre), key=attrgetter("console")):
            walk = walks.setdefault(console, _Walk(console, heads.get(console), _of(console, checkpoints)))
            count += walk.take(rows)
        broken = [clues for walk in walks.values() if (clues := walk.end()) is not None]
        if broken:
            for row in _rows(connection, centre):
                for clues in broken:
                    clues.take(row)
        breaks = _without_echoes([clues.result() for clues in broken])
        if not breaks and (gap := gap_break(connection, centre, count)) is not None:
            breaks = [gap]
    return AuditCheck(count, len(walks), tuple(breaks))


@dataclass(slots=True)
class _Walk:
    """Follows one console's chain to its first break.

    Attributes: head: its end as the database knows it; known: hashes that were kept elsewhere, by number.
    """

    console: str
    head: Head | None
    known: dict[int, str]
    last: Row | None = None
    clues: Clues | None = field(default=None)

    def take(self, rows: Iterable[Row]) -> int:
        """Returns how many rows there were."""
        count = 0
        for row in rows:
            count += 1
            if self.clues is None:
                self.clues = self._step(row)
        return count

    def end(self) -> Clues | None:
        """What is broken, None when nothing is."""
        number = self.last.number if self.last else 0
        if self.clues is None and number < max([self.head.number if self.head else 0, *self.known]):
            self.clues = self._clues(None)
        return self.clues

    def _step(self, row: Row) -> Clues | None:
        number, previous = (self.last.number + 1, self.last.hash) if self.last else (1, GENESIS)
        if self.head is None or (row.number == number > self.head.number):
            return self._clues(row, BreakKind.INSERTED)
        if row.number != number or row_hash(previous, number, row.columns) != row.hash:
            return self._clues(row)
        if self.last and row.seq <= self.last.seq:
            return self._clues(row, BreakKind.REORDERED)
        if (number == self.head.number and row.hash != self.head.hash) or self.known.get(number, row.hash) != row.hash:
            return self._clues(row)  # the hashes were computed anew, by someone who can write the rows
        self.last = row
        return None

    def _clues(self, row: Row | None, kind: BreakKind | None = None) -> Clues:
        return Clues(self.console, self.head or Head(), self.last, row, kind)


def _rows(connection: sa.Connection, centre: str) -> Iterator[Row]:
    """Every row, the bytes as they are, console by console in the order of the numbers."""
    # Columns without a type: nothing is unescaped or converted on the way.
    table = sa.table("audit", *(sa.column(column.name) for column in audit.c))
    query = sa.select(table).where(table.c.centre == centre).order_by(table.c.console, table.c.number, table.c.seq)
    for columns in connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query).mappings():
        yield Row.of(dict(columns))


def read_heads(connection: sa.Connection, centre: str) -> dict[str, Head]:
    """Where each chain ends, by console in its stored form."""
    table = sa.table("audit_heads", *(sa.column(column.name) for column in audit_heads.c))
    found = connection.execute(sa.select(table.c.console, table.c.number, table.c.hash).where(table.c.centre == centre))
    return {console: Head(number if isinstance(number, int) else 0, str(hash_)) for console, number, hash_ in found}


def _of(console: str, checkpoints: Sequence[Heads]) -> dict[int, str]:
    return {head.number: head.hash for heads in checkpoints if (head := heads.get(console)) is not None}


def _without_echoes(breaks: Sequence[ChainBreak]) -> list[ChainBreak]:
    """A row that was moved to another console breaks two chains: it was edited, and not inserted there."""
    edited = {b.id for b in breaks if b.kind is BreakKind.EDITED and b.id is not None}
    return [b for b in breaks if b.kind is not BreakKind.INSERTED or b.id not in edited]


@contextmanager
def _bytes_as_they_are(connection: sa.Connection) -> Iterator[None]:
    """Lets texts be read that are no UTF-8: only a tampered row holds them, and it is to be named."""
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = str
