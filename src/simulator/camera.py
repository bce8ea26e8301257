"""The state of one simulated camera: its head, its clock, its password and its fault."""

import asyncio
import random
import secrets
import threading
import time

from ..domain.cameras import Camera
from ..domain.ptz import PtzPosition
from .digest import DigestGuard
from .faults import Fault, FaultKind
from .head import PtzHead
from .scene import Scene

TOKEN_WINDOW_S = 300.0
STRICT_TOKEN_WINDOW_S = 5.0
MOST_PRESETS = 64
KEEP_SCENE_S = 30.0


class SimulatedCamera:
    """One camera. The event loop owns it; `scene`, `head` and `device_time` are also used from the pool."""

    def __init__(self, camera: Camera, password: str) -> None:
        rng = random.Random(f"camera {camera.number}")  # noqa: S311 - scenery
        self.camera = camera
        self.number = camera.number
        self.fault: Fault | None = None
        self.head = PtzHead(PtzPosition(rng.uniform(-0.25, 0.25), rng.uniform(-0.15, 0.1), rng.uniform(0.0, 0.12)))
        self.presets: dict[str, tuple[str, PtzPosition]] = {}
        if camera.ptz:
            home = self.head.home
            self.presets = {
                "1": ("정면", home),
                "2": ("왼쪽", PtzPosition(-0.8, home.tilt, 0.25)),
                "3": ("오른쪽", PtzPosition(0.8, home.tilt, 0.25)),
            }
        realm = f"gwanje camera {camera.number}"
        self.http_guard = DigestGuard(realm, qop=True)
        self.rtsp_guard = DigestGuard(realm, qop=False)
        self._password = password
        self._unknown_password = secrets.token_urlsafe(18)
        self._scene: Scene | None = None
        self._scene_lock = threading.Lock()
        self._watched = 0
        self._forgetting: asyncio.TimerHandle | None = None
        self._tokens: dict[str, float] = {}

    def __repr__(self) -> str:
        return f"SimulatedCamera({self.number})"

    @property
    def user(self) -> str:
        return self.camera.user

    @property
    def password(self) -> str:
        if self.has_fault(FaultKind.WRONG_PASSWORD):
            return self._unknown_password
        return self._password

    def has_fault(self, kind: FaultKind) -> bool:
        return self.fault is not None and self.fault.kind is kind

    def device_time(self, now: float) -> float:
        """The camera's own clock, Unix seconds, when the true time is `now`."""
        if self.fault is not None and self.fault.kind is FaultKind.WRONG_CLOCK:
            return now + self.fault.offset_s
        return now

    def token_window_s(self) -> float:
        return STRICT_TOKEN_WINDOW_S if self.has_fault(FaultKind.WRONG_CLOCK) else TOKEN_WINDOW_S

    def first_use(self, nonce: str) -> bool:
        """Whether a WS-UsernameToken nonce was not seen before within the window (replay protection)."""
        now = time.monotonic()
        self._tokens = {n: until for n, until in self._tokens.items() if until > now}
        if nonce in self._tokens:
            return False
        self._tokens[nonce] = now + 2 * self.token_window_s()
        return True

    def new_preset(self, name: str, token: str | None) -> str | None:
        """Keep where the head looks now under a new or a given token; None when the camera is full."""
        if token is None:
            if len(self.presets) >= MOST_PRESETS:
                return None
            token = str(next(i for i in range(1, MOST_PRESETS + 2) if str(i) not in self.presets))
        self.presets[token] = (name or f"프리셋 {token}", self.head.position(time.monotonic()))
        return token

    def scene(self) -> Scene:
        """The street that the camera sees, drawn when it is first watched."""
        with self._scene_lock:
            if self._scene is None:
                self._scene = Scene(self.number, self.camera.name)
            return self._scene

    def begin_watch(self) -> None:
        """Called on the event loop, as end_watch is."""
        self._watched += 1
        if self._forgetting is not None:
            self._forgetting.cancel()
            self._forgetting = None

    def end_watch(self) -> None:
        """A while after the last one the memory of the drawn street is given back."""
        self._watched -= 1
        if self._watched == 0:
            self._forgetting = asyncio.get_running_loop().call_later(KEEP_SCENE_S, self._forget_scene)

    def _forget_scene(self) -> None:
        self._scene = None
