"""H.264 of a drawn scene: one encoder for each camera and profile, running only while someone watches."""

import asyncio
import logging
import math
import time
from concurrent.futures import Executor
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

import av
import numpy as np

from . import rtp
from .camera import SimulatedCamera
from .faults import FaultKind
from .renderer import Renderer
from .snapshot import planes_of

_log = logging.getLogger(__name__)

KEY_FRAME_EVERY_S = 2.0
_GOLDEN = 0.618034  # spreads the cameras evenly over the interval, however many there are
_SEI, _DELIMITER = 6, 9


@dataclass(frozen=True, slots=True)
class StreamSpec:
    """Size in pixels, pictures per second, and the crf that keeps a street at a usual bit rate."""

    width: int
    height: int
    fps: int
    crf: int


SPECS = {"main": StreamSpec(1920, 1080, 25, 25), "sub": StreamSpec(640, 360, 15, 23)}


class Viewer(Protocol):
    def deliver(self, frame: rtp.EncodedFrame) -> None: ...

    def end(self) -> None: ...


def open_encoder(spec: StreamSpec) -> "av.VideoCodecContext":
    """x264, baseline, no delay, one thread, an IDR only when asked, parameter sets before each."""
    encoder = av.CodecContext.create("libx264", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = spec.width, spec.height, "yuv420p"
    encoder.time_base = Fraction(1, rtp.CLOCK_HZ)
    encoder.framerate = Fraction(spec.fps)
    encoder.max_b_frames = 0
    encoder.gop_size = 1_000_000
    encoder.thread_count = 1
    encoder.options = {
        "preset": "ultrafast",
        "tune": "zerolatency",
        "profile": "baseline",
        "crf": str(spec.crf),
        "forced-idr": "1",
        "x264-params": "repeat-headers=1:annexb=1:scenecut=0:"
        "colorprim=smpte170m:transfer=smpte170m:colormatrix=smpte170m",
    }
    encoder.open()
    return encoder


def _coded(encoder: "av.VideoCodecContext", frame: av.VideoFrame) -> list[bytes]:
    nals = [nal for packet in encoder.encode(frame) for nal in rtp.split_nals(bytes(packet))]
    return [nal for nal in nals if nal[0] & 0x1F not in (_SEI, _DELIMITER)]


@lru_cache
def parameter_sets(spec: StreamSpec) -> tuple[bytes, bytes]:
    """SPS and PPS, the same for every encoder of that spec."""
    frame = av.VideoFrame(spec.width, spec.height, "yuv420p")
    for plane in frame.planes:
        np.frombuffer(memoryview(plane), np.uint8)[:] = 128
    frame.pts = 0
    nals = _coded(open_encoder(spec), frame)
    return next(n for n in nals if n[0] & 0x1F == 7), next(n for n in nals if n[0] & 0x1F == 8)


class LiveStream:
    """The stream of one camera and profile. Used on the event loop; draws and encodes in `pool`."""

    def __init__(self, camera: SimulatedCamera, profile: str, pool: Executor) -> None:
        self.profile = profile
        self.spec = SPECS[profile]
        self.frames_sent = 0
        self._camera = camera
        self._pool = pool
        self._viewers: set[Viewer] = set()
        self._task: asyncio.Task[None] | None = None
        self._key_wanted = False
        self._wake = asyncio.Event()
        self._counter = 0

    @property
    def viewers(self) -> int:
        return len(self._viewers)

    def add(self, viewer: Viewer) -> None:
        """The viewer gets pictures from the next one on, which is an IDR."""
        self._viewers.add(viewer)
        self.request_key_frame()
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name=f"camera {self._camera.number} {self.profile}")

    def remove(self, viewer: Viewer) -> None:
        self._viewers.discard(viewer)
        self._wake.set()

    def request_key_frame(self) -> None:
        self._key_wanted = True

    def fault_changed(self) -> None:
        """Do not sleep through the interval of the old fault."""
        self._wake.set()

    async def close(self) -> None:
        self._viewers.clear()
        self._wake.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        self._camera.begin_watch()
        try:
            worker = await loop.run_in_executor(self._pool, _Worker, self._camera, self.spec)
            # Pictures are taken on a grid, as a sensor does, each camera at its own moment of it. The wall clock is
            # read once: a clock that is set must not stop the stream.
            anchor = time.time() - loop.time()
            taken, key_due = 0.0, 0.0
            while self._viewers:
                fault = self._camera.fault
                fps = fault.fps if fault is not None and fault.kind is FaultKind.SLOW else float(self.spec.fps)
                phase = self._camera.number * _GOLDEN % 1 / fps
                now = loop.time() + anchor
                # A machine that cannot keep up leaves pictures out; it does not fall behind the clock.
                at = math.floor((now - phase) * fps) / fps + phase
                if at - taken < 0.5 / fps:
                    await self._sleep(at + 1 / fps - now)
                    continue
                taken = at
                key = self._key_wanted or now >= key_due
                self._key_wanted = False
                if key:
                    key_due = now + KEY_FRAME_EVERY_S
                frozen = fault is not None and fault.kind is FaultKind.FREEZE
                frame = await loop.run_in_executor(self._pool, worker.frame, at, self._counter, key, frozen)
                self._counter += 1
                self.frames_sent += 1
                for viewer in tuple(self._viewers):
                    viewer.deliver(frame)
        except Exception:  # noqa: BLE001 - logged below, with its traceback
            # Viewers see a camera that crashed: their connections end. The other cameras go on.
            _log.exception("camera %d %s: the stream ended", self._camera.number, self.profile)
            for viewer in tuple(self._viewers):
                viewer.end()
            self._viewers.clear()
        finally:
            self._task = None
            self._camera.end_watch()

    async def _sleep(self, seconds: float) -> None:
        self._wake.clear()
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return


class _Worker:
    """What runs in the pool: one picture after another, never two at once."""

    def __init__(self, camera: SimulatedCamera, spec: StreamSpec) -> None:
        self._camera = camera
        self._encoder = open_encoder(spec)
        self._renderer = Renderer(camera.scene(), spec.width, spec.height)
        self._frame = av.VideoFrame(spec.width, spec.height, "yuv420p")
        self._planes = planes_of(self._frame)
        self._drawn = False

    def frame(self, at: float, counter: int, key: bool, frozen: bool) -> rtp.EncodedFrame:
        """The picture taken at `at` (true Unix seconds); a frozen camera sends the last one once more."""
        shown = self._camera.device_time(at)
        if not (frozen and self._drawn):
            position = self._camera.head.position(time.monotonic())
            self._renderer.draw(self._planes, position, at, shown, counter)
            self._drawn = True
        self._frame.pts = round(at * rtp.CLOCK_HZ)
        self._frame.pict_type = av.video.frame.PictureType.I if key else av.video.frame.PictureType.NONE
        nals = _coded(self._encoder, self._frame)
        return rtp.EncodedFrame(rtp.payloads(nals), key, shown, rtp.timestamp(at))
