"""How a PTZ head moves, for the cameras of the tests; the time (monotonic seconds) is passed in."""

from gwanje.domain.ptz import PtzPosition, PtzVelocity

SPEED = 0.5  # units per second at full speed


class PtzHead:
    """Follows the last order from where it was when the order came. Range: pan and tilt -1..1, zoom 0..1."""

    def __init__(self, home: PtzPosition | None = None) -> None:
        self.home = home or PtzPosition(0.0, 0.0, 0.0)
        self._from = self.home
        self._since = 0.0
        self._until: float | None = None
        self._velocity = PtzVelocity()
        self._target: PtzPosition | None = None

    def move(self, velocity: PtzVelocity, now: float, timeout_s: float | None) -> None:
        self._start(now)
        self._velocity = velocity
        self._until = None if timeout_s is None else now + timeout_s

    def move_to(self, target: PtzPosition, now: float) -> None:
        self._start(now)
        self._target = target

    def stop(self, now: float) -> None:
        self._start(now)

    def position(self, now: float) -> PtzPosition:
        end = now if self._until is None else min(now, self._until)
        way = SPEED * max(0.0, end - self._since)
        here, v, goal = self._from, self._velocity, self._target
        if goal is not None:
            return PtzPosition(*(_towards(getattr(here, a), getattr(goal, a), way) for a in ("pan", "tilt", "zoom")))
        return PtzPosition(
            _cut(here.pan + v.pan * way, -1), _cut(here.tilt + v.tilt * way, -1), _cut(here.zoom + v.zoom * way, 0)
        )

    def moving(self, now: float) -> bool:
        return self.position(now) != self.position(now + 0.01)

    def _start(self, now: float) -> None:
        self._from, self._since = self.position(now), now
        self._until, self._velocity, self._target = None, PtzVelocity(), None


def _towards(here: float, goal: float, way: float) -> float:
    return goal if abs(goal - here) <= way else here + (way if goal > here else -way)


def _cut(value: float, low: float) -> float:
    return max(low, min(1.0, value))
