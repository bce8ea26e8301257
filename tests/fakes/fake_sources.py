"""Sources in memory: what they show and say is set by the test. Pictures lie in three slots, as in the real memory."""

import time
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from gwanje.domain.cameras import CameraId
from gwanje.domain.source_state import Reason, SourceState, SourceStatus
from gwanje.videowall.opening import OpeningHelp
from gwanje.videowall.policy.streams import StreamPlan
from gwanje.videowall.port import Importance, Picture, SourceKey, SourceStatistics
from gwanje.videowall.recent_pictures import RecentPictures

Frame = NDArray[np.uint8]
SLOTS = 3


@dataclass
class _Source:
    slots: list[bytearray] = field(default_factory=lambda: [bytearray() for _ in range(SLOTS)])
    picture: Picture | None = None
    status: SourceStatus = field(default_factory=SourceStatus)


class FakeSources(QObject):
    """The Sources protocol (gwanje/videowall/port.py) with the signal of the real pool.

    Attributes:
        views: view -> (key, width, height) as wanted now. calls: every want, drop and retry in order.
        importance_of: view -> as wanted last. streams, recent, opening: the real ones.
    """

    status_changed = Signal(object)
    streams_changed = Signal()

    def __init__(self, *, most_main: int = 100) -> None:
        super().__init__()
        self.streams = StreamPlan(most_main)
        self.recent = RecentPictures()
        self.opening = OpeningHelp(self, parent=self)
        self.importance_of: dict[object, Importance] = {}
        self.views: dict[object, tuple[SourceKey, int, int]] = {}
        self.calls: list[tuple[object, ...]] = []
        self.statistics_of: dict[SourceKey, SourceStatistics] = {}
        self._sources: dict[SourceKey, _Source] = defaultdict(_Source)

    def want(
        self,
        view: Hashable,
        key: SourceKey,
        width: int,
        height: int,
        importance: Importance = Importance.NORMAL,
    ) -> None:
        assert width > 0 and height > 0, f"{view} wants an empty picture"
        self.importance_of[view] = importance
        self.views[view] = (key, width, height)
        self.calls.append(("want", view, key, width, height))

    def drop(self, view: Hashable) -> None:
        self.streams.release(view)
        self.views.pop(view, None)
        self.calls.append(("drop", view))

    def retry(self, camera_id: CameraId) -> None:
        self.calls.append(("retry", camera_id))

    def picture(self, key: SourceKey) -> Picture | None:
        return self._sources[key].picture

    def status(self, key: SourceKey) -> SourceStatus:
        return self._sources[key].status

    def statistics(self, key: SourceKey) -> SourceStatistics:
        return self.statistics_of.get(key, SourceStatistics())

    def forget(self) -> None:
        self.recent.clear()
        self.calls.append(("forget",))

    def plan_again(self) -> None:
        """What the pool does with its tick: views whose answer changed are told to ask again."""
        if self.streams.has_changed():
            self.streams_changed.emit()

    # --- for the test -------------------------------------------------------------------------------------------------

    def wanted(self) -> set[SourceKey]:
        return {key for key, _, _ in self.views.values()}

    def size_of(self, key: SourceKey) -> tuple[int, int]:
        """The largest size that a view wants of `key`."""
        sizes = [(w, h) for k, w, h in self.views.values() if k == key]
        return max(w for w, _ in sizes), max(h for _, h in sizes)

    def push(self, key: SourceKey, frame: Frame, *, at: float | None = None, live: bool = True) -> Picture:
        """A new picture of shape (height, width, 4), BGRx; it overwrites the one of three pictures ago."""
        height, width, _ = frame.shape
        data = np.ascontiguousarray(frame).tobytes()
        return self.put(key, Picture(memoryview(data), width, height, 0, 0.0, 0.0), at=at, live=live)

    def put(self, key: SourceKey, picture: Picture, *, at: float | None = None, live: bool = True) -> Picture:
        """The same for a picture of any layout, whose number and times are those of the source."""
        source, data = self._sources[key], picture.data
        sequence = source.picture.sequence + 1 if source.picture else 1
        slot = sequence % SLOTS
        if len(source.slots[slot]) == len(data):
            source.slots[slot][:] = data
        else:
            source.slots[slot] = bytearray(data)
        at = time.monotonic() if at is None else at
        data = memoryview(source.slots[slot]).toreadonly()
        source.picture = replace(picture, data=data, sequence=sequence, captured_at=at, decoded_at=at)
        if live:
            since = source.status.since if source.status.state is SourceState.LIVE else at
            self.set_status(key, SourceStatus(SourceState.LIVE, since=since, picture_at=at))
        return source.picture

    def set_status(self, key: SourceKey, status: SourceStatus) -> None:
        source = self._sources[key]
        changed = (status.state, status.reason) != (source.status.state, source.status.reason)
        source.status = status
        if changed:
            self.status_changed.emit(key)

    def set_state(self, key: SourceKey, state: SourceState, reason: Reason = Reason.NONE, *, ago: float = 0.0) -> None:
        """Another state, with the last new picture (if there is one) `ago` seconds in the past."""
        now = time.monotonic()
        picture_at = now - ago if self._sources[key].picture is not None else None
        self.set_status(key, SourceStatus(state, reason, since=now, picture_at=picture_at))

    def lose(self, key: SourceKey) -> None:
        """The worker dies: its memory is gone, and what lay in it is overwritten with noise."""
        source = self._sources[key]
        for slot in source.slots:
            slot[:] = b"\xff" * len(slot)
        source.picture = None
        self.set_status(
            key, SourceStatus(SourceState.RETRYING, Reason.WORKER_LOST, time.monotonic(), source.status.picture_at)
        )


def plain(width: int, height: int, bgr: tuple[int, int, int]) -> Frame:
    """One colour."""
    frame = np.empty((height, width, 4), np.uint8)
    frame[:] = (*bgr, 255)
    return frame


def street(width: int, height: int, *, seed: int, at: float, scene: str = "night") -> Frame:
    """A drawn street with buildings, lamps and a car at time `at` (seconds); `scene` is night, day or snow."""
    sky, wall, road, window = {
        "night": ((40, 24, 16), (52, 40, 36), (38, 36, 36), (110, 190, 235)),
        "day": ((220, 190, 150), (150, 160, 170), (110, 110, 112), (200, 180, 150)),
        "snow": ((246, 244, 242), (222, 220, 222), (252, 252, 252), (190, 180, 170)),
    }[scene]
    rng = np.random.default_rng(seed)
    frame = np.empty((height, width, 4), np.uint8)
    horizon = int(height * 0.58)
    frame[:horizon] = (*sky, 255)
    depth = np.linspace(0.75, 1.15, height - horizon)[:, None, None]
    frame[horizon:] = np.clip(np.array((*road, 255)) * depth, 0, 255).astype(np.uint8)
    x = 0
    while x < width:
        wide, tall = int(width * rng.uniform(0.07, 0.18)), int(height * rng.uniform(0.2, 0.5))
        shade = rng.uniform(0.8, 1.25)
        block = np.clip(np.array(wall) * shade, 0, 255).astype(np.uint8)
        frame[horizon - tall : horizon, x : x + wide, :3] = block
        step = max(5, width // 48)
        for wx in range(x + step // 2, min(x + wide, width) - step // 2, step):
            for wy in range(horizon - tall + step // 2, horizon - step, step):
                if rng.random() < 0.4:
                    frame[wy : wy + step // 2, wx : wx + step // 2, :3] = window
        x += wide + int(width * 0.01)
    for lane in range(6):
        start = int(lane / 6 * width)
        frame[int(height * 0.79) : int(height * 0.80), start : start + width // 14, :3] = 200
    car = int(((at * 0.12 + seed * 0.17) % 1.2 - 0.1) * width)
    top, bottom = int(height * 0.66), int(height * 0.73)
    colour = rng.integers(40, 230, 3)
    frame[top:bottom, max(0, car) : max(0, car + width // 9), :3] = colour
    lamp = car + width // 9
    if 0 < lamp < width:
        frame[bottom - height // 50 : bottom, max(0, lamp - width // 90) : lamp, :3] = (170, 230, 255)
    return frame
