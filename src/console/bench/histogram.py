"""Times, counted in a fixed amount of memory however long the run is."""

from array import array


class Histogram:
    """Seconds in steps of a tenth of a millisecond, up to ten seconds; longer ones count as ten seconds."""

    STEP_S = 0.0001
    STEPS = 100_000

    def __init__(self) -> None:
        self._counts = array("Q", bytes(8 * (self.STEPS + 1)))
        self.count = 0

    def add(self, seconds: float) -> None:
        self._counts[min(max(int(seconds / self.STEP_S), 0), self.STEPS)] += 1
        self.count += 1

    def clear(self) -> None:
        self.__init__()  # type: ignore[misc]

    def percentile(self, percent: float) -> float | None:
        """Seconds, to the next step; None while nothing was counted."""
        rank, seen = percent / 100 * self.count, 0
        for step, count in enumerate(self._counts):
            seen += count
            if count and seen >= rank:
                return (step + 1) * self.STEP_S
        return None
