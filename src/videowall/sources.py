"""All live sources of a console: opened once however many tiles show them, watched, and opened again."""

import random
import time
from collections.abc import Callable, Hashable
from dataclasses import replace

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
    SourceState,
    SourceStatus,
    Tick,
    Unwanted,
    Wanted,
    step,
)
from .engine.ffmpeg import FfmpegEngine
from .engine.port import Engine, SessionCounted, SessionEnded, SessionOpened
from .opening import OpeningHelp
from .pacing import Pacing
from .policy.passwords import PasswordGuard
from .policy.streams import StreamPlan
from .policy.warm import gone_cold
from .port import AddressBook, Importance, Picture, Pixels, Rate, SourceKey, SourceStatistics, StreamAddress
from .recent_pictures import RecentPictures
from .source import NO_STATISTICS, NO_STATUS, Source
from .stagger import Stagger

TICK_MS = 100


class SourcePool(QObject):
    """Implements `Sources`. Lives on the Qt thread and never blocks.

    A source that nobody wants stays warm for a while (policy.warm), so that a change of layout reuses its session, and
    is suspended then. `engine` and `clock` (monotonic seconds) are replaced by tests only.

    Attributes:
        streams: which stream each view takes. recent: the last pictures of cameras that were seen lately.
        opening: asks cameras for something to see while their streams begin, once it has somebody to `use` for that.

    Signals:
        status_changed(SourceKey), statistics_changed(SourceKey).
        streams_changed(): some views should ask `streams` again.
    """

    status_changed = Signal(object)
    statistics_changed = Signal(object)
    streams_changed = Signal()

    def __init__(
        self,
        address_book: AddressBook,
        *,
        workers: int | None = None,
        parent: QObject | None = None,
        engine: Engine | None = None,
        clock: Callable[[], float] = time.monotonic,
        most_main: int | None = None,
    ) -> None:
        super().__init__(parent)
        self.streams = StreamPlan(most_main)
        self.recent = RecentPictures(clock=clock)
        self.opening = OpeningHelp(self, clock=clock, parent=self)
        self._address_book = address_book
        self._engine: Engine = engine if engine is not None else FfmpegEngine(workers)
        self._clock = clock
        self._random = random.Random()  # noqa: S311 - spreads retries, guards nothing
        self._sources: dict[SourceKey, Source] = {}
        self._by_session: dict[int, Source] = {}
        self._views: dict[Hashable, tuple[SourceKey, int, int, Importance]] = {}
        self._stagger = Stagger(self)
        self._passwords = PasswordGuard()
        self._pacing = Pacing(self._engine, TICK_MS / 1000)
        self._last_session = 0
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def engine(self) -> Engine:
        return self._engine

    def prepare(self) -> None:
        """A layout will be shown soon: have the decoders up by then."""
        self._engine.prepare()

    def set_pixels(self, pixels: Pixels) -> None:
        """Which layout the pictures shall have from now on. What is open is opened again, and stays seen meanwhile."""
        if isinstance(self._engine, FfmpegEngine) and self._engine.pixels is not pixels:
            self._engine.pixels = pixels
            for source in tuple(self._sources.values()):
                if source.session is not None:
                    self._apply(source, Again())

    def want(
        self,
        view: Hashable,
        key: SourceKey,
        width: int,
        height: int,
        importance: Importance = Importance.NORMAL,
    ) -> None:
        """`view` shows `key` in `width` x `height` device pixels from now on, in place of what it showed before."""
        if self._closed:
            return
        before = self._views.get(view)
        self._views[view] = (key, max(2, width), max(2, height), importance)
        if before is not None and before[0] != key:
            self._measure(before[0])
        source = self._sources.setdefault(key, Source(key))
        self._measure(key)
        if not self._timer.isActive():
            self._pacing.restart()
            self._timer.start()
        paced = self._pacing.keep(source)
        for event in (paced, Wanted()):
            if event is not None:
                self._apply(source, event)

    def drop(self, view: Hashable) -> None:
        """`view` shows nothing any more."""
        self.streams.release(view)
        before = self._views.pop(view, None)
        if before is not None:
            self._measure(before[0])

    def retry(self, camera_id: CameraId) -> None:
        """Open a camera again, now. Does nothing for its sources that are live."""
        self._passwords.allow_one(camera_id)
        for source in self._of_camera(camera_id):
            if source.life.state is not SourceState.LIVE:
                self._apply(source, Again())

    def refresh(self, camera_id: CameraId) -> None:
        """The camera's address or password was changed: open its wanted sources again with the new ones."""
        self._passwords.allow_one(camera_id)
        for source in self._of_camera(camera_id):
            self._apply(source, Again())

    def forget(self) -> None:
        """The operator has left: keep no picture, and close at once what nobody sees any more."""
        self.recent.clear()
        self.forget_unseen()

    def forget_unseen(self) -> None:
        """Keep nothing warm."""
        for source in self._sources.values():
            if source.unwanted_at is not None:
                self._suspend(source)

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
        return source.status if source is not None else NO_STATUS

    def statistics(self, key: SourceKey) -> SourceStatistics:
        source = self._sources.get(key)
        return source.statistics if source is not None else NO_STATISTICS

    def close(self) -> None:
        """End all sessions and workers; half a second at most. Nothing can be wanted afterwards."""
        if self._closed:
            return
        self._closed = True
        self.opening.close()
        self._timer.stop()
        self._stagger.clear()
        self.recent.clear()
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
                    if self._passwords.accepted(source.key.camera_id):
                        self._open_the_other_stream(source)
                case SessionEnded(_, reason):
                    if reason is Reason.WRONG_PASSWORD:
                        self._passwords.refused(source.key.camera_id, self._clock())
                    self._apply(source, Ended(reason))
                case SessionCounted(_, statistics):
                    source.statistics = statistics
                    self.streams.learn(source.key, statistics.width, statistics.height)
                    self.statistics_changed.emit(source.key)
        now = self._clock()
        self._pacing.tick(self._sources.values(), now)
        self.recent.forget_old()
        unwanted = {key: s.unwanted_at for key, s in self._sources.items() if s.unwanted_at is not None}
        for key in gone_cold(unwanted, now):
            self._suspend(self._sources[key])
        for source in tuple(self._sources.values()):
            self._attend(source)
        if self.streams.has_changed():
            self.streams_changed.emit()
        if not self._views and not self._by_session and self.recent.is_empty:
            self._timer.stop()

    def _suspend(self, source: Source) -> None:
        source.unwanted_at = None
        self._apply(source, Unwanted())

    def _attend(self, source: Source) -> None:
        if source.session is not None and source.in_engine:
            if source.box != source.told_box:
                source.told_box = source.box
                self._engine.resize(source.session, *source.box)
            beat = self._engine.beat(source.session)
            for event in (self._pacing.keep(source), self._pacing.flows_again(source, beat), beat):
                if event is not None:
                    self._apply(source, event)
        else:
            self._apply(source, Tick())

    # --- sessions ----------------------------------------------------------------------------------------------------

    def _of_camera(self, camera_id: CameraId) -> list[Source]:
        return [source for key, source in self._sources.items() if key.camera_id == camera_id]

    def _open_the_other_stream(self, accepted: Source) -> None:
        """It was held back while nobody knew whether the password is right now."""
        for source in self._of_camera(accepted.key.camera_id):
            if source is not accepted and source.is_wanted and source.life.reason is Reason.WRONG_PASSWORD:
                self._apply(source, Again())

    def _measure(self, key: SourceKey) -> None:
        """Find the largest view of a source, or note that it has none left."""
        views = [view for view in self._views.values() if view[0] == key]
        source = self._sources.get(key)
        if source is None:
            return
        if views:
            _, *box, _ = max(views, key=lambda view: view[1] * view[2])
            source.box = (box[0], box[1])
            source.importance = max(view[3] for view in views)
            source.unwanted_at = None
        elif source.unwanted_at is None and source.life.state is not SourceState.SUSPENDED:
            source.unwanted_at = self._clock()

    def _apply(self, source: Source, event: SourceEvent) -> None:
        source.life, effects = step(source.life, event, self._clock(), self._random.random())
        for effect in effects:
            if effect is Effect.OPEN:
                self._open(source)
            else:
                self._end_session(source)
        if source.life.state is SourceState.SUSPENDED:
            source.picture = None
        status = source.life.status
        before, source.status = source.status, replace(status, notes=status.notes | self._pacing.notes(source))
        if _words(before) != _words(source.status):
            self.status_changed.emit(source.key)

    def _open(self, source: Source) -> None:
        self._end_session(source)
        self._last_session += 1
        session = source.session = self._last_session
        source.in_engine = False
        self._by_session[session] = source
        if not self._passwords.may_open(source.key.camera_id, self._clock()):
            self._later(source, lambda: self._apply(source, Ended(Reason.WRONG_PASSWORD)))
            return
        self._address_book(source.key, lambda address: self._answered(source, session, address))

    def _answered(self, source: Source, session: int, address: StreamAddress | None) -> None:
        if self._closed or source.session != session:
            return  # the answer to an attempt that is over
        if address is None:
            self._later(source, lambda: self._apply(source, Ended(Reason.NO_ADDRESS)))
        else:
            self._later(source, lambda: self._start(source, address))

    def _later(self, source: Source, do: Callable[[], None]) -> None:
        """Not at once: a hundred sources may be wanted in one turn, and an answer may come from within a step."""
        session = source.session

        def if_still_meant() -> None:
            if not self._closed and source.session == session and source.life.state in IN_SESSION:
                do()

        self._stagger.add(lambda: source.rank, if_still_meant)

    def _start(self, source: Source, address: StreamAddress) -> None:
        if source.session is None:
            return
        source.in_engine = True
        source.told_box = source.box
        source.rate, source.to_come = Rate.FULL, 0
        sequence = source.picture.sequence if source.picture is not None else 0
        self._engine.open(source.session, address, *source.box, sequence)

    def _end_session(self, source: Source) -> None:
        if source.session is None:
            return
        source.picture = self._engine.picture(source.session) or source.picture
        self._engine.close(source.session)
        self._by_session.pop(source.session, None)
        source.session, source.in_engine = None, False
        if source.statistics != NO_STATISTICS:
            source.statistics = NO_STATISTICS
            self.statistics_changed.emit(source.key)


def _words(status: SourceStatus) -> tuple[object, ...]:
    return status.state, status.reason, status.notes
