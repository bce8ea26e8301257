"""The in-memory twin of a camera on the wire; tests/contract/test_device_contract.py holds it to the real one."""

import threading
from collections.abc import Callable

from gwanje.domain.cameras import Camera
from gwanje.domain.credentials import Credential
from gwanje.domain.devices import DeviceInfo, MediaProfile
from gwanje.domain.errors import DeviceError, UnsupportedError, WrongPasswordError
from gwanje.domain.ptz import PtzPosition, PtzPreset, PtzStatus, PtzVelocity
from tests.fakes.ptz_head import PtzHead

JPEG = b"\xff\xd8\xff\xe0" + bytes(64) + b"\xff\xd9"


class FakeDevice:
    """A DevicePort. `clock` gives monotonic seconds and is what moves it.

    Attributes:
        calls: names of the methods that were called, in order.
        failure: raised by every call while it is set. password: what it is opened with; None takes everybody.
        gate: every call but stop_ptz waits for it; clear it to hold a call back.
    """

    def __init__(
        self,
        camera: Camera,
        credential: Credential | None = None,
        *,
        clock: Callable[[], float],
        password: str | None = None,
    ) -> None:
        self._camera = camera
        self._credential = credential
        self._clock = clock
        self._lock = threading.Lock()
        self.password = password
        self.calls: list[str] = []
        self.failure: DeviceError | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.head = PtzHead()
        self.presets: list[tuple[PtzPreset, PtzPosition]] = []
        self.offered = (
            MediaProfile("main", "main stream", "H264", 1920, 1080, 25.0, camera.ptz),
            MediaProfile("sub", "sub stream", "H264", 640, 360, 15.0, camera.ptz),
        )

    def info(self) -> DeviceInfo:
        self._enter("info")
        services = ("device", "media", "media2", "ptz") if self._camera.ptz else ("device", "media", "media2")
        return DeviceInfo("Gwanje", "Fake", "1", "0", 0.0, services)

    def profiles(self) -> tuple[MediaProfile, ...]:
        self._enter("profiles")
        return self.offered

    def stream_uri(self, profile_token: str) -> str:
        self._enter("stream_uri", profile=profile_token)
        return f"rtsp://127.0.0.1:8554/{self._camera.id}/{profile_token}"

    def snapshot(self, profile_token: str) -> bytes:
        self._enter("snapshot", profile=profile_token)
        return JPEG

    def request_key_frame(self, profile_token: str) -> None:
        self._enter("request_key_frame", profile=profile_token)

    def move_ptz(self, velocity: PtzVelocity, timeout_s: float) -> None:
        self._enter("move_ptz", ptz=True)
        with self._lock:
            self.head.move(velocity, self._clock(), timeout_s)

    def move_ptz_to(self, position: PtzPosition) -> None:
        self._enter("move_ptz_to", ptz=True)
        with self._lock:
            self.head.move_to(position, self._clock())

    def stop_ptz(self) -> None:
        self._enter("stop_ptz", ptz=True, gated=False)
        with self._lock:
            self.head.stop(self._clock())

    def ptz_status(self) -> PtzStatus:
        self._enter("ptz_status", ptz=True)
        now = self._clock()
        return PtzStatus(self.head.position(now), self.head.moving(now))

    def ptz_presets(self) -> tuple[PtzPreset, ...]:
        self._enter("ptz_presets", ptz=True)
        return tuple(preset for preset, _ in self.presets)

    def go_to_ptz_preset(self, token: str) -> None:
        self._enter("go_to_ptz_preset", ptz=True)
        for preset, position in self.presets:
            if preset.token == token:
                self.head.move_to(position, self._clock())
                return
        raise UnsupportedError("the camera cannot do this (NoToken)", place=self._camera.name)

    def store_ptz_preset(self, name: str) -> PtzPreset:
        self._enter("store_ptz_preset", ptz=True)
        preset = PtzPreset(str(len(self.presets) + 1), name)
        self.presets.append((preset, self.head.position(self._clock())))
        return preset

    def go_to_ptz_home(self) -> None:
        self._enter("go_to_ptz_home", ptz=True)
        self.head.move_to(self.head.home, self._clock())

    def close(self) -> None:
        self.calls.append("close")

    def _enter(self, call: str, *, profile: str | None = None, ptz: bool = False, gated: bool = True) -> None:
        self.calls.append(call)
        if gated:
            self.gate.wait()
        if self.failure is not None:
            raise self.failure
        given = self._credential.password if self._credential else None
        if self.password is not None and given != self.password:
            raise WrongPasswordError("the camera refuses the user name or the password", place=self._camera.name)
        if profile is not None and profile not in {p.token for p in self.offered}:
            raise UnsupportedError("the camera cannot do this (NoProfile)", place=self._camera.name)
        if ptz and not self._camera.ptz:
            raise UnsupportedError("this camera cannot be moved", place=self._camera.name)
