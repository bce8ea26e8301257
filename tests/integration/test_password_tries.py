"""How often a camera is told a wrong password: the two streams of one camera share one try a minute."""

import pytest

from gwanje.domain.cameras import CameraId
from gwanje.domain.credentials import Credential
from gwanje.domain.source_state import Reason, SourceState
from gwanje.videowall.port import Quality, SourceKey
from tests.fakes.faulty_link import faulty_link
from tests.fakes.pool_bench import pool_bench
from tests.fakes.real_camera import real_camera

pytestmark = pytest.mark.usefixtures("qapp")
GATE = CameraId("gate")


def test_the_two_streams_of_a_camera_try_a_wrong_password_once_a_minute() -> None:
    with real_camera(Credential("viewer", "right")) as camera, faulty_link(camera.port) as link, pool_bench() as bench:

        def tries() -> int:
            return sum(asked.count(b"\r\nAuthorization: ") for asked in link.asked)

        def all_failed() -> bool:
            return all(bench.state(key) == (SourceState.FAILED, Reason.WRONG_PASSWORD) for key in keys)

        keys = [SourceKey(GATE, quality) for quality in Quality]
        for key in keys:
            bench.addresses[key] = link.address(Credential("viewer", "wrong"))
            bench.pool.want(key, key, 320, 180)
        bench.until(all_failed)
        first = tries()
        assert first <= len(keys), "they may ask at the same moment"
        for minute in (1, 2):
            for _ in range(61):
                bench.skipped += 1.0
                bench.for_seconds(0.03)
            bench.until(lambda minute=minute: tries() - first >= minute)
            bench.until(all_failed)
            bench.for_seconds(0.3)  # the other stream's turn has come too
            assert tries() - first == minute
