"""Audit rows in the database."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, RowMapping, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from ..domain.audit import AuditEntry, Outcome
from ..domain.errors import RecordsError
from ._database import Database
from ._text import to_json
from .schema import audit, installation

UNFINISHED_REASON = "the program ended before it was done"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_CLOSED_UP_TO = "audit_closed_up_to"
_MOST_ROWS = 2**31


def to_microseconds(at: datetime) -> int:
    """Whole microseconds since 1970-01-01 UTC. Raises RecordsError for a time without a zone."""
    if at.tzinfo is None:
        raise RecordsError("a time without a time zone cannot be recorded", place="audit row")
    return (at - _EPOCH) // _MICROSECOND


class SqlAuditLog:
    """The AuditLog port (domain/ports.py)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, entries: Sequence[AuditEntry]) -> list[AuditEntry]:
        """See the port. A row that is there already, the same in all but `seq`, counts as written.

        So a caller that cannot know whether its rows came through (the disk failed at the commit) may send them again.
        Raises RecordsError when another row has the id of one of these.
        """
        rows = [_to_row(entry) for entry in entries]
        if not rows:
            return []
        try:
            with self._database.write() as connection:
                numbers = _insert(connection, rows)
        except _SomeAreThere:
            with self._database.write() as connection:
                numbers = _insert_missing(connection, rows, self._database.place)
        return [replace(entry, seq=seq) for entry, seq in zip(entries, numbers, strict=True)]

    def read(self, *, after: int = 0, limit: int = 500) -> list[AuditEntry]:
        query = select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(_at_most(limit))
        with self._database.read() as connection:
            return [self._to_entry(row) for row in connection.execute(query).mappings()]

    def latest(self, limit: int) -> list[AuditEntry]:
        query = select(audit).order_by(audit.c.seq.desc()).limit(_at_most(limit))
        with self._database.read() as connection:
            return [self._to_entry(row) for row in connection.execute(query).mappings()][::-1]

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
                entry = self._to_entry(row)
                first.setdefault(entry.action_id, entry)
            unknown = [unfinished(entry, now) for entry in first.values()]
            numbers = _insert(connection, [_to_row(entry) for entry in unknown]) if unknown else []
            newest = connection.scalar(select(func.max(audit.c.seq))) or 0
            if closed_up_to is None:
                connection.execute(insert(installation).values(key=_CLOSED_UP_TO, value=str(newest)))
            else:
                connection.execute(
                    update(installation).where(installation.c.key == _CLOSED_UP_TO).values(value=str(newest))
                )
        return [replace(entry, seq=seq) for entry, seq in zip(unknown, numbers, strict=True)]

    def _to_entry(self, row: RowMapping) -> AuditEntry:
        try:
            return AuditEntry(
                id=UUID(row["id"]),
                action_id=UUID(row["action_id"]),
                at=_EPOCH + row["at"] * _MICROSECOND,
                console=row["console"],
                seat=row["seat"],
                operator=row["operator"],
                action=row["action"],
                outcome=Outcome(row["outcome"]),
                camera=row["camera"],
                details=json.loads(row["details"]),
                reason=row["reason"],
                seq=row["seq"],
            )
        except (ValueError, TypeError, RecursionError):
            raise RecordsError(
                f"audit row {row['seq']} is damaged", place=self._database.place, cure="put back the newest backup"
            ) from None


def unfinished(requested: AuditEntry, now: datetime) -> AuditEntry:
    """The row that closes an action of which only the request is known."""
    return replace(requested, id=uuid4(), at=now, outcome=Outcome.UNKNOWN, reason=UNFINISHED_REASON, seq=0)


class _SomeAreThere(Exception):
    """A row with the same id is in the table."""


def _at_most(limit: int) -> int:
    # A negative LIMIT means none on SQLite and is an error on PostgreSQL.
    return max(0, min(limit, _MOST_ROWS))


def _to_row(entry: AuditEntry) -> dict[str, Any]:
    return {
        "id": str(entry.id),
        "action_id": str(entry.action_id),
        "at": to_microseconds(entry.at),
        "console": entry.console,
        "seat": entry.seat,
        "operator": entry.operator,
        "action": entry.action,
        "outcome": entry.outcome.value,
        "camera": entry.camera,
        "details": to_json(dict(entry.details), f"details of {entry.action}"),
        "reason": entry.reason,
    }


def _insert(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    statement = insert(audit).returning(audit.c.seq, sort_by_parameter_order=True)
    try:
        return list(connection.execute(statement, list(rows)).scalars())
    except IntegrityError:
        raise _SomeAreThere from None


def _insert_missing(connection: Connection, rows: Sequence[Mapping[str, Any]], place: str) -> list[int]:
    numbers = []
    for row in rows:
        there = connection.execute(select(audit).where(audit.c.id == row["id"])).mappings().first()
        if there is None:
            numbers += _insert(connection, [row])
        elif {name: there[name] for name in row} == row:
            numbers.append(there["seq"])
        else:
            raise RecordsError(f"another audit row has the id {row['id']}", place=place)
    return numbers
