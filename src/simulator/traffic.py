"""Who moves on the street, and where they are at a given time. A pure function of the clock, so every encoder agrees.

Avenue and crossing road have their green in turn, and cars are timed by when they reach the crossing. People
walk the pavements and turn at the ends.
"""

import random
from dataclasses import dataclass

from .eye import CROSS_FAR_M, CROSS_NEAR_M
from .street import Street

CYCLE_S = 24.0
_MIDDLE_M = (CROSS_NEAR_M + CROSS_FAR_M) / 2
_TURN_M = _MIDDLE_M + 3.8
_SIDE_M, _AHEAD_M = 70.0, 140.0


@dataclass(frozen=True, slots=True)
class Actor:
    """One thing to paint: its kind and look, where its feet or wheels stand (metres), which way it faces."""

    kind: str
    look: int
    facing: str
    x: float
    z: float


@dataclass(frozen=True, slots=True)
class _Car:
    kind: str
    look: int
    on_avenue: bool
    direction: int
    lane: float
    speed: float
    arrives: float
    every: int


@dataclass(frozen=True, slots=True)
class _Walker:
    look: int
    along_x: bool
    fixed: float
    start: float
    length: float
    speed: float
    phase: float


class Traffic:
    """The traffic of one street."""

    def __init__(self, street: Street, number: int) -> None:
        rng = random.Random(f"traffic {number}")  # noqa: S311 - scenery
        half = street.place.half_width
        self._cars: list[_Car] = []
        for direction in (-1, 1):
            lanes = [half * 0.28, half * 0.74] if half > 5 else [half * 0.5]
            for lane in lanes:
                arrives = rng.uniform(0, 2)
                while arrives < 9.0:
                    self._cars.append(self._car(rng, True, direction, direction * lane, arrives))
                    arrives += rng.uniform(2.4, 5.0)
            for lane in (1.4, 3.8):
                arrives = 12.5 + rng.uniform(0, 2)
                while arrives < 21.0:
                    # Traffic keeps right: what drives to the right uses the lanes nearer to the camera.
                    self._cars.append(self._car(rng, False, direction, _MIDDLE_M - direction * lane, arrives))
                    arrives += rng.uniform(2.0, 4.6)
        self._walkers = [self._walker(rng, half) for _ in range(rng.randint(6, 9))]

    def _car(self, rng: random.Random, avenue: bool, direction: int, lane: float, arrives: float) -> _Car:
        kind = rng.choices(("car", "van", "taxi", "bus"), (62, 16, 14, 8))[0]
        return _Car(
            kind,
            rng.randrange(1 << 16),
            avenue,
            direction,
            lane,
            rng.uniform(9.5, 10.5),
            arrives,
            rng.choice((1, 1, 2)),
        )

    def _walker(self, rng: random.Random, half: float) -> _Walker:
        look, speed, phase = rng.randrange(1 << 16), rng.uniform(1.0, 1.6), rng.uniform(0, 200)
        where = rng.random()
        if where < 0.4:
            return _Walker(look, True, CROSS_NEAR_M - rng.uniform(0.9, 2.6), -22, 44, speed, phase)
        if where < 0.7:
            side = rng.choice((-1, 1))
            start = half + 1.0 if side > 0 else -half - 31.0
            return _Walker(look, True, CROSS_FAR_M + rng.uniform(2.2, 3.4), start, 30, speed, phase)
        side = rng.choice((-1, 1))
        return _Walker(look, False, side * (half + rng.uniform(0.4, 0.8)), CROSS_FAR_M + 5, 50, speed, phase)

    def actors(self, unix_s: float) -> list[Actor]:
        found = []
        for car in self._cars:
            turn, since = divmod(unix_s - car.arrives, CYCLE_S)
            # The platoon of this green, and the one that still approaches for the next.
            for passed in (since, since - CYCLE_S):
                if int(turn + (passed < 0)) % car.every:
                    continue
                found += _car_at(car, passed)
        for walker in self._walkers:
            place = (unix_s * walker.speed + walker.phase) % (2 * walker.length)
            back = place > walker.length
            at = walker.start + (2 * walker.length - place if back else place)
            step = int(unix_s * walker.speed * 2.4) % 2
            kind = f"walker{step}"
            if walker.along_x:
                found.append(Actor(kind, walker.look, "left" if back else "right", at, walker.fixed))
            else:
                found.append(Actor(kind, walker.look, "front" if back else "back", walker.fixed, at))
        return found


def _car_at(car: _Car, passed: float) -> list[Actor]:
    """Where a car is `passed` seconds after it reached the crossing; nowhere when that is out of sight.

    The avenue ends at the crossing road: what comes down it turns to its right, and what goes up came from the right.
    """
    way = passed * car.speed
    if not car.on_avenue:
        x, facing = way * car.direction, "right" if car.direction > 0 else "left"
        return [Actor(car.kind, car.look, facing, x, car.lane)] if abs(x) < _SIDE_M else []
    if (way < 0) == (car.direction > 0):
        x = car.lane - way
        return [Actor(car.kind, car.look, "left", x, _TURN_M)] if abs(x) < _SIDE_M else []
    z = _TURN_M + abs(way)
    return [Actor(car.kind, car.look, "back" if car.direction > 0 else "front", car.lane, z)] if z < _AHEAD_M else []
