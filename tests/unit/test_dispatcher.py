"""Authorise, record, handle, record, publish: in that order, whatever fails."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from gwanje.console.dispatch import Action, Dispatcher, Lanes, Recorder
from gwanje.domain.audit import AuditEntry, Outcome
from gwanje.domain.commands import AddCamera, ClearWall, Command, MovePtz, ShowCamera, SignIn, StopPtz, TakeStill
from gwanje.domain.errors import GwanjeError, RecordsError, UnreachableError
from gwanje.domain.operators import Operator, OperatorId, Role
from gwanje.domain.ptz import PtzVelocity
from tests.fakes.memory_records import MemoryRecords

AGENT = Operator(OperatorId("1"), "kim", frozenset({Role.AGENT}))
MOVE = MovePtz(camera_id="c1", velocity=PtzVelocity(1, 0, 0))


@dataclass
class Desk:
    """A dispatcher over records in memory, with what its handlers saw."""

    records: MemoryRecords
    lanes: Lanes
    recorder: Recorder
    operator: Operator | None = AGENT
    seen: list[Command] = field(default_factory=list)
    rows_when_handled: list[int] = field(default_factory=list)
    finished: list[Action] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dispatcher = Dispatcher(self.recorder, console="c", seat="s", operator=lambda: self.operator)
        self.dispatcher.finished.connect(self.finished.append)

    def rows(self) -> list[AuditEntry]:
        return self.records.audit.read(limit=10_000)

    def outcomes(self, action: Action) -> list[Outcome]:
        return [r.outcome for r in self.rows() if r.action_id == action.id]

    def handle(self, command: Command, done) -> None:
        self.seen.append(command)
        self.rows_when_handled.append(len(self.records.audit.rows))
        done({"answer": 42}, None)


@pytest.fixture
def desk(qapp) -> Iterator[Desk]:
    records = MemoryRecords()
    lanes = Lanes()
    yield Desk(records, lanes, Recorder(records.audit, lanes.database))
    lanes.close()


def test_the_requested_row_is_on_disk_before_the_handler_runs(desk: Desk, qtbot) -> None:
    desk.dispatcher.register(ClearWall, desk.handle)
    action = desk.dispatcher.dispatch(ClearWall(window="desk"))
    assert desk.seen == []  # not before the record
    qtbot.waitUntil(lambda: len(desk.rows()) == 2)
    assert desk.rows_when_handled == [1]
    requested, succeeded = desk.rows()
    assert requested.outcome is Outcome.REQUESTED
    assert requested.details == {"window": "desk"}
    assert (succeeded.outcome, succeeded.details) == (Outcome.SUCCEEDED, {"answer": 42})
    assert {r.operator for r in desk.rows()} == {"kim"}
    assert desk.finished == [action]


@pytest.mark.parametrize("operator", [None, AGENT])
def test_a_refusal_is_recorded_and_not_handled(desk: Desk, qtbot, operator: Operator | None) -> None:
    desk.operator = operator
    desk.dispatcher.register(AddCamera, desk.handle)
    action = desk.dispatcher.dispatch(AddCamera(name="x", main_uri="rtsp://192.0.2.1/a", password="s3cret-words"))
    qtbot.waitUntil(lambda: len(desk.rows()) == 2)
    assert desk.outcomes(action) == [Outcome.REQUESTED, Outcome.REFUSED]
    assert desk.rows()[1].reason
    assert desk.seen == []


def test_secrets_reach_no_row(desk: Desk, qtbot) -> None:
    desk.operator = None
    desk.dispatcher.register(SignIn, desk.handle)
    desk.dispatcher.dispatch(SignIn(name="kim", password="s3cret-words"))
    qtbot.waitUntil(lambda: len(desk.rows()) == 2)
    assert desk.seen[0].password == "s3cret-words"
    assert "s3cret-words" not in repr(desk.rows()) + repr(desk.seen)


def test_a_failing_handler_leaves_its_reason(desk: Desk, qtbot, caplog) -> None:
    def fail(command: Command, done) -> None:
        raise UnreachableError("nothing answers", place="camera 1", cure="check the cable")

    def defect(command: Command, done) -> None:
        raise ZeroDivisionError

    desk.dispatcher.register(ClearWall, fail)
    desk.dispatcher.register(ShowCamera, defect)
    failed = desk.dispatcher.dispatch(ClearWall(window="desk"))
    broken = desk.dispatcher.dispatch(ShowCamera(camera_id="c1"))
    qtbot.waitUntil(lambda: len(desk.rows()) == 4)
    assert desk.outcomes(failed) == desk.outcomes(broken) == [Outcome.REQUESTED, Outcome.FAILED]
    assert "check the cable" in next(r.reason for r in desk.rows() if r.reason)
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError" not in str(broken.error)


def test_without_a_record_looking_works_and_the_rest_is_refused(desk: Desk, qtbot) -> None:
    desk.records.broken = RecordsError("the disk is full")
    desk.dispatcher.register(ShowCamera, desk.handle)
    desk.dispatcher.register(TakeStill, desk.handle)
    shown = desk.dispatcher.dispatch(ShowCamera(camera_id="c1"))
    still = desk.dispatcher.dispatch(TakeStill(window="desk", tile=0))
    qtbot.waitUntil(lambda: len(desk.finished) == 2)
    assert [type(c) for c in desk.seen] == [ShowCamera]
    assert still.outcome is Outcome.FAILED
    assert not desk.recorder.available
    assert desk.recorder.backlog == 4
    desk.records.broken = None
    qtbot.waitUntil(lambda: desk.recorder.backlog == 0, timeout=10_000)
    assert desk.outcomes(shown) == [Outcome.REQUESTED, Outcome.SUCCEEDED]
    assert desk.outcomes(still) == [Outcome.REQUESTED, Outcome.FAILED]
    assert desk.recorder.available


def test_a_stop_does_not_wait_for_the_record(desk: Desk, qtbot) -> None:
    desk.operator = None
    desk.dispatcher.register(StopPtz, desk.handle)
    action = desk.dispatcher.dispatch(StopPtz(camera_id="c1"))
    assert desk.seen == [action.command]  # handled before the event loop came round
    qtbot.waitUntil(lambda: desk.outcomes(action) == [Outcome.REQUESTED, Outcome.SUCCEEDED])


class Held:
    """A held handler that ends at the release."""

    def __init__(self) -> None:
        self.calls: list[object] = []

    def __call__(self, command: Command, done) -> None:
        self.calls.append("begin")
        self._done = done

    def adjust(self, command: MovePtz) -> None:
        self.calls.append(command.velocity)

    def release(self, command: MovePtz) -> None:
        self.calls.append("release")
        self._done({"seconds": 1.0}, None)


def test_a_held_command_is_one_action_from_press_to_release(desk: Desk, qtbot) -> None:
    held = Held()
    desk.dispatcher.register(MovePtz, held)
    action = desk.dispatcher.dispatch(MOVE)
    qtbot.waitUntil(lambda: held.calls == ["begin"])
    faster = MovePtz(camera_id="c1", velocity=PtzVelocity(0.2, 0, 0))
    desk.dispatcher.adjust(action, faster)
    assert desk.outcomes(action) == [Outcome.REQUESTED]
    desk.dispatcher.release(action)
    desk.dispatcher.release(action)
    qtbot.waitUntil(lambda: desk.outcomes(action) == [Outcome.REQUESTED, Outcome.SUCCEEDED])
    assert held.calls == ["begin", faster.velocity, "release"]


def test_a_press_let_go_before_it_was_recorded_moves_nothing(desk: Desk, qtbot) -> None:
    held = Held()
    desk.dispatcher.register(MovePtz, held)
    action = desk.dispatcher.dispatch(MOVE)
    desk.dispatcher.release(action)
    qtbot.waitUntil(lambda: action.outcome is Outcome.SUCCEEDED)
    assert held.calls == []


def test_a_command_nobody_handles_fails(desk: Desk, qtbot) -> None:
    action = desk.dispatcher.dispatch(ClearWall(window="desk"))
    qtbot.waitUntil(lambda: action.outcome is Outcome.FAILED)
    with pytest.raises(ValueError, match="handler"):
        desk.dispatcher.register(ClearWall, desk.handle)
        desk.dispatcher.register(ClearWall, desk.handle)


def test_jobs_of_one_lane_keep_their_order_and_lanes_do_not_wait_for_each_other(qapp, qtbot) -> None:
    import threading

    lanes = Lanes()
    gate, seen, other = threading.Event(), [], []
    slow = lanes.camera("a")
    slow.submit(lambda: gate.wait(10))
    for i in range(20):
        slow.submit(lambda i=i: seen.append(i))
    lanes.camera("b").submit(lambda: 1, lambda result, error: other.append((result, error)))
    qtbot.waitUntil(lambda: other == [(1, None)])
    assert seen == []
    gate.set()
    qtbot.waitUntil(lambda: seen == list(range(20)))
    lanes.close()


def test_a_lane_tells_our_errors_and_hides_foreign_ones(qapp, qtbot) -> None:
    lanes = Lanes()
    told: list[GwanjeError | None] = []

    def ours() -> None:
        raise UnreachableError("nothing answers")

    def foreign() -> None:
        raise ValueError("rtsp://user:pass@host")

    lanes.files.submit(ours, lambda _, error: told.append(error))
    lanes.files.submit(foreign, lambda _, error: told.append(error))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert isinstance(told[0], UnreachableError)
    assert "pass" not in str(told[1])
    lanes.close()
