"""Many small pieces of work on the Qt thread, a few in each turn of the event loop."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

BUDGET_S = 0.004
"""A quarter of a frame at 60 Hz: opening a hundred sources must not be seen."""


@dataclass(frozen=True, slots=True)
class _Piece:
    rank: Callable[[], tuple[float, ...]]
    do: Callable[[], None]


class Stagger(QObject):
    """Does what it was given in later turns of the event loop, for `budget` seconds a turn and at least one piece."""

    def __init__(self, parent: QObject | None = None, *, budget: float = BUDGET_S) -> None:
        super().__init__(parent)
        self._budget = budget
        self._pieces: list[_Piece] = []
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._work)

    def add(self, rank: Callable[[], tuple[float, ...]], do: Callable[[], None]) -> None:
        """`rank` is asked when there is something to choose from; the largest is done first."""
        self._pieces.append(_Piece(rank, do))
        self._turn.start()

    def clear(self) -> None:
        self._turn.stop()
        self._pieces.clear()

    def _work(self) -> None:
        # perf_counter, not the clock of the sources: this is about the time that the Qt thread really spends.
        until = time.perf_counter() + self._budget
        pieces, self._pieces = sorted(self._pieces, key=lambda piece: piece.rank(), reverse=True), []
        while pieces:
            pieces.pop(0).do()
            if time.perf_counter() >= until:
                break
        self._pieces = pieces + self._pieces
        if self._pieces:
            self._turn.start()
