"""The worker's notice board: its heartbeat and, for each session, when something last came.

The console reads it some ten times a second for all sources at once; nothing has to be sent for it.
"""

from ...domain.source_state import Beat
from .memory import OwnedMemory, attach

ROWS = 1024
_FIELDS = 7  # data_at, decoded_at, changed_at, sequence, damaged_at, jumped_at, late_at
_SIZE = (ROWS + 1) * _FIELDS * 8


class BoardWriter:
    """The worker's side. Row 0 is the heartbeat, rows 1.. belong to sessions."""

    def __init__(self) -> None:
        self.memory = OwnedMemory(_SIZE)
        self._cells = self.memory.view.cast("d")

    def heart_beats(self, now: float) -> None:
        self._cells[0] = now

    def clear(self, row: int) -> None:
        for cell in range(row * _FIELDS, (row + 1) * _FIELDS):
            self._cells[cell] = 0.0

    def data_came(self, row: int, now: float) -> None:
        self._cells[row * _FIELDS] = now

    def picture_came(self, row: int, sequence: int, decoded_at: float, is_new: bool) -> None:
        cell = row * _FIELDS
        if is_new:
            self._cells[cell + 2] = decoded_at
        self._cells[cell + 3] = sequence
        self._cells[cell + 1] = decoded_at

    def picture_is_damaged(self, row: int, now: float) -> None:
        self._cells[row * _FIELDS + 4] = now

    def clock_jumped(self, row: int, now: float) -> None:
        self._cells[row * _FIELDS + 5] = now

    def picture_is_late(self, row: int, now: float) -> None:
        self._cells[row * _FIELDS + 6] = now


class BoardReader:
    """The console's side. Raises OSError or ValueError when the worker is gone."""

    def __init__(self, place: str) -> None:
        self._cells = attach(place, _SIZE).cast("d")

    def heart_beat(self) -> float:
        return self._cells[0]

    def beat(self, row: int) -> Beat:
        data_at, decoded_at, changed_at, _, *noted_at = self._cells[row * _FIELDS : (row + 1) * _FIELDS]
        return Beat(data_at or None, decoded_at or None, changed_at or None, *(at or None for at in noted_at))
