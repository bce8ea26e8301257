"""Where a row is played: a pool with its workers, a clock that starts with the fault, and what was seen."""

import time
from dataclasses import dataclass, field

from gwanje.domain.cameras import CameraId
from gwanje.domain.source_state import Note, Reason, SourceState
from gwanje.videowall.port import SourceKey, StreamAddress
from tests.fakes.pool_bench import PoolBench

PATIENCE_S = 20.0
"""Until a row is given up; the bounds are held by the table."""

_ON_PICTURES = frozenset({Note.DAMAGED, Note.CLOCK_JUMPED, Note.LATE})
"""The others say what the machine can do."""


@dataclass
class Observed:
    """Attributes: `shown` in the order seen. `show_s`, `recover_s`: seconds from the fault, from its end."""

    shown: str = ""
    show_s: float = 0.0
    recover_s: float = 0.0
    remarks: list[str] = field(default_factory=list)


class Stage:
    """One source under observation. `fault` starts the clock and `cure` starts it anew.

    Attributes: `key_name` names the source. `at`: when the clock was started.
    """

    def __init__(self, bench: PoolBench, name: str) -> None:
        self.bench = bench
        self.observed = Observed()
        self.key_name = name
        self.at = 0.0
        self._last = 0

    @property
    def key(self) -> SourceKey:
        return SourceKey(CameraId(self.key_name))

    def show(self, address: StreamAddress) -> None:
        self.bench.changes.clear()
        self.at = time.monotonic()
        self.bench.show(self.key_name, address)

    def live(self, address: StreamAddress) -> None:
        """Show it, and wait until all is well."""
        self.show(address)
        self.bench.until(lambda: self.bench.is_live(self.key), PATIENCE_S)

    def fault(self) -> None:
        """Called just before it."""
        self.bench.changes.clear()
        self.at = time.monotonic()

    def cure(self) -> None:
        """Called just before the fault ends."""
        self.at = time.monotonic()
        self._last = self.bench.sequence(self.key)

    def told(self, state: SourceState, *reasons: Reason) -> None:
        """Wait for a state with one of the reasons, and note when it came."""

        def found() -> list[tuple[float, Reason]]:
            return [(at, why) for at, _, what, why in self._changes() if what is state and why in reasons]

        self.bench.until(found, PATIENCE_S)
        at, reason = found()[0]
        self.observed.show_s = at - self.at
        self.observed.shown = f"{state.value}: {reason.value}"

    def noted(self, note: Note) -> None:
        """Wait for a note on the live picture."""
        self.bench.until(lambda: note in self.bench.pool.status(self.key).notes, PATIENCE_S)
        self.observed.show_s = time.monotonic() - self.at
        self.observed.shown = f"{self.bench.state(self.key)[0].value}, marked {note.value}"

    def recovered(self) -> None:
        """Wait for new pictures, live and without a note on them."""

        def well() -> bool:
            status = self.bench.pool.status(self.key)
            return (
                status.state is SourceState.LIVE
                and not status.notes & _ON_PICTURES
                and self.bench.sequence(self.key) > self._last
            )

        self.bench.until(well, PATIENCE_S)
        self.observed.recover_s = time.monotonic() - self.at

    def states(self) -> set[SourceState]:
        return {state for _, _, state, _ in self._changes()}

    def remark(self, text: str) -> None:
        self.observed.remarks.append(text)

    def _changes(self) -> list[tuple[float, SourceKey, SourceState, Reason]]:
        return [change for change in self.bench.changes if change[1] == self.key]
