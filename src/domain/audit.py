"""Audit rows: append-only facts about what an operator asked for and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Outcome(StrEnum):
    """REQUESTED is written before anything happens; one of the others closes the action.

    UNKNOWN is written at the next start for an action that a crash left open.
    """

    REQUESTED = "requested"
    SUCCEEDED = "succeeded"
    REFUSED = "refused"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row.

    Attributes:
        id: of the row. action_id: shared by the rows of one action.
        at: UTC. seq: the row's place in its database, counted from 1; 0 until it is written.
        console: which installation; seat: which desk; operator: name, empty before sign-in.
        action: the command's name ("ptz.move"). camera: its id where it is about one, else empty.
        details: the command's fields as JSON values, without secrets. reason: why it was refused or failed.
    """

    id: UUID
    action_id: UUID
    at: datetime
    console: str
    seat: str
    operator: str
    action: str
    outcome: Outcome
    camera: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""
    seq: int = 0
