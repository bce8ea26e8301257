"""What happened to a chain where it breaks, told from all the rows that are there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from ..domain.audit import BreakKind, ChainBreak
from ._chain import GENESIS, Head, row_hash
from ._facts import LAST_SEQ, fact
from .schema import audit


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it lies there. A number or place that is no whole number counts as -1: no row was written so."""

    seq: int
    number: int
    hash: str
    id: str
    console: str
    columns: Mapping[str, Any]

    @staticmethod
    def of(columns: Mapping[str, Any]) -> "Row":
        seq, number = columns["seq"], columns["number"]
        return Row(
            seq if isinstance(seq, int) else -1,
            number if isinstance(number, int) else -1,
            str(columns["hash"]),
            str(columns["id"]),
            str(columns["console"]),
            columns,
        )

    def hash_at(self, previous: str, number: int) -> str:
        """The hash that it would have there."""
        return row_hash(previous, number, self.columns)


@dataclass(slots=True)
class Clues:
    """One console's break, and what all the rows say about it.

    Attributes:
        last: the last row that was good. row: the one that does not fit, None where the chain ends too early.
        kind: set where it is known already.
    """

    console: str
    head: Head
    last: Row | None
    row: Row | None
    kind: BreakKind | None = None

    _count: int = 0
    _next: Row | None = None  # the one whose number is one higher than the break's
    _genuine: list[Row] = field(default_factory=list)  # rows that were written at the place of the break
    _swapped: bool = False  # what the hash at the break stands for lies elsewhere
    _moved: Row | None = None  # the row that was written at the break says another console now
    _before: Row | None = None  # the one that lies before the misfit in the database

    @property
    def _number(self) -> int:
        return self.last.number + 1 if self.last else 1

    @property
    def _previous(self) -> str:
        return self.last.hash if self.last else GENESIS

    def take(self, row: Row) -> None:
        """Every row of the database, in the order of the chains."""
        if row.console != self.console:
            if row.number == self._number:
                columns = {**row.columns, "console": self.console}
                if row_hash(self._previous, self._number, columns) == row.hash:
                    self._moved = row
            return
        self._count += 1
        if row.number == self._number + 1 and self._next is None:
            self._next = row
        if self.last is None or row.number >= self.last.number:
            here = row.hash_at(self._previous, self._number)
            if here == row.hash:
                self._genuine.append(row)
            elif self.row is not None and row.seq != self.row.seq and here == self.row.hash:
                self._swapped = True
        if self.row is not None and row.seq < self.row.seq and (self._before is None or row.seq > self._before.seq):
            self._before = row

    def result(self) -> ChainBreak:
        """Asked when every row was taken."""
        row, number = self.row, self._number
        if self.kind is not None:
            kind = self.kind
        elif row is None or row.number > number:
            kind, row = self._gap()
        else:
            kind = self._misfit(row)
            if kind is BreakKind.EDITED and row.number != number:
                number = self._home(row) or number
        if row is None:
            return ChainBreak(kind, self.console, number)
        if kind is BreakKind.INSERTED:
            number = row.number
        return ChainBreak(kind, self.console, number, row.seq, row.id)

    def _gap(self) -> tuple[BreakKind, Row | None]:
        """No row has the number that comes next."""
        if self._moved is not None:
            return BreakKind.EDITED, self._moved
        if self._genuine:
            return BreakKind.EDITED, self._genuine[0]
        return (BreakKind.TRUNCATED if self.row is None else BreakKind.MISSING), None

    def _misfit(self, row: Row) -> BreakKind:
        """A row has the number that comes next or one that was there already, and its hash says that it is wrong."""
        others = [x for x in self._genuine if x.seq != row.seq]
        if row.number != self._number or any(x.number == self._number for x in others):
            return BreakKind.EDITED if self._home(row) is not None else BreakKind.INSERTED
        if self._count > self.head.number:
            return BreakKind.INSERTED
        if others or self._swapped:
            return BreakKind.REORDERED
        if self._closed_up(row):
            return BreakKind.MISSING
        return BreakKind.EDITED

    def _home(self, row: Row) -> int | None:
        """The number that the row was written with, told by the row that lies before it in the database."""
        if row in self._genuine:
            return self._number
        before = self._before
        number, previous = (before.number + 1, before.hash) if before else (1, GENESIS)
        return number if row.hash_at(previous, number) == row.hash else None

    def _closed_up(self, row: Row) -> bool:
        """Whether rows were taken out and the later ones numbered anew, so that no gap shows."""
        missing = self.head.number - self._count
        if missing <= 0:
            return False
        if self._next is None:
            return row.hash == self.head.hash
        return any(
            self._next.hash_at(row.hash, self._next.number + k) == self._next.hash for k in range(1, missing + 1)
        )


def gap_break(connection: sa.Connection, centre: str, count: int) -> ChainBreak | None:
    """What the chains do not show: a row whose place in the database was changed, a console gone with its head.

    Places are given from 1 without a gap, and the last one is kept apart from the rows.
    """
    kept = fact(connection, centre, LAST_SEQ) or ""
    given = int(kept) if kept.isascii() and kept.isdigit() else 0
    newest = connection.execute(
        sa.select(audit.c.seq, audit.c.number, audit.c.id, audit.c.console)
        .where(audit.c.centre == centre)
        .order_by(audit.c.seq.desc())
        .limit(1)
    ).first()
    last = newest.seq if newest else 0
    if given > count:
        return ChainBreak(BreakKind.TRUNCATED if last == count else BreakKind.MISSING, "", 0)
    if newest is None or last == count:
        return None
    return ChainBreak(BreakKind.REORDERED, newest.console, newest.number, newest.seq, newest.id)
