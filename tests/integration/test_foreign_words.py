"""Cameras write their names into the stream's description in whatever encoding they were made for."""

import pytest

from tests.fakes.pool_bench import pool_bench
from tests.fakes.rtsp_exchange import exchange
from tests.fakes.scripted_rtsp import Camera, scripted_rtsp

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("name", ["정문 카메라".encode("cp949"), "정문 카메라".encode(), b"\xff\xfe\x80", b""])
def test_a_camera_is_shown_whatever_it_calls_itself(name: bytes) -> None:
    recorded = exchange("gst-h264")
    sdp = recorded.sdp.replace(b"s=Session streamed with GStreamer", b"s=" + name)
    assert sdp != recorded.sdp
    with scripted_rtsp(Camera(sdp, lambda: recorded.pictures * 20, recorded.rate)) as server, pool_bench(1) as bench:
        key = bench.show("gate", server.address)
        bench.until(lambda: bench.is_live(key))
