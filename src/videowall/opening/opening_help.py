"""Decides when a camera is asked for a snapshot or a key frame, and keeps the snapshots while they are needed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from ...domain.cameras import CameraId
from ...domain.source_state import Reason, SourceState, SourceStatus
from ..port import Picture, Quality, SourceKey
from .camera_help import CameraHelp, Snapshot

GRACE_S = 0.15
"""Most cameras begin a stream with a key frame: one that shows a picture so soon after it was opened is left alone."""
SNAPSHOT_AFTER_S = 0.25
"""And most streams are opened within this: 25 snapshots take a third of a second of one core."""
KEY_FRAME_AGAIN_S = 2.0
MOST_KEY_FRAMES = 4
"""A camera that did not listen to so many requests will not listen to the next."""
SNAPSHOT_SERVES_S = 10.0
"""A source that is opened anew has its snapshot made anew only after so long."""
TICK_MS = 50

_ON_THE_WAY = frozenset({SourceState.OPENING, SourceState.BUFFERING, SourceState.RETRYING})


class OpeningSources(Protocol):
    """What is looked at; the source pool."""

    @property
    def status_changed(self) -> SignalInstance: ...

    def picture(self, key: SourceKey) -> Picture | None: ...

    def status(self, key: SourceKey) -> SourceStatus: ...


@dataclass(slots=True)
class _Opening:
    """An attempt at a source that has no picture yet. Times are monotonic seconds."""

    begun_at: float
    opened_at: float | None = None
    key_frame_at: float | None = None
    key_frames: int = 0


class OpeningHelp(QObject):
    """Lives on the Qt thread, beside the pool, and asks nothing of a camera that shows a picture.

    After a wrong password nothing is asked until the stream has been accepted again: cameras lock an account after a
    handful of wrong ones.

    Signals: snapshot_changed(CameraId): there is a (newer) snapshot now.
    """

    snapshot_changed = Signal(object)

    def __init__(
        self,
        sources: OpeningSources,
        *,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sources = sources
        self._help: CameraHelp | None = None
        self._clock = clock
        self._openings: dict[SourceKey, _Opening] = {}
        self._asked: set[CameraId] = set()
        self._locked: set[CameraId] = set()
        self._snapshots: dict[CameraId, Snapshot] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        sources.status_changed.connect(self._follow)

    def use(self, help_of_cameras: CameraHelp) -> None:
        """From now on there is somebody who can ask cameras. Without, nothing is asked."""
        self._help = help_of_cameras

    def snapshot(self, camera_id: CameraId) -> Snapshot | None:
        """What can be shown, labelled as a snapshot, until the stream has a picture."""
        return self._snapshots.get(camera_id)

    def close(self) -> None:
        """Ask nothing more, show nothing more."""
        self._help = None
        self._timer.stop()
        self._openings.clear()
        self._snapshots.clear()

    def _follow(self, key: object) -> None:
        assert isinstance(key, SourceKey)
        if self._help is None:
            return
        status = self._sources.status(key)
        if status.state is SourceState.FAILED and status.reason is Reason.WRONG_PASSWORD:
            self._locked.add(key.camera_id)
        match status.state:
            case SourceState.OPENING:
                self._openings[key] = _Opening(self._clock())
                self._asked.discard(key.camera_id)
                self._timer.start()
            case SourceState.BUFFERING:
                self._locked.discard(key.camera_id)
                opening = self._openings.setdefault(key, _Opening(self._clock()))
                opening.opened_at = self._clock()
                self._timer.start()
            case _:
                self._openings.pop(key, None)
        self._tidy(key.camera_id)

    def tick(self) -> None:
        """Some twenty times a second while something is being opened."""
        now = self._clock()
        for key, opening in tuple(self._openings.items()):
            if self._has_picture(key.camera_id):
                if self._sources.picture(key) is not None:
                    del self._openings[key]
                self._tidy(key.camera_id)
            elif now - opening.begun_at >= SNAPSHOT_AFTER_S:
                self._ask_for_snapshot(key, now)
            if opening.opened_at is not None and key in self._openings:
                self._ask_for_key_frame(key, opening, now)
        if not self._openings:
            self._timer.stop()

    def _ask_for_key_frame(self, key: SourceKey, opening: _Opening, now: float) -> None:
        due = (opening.opened_at or now) + GRACE_S
        if opening.key_frame_at is not None:
            due = opening.key_frame_at + KEY_FRAME_AGAIN_S
        if now >= due and opening.key_frames < MOST_KEY_FRAMES:
            opening.key_frame_at = now
            opening.key_frames += 1
            if self._help is not None:
                self._help.ask_for_key_frame(key)

    def _ask_for_snapshot(self, key: SourceKey, now: float) -> None:
        camera_id = key.camera_id
        if self._help is None or camera_id in self._asked or camera_id in self._locked:
            return
        known = self._snapshots.get(camera_id)
        if known is not None and now - known.taken_at < SNAPSHOT_SERVES_S:
            return
        self._asked.add(camera_id)
        self._help.snapshot(key, partial(self._take, camera_id))

    def _take(self, camera_id: CameraId, snapshot: Snapshot | None) -> None:
        if snapshot is not None and camera_id in self._asked and self._is_needed(camera_id):
            self._snapshots[camera_id] = snapshot
            self.snapshot_changed.emit(camera_id)

    def _tidy(self, camera_id: CameraId) -> None:
        """Give back what a camera that shows a picture, or that nobody waits for, no longer needs."""
        if self._is_needed(camera_id):
            return
        self._snapshots.pop(camera_id, None)
        if camera_id in self._asked:
            self._asked.discard(camera_id)
            if self._help is not None:
                self._help.give_up(camera_id)

    def _is_needed(self, camera_id: CameraId) -> bool:
        states = {self._sources.status(SourceKey(camera_id, quality)).state for quality in Quality}
        return bool(states & _ON_THE_WAY) and not self._has_picture(camera_id)

    def _has_picture(self, camera_id: CameraId) -> bool:
        return any(self._sources.picture(SourceKey(camera_id, quality)) is not None for quality in Quality)
