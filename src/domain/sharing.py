"""Whether what a console recorded has reached the database that its centre shares."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SharingState(StrEnum):
    """SHARED: all of it has. CATCHING_UP: rows are on their way. ALONE: the shared database does not take them now."""

    SHARED = "shared"
    CATCHING_UP = "catching up"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Sharing:
    """Attributes: behind: rows that have not reached it; since: UTC, when it last took them, set while ALONE."""

    state: SharingState
    behind: int = 0
    since: datetime | None = None
    reason: str = ""
