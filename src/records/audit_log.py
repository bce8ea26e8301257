"""Audit rows in the database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select, update

from ..domain.audit import AuditEntry, Outcome
from ._append import Place, SomeAreThere, append_missing, append_rows
from ._audit_rows import to_entry, to_row, unfinished
from ._database import Database
from .schema import audit, installation

_CLOSED_UP_TO = "audit_closed_up_to"
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
            with self._database.write() as connection:
                places = append_rows(connection, rows)
        except SomeAreThere:
            with self._database.write() as connection:
                places = append_missing(connection, rows, self._database.place)
        return _placed(entries, places)

    def read(self, *, after: int = 0, limit: int = 500) -> list[AuditEntry]:
        query = select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(_at_most(limit))
        with self._database.read() as connection:
            return [to_entry(row, self._database.place) for row in connection.execute(query).mappings()]

    def latest(self, limit: int) -> list[AuditEntry]:
        query = select(audit).order_by(audit.c.seq.desc()).limit(_at_most(limit))
        with self._database.read() as connection:
            return [to_entry(row, self._database.place) for row in connection.execute(query).mappings()][::-1]

    def close_unfinished(self, now: datetime) -> list[AuditEntry]:
        with self._database.write() as connection:
            # After each call everything up to the newest row is closed: the next call starts there.
            closed_up_to = connection.scalar(select(installation.c.value).where(installation.c.key == _CLOSED_UP_TO))
            opened = audit.alias("opened")
            closing = audit.alias("closing")
            query = (
                select(opened)
                .where(opened.c.seq > int(closed_up_to or 0), opened.c.outcome == Outcome.REQUESTED.value)
                .where(
                    ~select(closing.c.seq)
                    .where(closing.c.action_id == opened.c.action_id, closing.c.outcome != Outcome.REQUESTED.value)
                    .exists()
                )
                .order_by(opened.c.seq)
            )
            first: dict[UUID, AuditEntry] = {}
            for row in connection.execute(query).mappings():
                entry = to_entry(row, self._database.place)
                first.setdefault(entry.action_id, entry)
            unknown = [unfinished(entry, now) for entry in first.values()]
            places = append_rows(connection, [to_row(entry) for entry in unknown])
            newest = connection.scalar(select(func.max(audit.c.seq))) or 0
            if closed_up_to is None:
                connection.execute(insert(installation).values(key=_CLOSED_UP_TO, value=str(newest)))
            else:
                connection.execute(
                    update(installation).where(installation.c.key == _CLOSED_UP_TO).values(value=str(newest))
                )
        return _placed(unknown, places)


def _placed(entries: Sequence[AuditEntry], places: Sequence[Place]) -> list[AuditEntry]:
    return [replace(entry, **place._asdict()) for entry, place in zip(entries, places, strict=True)]


def _at_most(limit: int) -> int:
    # A negative LIMIT means none on SQLite and is an error on PostgreSQL.
    return max(0, min(limit, _MOST_ROWS))
