"""What the pool knows of one source."""

from dataclasses import dataclass, field

from ..domain.source_state import SourceLife, SourceState, SourceStatus
from .port import Importance, Picture, Rate, SourceKey, SourceStatistics

NO_STATUS = SourceStatus()
NO_STATISTICS = SourceStatistics()


@dataclass(slots=True)
class Source:
    """Mutable. Times are monotonic seconds, sizes (width, height) in device pixels.

    Attributes:
        session: of the present attempt; `in_engine` once the engine knows it (the address comes first).
        box: the largest view of it. told_box: as the engine has it. importance: of its most important view.
        rate: as the engine has it. to_come: pictures to wait for until it is back from key frames only.
        keys_are_rare: key frames only were found to leave the picture stale.
        unwanted_at: since when nobody sees it; None while somebody does, and when it is suspended.
        picture: the last one of a session that is over.
    """

    key: SourceKey
    life: SourceLife = field(default_factory=SourceLife)
    status: SourceStatus = NO_STATUS
    session: int | None = None
    in_engine: bool = False
    box: tuple[int, int] = (0, 0)
    told_box: tuple[int, int] = (0, 0)
    importance: Importance = Importance.NORMAL
    rate: Rate = Rate.FULL
    to_come: int = 0
    keys_are_rare: bool = False
    unwanted_at: float | None = None
    picture: Picture | None = None
    statistics: SourceStatistics = NO_STATISTICS

    @property
    def is_wanted(self) -> bool:
        return self.unwanted_at is None and self.life.state not in (SourceState.IDLE, SourceState.SUSPENDED)

    @property
    def rank(self) -> tuple[float, ...]:
        """Sorts sources by what they matter; the largest matters most."""
        return self.importance, self.box[0] * self.box[1]
