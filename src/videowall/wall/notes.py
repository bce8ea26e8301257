"""The notes of one tile without flicker: damage that comes and goes is one note, not many."""

from collections.abc import Iterable

from ...domain.source_state import Note

STAYS_S = 2.0


class SteadyNotes:
    """Keeps a note for STAYS_S after it was true last."""

    def __init__(self) -> None:
        self._until: dict[Note, float] = {}

    def see(self, notes: Iterable[Note], now: float) -> frozenset[Note]:
        """What is to be shown at monotonic time `now`, when `notes` are true."""
        for note in notes:
            self._until[note] = now + STAYS_S
        self._until = {note: until for note, until in self._until.items() if until > now}
        return frozenset(self._until)

    def clear(self) -> None:
        """Another camera is on the tile."""
        self._until.clear()
