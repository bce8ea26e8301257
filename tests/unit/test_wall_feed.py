import pytest

from gwanje.domain.cameras import Camera, CameraId, SiteId
from gwanje.domain.source_state import SourceState
from gwanje.videowall.outputs.registry import MonitorFacts, identities
from gwanje.videowall.port import Quality, SourceKey
from gwanje.videowall.wall.feed import MAIN_FROM_WIDTH, TileFeed, choose_quality
from tests.fakes.fake_sources import FakeSources, plain

CAMERA = CameraId("c")
MAIN, SUB = SourceKey(CAMERA, Quality.MAIN), SourceKey(CAMERA, Quality.SUB)
GREY = plain(64, 36, (90, 90, 90))


def _camera(sub_uri: str = "rtsp://h/s") -> Camera:
    return Camera(CAMERA, 1, "n", SiteId("s"), "p", 0, 0, "rtsp://h/m", sub_uri)


@pytest.mark.parametrize(
    ("sub", "enlarged", "width", "quality"),
    [
        ("rtsp://h/s", False, MAIN_FROM_WIDTH, Quality.SUB),
        ("rtsp://h/s", False, MAIN_FROM_WIDTH + 1, Quality.MAIN),
        ("rtsp://h/s", True, 400, Quality.MAIN),
        ("", False, 384, Quality.MAIN),
    ],
)
def test_the_stream_fits_the_tile(sub: str, enlarged: bool, width: int, quality: Quality):
    assert choose_quality(_camera(sub), enlarged=enlarged, width=width) is quality


def test_the_small_stream_is_painted_until_the_large_one_is_live():
    sources = FakeSources()
    feed = TileFeed(sources, "desk", 0)
    feed.aim(SUB, 384, 216)
    sources.push(SUB, GREY)
    feed.aim(MAIN, 1920, 1080)
    assert sources.wanted() == {SUB, MAIN}
    assert not feed.advance()
    sources.set_state(MAIN, SourceState.OPENING)
    assert not feed.advance()
    assert feed.shown == SUB
    sources.push(MAIN, GREY)
    assert feed.advance()
    assert feed.shown == MAIN
    assert sources.wanted() == {MAIN}


def test_a_large_stream_that_never_comes_leaves_the_small_one():
    sources = FakeSources()
    feed = TileFeed(sources, "desk", 0)
    feed.aim(SUB, 384, 216)
    sources.push(SUB, GREY)
    feed.aim(MAIN, 1920, 1080)
    sources.set_state(MAIN, SourceState.FAILED)
    assert not feed.advance()
    assert feed.picture() is not None
    feed.aim(SUB, 384, 216)
    assert sources.wanted() == {SUB}
    assert feed.shown == SUB


def test_another_camera_leaves_nothing_of_the_one_before():
    sources, other = FakeSources(), SourceKey(CameraId("d"))
    feed = TileFeed(sources, "desk", 0)
    feed.aim(SUB, 384, 216)
    sources.push(SUB, GREY)
    feed.aim(MAIN, 1920, 1080)
    feed.aim(other, 384, 216)
    assert sources.wanted() == {other}
    assert feed.shown == other


def test_dropping_gives_every_claim_back_once():
    sources = FakeSources()
    feed = TileFeed(sources, "desk", 0)
    feed.aim(SUB, 384, 216)
    sources.push(SUB, GREY)
    feed.aim(MAIN, 1920, 1080)
    feed.drop()
    assert not sources.views
    calls = len(sources.calls)
    feed.drop()
    assert len(sources.calls) == calls


def test_the_same_wish_is_not_repeated():
    sources = FakeSources()
    feed = TileFeed(sources, "desk", 0)
    feed.aim(SUB, 384, 216)
    feed.aim(SUB, 384, 216)
    assert len(sources.calls) == 1
    feed.aim(SUB, 400, 225)
    assert sources.size_of(SUB) == (400, 225)


def _monitor(connector: str, serial: str = "", x: int = 0) -> MonitorFacts:
    return MonitorFacts(connector, "Maker", "M27", serial, x, 0)


def test_a_monitor_keeps_its_identity_on_another_connector():
    assert identities([_monitor("HDMI-1", "S1")]) == identities([_monitor("DP-2", "S1", 1920)])


def test_a_monitor_without_a_serial_number_is_known_by_its_connector_wherever_it_stands():
    assert identities([_monitor("HDMI-1"), _monitor("HDMI-2", x=1920)])[1] == identities([_monitor("HDMI-2")])[0]


def test_monitors_that_say_the_same_are_told_apart_from_left_to_right():
    found = identities([_monitor("A", "1", x=3840), _monitor("B", "1", x=0), _monitor("C", "1", x=1920)])
    assert found == ["Maker/M27/1#3", "Maker/M27/1", "Maker/M27/1#2"]
