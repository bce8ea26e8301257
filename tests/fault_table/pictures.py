"""Faults of what is sent: nothing, always the same, damaged, something else than before."""

import random

from gwanje.domain.source_state import Note, Reason, SourceState
from tests.fakes.faulty_link import faulty_link
from tests.fakes.real_camera import real_camera
from tests.fakes.rtsp_exchange import exchange
from tests.fakes.rtsp_proxy import rtsp_proxy
from tests.fakes.scripted_rtsp import changing_camera, recorded_camera, scripted_rtsp

from .stage import Stage

_H264, _LARGER, _H265 = "gst-h264", "gst-h264-larger", "gst-h265"


def silence(stage: Stage) -> None:
    with real_camera() as camera:
        stage.live(camera.address)
        stage.fault()
        camera.fall_silent()
        stage.told(SourceState.STALLED, Reason.NO_DATA)
        stage.cure()
        camera.speak_again()
        stage.recovered()


def freeze(stage: Stage) -> None:
    with real_camera() as camera:
        stage.live(camera.address)
        stage.fault()
        camera.freeze()
        stage.told(SourceState.STALLED, Reason.SAME_PICTURE)
        stage.cure()
        camera.move_again()
        stage.recovered()


def lost_packets(stage: Stage) -> None:
    """5 % of the packets never come."""
    chance = random.Random(5)
    with real_camera() as camera, rtsp_proxy(camera.port) as proxy:
        stage.live(proxy.address())
        stage.fault()
        proxy.rtp = lambda packet: [packet] if chance.random() >= 0.05 else []
        stage.noted(Note.DAMAGED)
        stage.cure()
        proxy.rtp = lambda packet: [packet]
        stage.recovered()


def corrupt_packets(stage: Stage) -> None:
    """5 % of the packets have eight bytes in a row that are not theirs."""
    chance = random.Random(5)

    def corrupt(packet: bytes) -> list[bytes]:
        if chance.random() >= 0.05 or len(packet) < 40:
            return [packet]
        at = chance.randrange(14, len(packet) - 8)
        return [packet[:at] + chance.randbytes(8) + packet[at + 8 :]]

    with real_camera() as camera, rtsp_proxy(camera.port) as proxy:
        stage.live(proxy.address())
        stage.fault()
        proxy.rtp = corrupt
        stage.noted(Note.DAMAGED)
        stage.cure()
        proxy.rtp = lambda packet: [packet]
        stage.recovered()


def other_size(stage: Stage) -> None:
    """Within the session, as when somebody changes the camera's settings."""
    with scripted_rtsp(changing_camera(exchange(_H264), 45, exchange(_LARGER))) as server:
        stage.live(server.address)
        stage.fault()
        stage.cure()
        stage.bench.until(lambda: stage.bench.pool.statistics(stage.key).width == 320)
        stage.recovered()
        assert stage.states() <= {SourceState.LIVE}, "the tile never loses its picture"
        stage.observed.shown = "live"
        stage.observed.recover_s = 0.0


def other_codec_next_session(stage: Stage) -> None:
    with real_camera() as before, real_camera(None, "--codec", "h265") as after, faulty_link(before.port) as link:
        stage.live(link.address())
        stage.fault()
        link.target = after.port
        stage.cure()
        link.reset_all()
        stage.told(SourceState.RETRYING, Reason.CONNECTION_LOST)
        stage.recovered()
        stage.bench.until(lambda: stage.bench.pool.statistics(stage.key).codec == "hevc")


def other_codec_within_session(stage: Stage) -> None:
    """H.265 arrives in a session that was agreed on as H.264; the next session is told the truth."""
    with scripted_rtsp(changing_camera(exchange(_H264), 30, exchange(_H265))) as server:
        stage.live(server.address)
        server.script = recorded_camera(_H265)
        stage.bench.until(lambda: stage.bench.sequence(stage.key) >= 30)
        stage.fault()
        stage.cure()
        stage.told(SourceState.STALLED, Reason.BROKEN_PICTURES, Reason.NO_DATA)
        stage.recovered()
        stage.bench.until(lambda: stage.bench.pool.statistics(stage.key).codec == "hevc")


def slow_link(stage: Stage) -> None:
    """A quarter of what is sent gets through: pictures go on coming, later and later."""
    bench = stage.bench
    with real_camera() as camera, faulty_link(camera.port) as link:
        stage.live(link.address())
        already = len(link.heard[-1])
        bench.for_seconds(2.0)
        stage.fault()
        link.bytes_per_second = (len(link.heard[-1]) - already) // 8
        stage.noted(Note.LATE)
        stage.cure()
        link.bytes_per_second = None
        stage.recovered()
