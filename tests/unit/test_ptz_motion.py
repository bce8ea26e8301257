"""From press to release: what goes to the camera, and that it never stays turning."""

import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from gwanje.console.devices import DeviceHub
from gwanje.console.dispatch import Lanes
from gwanje.console.ptz import PtzMotions
from gwanje.console.state import DirectoryState
from gwanje.domain.cameras import Camera, CameraId, District, SiteId
from gwanje.domain.commands import MovePtz, StopPtz
from gwanje.domain.errors import GwanjeError, UnreachableError, UnsupportedError
from gwanje.domain.ptz import PtzVelocity
from tests.fakes.fake_device import FakeDevice
from tests.fakes.memory_secrets import MemorySecretStore

CAMERA = Camera(
    CameraId("c1"), 1, "crossing", SiteId("s"), "traffic", 37.5, 126.9, "rtsp://192.0.2.1/main",
    device_address="http://192.0.2.1/onvif/device_service", ptz=True,
)  # fmt: skip
RIGHT = MovePtz(camera_id=CAMERA.id, velocity=PtzVelocity(1, 0, 0))
LEFT = MovePtz(camera_id=CAMERA.id, velocity=PtzVelocity(-1, 0, 0))


@dataclass
class Bench:
    motions: PtzMotions
    device: FakeDevice
    ends: list[tuple[object, GwanjeError | None]] = field(default_factory=list)

    def done(self, details, error) -> None:
        self.ends.append((details, error))

    @property
    def wire(self) -> list[str]:
        return [c for c in self.device.calls if c in ("move_ptz", "stop_ptz")]


@pytest.fixture
def bench(qapp) -> Iterator[Bench]:
    device = FakeDevice(CAMERA, clock=time.monotonic)
    lanes = Lanes()
    directory = DirectoryState()
    directory.set_district(District(cameras=(CAMERA,)))
    hub = DeviceHub(lambda camera, credential: device, MemorySecretStore())
    yield Bench(PtzMotions(directory, hub, lanes), device)
    device.gate.set()
    lanes.close()


def test_press_moves_and_release_stops(bench: Bench, qtbot) -> None:
    bench.motions(RIGHT, bench.done)
    qtbot.waitUntil(lambda: bench.wire == ["move_ptz"])
    assert bench.motions.moving == {CAMERA.id}
    assert bench.ends == []
    bench.motions.release(RIGHT)
    qtbot.waitUntil(lambda: len(bench.ends) == 1)
    assert bench.wire[-1] == "stop_ptz"
    details, error = bench.ends[0]
    assert error is None
    assert details["seconds"] >= 0
    assert not bench.motions.moving


def test_a_stop_overtakes_a_move_that_hangs_and_is_sent_again_after_it(bench: Bench, qtbot) -> None:
    bench.device.gate.clear()
    bench.motions(RIGHT, bench.done)
    qtbot.waitUntil(lambda: bench.device.calls == ["move_ptz"])
    bench.motions.release(RIGHT)
    qtbot.waitUntil(lambda: "stop_ptz" in bench.wire)
    bench.device.gate.set()  # only now the move reaches the camera
    qtbot.waitUntil(lambda: len(bench.ends) == 1)
    assert bench.wire[-1] == "stop_ptz"
    assert bench.wire.count("stop_ptz") >= 2
    assert not bench.device.ptz_status().moving


def test_a_stop_is_repeated_when_the_move_returns_while_it_is_on_its_way(bench: Bench, qtbot) -> None:
    """The camera may have taken the two in either order."""
    answered = threading.Event()
    stop = bench.device.stop_ptz

    def slow_stop() -> None:
        stop()
        answered.wait()

    bench.device.stop_ptz = slow_stop
    bench.device.gate.clear()
    bench.motions(RIGHT, bench.done)
    qtbot.waitUntil(lambda: bench.wire == ["move_ptz"])
    bench.motions.release(RIGHT)
    qtbot.waitUntil(lambda: bench.wire == ["move_ptz", "stop_ptz"])
    bench.device.gate.set()
    qtbot.waitUntil(lambda: not bench.motions._motions[CAMERA.id].sending)
    answered.set()
    qtbot.waitUntil(lambda: len(bench.ends) == 1)
    assert bench.wire == ["move_ptz", "stop_ptz", "stop_ptz"]
    assert not bench.device.ptz_status().moving


def test_another_speed_is_sent_without_a_stop_between(bench: Bench, qtbot) -> None:
    bench.motions(RIGHT, bench.done)
    bench.motions.adjust(LEFT)
    qtbot.waitUntil(lambda: bench.wire == ["move_ptz", "move_ptz"])
    assert bench.ends == []
    bench.motions.release(LEFT)
    qtbot.waitUntil(lambda: len(bench.ends) == 1)


def test_a_failed_stop_is_tried_again(bench: Bench, qtbot) -> None:
    bench.motions(RIGHT, bench.done)
    qtbot.waitUntil(lambda: bench.wire == ["move_ptz"])
    bench.device.failure = UnreachableError("nothing answers")
    bench.motions.release(RIGHT)
    qtbot.waitUntil(lambda: bench.wire.count("stop_ptz") >= 2)
    assert bench.ends == []
    bench.device.failure = None
    qtbot.waitUntil(lambda: len(bench.ends) == 1)
    assert bench.ends[0][1] is None


def test_a_failed_move_stops_the_camera_and_tells_why(bench: Bench, qtbot) -> None:
    calls = itertools.count()
    move = bench.device.move_ptz

    def fail_once(velocity: PtzVelocity, timeout_s: float) -> None:
        if next(calls) == 0:
            raise UnreachableError("the answer was lost")
        move(velocity, timeout_s)

    bench.device.move_ptz = fail_once
    bench.motions(RIGHT, bench.done)
    qtbot.waitUntil(lambda: len(bench.ends) == 1)
    assert bench.wire == ["stop_ptz"]
    assert "lost" in str(bench.ends[0][1])


def test_a_new_press_takes_over(bench: Bench, qtbot) -> None:
    bench.motions(RIGHT, bench.done)
    qtbot.waitUntil(lambda: bench.wire == ["move_ptz"])
    bench.motions(LEFT, bench.done)
    assert bench.ends[0][0]["taken_over"]
    qtbot.waitUntil(lambda: bench.wire == ["move_ptz", "move_ptz"])
    bench.motions.release(LEFT)
    qtbot.waitUntil(lambda: len(bench.ends) == 2)


def test_stop_ends_the_motion_too(bench: Bench, qtbot) -> None:
    stops: list[object] = []
    bench.motions(RIGHT, bench.done)
    bench.motions.stop(StopPtz(camera_id=CAMERA.id), lambda details, error: stops.append(error))
    qtbot.waitUntil(lambda: len(stops) == 1 and len(bench.ends) == 1)
    assert stops == [None]
    assert bench.wire[-1] == "stop_ptz"


def test_a_fixed_camera_is_not_moved(bench: Bench) -> None:
    from dataclasses import replace

    bench.motions._directory.set_district(District(cameras=(replace(CAMERA, ptz=False),)))
    with pytest.raises(UnsupportedError):
        bench.motions(RIGHT, bench.done)


def test_a_held_move_is_renewed_before_the_camera_gives_up(bench: Bench, qtbot) -> None:
    bench.motions._renew.setInterval(20)
    bench.motions(RIGHT, bench.done)
    qtbot.waitUntil(lambda: bench.wire.count("move_ptz") >= 3)
    bench.motions.release(RIGHT)
    qtbot.waitUntil(lambda: len(bench.ends) == 1)
    assert bench.wire[-1] == "stop_ptz"
