"""Faults of the way to the camera, and of what it says before it sends."""

import asyncio
from collections.abc import Callable

import psutil

from gwanje.domain.credentials import Credential
from gwanje.domain.source_state import Reason, SourceState
from tests.fakes.faulty_link import faulty_link
from tests.fakes.real_camera import real_camera
from tests.fakes.scripted_rtsp import Connection, Script, recorded_camera, scripted_rtsp, with_number

from .stage import Stage

_H264 = "gst-h264"


def drop(stage: Stage) -> None:
    with real_camera() as camera, faulty_link(camera.port) as link:
        stage.live(link.address())
        stage.fault()
        stage.cure()
        link.cut_all()
        stage.told(SourceState.RETRYING, Reason.CONNECTION_LOST)
        stage.recovered()


def refuse(stage: Stage) -> None:
    with real_camera() as camera, faulty_link(camera.port) as link:
        stage.live(link.address())
        stage.fault()
        link.gone()
        stage.told(SourceState.RETRYING, Reason.REFUSED)
        stage.cure()
        link.back()
        stage.recovered()


def wrong_password(stage: Stage) -> None:
    right = Credential("viewer", "right")
    with real_camera(right) as camera, faulty_link(camera.port) as link:

        def tries() -> int:
            return sum(asked.count(b"\r\nAuthorization: ") for asked in link.asked)

        stage.show(link.address(Credential("viewer", "wrong")))
        stage.told(SourceState.FAILED, Reason.WRONG_PASSWORD)
        bench, name = stage.bench, str(stage.key.camera_id)
        for _ in range(50):  # what the steps themselves take is left over
            bench.skipped += 1.0
            bench.for_seconds(0.02)
            bench.pool.drop(name)  # nor does a change of layout try again
            bench.show(name, bench.addresses[stage.key])
        bench.for_seconds(0.5)
        assert tries() == 1, "one try in a minute"
        bench.skipped += 10.0
        bench.until(lambda: tries() == 2)
        bench.until(lambda: bench.state(stage.key) == (SourceState.FAILED, Reason.WRONG_PASSWORD))
        stage.remark("1 try in 50 s, the next after 60 s")
        stage.cure()
        bench.addresses[stage.key] = link.address(right)
        bench.pool.refresh(stage.key.camera_id)
        stage.recovered()


def rst_storm(stage: Stage) -> None:
    """For four seconds every connection is reset as soon as it is made."""
    with real_camera() as camera, faulty_link(camera.port) as link:
        stage.live(link.address())
        stage.fault()
        link.resets = True
        link.reset_all()
        stage.told(SourceState.RETRYING, Reason.CONNECTION_LOST)
        before = link.accepted
        stage.bench.for_seconds(4.0)
        assert stage.states() <= {SourceState.RETRYING, SourceState.OPENING}
        knocked = link.accepted - before
        assert 1 <= knocked <= 9, "tried again, with patience"
        stage.remark(f"{knocked} tries in 4 s")
        stage.cure()
        link.resets = False
        stage.recovered()


def sdp_garbage(stage: Stage) -> None:
    garbage = bytes(range(1, 256)) * 4
    with scripted_rtsp(_describing(lambda request: _described(request, garbage))) as server:
        stage.show(server.address)
        stage.told(SourceState.RETRYING, Reason.NOT_UNDERSTOOD)
        stage.cure()
        server.script = recorded_camera(_H264)
        stage.recovered()


def endless_sdp(stage: Stage) -> None:
    """Two gigabytes are promised, and come at a megabyte a second."""
    head = b"RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\nContent-Length: 2000000000\r\n\r\n"

    async def endless(connection: Connection) -> None:
        request = await _until_described(connection)
        await connection.send(with_number(head, request))
        while True:
            await connection.send(b"a=x-nothing:" + b"x" * 4000 + b"\r\n")
            await asyncio.sleep(0.004)

    with scripted_rtsp(endless) as server:
        before = _memory(stage)
        stage.show(server.address)
        stage.told(SourceState.RETRYING, Reason.UNREACHABLE, Reason.NOT_UNDERSTOOD)
        grown = _memory(stage) - before
        assert grown < 100e6, "what is promised is not believed"
        stage.remark(f"memory grew by {grown / 1e6:.0f} MB")
        stage.cure()
        server.script = recorded_camera(_H264)
        stage.recovered()


def gone_for_a_minute(stage: Stage) -> None:
    """The minute is skipped in quarters of a second, each with time enough for a try."""
    with real_camera() as camera, faulty_link(camera.port) as link:
        stage.live(link.address())
        stage.fault()
        link.gone()
        stage.told(SourceState.RETRYING, Reason.REFUSED, Reason.CONNECTION_LOST)
        stage.bench.changes.clear()
        for _ in range(240):
            stage.bench.skipped += 0.25
            stage.bench.for_seconds(0.02)
        tries = sum(change[2] is SourceState.OPENING for change in stage.bench.changes)
        assert 8 <= tries <= 48, "some thirty in a minute"
        stage.remark(f"{tries} tries in 60 s")
        stage.cure()
        link.back()
        stage.recovered()


def _describing(answer: Callable[[str], bytes]) -> Script:
    async def script(connection: Connection) -> None:
        request = await _until_described(connection)
        await connection.send(answer(request))
        await connection.request()

    return script


async def _until_described(connection: Connection) -> str:
    while not (request := await connection.request()).startswith("DESCRIBE"):
        await connection.answer(request, b"")
    return request


def _described(request: str, sdp: bytes) -> bytes:
    head = f"RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\nContent-Length: {len(sdp)}\r\n\r\n"
    return with_number(head.encode(), request) + sdp


def _memory(stage: Stage) -> float:
    return sum(psutil.Process(pid).memory_info().rss for pid in stage.bench.engine.worker_pids())
