"""Audit rows: append-only facts about what an operator asked for and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

LONGEST_CONSOLE = 200


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
        number: its place in the chain of its console, counted from 1 without a gap; 0 until it is written.
        hash: 64 hexadecimal digits over the row and the one before it in that chain; empty until it is written.
        console: which installation, at most LONGEST_CONSOLE characters; seat: which desk; operator: name, empty
        before sign-in.
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
    number: int = 0
    hash: str = ""


class BreakKind(StrEnum):
    """What was done to the rows of a console.

    EDITED: a row says something else than was written. MISSING: rows were taken out, and later ones are there.
    REORDERED: rows changed places. INSERTED: a row that was never written. TRUNCATED: the newest rows are gone.
    """

    EDITED = "edited"
    MISSING = "missing"
    REORDERED = "re-ordered"
    INSERTED = "inserted"
    TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """The first place where a console's chain does not hold.

    Attributes:
        number: in the chain of the console. seq: where the row lies in the database, id: its id; None for both where
        the row is not there.
    """

    kind: BreakKind
    console: str
    number: int
    seq: int | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """What a look at every row found: how many rows, of how many consoles, and each console's first break."""

    rows: int
    consoles: int
    breaks: tuple[ChainBreak, ...] = ()

    @property
    def intact(self) -> bool:
        return not self.breaks

    @property
    def first_broken(self) -> ChainBreak | None:
        """The break that lies first in the database; one whose row is gone comes last."""
        return min(self.breaks, key=lambda b: (b.seq is None, b.seq or 0, b.console), default=None)
