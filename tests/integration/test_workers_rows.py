"""A worker's notice board has a row for each session; the rows of sessions that are over are used again."""

import pytest

from gwanje.domain.source_state import Reason, SourceState
from gwanje.videowall.engine import process
from gwanje.videowall.port import StreamAddress
from tests.fakes.pool_bench import pool_bench
from tests.fakes.real_camera import unused_port

pytestmark = pytest.mark.usefixtures("qapp")


def test_sessions_that_end_by_themselves_make_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "ROWS", 4)
    nowhere = StreamAddress(f"rtsp://127.0.0.1:{unused_port()}/live")
    with pool_bench(1) as bench:
        key = bench.show("gate", nowhere)
        for _ in range(3 * process.ROWS):
            bench.until(lambda: bench.state(key) == (SourceState.RETRYING, Reason.REFUSED))
            bench.pool.retry(key.camera_id)
