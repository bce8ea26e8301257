from gwanje.domain.cameras import Camera, CameraId, SiteId
from gwanje.domain.source_state import Note, Reason, SourceState
from gwanje.videowall.outputs.registry import MonitorFacts, identities
from gwanje.videowall.port import Importance, Quality, SourceKey
from gwanje.videowall.wall.feed import TileFeed
from tests.fakes.fake_sources import FakeSources, plain

CAMERA = CameraId("c")
MAIN, SUB = SourceKey(CAMERA, Quality.MAIN), SourceKey(CAMERA, Quality.SUB)
GREY = plain(64, 36, (90, 90, 90))


def _camera(sub_uri: str = "rtsp://h/s") -> Camera:
    return Camera(CAMERA, 1, "n", SiteId("s"), "p", 0, 0, "rtsp://h/m", sub_uri)


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


def test_a_main_stream_that_fails_is_replaced_by_the_sub_stream_and_the_tile_says_so():
    sources = FakeSources()
    feed = TileFeed(sources, "desk", 0)
    feed.claim(_camera(), 1920, 1080)
    feed.settle()
    assert sources.wanted() == {MAIN}
    sources.set_state(MAIN, SourceState.FAILED, Reason.REFUSED)
    assert feed.status().state is SourceState.FAILED
    feed.advance()
    assert sources.wanted() == {MAIN, SUB}
    assert feed.status().reason is Reason.REFUSED
    sources.push(SUB, GREY)
    assert feed.advance()
    assert (feed.shown, feed.status().state, feed.status().notes) == (SUB, SourceState.LIVE, {Note.MAIN_UNAVAILABLE})
    sources.push(MAIN, GREY)
    assert feed.advance()
    assert (feed.shown, feed.status().notes) == (MAIN, frozenset())
    assert sources.wanted() == {MAIN}


def test_a_main_stream_that_is_lost_later_gives_way_to_the_sub_stream_too():
    sources = FakeSources()
    feed = TileFeed(sources, "desk", 0)
    feed.claim(_camera(), 1920, 1080)
    feed.settle()
    sources.push(MAIN, GREY)
    feed.advance()
    sources.set_state(MAIN, SourceState.STALLED, Reason.NO_DATA, ago=3)
    feed.advance()
    assert sources.wanted() == {MAIN}
    sources.set_state(MAIN, SourceState.RETRYING, Reason.NO_DATA, ago=9)
    feed.advance()
    assert (feed.shown, sources.wanted()) == (MAIN, {MAIN, SUB}), "the old picture stays until there is another"
    sources.push(SUB, GREY)
    assert feed.advance()
    assert feed.shown == SUB


def test_a_change_of_size_changes_nothing_about_what_is_shown():
    sources = FakeSources()
    feed = TileFeed(sources, "desk", 0)
    feed.claim(_camera(), 1920, 1080)
    feed.settle()
    sources.push(MAIN, GREY)
    feed.advance()
    sources.set_state(MAIN, SourceState.RETRYING, Reason.NO_DATA)
    feed.advance()
    feed.claim(_camera(), 1900, 1000)
    feed.settle()
    assert feed.shown == MAIN
    assert sources.size_of(SUB) == (1900, 1000)


def test_a_camera_with_one_stream_has_nothing_to_fall_back_to():
    sources = FakeSources()
    feed = TileFeed(sources, "desk", 0)
    feed.claim(_camera(""), 320, 180)
    feed.settle()
    sources.set_state(MAIN, SourceState.FAILED, Reason.REFUSED)
    feed.advance()
    assert sources.wanted() == {MAIN}


def test_going_back_waits_until_the_warm_stream_flows_again():
    sources = FakeSources()
    feed = TileFeed(sources, "desk", 0)
    feed.aim(SUB, 384, 216)
    sources.push(SUB, GREY)
    feed.aim(MAIN, 1920, 1080)
    sources.push(MAIN, GREY)
    feed.advance()
    feed.aim(SUB, 384, 216)
    assert not feed.advance()
    assert feed.shown == MAIN, "the sub stream has an old key frame only"
    sources.push(SUB, GREY)
    assert feed.advance()
    assert sources.wanted() == {SUB}


def test_another_window_that_shows_the_camera_lends_its_stream_meanwhile():
    sources = FakeSources()
    other, feed = TileFeed(sources, "wall", 0), TileFeed(sources, "desk", 0)
    other.aim(SUB, 384, 216)
    sources.push(SUB, GREY)
    feed.aim(MAIN, 1920, 1080)
    assert (feed.shown, feed.picture() is not None) == (SUB, True)


def test_live_without_a_picture_is_not_called_live():
    sources = FakeSources()
    feed = TileFeed(sources, "desk", 0)
    feed.aim(SUB, 384, 216)
    sources.set_state(SUB, SourceState.LIVE)
    assert feed.status().state is SourceState.BUFFERING


def test_an_enlarged_tile_says_when_enough_main_streams_are_open():
    sources = FakeSources(most_main=0)
    feed, small = TileFeed(sources, "desk", 0), TileFeed(sources, "wall", 0)
    feed.claim(_camera(), 1920, 1080, Importance.ENLARGED)
    small.claim(_camera(), 960, 540)
    for each in (feed, small):
        each.settle()
    sources.push(SUB, GREY)
    assert feed.status().notes == {Note.MAIN_LIMITED}
    assert small.status().notes == frozenset(), "said only where somebody looks closely"
    assert sources.wanted() == {SUB}


def _monitor(connector: str, serial: str = "", x: int = 0) -> MonitorFacts:
    return MonitorFacts(connector, "Maker", "M27", serial, x, 0)


def test_a_monitor_keeps_its_identity_on_another_connector():
    assert identities([_monitor("HDMI-1", "S1")]) == identities([_monitor("DP-2", "S1", 1920)])


def test_a_monitor_without_a_serial_number_is_known_by_its_connector_wherever_it_stands():
    assert identities([_monitor("HDMI-1"), _monitor("HDMI-2", x=1920)])[1] == identities([_monitor("HDMI-2")])[0]


def test_monitors_that_say_the_same_are_told_apart_from_left_to_right():
    found = identities([_monitor("A", "1", x=3840), _monitor("B", "1", x=0), _monitor("C", "1", x=1920)])
    assert found == ["Maker/M27/1#3", "Maker/M27/1", "Maker/M27/1#2"]
