"""The composition root: one console, with every part made and joined, but without windows."""

import platform
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, QTimer, Signal
from PySide6.QtGui import QImage

from ..domain.cameras import CameraId
from ..domain.commands import Command
from ..domain.devices import DeviceFactory
from ..domain.errors import GwanjeError
from ..domain.ports import Records, SecretStore
from ..domain.wall import WallArrangement
from ..videowall import Canvases
from ..videowall.player.port import ClipPlayer
from ..videowall.player.process import PlayerProcess
from ..videowall.port import AddressBook, Pixels, Quality, SourceKey, StreamAddress
from ..videowall.sources import SourcePool
from .camera_help import OnvifHelp
from .devices import DeviceHub
from .dispatch import Action, Dispatcher, Lanes, Recorder
from .error_words import error_words
from .handlers import CameraHandlers, ClipHandlers, PtzHandlers, SessionHandlers, ViewHandlers, WallHandlers
from .handlers.session import quit_application
from .profile import Profile
from .ptz import DispatchedPtz, PtzMotions
from .state import DirectoryState, Session, WallState

ARRANGEMENT = ("wall", "arrangement")
SETTLE_MS = 3000


class ConsoleCore(QObject):
    """What the windows work with. On the Qt thread; closing it ends every thread and process.

    Attributes that the windows read: directory, wall, session, sources, clips, canvases, dispatcher, recorder, motions,
    ptz_handlers. They change things by `dispatch` only.

    Signals: notice(str): something the operator should know that is not the answer to an action.
    """

    notice = Signal(str)

    def __init__(
        self,
        profile: Profile,
        records: Records,
        secrets: SecretStore,
        open_device: DeviceFactory,
        *,
        seat: str = "",
        make_sources: Callable[[AddressBook], SourcePool] = SourcePool,
        canvases: Canvases | None = None,
        make_player: Callable[[], ClipPlayer] = PlayerProcess,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.profile = profile
        self.secrets_kind = secrets.kind
        self._records = records
        self._hub = DeviceHub(open_device, secrets)
        self.lanes = Lanes()
        self.seat = seat or platform.node() or "console"
        self.session = Session(self)
        self.directory = DirectoryState(self)
        self.wall = WallState(self)
        self.recorder = Recorder(records.audit, self.lanes.database, self)
        self.dispatcher = Dispatcher(
            self.recorder,
            console=records.console_id,
            seat=self.seat,
            operator=lambda: self.session.operator,
            parent=self,
        )
        self.sources = make_sources(self._address_of)
        self.canvases = canvases or Canvases()
        self.canvases.changed.connect(self._follow_canvases)
        if self.canvases.pixels is not Pixels.BGRX:
            self._follow_canvases()
        self.clips = make_player()
        self.session.changed.connect(self._leave_no_pictures)
        self._help = OnvifHelp(
            lambda camera_id: self.directory.cameras.get(camera_id), self._hub.help_port, self.lanes.courier
        )
        self.sources.opening.use(self._help)
        self.motions = PtzMotions(self.directory, self._hub, self.lanes, self)
        self.ptz = DispatchedPtz(self.dispatcher)
        self.ptz_handlers = PtzHandlers(self.motions, self.directory, self._hub, self.lanes)
        self.view_handlers = ViewHandlers()
        self.still_of: Callable[[str, int], QImage | None] = lambda window, tile: None
        self.output_is: Callable[[str], bool] = lambda name: False
        self._register(records, secrets)
        self._arrangement_saved: WallArrangement | None = None
        self._saving = False

    def _register(self, records: Records, secrets: SecretStore) -> None:
        SessionHandlers(self.session, records.operators, self.lanes.database, self.motions, quit_application).register(
            self.dispatcher
        )
        WallHandlers(
            self.wall,
            self.directory,
            self.sources,
            self.lanes.files,
            self.profile.stills,
            lambda window, tile: self.still_of(window, tile),
            lambda name: self.output_is(name),
        ).register(self.dispatcher)
        self.ptz_handlers.register(self.dispatcher)
        CameraHandlers(
            self.directory,
            self.wall,
            records.directory,
            secrets,
            self._hub,
            self.lanes.database,
            self._camera_changed,
        ).register(self.dispatcher)
        self.view_handlers.register(self.dispatcher)
        ClipHandlers(self.clips, self.lanes.files, self.profile.stills).register(self.dispatcher)

    def _follow_canvases(self) -> None:
        """What decodes makes pictures of the kind that is cheapest to show."""
        self.sources.set_pixels(self.canvases.pixels)

    def dispatch(self, command: Command) -> Action:
        return self.dispatcher.dispatch(command)

    # --- start and end -----------------------------------------------------------------------------------------------

    def start(self, ready: Callable[[], None]) -> None:
        """Read what was kept, close what a crash left open; then `ready()`."""

        def load() -> tuple[object, object]:
            self._records.audit.close_unfinished(datetime.now(UTC))
            return self._records.directory.district(), self._records.settings.load(*ARRANGEMENT)

        def loaded(found: tuple[object, object] | None, error: GwanjeError | None) -> None:
            if found is None:
                self.notice.emit(error_words(error))
            else:
                district, arrangement = found
                self.directory.set_district(district)  # type: ignore[arg-type]
                self._restore(arrangement)
            self.wall.changed.connect(self._save_arrangement)
            ready()

        self.lanes.database.submit(load, loaded)

    def _restore(self, document: object) -> None:
        if document is None:
            return
        try:
            self.wall.restore(WallArrangement.from_json(document))
            self._arrangement_saved = self.wall.arrangement
        except GwanjeError as error:
            self.notice.emit(error_words(error))

    def _save_arrangement(self) -> None:
        """Keep the newest arrangement; changes that come while one is being written are written together."""
        if self._saving or self.wall.arrangement == self._arrangement_saved:
            return
        self._saving = True
        arrangement = self.wall.arrangement

        def saved(_: None, error: GwanjeError | None) -> None:
            self._saving = False
            self._arrangement_saved = arrangement
            if error is not None:
                self.notice.emit(error_words(error))
            else:
                self._save_arrangement()

        self.lanes.database.submit(lambda: self._records.settings.save(*ARRANGEMENT, arrangement.to_json()), saved)

    def load_setting(self, key: str, then: Callable[[object | None], None]) -> None:
        """A document of this console's look; `then(None)` when there is none or it cannot be read."""
        self.lanes.database.submit(lambda: self._records.settings.load("console", key), lambda value, _: then(value))

    def save_setting(self, key: str, value: object) -> None:
        self.lanes.database.submit(
            lambda: self._records.settings.save("console", key, value),
            lambda _, error: self.notice.emit(error_words(error)) if error else None,
        )

    def read_log(self, limit: int, then: Callable[[list], None]) -> None:
        """The newest audit rows, oldest first."""
        self.lanes.database.submit(lambda: self._records.audit.latest(limit), lambda rows, _: then(rows or []))

    def has_operators(self, then: Callable[[bool], None]) -> None:
        self.lanes.database.submit(
            lambda: not self._records.operators.is_empty(), lambda yes, _: then(yes is not False)
        )

    def close(self) -> None:
        """Stop what moves, finish the records, end the workers.

        Takes a moment; as long as SETTLE_MS and a camera's own time-out when a camera does not answer its stop.
        """
        self.dispatcher.release_all()
        self.motions.stop_everything()
        self.sources.close()
        self.clips.shut_down()
        self._help.close()
        self._settle()
        self.lanes.close()
        self._hub.close()
        self._records.close()

    def _settle(self) -> None:
        """Let stops be answered (and tried again) and closing rows be written: both need the event loop."""
        loop, look = QEventLoop(), QTimer()
        deadline = QDeadlineTimer(SETTLE_MS)

        def enough() -> None:
            quiet = not self.motions.moving and not self.dispatcher.in_flight and not self.recorder.backlog
            if quiet or deadline.hasExpired():
                loop.exit()

        look.timeout.connect(enough)
        look.start(5)
        loop.exec()
        look.stop()

    def _leave_no_pictures(self) -> None:
        """Whoever comes next sees nothing of what was watched before: once the windows have let go of it."""
        QTimer.singleShot(0, self.sources.forget)

    # --- addresses ---------------------------------------------------------------------------------------------------

    def _camera_changed(self, camera_id: CameraId) -> None:
        """Its address or its password is another one."""
        self._help.forget(camera_id)
        self.sources.refresh(camera_id)

    def _address_of(self, key: SourceKey, answer: Callable[[StreamAddress | None], None]) -> None:
        """The AddressBook of the video pool."""
        camera = self.directory.cameras.get(CameraId(key.camera_id))
        uri = "" if camera is None else camera.sub_uri if key.quality is Quality.SUB else camera.main_uri
        if camera is not None and not uri:
            uri = camera.main_uri or camera.sub_uri
        if camera is None or not uri:
            answer(None)
            return

        def address() -> StreamAddress:
            return StreamAddress(uri, self._hub.credential(camera))

        self.lanes.secrets.submit(address, lambda found, _: answer(found or StreamAddress(uri)))
