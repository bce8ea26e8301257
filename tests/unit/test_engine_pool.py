"""The pool of sources over an engine in memory and a clock that is a number."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QImage

from gwanje.domain.cameras import Camera, CameraId, SiteId
from gwanje.domain.credentials import Credential
from gwanje.domain.source_state import Note, Reason, SourceState
from gwanje.videowall.policy.warm import MOST_WARM, WARM_S
from gwanje.videowall.port import Importance, Quality, Rate, SourceKey, StreamAddress
from gwanje.videowall.sources import SourcePool
from gwanje.videowall.stagger import BUDGET_S
from tests.fakes.fake_engine import FakeCamera, FakeEngine

GATE = SourceKey(CameraId("gate"))
BRIDGE = SourceKey(CameraId("bridge"))


@dataclass
class Room:
    """A pool, its engine, its cameras, and a hand on the clock."""

    now: float = 1000.0
    addresses: dict[SourceKey, StreamAddress | None] = field(default_factory=dict)
    asked: list[SourceKey] = field(default_factory=list)
    unanswered: list[Callable[[StreamAddress | None], None]] = field(default_factory=list)
    answers_late: bool = False
    changes: list[tuple[SourceKey, SourceState, Reason]] = field(default_factory=list)
    counted: list[SourceKey] = field(default_factory=list)
    cameras: dict[SourceKey, FakeCamera] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.engine = FakeEngine(lambda: self.now)
        self.pool = SourcePool(self._ask, engine=self.engine, clock=lambda: self.now)
        self.pool.status_changed.connect(self._changed)
        self.pool.statistics_changed.connect(self.counted.append)

    def camera(self, key: SourceKey, credential: Credential | None = None) -> FakeCamera:
        camera = self.cameras[key] = self.engine.add(f"rtsp://{key.camera_id}/{key.quality}", credential)
        self.addresses[key] = camera.address
        return camera

    def pass_time(self, seconds: float) -> None:
        for _ in range(max(1, round(seconds * 10))):
            self.now += 0.1
            self.pool.tick()
            QCoreApplication.processEvents()

    def state(self, key: SourceKey) -> tuple[SourceState, Reason]:
        status = self.pool.status(key)
        return status.state, status.reason

    def rate(self, key: SourceKey) -> Rate:
        """What the engine was told for the open session of a source."""
        (rate,) = [s.rate for s in self.engine.sessions.values() if s.camera is self.cameras[key]]
        return rate

    def _ask(self, key: SourceKey, answer: Callable[[StreamAddress | None], None]) -> None:
        self.asked.append(key)
        if self.answers_late:
            self.unanswered.append(answer)
        else:
            answer(self.addresses.get(key))

    def _changed(self, key: SourceKey) -> None:
        self.changes.append((key, *self.state(key)))


@pytest.fixture
def room(qapp: object) -> Iterator[Room]:
    made = Room()
    yield made
    made.pool.close()


def test_a_wanted_source_becomes_live_and_says_each_change(room: Room) -> None:
    room.camera(GATE)
    assert room.state(GATE) == (SourceState.IDLE, Reason.NONE)
    room.pool.want("tile", GATE, 320, 180)
    room.pass_time(0.5)
    assert [state for _, state, _ in room.changes] == [SourceState.OPENING, SourceState.BUFFERING, SourceState.LIVE]
    picture = room.pool.picture(GATE)
    assert picture is not None and (picture.width, picture.height) == (320, 180)


def test_many_views_share_one_session_of_the_largest_size(room: Room) -> None:
    camera = room.camera(GATE)
    room.pool.want("small", GATE, 160, 90)
    room.pool.want("large", GATE, 480, 270)
    room.pass_time(0.5)
    picture = room.pool.picture(GATE)
    assert camera.attempts == 1 and picture is not None and picture.width == 480
    room.pool.drop("large")
    room.pass_time(0.5)
    picture = room.pool.picture(GATE)
    assert camera.attempts == 1 and picture is not None and picture.width == 160


def test_the_two_streams_of_a_camera_are_two_sources(room: Room) -> None:
    main = SourceKey(GATE.camera_id, Quality.MAIN)
    room.camera(GATE)
    room.camera(main)
    room.pool.want("tile", GATE, 160, 90)
    room.pool.want("large", main, 640, 360)
    room.pass_time(0.5)
    assert room.state(GATE)[0] is room.state(main)[0] is SourceState.LIVE


def test_a_view_that_changes_its_camera_lets_go_of_the_old_one_after_a_while(room: Room) -> None:
    room.camera(GATE)
    room.camera(BRIDGE)
    room.pool.want("tile", GATE, 160, 90)
    room.pass_time(0.5)
    room.pool.want("tile", BRIDGE, 160, 90)
    room.pass_time(WARM_S - 0.5)
    assert room.state(GATE)[0] is SourceState.LIVE
    room.pass_time(1.0)
    assert room.state(GATE)[0] is SourceState.SUSPENDED
    assert room.pool.picture(GATE) is None
    assert len(room.engine.sessions) == 1


def test_a_quick_change_of_layout_reuses_the_session(room: Room) -> None:
    camera = room.camera(GATE)
    room.pool.want("tile 1", GATE, 160, 90)
    room.pass_time(0.5)
    room.pool.drop("tile 1")
    room.pass_time(WARM_S - 1)
    room.pool.want("tile 2", GATE, 320, 180)
    room.pass_time(WARM_S + 1)
    assert camera.attempts == 1
    assert room.state(GATE)[0] is SourceState.LIVE


def test_of_a_warm_source_only_key_frames_are_decoded_until_it_is_wanted_again(room: Room) -> None:
    room.camera(GATE)
    room.pool.want("tile 1", GATE, 160, 90)
    room.pass_time(0.5)
    assert room.rate(GATE) is Rate.FULL
    room.pool.drop("tile 1")
    room.pass_time(0.3)
    assert room.rate(GATE) is Rate.KEY_FRAMES
    assert room.pool.status(GATE).notes == set(), "nobody sees it, so there is nothing to tell"
    room.changes.clear()
    room.pool.want("tile 2", GATE, 160, 90)
    assert room.rate(GATE) is Rate.FULL, "at once, not with the next tick"
    room.pass_time(0.5)
    assert room.changes == [], "nothing was overloaded"


def test_no_more_than_a_layout_or_two_stay_warm(room: Room) -> None:
    keys = [SourceKey(CameraId(f"c{n}")) for n in range(MOST_WARM + 8)]
    for n, key in enumerate(keys):
        room.camera(key)
        room.pool.want(n, key, 160, 90)
    room.pass_time(0.5)
    for n in range(len(keys)):
        room.pool.drop(n)
        room.now += 0.001
    room.pass_time(0.2)
    warm = [key for key in keys if room.state(key)[0] is SourceState.LIVE]
    assert warm == keys[-MOST_WARM:]


def test_when_the_operator_leaves_nothing_stays_warm_and_no_picture_is_kept(room: Room) -> None:
    room.camera(GATE)
    room.camera(BRIDGE)
    room.pool.want("tile 1", GATE, 160, 90)
    room.pool.want("tile 2", BRIDGE, 160, 90)
    room.pass_time(0.5)
    room.pool.recent.keep(GATE.camera_id, QImage(8, 8, QImage.Format.Format_RGB32), room.now)
    room.pool.drop("tile 1")
    room.pool.forget()
    assert room.state(GATE)[0] is SourceState.SUSPENDED
    assert room.state(BRIDGE)[0] is SourceState.LIVE
    assert room.pool.recent.of(GATE.camera_id) is None


def test_silence_and_a_frozen_picture_are_told_apart_and_heal(room: Room) -> None:
    camera = room.camera(GATE)
    room.pool.want("tile", GATE, 160, 90)
    room.pass_time(0.5)
    camera.fall_silent()
    room.pass_time(2.5)
    assert room.state(GATE) == (SourceState.STALLED, Reason.NO_DATA)
    camera.speak_again()
    room.pass_time(0.2)
    assert room.state(GATE) == (SourceState.LIVE, Reason.NONE)
    camera.freeze()
    room.pass_time(2.5)
    assert room.state(GATE) == (SourceState.STALLED, Reason.SAME_PICTURE)
    camera.move_again()
    room.pass_time(0.2)
    assert room.state(GATE) == (SourceState.LIVE, Reason.NONE)
    assert camera.attempts == 1


def test_a_lost_connection_keeps_the_picture_and_its_numbers_go_on(room: Room) -> None:
    camera = room.camera(GATE)
    room.pool.want("tile", GATE, 160, 90)
    room.pass_time(1.0)
    camera.die()
    room.pass_time(0.2)
    assert room.state(GATE) == (SourceState.RETRYING, Reason.CONNECTION_LOST)
    last = room.pool.picture(GATE)
    assert last is not None
    camera.dead = False
    room.pass_time(3.0)
    picture = room.pool.picture(GATE)
    assert room.state(GATE)[0] is SourceState.LIVE
    assert picture is not None and picture.sequence > last.sequence


def test_a_lost_worker_says_so_and_its_sources_come_back(room: Room) -> None:
    room.camera(GATE)
    room.pool.want("tile", GATE, 160, 90)
    room.pass_time(1.0)
    room.changes.clear()
    room.engine.lose_worker()
    room.pass_time(1.0)
    assert room.changes[0] == (GATE, SourceState.RETRYING, Reason.WORKER_LOST)
    assert room.changes[1] == (GATE, SourceState.OPENING, Reason.WORKER_LOST)
    assert room.changes[-1] == (GATE, SourceState.LIVE, Reason.NONE)


def test_a_wrong_password_is_not_hammered_and_opens_once_it_is_corrected(room: Room) -> None:
    camera = room.camera(GATE, Credential("viewer", "right"))
    room.addresses[GATE] = StreamAddress(camera.uri, Credential("viewer", "wrong"))
    room.pool.want("tile", GATE, 160, 90)
    room.pass_time(55.0)
    assert room.state(GATE) == (SourceState.FAILED, Reason.WRONG_PASSWORD)
    assert camera.attempts == 1
    room.pass_time(10.0)
    assert camera.attempts == 2
    room.addresses[GATE] = camera.address
    room.pool.refresh(GATE.camera_id)
    room.pass_time(0.5)
    assert room.state(GATE)[0] is SourceState.LIVE


def test_two_streams_of_a_camera_share_the_one_try_a_minute(room: Room) -> None:
    main = SourceKey(GATE.camera_id, Quality.MAIN)
    cameras = [room.camera(key, Credential("viewer", "right")) for key in (GATE, main)]
    for key, camera in zip((GATE, main), cameras, strict=True):
        room.addresses[key] = StreamAddress(camera.uri, Credential("viewer", "wrong"))
    room.pool.want("small", GATE, 160, 90)
    room.pass_time(0.5)
    room.pool.want("large", main, 640, 360)
    room.pass_time(3 * 60.0)
    assert room.state(GATE) == room.state(main) == (SourceState.FAILED, Reason.WRONG_PASSWORD)
    assert 3 <= sum(camera.attempts for camera in cameras) <= 4
    before = sum(camera.attempts for camera in cameras)
    room.pool.retry(GATE.camera_id)
    room.pass_time(0.5)
    assert sum(camera.attempts for camera in cameras) == before + 1
    for key, camera in zip((GATE, main), cameras, strict=True):
        room.addresses[key] = camera.address
    room.pool.refresh(GATE.camera_id)
    room.pass_time(0.5)
    assert room.state(GATE)[0] is room.state(main)[0] is SourceState.LIVE


def test_no_address_is_told_at_once(room: Room) -> None:
    room.pool.want("tile", GATE, 160, 90)
    QCoreApplication.processEvents()
    assert room.state(GATE) == (SourceState.FAILED, Reason.NO_ADDRESS)


def test_no_address_needs_a_person(room: Room) -> None:
    room.pool.want("tile", GATE, 160, 90)
    room.pass_time(100.0)
    assert room.state(GATE) == (SourceState.FAILED, Reason.NO_ADDRESS)
    assert len(room.asked) == 1
    room.camera(GATE)
    room.pool.retry(GATE.camera_id)
    room.pass_time(0.5)
    assert room.state(GATE)[0] is SourceState.LIVE


def test_retry_leaves_a_live_source_alone(room: Room) -> None:
    camera = room.camera(GATE)
    room.pool.want("tile", GATE, 160, 90)
    room.pass_time(0.5)
    room.pool.retry(GATE.camera_id)
    room.pass_time(0.5)
    assert camera.attempts == 1


def test_a_late_answer_to_an_attempt_that_is_over_opens_nothing(room: Room) -> None:
    camera = room.camera(GATE)
    room.answers_late = True
    room.pool.want("tile", GATE, 160, 90)
    room.pool.drop("tile")
    room.pass_time(WARM_S + 1)
    for answer in room.unanswered:
        answer(camera.address)
    room.pass_time(0.5)
    assert camera.attempts == 0
    assert room.state(GATE)[0] is SourceState.SUSPENDED


def test_an_address_book_that_never_answers_is_asked_again(room: Room) -> None:
    room.answers_late = True
    room.pool.want("tile", GATE, 160, 90)
    room.pass_time(17.0)
    assert len(room.asked) == 2


def test_statistics_come_and_are_gone_with_the_session(room: Room) -> None:
    camera = room.camera(GATE)
    room.pool.want("tile", GATE, 160, 90)
    room.pass_time(2.5)
    assert room.pool.statistics(GATE).codec == "h264"
    assert room.counted.count(GATE) == 2
    camera.die()
    room.pass_time(0.2)
    assert room.pool.statistics(GATE).fps == 0.0


def test_under_overload_the_least_important_tiles_degrade_and_say_so_and_come_back(room: Room) -> None:
    keys = [SourceKey(CameraId(f"c{n}")) for n in range(10)]
    importance = {0: Importance.ENLARGED, 1: Importance.ALARMED, 2: Importance.SELECTED}
    for n, key in enumerate(keys):
        room.camera(key)
        room.pool.want(n, key, 320 if n < 5 else 160, 180 if n < 5 else 90, importance.get(n, Importance.NORMAL))
    room.pass_time(5)
    assert {room.rate(key) for key in keys} == {Rate.FULL}
    room.engine.late = 0.2
    room.pass_time(4)
    degraded = [n for n, key in enumerate(keys) if room.rate(key) is Rate.HALF]
    assert degraded and min(degraded) >= 5, "small tiles first, and not all at once"
    assert all(room.pool.status(keys[n]).notes == {Note.HALF_RATE} for n in degraded)
    room.changes.clear()
    room.pass_time(60)
    assert [room.rate(key) for key in keys[:2]] == [Rate.FULL, Rate.FULL]
    assert {room.rate(key) for key in keys[2:]} == {Rate.KEY_FRAMES}
    assert room.pool.status(keys[9]).notes == {Note.KEY_FRAMES}
    assert keys[9] in {key for key, _, _ in room.changes}, "whoever paints the tile is told"
    room.engine.late = 0.0
    room.pass_time(120)
    assert {room.rate(key) for key in keys} == {Rate.FULL}
    assert all(room.pool.status(key).notes == set() for key in keys)


def test_another_session_of_a_degraded_source_is_degraded_too(room: Room) -> None:
    camera = room.camera(GATE)
    room.pool.want("tile", GATE, 160, 90)
    room.pass_time(5)
    room.engine.late = 0.5
    room.pass_time(20)
    assert room.rate(GATE) is Rate.KEY_FRAMES
    camera.die()
    room.pass_time(0.2)
    assert room.pool.status(GATE).notes == set(), "there is nothing of which half could be missing"
    camera.dead = False
    room.pass_time(3)
    assert room.rate(GATE) is Rate.KEY_FRAMES


def test_a_hundred_sources_are_opened_a_few_in_each_turn_and_the_enlarged_one_first(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    original = room.engine.open

    def slow(session: int, address: StreamAddress, *rest: int) -> None:
        until = time.perf_counter() + BUDGET_S
        while time.perf_counter() < until:
            pass
        opened.append(address.uri)
        original(session, address, *rest)

    monkeypatch.setattr(room.engine, "open", slow)
    for n in range(30):
        key = SourceKey(CameraId(f"c{n}"))
        room.camera(key)
        room.pool.want(n, key, 160, 90, Importance.ENLARGED if n == 20 else Importance.NORMAL)
    assert not opened, "nothing is opened in the turn that asks for it"
    most = 0
    give_up_at = time.monotonic() + 20
    while len(opened) < 30:
        assert time.monotonic() < give_up_at, opened
        before = len(opened)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 0)
        most = max(most, len(opened) - before)
    assert opened[0].startswith("rtsp://c20/")
    assert most == 1, "each open took a whole turn's budget"


def test_what_is_no_longer_wanted_by_its_turn_is_not_opened(room: Room) -> None:
    camera = room.camera(GATE)
    room.pool.want("tile", GATE, 160, 90)
    room.pool.drop("tile")
    room.pool.forget()
    room.pass_time(0.5)
    assert camera.attempts == 0


def test_what_statistics_tell_of_a_streams_size_changes_the_choice(room: Room) -> None:
    camera = Camera(GATE.camera_id, 1, "n", SiteId("s"), "p", None, None, "rtsp://h/m", "rtsp://h/s")
    told: list[None] = []
    room.pool.streams_changed.connect(lambda: told.append(None))
    room.camera(GATE)
    room.pool.streams.learn(GATE, 320, 180)
    room.pool.streams.claim("tile", camera, 500, 280)
    assert room.pool.streams.quality("tile") is Quality.MAIN
    room.pool.want("other", GATE, 160, 90)
    room.pass_time(2)  # the camera sends 640x360 by now
    assert len(told) == 1
    assert room.pool.streams.quality("tile") is Quality.SUB


def test_a_closed_pool_wants_nothing(room: Room) -> None:
    room.camera(GATE)
    room.pool.want("tile", GATE, 160, 90)
    room.pool.close()
    room.pool.close()
    room.pool.want("tile", GATE, 160, 90)
    assert room.engine.is_down
    assert room.state(GATE) == (SourceState.IDLE, Reason.NONE)
    assert room.pool.picture(GATE) is None
