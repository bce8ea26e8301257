"""The console's answer to the wall's CameraHelp: what is asked of cameras, how often, and of how many at once."""

import io
import threading
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from gwanje.console.camera_help import AWAY_S, CANNOT_S, PASSWORD_S, SNAPSHOT_EVERY_S, STALE_AFTER_S, THREADS, OnvifHelp
from gwanje.console.devices import DeviceHub
from gwanje.console.dispatch import Courier
from gwanje.domain.cameras import Camera, CameraId, SiteId
from gwanje.domain.devices import DevicePort
from gwanje.domain.errors import BrokenAnswerError, DeviceError, UnreachableError, UnsupportedError, WrongPasswordError
from gwanje.videowall.opening import Snapshot
from gwanje.videowall.port import Quality, SourceKey
from tests.fakes.fake_device import FakeDevice
from tests.fakes.memory_secrets import MemorySecretStore


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 36), (200, 120, 40)).save(out, "JPEG")
    return out.getvalue()


class Device(FakeDevice):
    """Counts how many of its kind are busy at once; `made` is what it answers a snapshot with."""

    busy = most_busy = 0
    lock = threading.Lock()
    made: bytes = b""
    asked_for: list[str]

    def snapshot(self, profile_token: str) -> bytes:
        self.asked_for = [*getattr(self, "asked_for", []), profile_token]
        with Device.lock:
            Device.busy += 1
            Device.most_busy = max(Device.most_busy, Device.busy)
        try:
            super().snapshot(profile_token)
            return self.made or jpeg()
        finally:
            with Device.lock:
                Device.busy -= 1


def camera(number: int, **facts: object) -> Camera:
    known = {"device_address": "http://h/onvif", "main_profile": "main", "sub_profile": "sub", **facts}
    return Camera(
        CameraId(f"c{number}"), number, f"Street {number}", SiteId("s"), "p", 37.5, 126.9, "rtsp://h/m", **known
    )


class Bench:
    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.now = 100.0
        Device.busy = Device.most_busy = 0
        self.cameras = {CameraId(f"c{n}"): camera(n) for n in range(1, 41)}
        self.devices: dict[CameraId, Device] = {}
        self.answers: dict[CameraId, list[Snapshot | None]] = {}
        self.courier = Courier()
        self.help = OnvifHelp(self.cameras.get, self._open, self.courier, clock=lambda: self.now)

    def _open(self, camera: Camera) -> DevicePort:
        return self.device(camera.number)

    def device(self, number: int) -> Device:
        known = self.cameras[CameraId(f"c{number}")]
        return self.devices.setdefault(known.id, Device(known, clock=lambda: self.now))

    def snapshot(self, number: int, quality: Quality = Quality.SUB) -> list[Snapshot | None]:
        """The answers of this camera so far; one more comes."""
        camera_id = CameraId(f"c{number}")
        answers = self.answers.setdefault(camera_id, [])
        self.help.snapshot(SourceKey(camera_id, quality), answers.append)
        return answers

    def key_frame(self, number: int) -> None:
        self.help.ask_for_key_frame(SourceKey(CameraId(f"c{number}")))

    def wait(self, what: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(what, timeout=10_000)

    def answered(self, number: int, quality: Quality = Quality.SUB) -> Snapshot | None:
        """Ask, and wait for the answer."""
        answers = self.snapshot(number, quality)
        before = len(answers)
        self.wait(lambda: len(answers) > before or bool(answers))
        self.settle()
        return answers[-1]

    def settle(self) -> None:
        self.wait(lambda: not self.help._running and not self.help._waiting)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qtbot)
    yield made
    for device in made.devices.values():
        device.gate.set()
    made.settle()
    made.help.close()


def test_a_snapshot_is_that_of_the_stream_and_its_age_counts_from_the_asking(bench: Bench):
    taken = bench.answered(1)
    assert taken is not None
    assert taken.taken_at == bench.now
    assert taken.image.pixelColor(5, 5).red() > 150
    assert bench.device(1).asked_for == ["sub"]
    assert bench.device(1).calls[-1] == "close", "a small camera gets its connection back"
    bench.answered(2, Quality.MAIN)
    assert bench.device(2).asked_for == ["main"]


def test_another_profile_serves_where_this_one_has_no_snapshot(bench: Bench):
    bench.device(1).offered = bench.device(1).offered[:1]
    assert bench.answered(1) is not None
    assert bench.device(1).asked_for == ["sub", "main"]


def test_profiles_that_nobody_knows_are_asked_for(bench: Bench):
    bench.cameras[CameraId("c1")] = camera(1, main_profile="", sub_profile="")
    bench.answered(1)
    assert bench.device(1).asked_for == ["sub"]
    bench.cameras[CameraId("c2")] = camera(2, main_profile="", sub_profile="")
    bench.answered(2, Quality.MAIN)
    assert bench.device(2).asked_for == ["main"]


def test_a_camera_without_onvif_is_not_asked(bench: Bench):
    bench.cameras[CameraId("c1")] = camera(1, device_address="")
    assert bench.answered(1) is None
    bench.key_frame(1)
    bench.settle()
    assert bench.devices == {}


@pytest.mark.parametrize(
    ("error", "pause", "both"),
    [
        (UnsupportedError("no"), CANNOT_S, False),
        (WrongPasswordError("no"), PASSWORD_S, True),
        (UnreachableError("no"), AWAY_S, True),
        (BrokenAnswerError("no"), 60, False),
        (DeviceError("no"), 60, False),
    ],
    ids=lambda v: type(v).__name__,
)
def test_a_camera_that_cannot_is_left_alone_for_a_while(bench: Bench, error: DeviceError, pause: float, both: bool):
    device = bench.device(1)
    device.failure = error
    assert bench.answered(1) is None
    calls = len(device.calls)
    bench.now += pause - 1
    assert bench.snapshot(1)[-1] is None, "answered at once"
    bench.settle()
    assert len(device.calls) == calls
    bench.key_frame(1)
    bench.settle()
    assert ("request_key_frame" in device.calls) is not both
    device.failure = None
    bench.now += 2 + AWAY_S
    bench.snapshot(1)
    bench.wait(lambda: bench.answers[CameraId("c1")][-1] is not None)


def test_a_wrong_password_is_tried_once_in_ten_minutes_whatever_is_asked(bench: Bench):
    device = bench.device(1)
    device.failure = WrongPasswordError("no")
    for _ in range(60):
        bench.snapshot(1)
        bench.key_frame(1)
        bench.settle()
        bench.now += 5
    assert device.calls.count("snapshot") == 1
    assert device.calls.count("request_key_frame") == 0
    device.failure = None
    bench.help.forget(CameraId("c1"))
    bench.snapshot(1)
    bench.wait(lambda: bench.answers[CameraId("c1")][-1] is not None)


def test_what_is_no_picture_is_not_fetched_again(bench: Bench):
    bench.device(1).made = b"\xff\xd8 and then nothing of the kind"
    assert bench.answered(1) is None
    bench.now += SNAPSHOT_EVERY_S + 1
    bench.snapshot(1)
    bench.settle()
    assert bench.device(1).calls.count("snapshot") == 1


def test_a_camera_is_asked_one_thing_at_a_time_and_not_twice(bench: Bench):
    device = bench.device(1)
    device.gate.clear()
    bench.snapshot(1)
    bench.wait(lambda: "snapshot" in device.calls)
    assert bench.snapshot(1) == [None], "there is one under way"
    bench.key_frame(1)
    bench.key_frame(1)
    assert device.calls == ["snapshot"]
    device.gate.set()
    bench.settle()
    assert [call for call in device.calls if call != "close"] == ["snapshot", "request_key_frame"]


def test_no_more_cameras_are_asked_at_once_than_there_are_threads(bench: Bench):
    for n in range(1, 41):
        bench.device(n).gate.clear()
        bench.snapshot(n)
    bench.wait(lambda: Device.busy == THREADS)
    for device in bench.devices.values():
        device.gate.set()
    bench.wait(lambda: all(a and a[0] is not None for a in bench.answers.values()))
    assert Device.most_busy == THREADS


def test_what_waited_too_long_is_dropped(bench: Bench):
    for n in range(1, 41):
        bench.device(n).gate.clear()
        bench.snapshot(n)
    bench.wait(lambda: Device.busy == THREADS)
    bench.now += STALE_AFTER_S + 1
    for device in bench.devices.values():
        device.gate.set()
    bench.wait(lambda: all(bench.answers.values()))
    assert sum(a[0] is not None for a in bench.answers.values()) == THREADS


def test_what_nobody_needs_any_more_is_not_begun(bench: Bench):
    for n in range(1, 41):
        bench.device(n).gate.clear()
        bench.snapshot(n)
    bench.wait(lambda: Device.busy == THREADS)
    for n in range(1, 41):
        bench.help.give_up(CameraId(f"c{n}"))
    for device in bench.devices.values():
        device.gate.set()
    bench.settle()
    assert sum(device.calls.count("snapshot") for device in bench.devices.values()) == THREADS


def test_key_frames_go_before_snapshots(bench: Bench):
    for n in range(1, THREADS + 1):
        bench.device(n).gate.clear()
        bench.snapshot(n)
    bench.wait(lambda: Device.busy == THREADS)
    order: list[str] = []
    for n in (39, 40):
        device = bench.device(n)
        device.calls = order  # type: ignore[assignment]
    bench.snapshot(39)
    bench.key_frame(40)
    bench.device(1).gate.set()
    bench.wait(lambda: len(order) == 4)
    assert order.index("request_key_frame") < order.index("snapshot")


def test_help_has_a_connection_of_its_own_so_that_ptz_never_waits_for_it():
    """A device port is used from one lane at a time: the hub opens two."""
    opened: list[FakeDevice] = []

    def open_device(camera: Camera, credential: object) -> FakeDevice:
        opened.append(FakeDevice(camera, clock=lambda: 0.0))
        return opened[-1]

    hub = DeviceHub(open_device, MemorySecretStore())
    known = camera(1)
    assert hub.port(known) is hub.port(known)
    assert hub.help_port(known) is hub.help_port(known)
    assert hub.port(known) is not hub.help_port(known)
    hub.forget(known.id)
    assert [device.calls for device in opened] == [["close"], ["close"]]
    hub.help_port(known)
    hub.close()
    assert opened[2].calls == ["close"]


def test_nothing_comes_after_the_end(bench: Bench):
    bench.device(1).gate.clear()
    answers = bench.snapshot(1)
    bench.wait(lambda: Device.busy == 1)
    bench.help.close()
    bench.device(1).gate.set()
    bench.wait(lambda: Device.busy == 0)
    assert bench.snapshot(2) == [None]
    bench.qtbot.wait(20)
    assert answers == []
    bench.help._running.clear()
