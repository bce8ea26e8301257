"""What the console asks of a camera on the wire; src/onvif answers, tests/fakes has its in-memory twin.

Every call blocks, has a timeout of its own, and raises the DeviceError family (errors.py) and nothing else. A port is
used from one lane at a time, except `stop_ptz`, which may come from another thread at any moment and must not wait
behind a move.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from .cameras import Camera
from .credentials import Credential
from .ptz import PtzPosition, PtzPreset, PtzStatus, PtzVelocity


@dataclass(frozen=True, slots=True)
class MediaProfile:
    """A stream that a camera offers. Sizes in pixels, rate in frames per second (0 when not told)."""

    token: str
    name: str
    codec: str
    width: int
    height: int
    fps: float
    ptz: bool


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """Who a camera says it is. `clock_offset_s` is the device's clock minus ours, in seconds."""

    manufacturer: str
    model: str
    firmware: str
    serial: str
    clock_offset_s: float
    services: tuple[str, ...] = field(default=())


class DevicePort(Protocol):
    """One camera."""

    def info(self) -> DeviceInfo: ...

    def profiles(self) -> tuple[MediaProfile, ...]: ...

    def stream_uri(self, profile_token: str) -> str:
        """RTSP address without credentials, with the host that was dialled."""

    def snapshot(self, profile_token: str) -> bytes:
        """A JPEG."""

    def request_key_frame(self, profile_token: str) -> None: ...

    def move_ptz(self, velocity: PtzVelocity, timeout_s: float) -> None:
        """ContinuousMove; the camera is asked to stop by itself after `timeout_s` (it may not)."""

    def move_ptz_to(self, position: PtzPosition) -> None: ...

    def stop_ptz(self) -> None: ...

    def ptz_status(self) -> PtzStatus: ...

    def ptz_presets(self) -> tuple[PtzPreset, ...]: ...

    def go_to_ptz_preset(self, token: str) -> None: ...

    def store_ptz_preset(self, name: str) -> PtzPreset: ...

    def go_to_ptz_home(self) -> None: ...

    def close(self) -> None: ...


DeviceFactory = Callable[[Camera, Credential | None], DevicePort]
