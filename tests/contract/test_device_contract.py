"""What every DevicePort promises: the in-memory one, and the ONVIF one against a camera on a socket."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from gwanje.domain.cameras import Camera, CameraId, SiteId, check_stream_uri
from gwanje.domain.credentials import Credential
from gwanje.domain.devices import DevicePort
from gwanje.domain.errors import DeviceError, UnsupportedError, WrongPasswordError
from gwanje.domain.ptz import PtzPosition, PtzStatus, PtzVelocity
from gwanje.onvif import Timeouts, open_device
from gwanje.simulator.process import SimulatorProcess
from tests.fakes.fake_device import FakeDevice
from tests.fakes.soap_answers import Quirks
from tests.fakes.soap_camera import SoapCamera

RIGHT = Credential("operator", "right password")
ENTRY = Camera(
    id=CameraId("cam1"),
    number=1,
    name="Gate 1",
    site_id=SiteId("site1"),
    purpose="crime prevention",
    latitude=37.58,
    longitude=126.94,
    main_uri="rtsp://127.0.0.1:8554/cam1/main",
    ptz=True,
)


class World:
    """A camera that can be opened with any credential, and the passing of time."""

    def __init__(
        self, opener: Callable[[Credential | None], DevicePort], right: Credential, wait: Callable[[], None]
    ) -> None:
        self.opener = opener
        self.right = right
        self.wait = wait
        self.device = opener(right)

    def until(self, condition: Callable[[PtzStatus], bool], what: str) -> PtzStatus:
        """Poll the status until it fulfils the condition; fails after 10 s of the world's time."""
        for _ in range(200):
            status = self.device.ptz_status()
            if condition(status):
                return status
            self.wait()
        raise AssertionError(f"not within 10 s: {what}; last seen {status}")

    def until_at(self, goal: PtzPosition) -> PtzStatus:
        return self.until(
            lambda s: s.position is not None and near(s.position, goal) and s.moving is not True, str(goal)
        )


def near(a: PtzPosition, b: PtzPosition) -> bool:
    return max(abs(a.pan - b.pan), abs(a.tilt - b.tilt), abs(a.zoom - b.zoom)) < 0.02


def fake_world(_: ExitStack) -> World:
    now = [100.0]

    def wait() -> None:
        now[0] += 0.05

    def opener(credential: Credential | None) -> DevicePort:
        return FakeDevice(ENTRY, credential, clock=lambda: now[0], password=RIGHT.password)

    return World(opener, RIGHT, wait)


def soap_world(stack: ExitStack) -> World:
    camera = stack.enter_context(SoapCamera(Quirks(auth="token")))

    def opener(credential: Credential | None) -> DevicePort:
        return open_device(camera.directory_entry(), credential, timeouts=Timeouts(2.0, 5.0, 8.0))

    return World(opener, camera.credential, lambda: time.sleep(0.05))


@pytest.fixture(scope="module")
def simulator() -> Iterator[SimulatorProcess]:
    with SimulatorProcess(cameras=12) as process:
        yield process


def simulated_world(_: ExitStack, simulator: SimulatorProcess) -> World:
    camera = next(c for c in simulator.district.cameras if c.ptz)

    def opener(credential: Credential | None) -> DevicePort:
        return open_device(camera, credential, timeouts=Timeouts(2.0, 5.0, 8.0))

    world = World(opener, simulator.credential, lambda: time.sleep(0.05))
    world.device.go_to_ptz_home()  # the tests before have moved it
    world.until(lambda s: s.moving is False, "home again")
    return world


@pytest.fixture(params=["fake", "soap", "simulator"])
def world(request: pytest.FixtureRequest, simulator: SimulatorProcess) -> Iterator[World]:
    with ExitStack() as stack:
        match request.param:
            case "fake":
                world = fake_world(stack)
            case "soap":
                world = soap_world(stack)
            case _:
                world = simulated_world(stack, simulator)
        stack.callback(world.device.close)
        yield world


def test_it_says_who_it_is(world: World) -> None:
    info = world.device.info()
    assert info.manufacturer and info.model
    assert abs(info.clock_offset_s) < 2.0
    assert {"device", "ptz"} <= set(info.services)


def test_it_offers_a_main_and_a_smaller_sub_stream(world: World) -> None:
    profiles = world.device.profiles()
    assert len({p.token for p in profiles}) == len(profiles) >= 2
    main, sub = profiles[0], profiles[1]
    assert main.width > sub.width > 0 and main.height > sub.height > 0
    assert main.codec in {"H264", "H265"} and sub.fps > 0
    assert main.ptz


def test_each_profile_has_a_stream_address_of_its_own_without_credentials(world: World) -> None:
    uris = [world.device.stream_uri(p.token) for p in world.device.profiles()]
    assert len(set(uris)) == len(uris)
    for uri in uris:
        assert check_stream_uri(uri) == uri
        assert urlsplit(uri).hostname == "127.0.0.1"


def test_a_profile_that_is_not_there_is_unsupported(world: World) -> None:
    for call in (world.device.stream_uri, world.device.snapshot, world.device.request_key_frame):
        with pytest.raises(UnsupportedError):
            call("no-such-profile")


def test_a_snapshot_is_a_jpeg(world: World) -> None:
    picture = world.device.snapshot(world.device.profiles()[0].token)
    assert picture.startswith(b"\xff\xd8")
    assert picture.rstrip(b"\0").endswith(b"\xff\xd9")


def test_a_key_frame_can_be_asked_for(world: World) -> None:
    world.device.request_key_frame(world.device.profiles()[0].token)


def test_it_moves_until_it_is_stopped_and_then_stays(world: World) -> None:
    start = world.device.ptz_status().position
    assert start is not None
    world.device.move_ptz(PtzVelocity(pan=0.5), 30.0)
    world.until(lambda s: s.position is not None and s.position.pan > start.pan + 0.05, "moves to the right")
    assert world.device.ptz_status().moving is True
    world.device.stop_ptz()
    stopped = world.until(lambda s: s.moving is False, "stands still").position
    for _ in range(4):
        world.wait()
    assert world.device.ptz_status().position == stopped


def test_a_new_move_replaces_the_one_before_on_every_axis(world: World) -> None:
    world.device.move_ptz(PtzVelocity(pan=0.5), 30.0)
    world.device.move_ptz(PtzVelocity(zoom=0.5), 30.0)
    before = world.device.ptz_status().position
    after = world.until(lambda s: s.position is not None and s.position.zoom > 0.1, "zooms in").position
    world.device.stop_ptz()
    assert before is not None and after is not None
    assert after.pan == pytest.approx(before.pan, abs=1e-3)


def test_a_move_ends_by_itself_after_its_time(world: World) -> None:
    world.device.move_ptz(PtzVelocity(tilt=0.5), 0.4)
    status = world.until(lambda s: s.moving is False, "ends by itself")
    assert status.position is not None and status.position.tilt > 0.0


def test_a_move_without_velocity_stands_still(world: World) -> None:
    world.device.move_ptz(PtzVelocity(pan=0.2), 30.0)
    world.device.move_ptz(PtzVelocity(), 30.0)
    assert world.device.ptz_status().moving is False


def test_it_goes_to_a_position(world: World) -> None:
    goal = PtzPosition(0.3, -0.2, 0.4)
    world.device.move_ptz_to(goal)
    world.until_at(goal)


def test_a_stored_preset_is_listed_and_found_again(world: World) -> None:
    place = PtzPosition(-0.25, 0.1, 0.3)
    world.device.move_ptz_to(place)
    world.until_at(place)
    stored = world.device.store_ptz_preset("정문 <1> & gate")
    assert stored.token and stored.name == "정문 <1> & gate"
    assert stored in world.device.ptz_presets()
    world.device.move_ptz_to(PtzPosition(0.0, 0.0, 0.0))
    world.until_at(PtzPosition(0.0, 0.0, 0.0))
    world.device.go_to_ptz_preset(stored.token)
    world.until_at(place)


def test_a_preset_that_is_not_there_is_unsupported(world: World) -> None:
    with pytest.raises(UnsupportedError):
        world.device.go_to_ptz_preset("no-such-preset")


def test_it_goes_home(world: World) -> None:
    home = world.device.ptz_status().position
    assert home is not None
    world.device.move_ptz_to(PtzPosition(home.pan + 0.2, home.tilt, home.zoom))
    world.until_at(PtzPosition(home.pan + 0.2, home.tilt, home.zoom))
    world.device.go_to_ptz_home()
    world.until_at(home)


def test_a_stop_is_always_allowed_from_any_thread(world: World) -> None:
    device, failures = world.opener(world.right), []

    def stop() -> None:
        try:
            device.stop_ptz()
        except DeviceError as error:
            failures.append(error)

    threads = [threading.Thread(target=stop) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    device.close()
    assert failures == []


@pytest.mark.parametrize("given", ["wrong password", "wrong user", "nothing"])
def test_the_wrong_credential_is_told_apart(world: World, given: str) -> None:
    credential = {
        "wrong password": replace(world.right, password="wrong one"),
        "wrong user": Credential("somebody", "wrong one"),
        "nothing": None,
    }[given]
    device = world.opener(credential)
    try:
        for call in (device.profiles, device.stop_ptz):
            with pytest.raises(WrongPasswordError) as caught:
                call()
            assert "wrong one" not in repr(caught.value) + str(caught.value)
    finally:
        device.close()


def test_close_may_be_called_twice(world: World) -> None:
    world.device.close()
    world.device.close()
