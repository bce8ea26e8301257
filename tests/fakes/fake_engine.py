"""An engine without decoders: cameras in memory, pictures painted when asked for. Holds the same contract."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from gwanje.domain.credentials import Credential
from gwanje.domain.source_state import Beat, Reason
from gwanje.videowall.engine.port import EngineEvent, SessionCounted, SessionEnded, SessionOpened
from gwanje.videowall.port import Picture, Pixels, Rate, SourceStatistics, StreamAddress

NATIVE = (640, 360)
RATE = 15
_EVERY = {Rate.FULL: 1, Rate.HALF: 2, Rate.KEY_FRAMES: RATE}


class FakeCamera:
    """A camera in memory, with the same misfortunes as tests/fakes/real_camera.py."""

    def __init__(self, uri: str, credential: Credential | None = None) -> None:
        self.uri, self.credential = uri, credential
        self.silent = self.frozen = self.dead = self.lossy = False
        self.jumped_at: float | None = None
        self.attempts = 0

    @property
    def address(self) -> StreamAddress:
        return StreamAddress(self.uri, self.credential)

    def fall_silent(self) -> None:
        self.silent = True

    def speak_again(self) -> None:
        self.silent = False

    def freeze(self) -> None:
        self.frozen = True

    def move_again(self) -> None:
        self.frozen = False

    def die(self) -> None:
        self.dead = True

    def lose_packets(self) -> None:
        self.lossy = True

    def lose_no_more(self) -> None:
        self.lossy = False

    def jump_clock(self, seconds: float) -> None:
        self.jumped_at = time.monotonic()


@dataclass
class _Session:
    camera: FakeCamera | None
    box: tuple[int, int]
    sequence: int
    opened_at: float
    counted_at: float
    beat: Beat = field(default_factory=Beat)
    picture: Picture | None = None
    frames: int = 0
    is_open: bool = False
    rate: Rate = Rate.FULL
    came: int = 0
    lost: int = 0
    damaged: int = 0
    is_damaged: bool = False
    is_over: bool = False


class FakeEngine:
    """Implements `Engine`. `clock` gives monotonic seconds; whatever happens, happens in `poll`.

    Attributes: `late`, the share of late pictures that every session tells of.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, pixels: Pixels = Pixels.BGRX) -> None:
        self.cameras: dict[str, FakeCamera] = {}
        self.sessions: dict[int, _Session] = {}
        self.is_down = False
        self.late = 0.0
        self._clock = clock
        self._pixels = pixels
        self._events: list[EngineEvent] = []

    def add(self, uri: str, credential: Credential | None = None) -> FakeCamera:
        camera = self.cameras[uri] = FakeCamera(uri, credential)
        return camera

    def lose_worker(self) -> None:
        """The decoders of all sessions are gone."""
        for number, session in self.sessions.items():
            session.is_over = True
            self._events.append(SessionEnded(number, Reason.WORKER_LOST))

    def prepare(self) -> None:
        """There is nothing to wait for."""

    @property
    def is_prepared(self) -> bool:
        return True

    def open(self, session: int, address: StreamAddress, width: int, height: int, sequence: int = 0) -> None:
        now = self._clock()
        camera = self.cameras.get(address.uri)
        opened = self.sessions[session] = _Session(camera, (width, height), sequence, now, now)
        if camera is None or camera.dead:
            self._end(session, opened, Reason.REFUSED)
            return
        camera.attempts += 1
        if camera.credential != address.credential:
            self._end(session, opened, Reason.WRONG_PASSWORD)

    def resize(self, session: int, width: int, height: int) -> None:
        if session in self.sessions:
            self.sessions[session].box = (width, height)

    def set_rate(self, session: int, rate: Rate) -> None:
        if session in self.sessions:
            self.sessions[session].rate = rate

    def close(self, session: int) -> None:
        self.sessions.pop(session, None)

    def poll(self) -> list[EngineEvent]:
        now = self._clock()
        for number, session in self.sessions.items():
            if not session.is_over:
                self._advance(number, session, now)
        events, self._events = self._events, []
        return [event for event in events if event.session in self.sessions]

    def beat(self, session: int) -> Beat:
        return self.sessions[session].beat if session in self.sessions else Beat()

    def picture(self, session: int) -> Picture | None:
        return self.sessions[session].picture if session in self.sessions else None

    def shut_down(self) -> None:
        self.sessions.clear()
        self._events.clear()
        self.is_down = True

    def _end(self, number: int, session: _Session, reason: Reason) -> None:
        session.is_over = True
        self._events.append(SessionEnded(number, reason))

    def _advance(self, number: int, session: _Session, now: float) -> None:
        camera = session.camera
        if camera is None or camera.dead:
            self._end(number, session, Reason.CONNECTION_LOST)
            return
        if not session.is_open:
            session.is_open = True
            self._events.append(SessionOpened(number))
        last = session.beat.data_at
        if not camera.silent and (last is None or now - last >= 1 / RATE):
            self._receive(session, camera, now)
        if now - session.counted_at >= 1.0:
            session.counted_at = now
            fps = RATE / _EVERY[session.rate]
            counted = SourceStatistics(
                *(fps, 1e5, session.frames, 0, "h264", *NATIVE),
                lost=session.lost,
                damaged=session.damaged,
                late=self.late,
                transport="tcp",
            )
            self._events.append(SessionCounted(number, counted))

    def _receive(self, session: _Session, camera: FakeCamera, now: float) -> None:
        """One compressed picture; each RATEth is a key frame, and heals what was damaged."""
        is_key = session.came % RATE == 0
        session.came += 1
        session.lost += camera.lossy
        session.is_damaged = camera.lossy or (session.is_damaged and not is_key)
        session.beat = replace(session.beat, data_at=now)
        if is_key if session.rate is Rate.KEY_FRAMES else session.came % _EVERY[session.rate] == 0:
            self._paint(session, camera, now)

    def _paint(self, session: _Session, camera: FakeCamera, now: float) -> None:
        scale = min(1.0, session.box[0] / NATIVE[0], session.box[1] / NATIVE[1])
        planar = self._pixels is Pixels.I420
        width, height = NATIVE if planar else (round(NATIVE[0] * scale), round(NATIVE[1] * scale))
        session.sequence += 1
        session.frames += 1
        session.damaged += session.is_damaged
        colour = 0 if camera.frozen else session.sequence % 251
        size = width * height * 3 // 2 if planar else width * height * 4
        pixels = memoryview(bytes([colour]) * size)
        session.picture = Picture(
            *(pixels, width, height, session.sequence, now, now),
            damaged=session.is_damaged,
            pixels=self._pixels,
        )
        changed_at = session.beat.changed_at if camera.frozen and session.beat.changed_at is not None else now
        damaged_at = now if session.is_damaged else session.beat.damaged_at
        session.beat = Beat(now, now, changed_at, damaged_at, camera.jumped_at)
