"""Audit rows between the domain and the table."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import RowMapping

from ..domain.audit import LONGEST_CONSOLE, AuditEntry, Outcome
from ..domain.errors import RecordsError
from ._text import to_json

UNFINISHED_REASON = "the program ended before it was done"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_microseconds(at: datetime) -> int:
    """Whole microseconds since 1970-01-01 UTC. Raises RecordsError for a time without a zone."""
    if at.tzinfo is None:
        raise RecordsError("a time without a time zone cannot be recorded", place="audit row")
    return (at - _EPOCH) // _MICROSECOND


def to_row(entry: AuditEntry) -> dict[str, Any]:
    """What the entry says, as columns; its place and its hash come when it is written. Raises RecordsError."""
    if len(entry.console) > LONGEST_CONSOLE:
        raise RecordsError(f"the console's identity is longer than {LONGEST_CONSOLE} characters", place="audit row")
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


def to_entry(row: RowMapping, place: str) -> AuditEntry:
    """The inverse. Raises RecordsError when the row could not have been written by this program."""
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
            number=row["number"],
            hash=row["hash"],
        )
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise RecordsError(
            f"audit row {row['seq']} is damaged", place=place, cure="put back the newest backup"
        ) from None


def unfinished(requested: AuditEntry, now: datetime) -> AuditEntry:
    """The row that closes an action of which only the request is known."""
    return replace(
        requested, id=uuid4(), at=now, outcome=Outcome.UNKNOWN, reason=UNFINISHED_REASON, seq=0, number=0, hash=""
    )
