"""The console on a real database: it ends in the middle of work, and its disk is full for a while."""

import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
import shiboken6

from gwanje.console.core import ConsoleCore
from gwanje.console.profile import Profile
from gwanje.domain.audit import AuditEntry, Outcome
from gwanje.domain.cameras import Camera, CameraId
from gwanje.domain.commands import ApplyLayout, MovePtz, ShowCamera, SignIn, StopPtz, StorePtzPreset
from gwanje.domain.ptz import PtzVelocity
from gwanje.records import database_url, open_records
from tests.fakes.fake_device import FakeDevice
from tests.fakes.memory_secrets import MemorySecretStore
from tests.support.console import EVERY_ROLE, PASSWORD, PoolOfFakes, small_district

C1 = CameraId("c1")
RIGHT = PtzVelocity(0.5, 0.0, 0.0)


class Console:
    def __init__(self, folder: Path) -> None:
        self.devices: dict[str, FakeDevice] = {}
        self.open = True
        self.core = ConsoleCore(
            Profile.at(folder),
            open_records(database_url(folder)),
            MemorySecretStore(),
            self._device,
            seat="desk 1",
            make_sources=lambda _: PoolOfFakes(),
        )

    def _device(self, camera: Camera, credential: object) -> FakeDevice:
        return self.devices.setdefault(camera.id, FakeDevice(camera, credential, clock=time.monotonic))

    def close(self) -> None:
        if self.open:
            self.open = False
            self.core.close()


@pytest.fixture
def start(qtbot, tmp_path: Path) -> Iterator[Callable[[], Console]]:
    """Starts a console on this test's one profile, with "kim" signed in."""
    records = open_records(database_url(tmp_path))
    district = small_district()
    records.directory.put(district.departments, district.sites, district.cameras)
    records.operators.add("kim", PASSWORD, EVERY_ROLE)
    records.close()
    made: list[Console] = []

    def begin() -> Console:
        console = Console(tmp_path)
        made.append(console)
        ready: list[bool] = []
        console.core.start(lambda: ready.append(True))
        qtbot.waitUntil(lambda: bool(ready))
        console.core.dispatch(SignIn(name="kim", password=PASSWORD))
        qtbot.waitUntil(lambda: console.core.session.operator is not None and quiet(console), timeout=15_000)
        return console

    yield begin
    for console in made:
        console.close()
        shiboken6.delete(console.core)


def quiet(console: Console) -> bool:
    return console.core.dispatcher.in_flight == 0 and console.core.recorder.backlog == 0


def rows_by_action(folder: Path) -> dict[UUID, list[AuditEntry]]:
    records = open_records(database_url(folder))
    found: dict[UUID, list[AuditEntry]] = defaultdict(list)
    for row in records.audit.read(limit=10_000):
        found[row.action_id].append(row)
    records.close()
    return found


def test_an_orderly_end_leaves_no_action_open(start: Callable[[], Console], tmp_path: Path):
    """Closed in the same moment in which twenty commands were given and a camera was turning."""
    console = start()
    core = console.core
    actions = [core.dispatch(ShowCamera(camera_id=CameraId(f"c{n}"), tile=n % 9)) for n in range(1, 11)]
    actions += [core.dispatch(ApplyLayout(window="desk", layout=x)) for x in ("4", "16", "25", "9") * 2]
    actions.append(core.dispatch(StopPtz(camera_id=CameraId("c4"))))
    actions.append(core.dispatch(MovePtz(camera_id=C1, velocity=RIGHT)))
    console.close()
    rows = rows_by_action(tmp_path)
    for action in actions:
        outcomes = [r.outcome for r in rows[action.id]]
        assert len(outcomes) == 2 and outcomes[0] is Outcome.REQUESTED, (action.command, outcomes)
        assert outcomes[1] is action.outcome
    assert console.devices["c4"].calls.count("stop_ptz") >= 1


def test_a_camera_that_turns_when_the_console_ends_is_stopped(start, qtbot, tmp_path: Path):
    console = start()
    action = console.core.dispatch(MovePtz(camera_id=C1, velocity=RIGHT))
    qtbot.waitUntil(lambda: "c1" in console.devices and console.devices["c1"].ptz_status().moving)
    console.close()
    device = console.devices["c1"]
    assert not device.head.moving(time.monotonic())
    assert device.calls.index("stop_ptz") > device.calls.index("move_ptz")
    assert [r.outcome for r in rows_by_action(tmp_path)[action.id]] == [Outcome.REQUESTED, Outcome.SUCCEEDED]


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """No file of this process may grow beyond what the database's log has now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "records.db-wal").stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_while_the_disk_is_full_the_wall_works_and_its_rows_follow(start, qtbot, tmp_path: Path):
    console = start()
    core = console.core
    seen: list[bool] = []
    core.recorder.available_changed.connect(seen.append)
    with full_disk(tmp_path):
        looking = core.dispatch(ShowCamera(camera_id=C1, tile=0))
        storing = core.dispatch(StorePtzPreset(camera_id=C1, name="gate"))
        stopping = core.dispatch(StopPtz(camera_id=C1))
        qtbot.waitUntil(lambda: core.dispatcher.in_flight == 0, timeout=10_000)
        assert core.wall.arrangement.window("desk").camera_at(0) == C1
        assert (looking.outcome, stopping.outcome) == (Outcome.SUCCEEDED, Outcome.SUCCEEDED)
        assert storing.outcome is Outcome.FAILED and "recorded" in str(storing.error)
        assert "store_ptz_preset" not in console.devices["c1"].calls, "done without a record"
        assert seen == [False]
        assert core.recorder.backlog == 6
    qtbot.waitUntil(lambda: core.recorder.backlog == 0, timeout=10_000)
    assert seen == [False, True]
    console.close()
    rows = rows_by_action(tmp_path)
    for action in (looking, storing, stopping):
        assert [r.outcome for r in rows[action.id]] == [Outcome.REQUESTED, action.outcome]


def test_the_wall_is_there_again_after_an_end_in_the_same_moment(start: Callable[[], Console], qtbot):
    first = start()
    first.core.dispatch(ApplyLayout(window="desk", layout="16"))
    first.core.dispatch(ShowCamera(camera_id=C1, tile=15))
    first.close()
    left = first.core.wall.arrangement
    assert left.window("desk").camera_at(15) == C1
    second = start()
    assert second.core.wall.arrangement == left
