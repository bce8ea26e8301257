"""When a camera is asked for a snapshot and for a key frame, over the fake sources and a clock of the test."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gwanje.domain.cameras import CameraId
from gwanje.domain.source_state import Reason, SourceState
from gwanje.videowall.opening import OpeningHelp, Snapshot
from gwanje.videowall.opening.opening_help import (
    GRACE_S,
    KEY_FRAME_AGAIN_S,
    MOST_KEY_FRAMES,
    SNAPSHOT_AFTER_S,
    SNAPSHOT_SERVES_S,
)
from gwanje.videowall.port import Quality, SourceKey
from tests.fakes.fake_sources import FakeSources, plain

C1 = CameraId("c1")
SUB, MAIN = SourceKey(C1, Quality.SUB), SourceKey(C1, Quality.MAIN)


class Bench:
    """Attributes: `asked`, `given_up`, what the camera was asked; `answers`, how to answer the snapshots."""

    def __init__(self) -> None:
        self.now = 100.0
        self.sources = FakeSources()
        self.help = OpeningHelp(self.sources, clock=lambda: self.now)
        self.help.use(self)
        self.asked: list[tuple[str, SourceKey]] = []
        self.given_up: list[CameraId] = []
        self.answers: list[Callable[[Snapshot | None], None]] = []
        self.changed: list[object] = []
        self.help.snapshot_changed.connect(self.changed.append)

    def snapshot(self, key: SourceKey, answer: Callable[[Snapshot | None], None]) -> None:
        self.asked.append(("snapshot", key))
        self.answers.append(answer)

    def ask_for_key_frame(self, key: SourceKey) -> None:
        self.asked.append(("key frame", key))

    def give_up(self, camera_id: CameraId) -> None:
        self.given_up.append(camera_id)

    def after(self, seconds: float) -> None:
        self.now += seconds + 1e-6
        self.help.tick()

    def count(self, what: str) -> int:
        return sum(kind == what for kind, _ in self.asked)

    def say(self, state: SourceState, reason: Reason = Reason.NONE, key: SourceKey = SUB) -> None:
        self.sources.set_state(key, state, reason)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench()
    yield made
    made.help.close()


def taken(at: float) -> Snapshot:
    return Snapshot(QImage(16, 9, QImage.Format.Format_RGB32), at)


def test_a_source_without_a_picture_gets_one_snapshot_and_keeps_it_until_it_has_one(bench: Bench):
    bench.say(SourceState.OPENING)
    bench.after(SNAPSHOT_AFTER_S / 2)
    assert bench.asked == [], "a stream that begins by itself is left alone"
    bench.after(SNAPSHOT_AFTER_S)
    bench.after(SNAPSHOT_AFTER_S)
    assert bench.asked == [("snapshot", SUB)]
    bench.answers[0](taken(bench.now))
    assert bench.changed == [C1]
    assert bench.help.snapshot(C1) is not None
    bench.say(SourceState.BUFFERING)
    assert bench.help.snapshot(C1) is not None
    bench.sources.push(SUB, plain(16, 9, (1, 2, 3)))
    assert bench.help.snapshot(C1) is None
    assert bench.given_up == [C1]


def test_nothing_is_asked_of_a_camera_that_shows_a_picture_already(bench: Bench):
    bench.sources.push(SUB, plain(16, 9, (1, 2, 3)))
    bench.say(SourceState.OPENING, key=MAIN)
    bench.after(SNAPSHOT_AFTER_S)
    assert bench.count("snapshot") == 0
    bench.say(SourceState.BUFFERING, key=MAIN)
    bench.after(SNAPSHOT_AFTER_S)
    assert bench.asked == [("key frame", MAIN)], "the better stream is waited for all the same"


def test_a_key_frame_is_asked_for_again_but_not_for_ever(bench: Bench):
    bench.say(SourceState.BUFFERING)
    bench.after(GRACE_S / 2)
    assert bench.count("key frame") == 0
    bench.after(GRACE_S)
    assert bench.count("key frame") == 1
    bench.after(KEY_FRAME_AGAIN_S / 2)
    assert bench.count("key frame") == 1
    bench.after(KEY_FRAME_AGAIN_S)
    assert bench.count("key frame") == 2
    for _ in range(20):
        bench.after(KEY_FRAME_AGAIN_S)
    assert bench.count("key frame") == MOST_KEY_FRAMES


def test_a_picture_ends_the_asking(bench: Bench):
    bench.say(SourceState.BUFFERING)
    bench.after(GRACE_S)
    bench.sources.push(SUB, plain(16, 9, (1, 2, 3)), live=False)
    bench.after(KEY_FRAME_AGAIN_S)
    bench.after(KEY_FRAME_AGAIN_S)
    assert bench.count("key frame") == 1


def test_an_answer_that_comes_too_late_shows_nothing(bench: Bench):
    bench.say(SourceState.OPENING)
    bench.after(SNAPSHOT_AFTER_S)
    bench.say(SourceState.SUSPENDED)
    bench.answers[0](taken(bench.now))
    assert bench.help.snapshot(C1) is None
    assert bench.changed == []


def test_after_a_wrong_password_the_camera_is_left_alone_until_its_stream_is_accepted(bench: Bench):
    bench.say(SourceState.FAILED, Reason.WRONG_PASSWORD)
    for _ in range(5):
        bench.say(SourceState.OPENING)
        bench.after(SNAPSHOT_AFTER_S)
        bench.say(SourceState.FAILED, Reason.WRONG_PASSWORD)
        bench.after(60)
    assert bench.asked == []
    bench.say(SourceState.OPENING)
    bench.say(SourceState.BUFFERING)
    bench.after(SNAPSHOT_AFTER_S)
    assert bench.count("snapshot") == bench.count("key frame") == 1


def test_a_source_that_is_tried_again_and_again_gets_a_new_snapshot_now_and_then_only(bench: Bench):
    bench.say(SourceState.OPENING)
    bench.after(SNAPSHOT_AFTER_S)
    bench.answers[0](taken(bench.now))
    bench.say(SourceState.RETRYING, Reason.CONNECTION_LOST)
    bench.say(SourceState.OPENING)
    bench.after(SNAPSHOT_AFTER_S)
    assert bench.count("snapshot") == 1
    assert bench.help.snapshot(C1) is not None
    bench.after(SNAPSHOT_SERVES_S)
    assert bench.count("snapshot") == 2
    assert bench.help.snapshot(C1) is not None, "the old one stays until the new one is there"


def test_a_failed_source_shows_no_snapshot(bench: Bench):
    bench.say(SourceState.OPENING)
    bench.after(SNAPSHOT_AFTER_S)
    bench.answers[0](taken(bench.now))
    bench.say(SourceState.FAILED, Reason.UNSUPPORTED)
    assert bench.help.snapshot(C1) is None


def test_without_anybody_to_ask_nothing_happens(qtbot: QtBot):
    sources = FakeSources()
    sources.set_state(SUB, SourceState.OPENING)
    sources.opening.tick()
    assert sources.opening.snapshot(C1) is None
