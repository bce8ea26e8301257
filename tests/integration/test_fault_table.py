"""Every row of the fault table against a real socket, held to its bounds: docs/faults.md."""

from collections.abc import Iterator

import pytest

from tests.fakes.pool_bench import PoolBench, pool_bench
from tests.fault_table.crowd import gone_and_back
from tests.fault_table.stage import Stage
from tests.fault_table.table import ROWS, Row

pytestmark = pytest.mark.usefixtures("qapp")
SHOW_SLACK_S = 1.5
RECOVER_SLACK_S = 3.0
"""For a machine whose two cores are busy with other tests."""


@pytest.fixture
def bench() -> Iterator[PoolBench]:
    with pool_bench() as made:
        yield made


def _named(row: Row) -> object:
    marks = [pytest.mark.heavy] if row.play is gone_and_back else []
    return pytest.param(row, id=row.name, marks=marks)


@pytest.mark.parametrize("row", [_named(row) for row in ROWS])
def test_a_fault_is_shown_in_time_and_heals_in_time(bench: PoolBench, row: Row) -> None:
    stage = Stage(bench, row.name)
    row.play(stage)
    assert stage.observed.show_s <= row.show_s + SHOW_SLACK_S, stage.observed
    assert stage.observed.recover_s <= row.recover_s + RECOVER_SLACK_S, stage.observed
