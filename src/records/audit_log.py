"""Audit rows in the database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, select

from ..domain.audit import AuditEntry, Outcome
from ._append import Place, SomeAreThere, append_missing, append_rows
from ._audit_rows import to_entry, to_row, unfinished
from ._database import Database
from ._facts import CLOSED_UP_TO, fact, put_fact
from .schema import audit

_MOST_ROWS = 2**31


class SqlAuditLog:
    """The AuditLog port (domain/ports.py)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, entries: Sequence[AuditEntry]) -> list[AuditEntry]:
        """See the port. A row that is there already, the same in all but its place, counts as written.

        So a caller that cannot know whether its rows came through (the disk failed at the commit) may send them again.
        Raises RecordsError when another row has the id of one of these.
        """
        rows = [to_row(entry) for entry in entries]
        if not rows:
            return []
        try:
            places = self._database.write(lambda connection: append_rows(connection, self._database.centre, rows))
        except SomeAreThere:
            places = self._database.write(
                lambda connection: append_missing(connection, self._database.centre, rows, self._database.place)
            )
        return _placed(entries, places)

    def read(self, *, after: int = 0, limit: int = 500) -> list[AuditEntry]:
        query = self._rows().where(audit.c.seq > after).order_by(audit.c.seq).limit(_at_most(limit))
        with self._database.read() as connection:
            return [to_entry(row, self._database.place) for row in connection.execute(query).mappings()]

    def latest(self, limit: int) -> list[AuditEntry]:
        query = self._rows().order_by(audit.c.seq.desc()).limit(_at_most(limit))
        with self._database.read() as connection:
            return [to_entry(row, self._database.place) for row in connection.execute(query).mappings()][::-1]

    def close_unfinished(self, now: datetime) -> list[AuditEntry]:
        def close(connection: Connection) -> list[AuditEntry]:
            centre = self._database.centre
            # After each call everything up to the newest row is closed: the next call starts there.
            first: dict[UUID, AuditEntry] = {}
            query = self._open_since(int(fact(connection, centre, CLOSED_UP_TO) or 0))
            for row in connection.execute(query).mappings():
                entry = to_entry(row, self._database.place)
                first.setdefault(entry.action_id, entry)
            unknown = [unfinished(entry, now) for entry in first.values()]
            places = append_rows(connection, centre, [to_row(entry) for entry in unknown])
            newest = connection.scalar(select(func.max(audit.c.seq)).where(audit.c.centre == centre)) or 0
            put_fact(connection, centre, CLOSED_UP_TO, str(newest))
            return _placed(unknown, places)

        return self._database.write(close)

    def _rows(self) -> Select[Any]:
        return select(audit).where(audit.c.centre == self._database.centre)

    def _open_since(self, seq: int) -> Select[Any]:
        """The requests after that place whose action has no other row."""
        closing = audit.alias("closing")
        closed = select(closing.c.seq).where(
            closing.c.centre == audit.c.centre,
            closing.c.action_id == audit.c.action_id,
            closing.c.outcome != Outcome.REQUESTED.value,
        )
        requests = self._rows().where(audit.c.seq > seq, audit.c.outcome == Outcome.REQUESTED.value)
        return requests.where(~closed.exists()).order_by(audit.c.seq)


def _placed(entries: Sequence[AuditEntry], places: Sequence[Place]) -> list[AuditEntry]:
    return [replace(entry, **place._asdict()) for entry, place in zip(entries, places, strict=True)]


def _at_most(limit: int) -> int:
    # A negative LIMIT means none on SQLite and is an error on PostgreSQL.
    return max(0, min(limit, _MOST_ROWS))
