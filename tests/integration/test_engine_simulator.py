"""The faults of the simulated district, as the wall reports them."""

from collections.abc import Iterator

import pytest

from gwanje.domain.source_state import Reason, SourceState
from gwanje.simulator.process import SimulatorProcess
from gwanje.videowall.port import SourceKey, StreamAddress
from tests.fakes.pool_bench import PoolBench, pool_bench

pytestmark = pytest.mark.usefixtures("qapp")
NINE = range(1, 10)


@pytest.fixture(scope="module")
def district() -> Iterator[SimulatorProcess]:
    with SimulatorProcess(9) as running:
        yield running


@pytest.fixture
def bench() -> Iterator[PoolBench]:
    with pool_bench() as made:
        yield made


def _show(bench: PoolBench, district: SimulatorProcess, number: int) -> SourceKey:
    camera = next(camera for camera in district.district.cameras if camera.number == number)
    return bench.show(camera.id, StreamAddress(camera.sub_uri, district.credential))


def test_nine_streets_are_live_together(bench: PoolBench, district: SimulatorProcess) -> None:
    keys = [_show(bench, district, number) for number in NINE]
    bench.until(lambda: bench.is_live(*keys), 20)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("freeze", (SourceState.STALLED, Reason.SAME_PICTURE)),
        ("silence", (SourceState.STALLED, Reason.NO_DATA)),
        ("drop", (SourceState.RETRYING, Reason.CONNECTION_LOST)),
        ("refuse", (SourceState.RETRYING, Reason.REFUSED)),
        ("wrong_password", (SourceState.FAILED, Reason.WRONG_PASSWORD)),
    ],
)
def test_a_fault_is_told_by_its_name_and_heals(
    bench: PoolBench, district: SimulatorProcess, fault: str, told: tuple[SourceState, Reason]
) -> None:
    number = 1
    key, other = _show(bench, district, number), _show(bench, district, 2)
    bench.until(lambda: bench.is_live(key, other), 20)
    bench.changes.clear()
    district.set_fault(number, fault)
    if fault in ("refuse", "wrong_password"):
        bench.pool.refresh(key.camera_id)  # such a camera notices with the next session only
    try:
        bench.until(lambda: told in {change[2:] for change in bench.changes if change[1] == key}, 6)
    finally:
        district.clear_fault(number)
    bench.pool.retry(key.camera_id)
    bench.until(lambda: bench.is_live(key), 10)
    assert not [change for change in bench.changes if change[1] == other]
