"""The governor against a machine that is a number: how much it can decode, and what is late beyond that."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from gwanje.videowall.policy.overload import Governor, Load
from gwanje.videowall.port import Rate

COST = {Rate.FULL: 1.0, Rate.HALF: 0.5, Rate.KEY_FRAMES: 0.07}
WORSE = {Rate.FULL: 0, Rate.HALF: 1, Rate.KEY_FRAMES: 2}


@dataclass
class Machine:
    """`capacity` in streams at full rate. `spared` streams come first and are never to be degraded."""

    streams: int
    capacity: float
    spared: int = 0
    now: float = 1000.0
    rates: dict[int, Rate] = field(default_factory=dict)
    changes: list[float] = field(default_factory=list)
    late: float = 0.0
    governor: Governor = field(default_factory=Governor)

    def loads(self) -> list[Load]:
        return [Load(n, (self.streams - n,), self.late, spared=n < self.spared) for n in range(self.streams)]

    @property
    def used(self) -> float:
        return sum(COST[self.rates.get(n, Rate.FULL)] for n in range(self.streams))

    def run(self, seconds: float) -> None:
        for tick in range(round(seconds * 2)):
            self.now += 0.5
            if tick % 2 == 0:
                self.late = max(0.0, 1 - self.capacity / self.used)
            before = self.rates
            self.rates = self.governor.decide(self.loads(), self.now)
            if self.rates != before:
                self.changes.append(self.now)

    def shares(self) -> Counter[Rate]:
        return Counter(self.rates.values())


def test_nothing_is_degraded_while_the_machine_keeps_up() -> None:
    machine = Machine(25, 30.0)
    machine.run(60)
    assert machine.shares() == {Rate.FULL: 25}


def test_one_bad_second_is_no_overload() -> None:
    governor, machine = Governor(), Machine(25, 30.0)
    for tick in range(100):
        machine.late = 0.5 if tick // 10 == 4 else 0.0
        assert set(governor.decide(machine.loads(), 1000 + tick / 10).values()) == {Rate.FULL}


def test_half_rate_comes_before_key_frames_and_the_least_important_first() -> None:
    machine = Machine(40, 30.0, spared=2)
    machine.run(60)
    assert machine.shares()[Rate.HALF] > 0
    assert machine.shares()[Rate.KEY_FRAMES] == 0
    assert machine.late < 0.1
    depths = [WORSE[machine.rates[n]] for n in range(40)]
    assert depths == sorted(depths)


def test_key_frames_only_where_half_is_not_enough() -> None:
    machine = Machine(100, 30.0, spared=1)
    machine.run(120)
    assert machine.rates[0] is Rate.FULL
    assert machine.shares()[Rate.KEY_FRAMES] > 0
    assert machine.late < 0.1
    assert machine.used > 15.0, "degraded far more than the machine asks for"


def test_degrading_is_gradual() -> None:
    machine = Machine(100, 80.0)
    machine.run(4)
    assert 0 < machine.shares()[Rate.HALF] <= 50
    assert machine.late < 0.2


def test_everything_comes_back_when_the_machine_is_free_again() -> None:
    machine = Machine(64, 30.0)
    machine.run(120)
    assert machine.governor.level > 0
    machine.capacity = 100.0
    machine.changes.clear()
    machine.run(180)
    assert machine.shares() == {Rate.FULL: 64}
    assert all(later - earlier >= 3.9 for earlier, later in pairwise(machine.changes)), "one step at a time"


def test_one_stream_that_no_machine_can_decode_degrades_nobody() -> None:
    governor = Governor()
    for tick in range(600):
        loads = [Load(n, (n,), 0.6 if n == 3 else 0.0) for n in range(9)]
        assert set(governor.decide(loads, 1000 + tick / 10).values()) == {Rate.FULL}


def test_a_console_that_cannot_paint_degrades_too() -> None:
    governor = Governor()
    loads = [Load(n, (n,), 0.0) for n in range(9)]
    for tick in range(100):
        rates = governor.decide(loads, 1000 + tick / 10, lag=0.08)
    assert Rate.HALF in rates.values()


def test_a_much_smaller_wall_starts_at_full_rate() -> None:
    machine = Machine(100, 30.0)
    machine.run(60)
    machine.streams = 9
    machine.run(0.5)
    assert machine.shares() == {Rate.FULL: 9}


def test_what_is_not_known_yet_is_no_lateness() -> None:
    governor = Governor()
    for tick in range(100):
        rates = governor.decide([Load(n, (n,), None) for n in range(9)], 1000 + tick / 10)
    assert set(rates.values()) == {Rate.FULL}


def test_nothing_to_degrade_is_no_error() -> None:
    governor = Governor()
    for tick in range(100):
        assert governor.decide([Load("a", (0,), 0.9, spared=True)], 1000 + tick / 10) == {"a": Rate.FULL}
        assert governor.decide([], 1000 + tick / 10, lag=1.0) == {}


@settings(max_examples=15, deadline=None)
@given(
    streams=st.integers(1, 60),
    share=st.floats(0.1, 1.3),
    spared=st.integers(0, 4),
)
def test_at_a_steady_load_it_settles(streams: int, share: float, spared: int) -> None:
    machine = Machine(streams, max(1.0, share * streams), spared)
    machine.run(300)
    early = len(machine.changes)
    machine.changes.clear()
    machine.run(1800)
    # A look at the next better level now and then, and back: ever more seldom, ten minutes apart at the end.
    assert len(machine.changes) <= 40 + early / 10
    machine.changes.clear()
    machine.run(3600)
    assert len(machine.changes) <= 14
    assert machine.late < 0.15 or machine.governor.level == 2 * max(0, streams - spared)
    assert all(machine.rates[n] is Rate.FULL for n in range(min(spared, streams)))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_none_is_worse_off_than_one_that_matters_less_whatever_happens(data: st.DataObject) -> None:
    governor, now = Governor(), 1000.0
    for _ in range(data.draw(st.integers(1, 60))):
        now += data.draw(st.floats(0.05, 20))
        count = data.draw(st.integers(0, 40))
        ranks = data.draw(st.lists(st.integers(0, 5), min_size=count, max_size=count))
        spared = data.draw(st.integers(0, 2))
        late = data.draw(st.one_of(st.none(), st.floats(0, 1)))
        loads = [Load(n, (rank,), late, n < spared) for n, rank in enumerate(ranks)]
        rates = governor.decide(loads, now, data.draw(st.floats(0, 0.3)))
        assert set(rates) == set(range(count))
        for a in range(count):
            assert a >= spared or rates[a] is Rate.FULL
            for b in range(spared, count):
                if a >= spared and ranks[a] > ranks[b]:
                    assert WORSE[rates[a]] <= WORSE[rates[b]]
