"""All live sources of a console: opened once however many tiles show them, watched, and opened again."""

import random
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from ..domain.cameras import CameraId
from ..domain.source_state import (
    IN_SESSION,
    Again,
    Effect,
    Ended,
    Opened,
    Reason,
    SourceEvent,
    SourceLife,
    SourceState,
    SourceStatus,
    Tick,
    Unwanted,
    Wanted,
    step,
)
from .engine.ffmpeg import FfmpegEngine
from .engine.port import Engine, SessionCounted, SessionEnded, SessionOpened
from .port import AddressBook, Picture, SourceKey, SourceStatistics, StreamAddress

TICK_MS = 100
LINGER_S = 2.0
_NO_STATUS = SourceStatus()
_NO_STATISTICS = SourceStatistics()


@dataclass(slots=True)
class _Source:
    key: SourceKey
    life: SourceLife = field(default_factory=SourceLife)
    status: SourceStatus = _NO_STATUS
    session: int | None = None
    in_engine: bool = False
    box: tuple[int, int] = (0, 0)
    told_box: tuple[int, int] = (0, 0)
    unwanted_at: float | None = None
    picture: Picture | None = None
    statistics: SourceStatistics = _NO_STATISTICS


class SourcePool(QObject):
    """Implements `Sources`. Lives on the Qt thread and never blocks.

    A source that nobody wants lingers for two seconds, so that a change of layout reuses its session, and is suspended
    then. `engine` and `clock` (monotonic seconds) are replaced by tests only.

    Signals:
        status_changed(SourceKey), statistics_changed(SourceKey).
    """

    status_changed = Signal(object)
    statistics_changed = Signal(object)

    def __init__(
        self,
        address_book: AddressBook,
        *,
        workers: int | None = None,
        parent: QObject | None = None,
        engine: Engine | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._address_book = address_book
        self._engine: Engine = engine if engine is not None else FfmpegEngine(workers)
        self._clock = clock
        self._random = random.Random()  # noqa: S311 - spreads retries, guards nothing
        self._sources: dict[SourceKey, _Source] = {}
        self._by_session: dict[int, _Source] = {}
        self._views: dict[Hashable, tuple[SourceKey, int, int]] = {}
        self._last_session = 0
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def engine(self) -> Engine:
        return self._engine

    def want(self, view: Hashable, key: SourceKey, width: int, height: int) -> None:
        """`view` shows `key` in `width` x `height` device pixels from now on, in place of what it showed before."""
        if self._closed:
            return
        before = self._views.get(view)
        self._views[view] = (key, max(2, width), max(2, height))
        if before is not None and before[0] != key:
            self._measure(before[0])
        source = self._sources.setdefault(key, _Source(key))
        self._measure(key)
        if not self._timer.isActive():
            self._timer.start()
        self._apply(source, Wanted())

    def drop(self, view: Hashable) -> None:
        """`view` shows nothing any more."""
        before = self._views.pop(view, None)
        if before is not None:
            self._measure(before[0])

    def retry(self, camera_id: CameraId) -> None:
        """Open a camera again, now. Does nothing for its sources that are live."""
        for source in self._of_camera(camera_id):
            if source.life.state is not SourceState.LIVE:
                self._apply(source, Again())

    def refresh(self, camera_id: CameraId) -> None:
        """The camera's address or password was changed: open its wanted sources again with the new ones."""
        for source in self._of_camera(camera_id):
            self._apply(source, Again())

    def picture(self, key: SourceKey) -> Picture | None:
        """The newest picture. After a session has ended its last one stays, until the source is suspended."""
        source = self._sources.get(key)
        if source is None:
            return None
        if source.session is not None:
            source.picture = self._engine.picture(source.session) or source.picture
        return source.picture

    def status(self, key: SourceKey) -> SourceStatus:
        source = self._sources.get(key)
        return source.status if source is not None else _NO_STATUS

    def statistics(self, key: SourceKey) -> SourceStatistics:
        source = self._sources.get(key)
        return source.statistics if source is not None else _NO_STATISTICS

    def close(self) -> None:
        """End all sessions and workers; half a second at most. Nothing can be wanted afterwards."""
        if self._closed:
            return
        self._closed = True
        self._timer.stop()
        self._engine.shut_down()
        self._by_session.clear()
        self._views.clear()
        self._sources.clear()

    def tick(self) -> None:
        """Some ten times a second: what the engine reports, what the clock says."""
        for event in self._engine.poll():
            source = self._by_session.get(event.session)
            if source is None:
                continue
            match event:
                case SessionOpened():
                    self._apply(source, Opened())
                case SessionEnded(_, reason):
                    self._apply(source, Ended(reason))
                case SessionCounted(_, statistics):
                    source.statistics = statistics
                    self.statistics_changed.emit(source.key)
        now = self._clock()
        for source in tuple(self._sources.values()):
            self._attend(source, now)
        if not self._views and not self._by_session:
            self._timer.stop()

    def _attend(self, source: _Source, now: float) -> None:
        if source.unwanted_at is not None and now - source.unwanted_at >= LINGER_S:
            source.unwanted_at = None
            self._apply(source, Unwanted())
        elif source.session is not None and source.in_engine:
            if source.box != source.told_box:
                source.told_box = source.box
                self._engine.resize(source.session, *source.box)
            self._apply(source, self._engine.beat(source.session))
        else:
            self._apply(source, Tick())

    def _of_camera(self, camera_id: CameraId) -> list[_Source]:
        return [source for key, source in self._sources.items() if key.camera_id == camera_id]

    def _measure(self, key: SourceKey) -> None:
        """Find the largest view of a source, or note that it has none left."""
        boxes = [(width, height) for wanted, width, height in self._views.values() if wanted == key]
        source = self._sources.get(key)
        if source is None:
            return
        if boxes:
            source.box = max(boxes, key=lambda box: box[0] * box[1])
            source.unwanted_at = None
        elif source.unwanted_at is None and source.life.state is not SourceState.SUSPENDED:
            source.unwanted_at = self._clock()

    def _apply(self, source: _Source, event: SourceEvent) -> None:
        source.life, effects = step(source.life, event, self._clock(), self._random.random())
        for effect in effects:
            if effect is Effect.OPEN:
                self._open(source)
            else:
                self._end_session(source)
        if source.life.state is SourceState.SUSPENDED:
            source.picture = None
        before, source.status = source.status, source.life.status
        if (before.state, before.reason) != (source.status.state, source.status.reason):
            self.status_changed.emit(source.key)

    def _open(self, source: _Source) -> None:
        self._end_session(source)
        self._last_session += 1
        session = source.session = self._last_session
        source.in_engine = False
        self._by_session[session] = source
        self._address_book(source.key, lambda address: self._answered(source, session, address))

    def _answered(self, source: _Source, session: int, address: StreamAddress | None) -> None:
        if self._closed or source.session != session:
            return  # the answer to an attempt that is over
        if address is None:
            # Not at once: the answer may come from within the step that asked for it.
            QTimer.singleShot(0, self, lambda: self._has_no_address(source, session))
            return
        source.in_engine = True
        source.told_box = source.box
        sequence = source.picture.sequence if source.picture is not None else 0
        self._engine.open(session, address, *source.box, sequence)

    def _has_no_address(self, source: _Source, session: int) -> None:
        if source.session == session and source.life.state in IN_SESSION:
            self._apply(source, Ended(Reason.NO_ADDRESS))

    def _end_session(self, source: _Source) -> None:
        if source.session is None:
            return
        source.picture = self._engine.picture(source.session) or source.picture
        self._engine.close(source.session)
        self._by_session.pop(source.session, None)
        source.session, source.in_engine = None, False
        if source.statistics != _NO_STATISTICS:
            source.statistics = _NO_STATISTICS
            self.statistics_changed.emit(source.key)
