"""The map as a widget: it keeps what the page should show, so that a page that died can be drawn again."""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields

from PySide6.QtCore import QEvent, QFile, QIODevice, QObject, Qt, QThreadPool, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ..assets import AssetMissingError
from ..domain.cameras import CameraId, District
from ..domain.look import CORNER_PX, DIM_ROOM, Tokens
from ..domain.source_state import SourceState
from . import counts
from .browser import OfflinePage, RequestGuard, offline_profile
from .geography import codes_holding
from .link import PageLink
from .page import INDEX_PATH, ORIGIN, Site, build_site
from .rows import camera_rows, placed
from .scheme import SiteHandler, is_registered
from .words import page_words

_LOG = logging.getLogger(__name__)
_OPEN_WITHIN_MS = 30_000
_FIRST_RETRY_MS = 500
_LONGEST_RETRY_MS = 30_000


class _Builder(QObject):
    """Builds the page in a worker thread (folium takes a quarter of a second to import) and hands it over."""

    done = Signal(object)

    def build(self, channel_script: bytes) -> None:
        try:
            self.done.emit(build_site(channel_script))
        except (AssetMissingError, OSError, ValueError) as error:
            self.done.emit(error)


class MapView(QWidget):
    """Cameras of a district on the offline map.

    All setters may be called at any time; what the page cannot take yet is kept. Nothing here waits for the page.

    Signals:
        camera_activated(str): the operator clicked a camera or pressed Enter on it: it should be shown.
        camera_hovered(str): the camera under the pointer or with the focus; empty when there is none any more.
        ready(): the page is drawn with everything told so far; again after each time that it was drawn anew.
        failed(str): the map cannot be drawn, in words for the operator; it tries again by itself where that can help.
    """

    camera_activated = Signal(str)
    camera_hovered = Signal(str)
    ready = Signal()
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Raises RuntimeError when register_scheme() was not called before QApplication was created."""
        super().__init__(parent)
        if not is_registered():
            raise RuntimeError("call gwanje.mapview.register_scheme() before QApplication is created")
        self._district = District()
        self._states: dict[CameraId, SourceState] = {}
        self._shown: frozenset[CameraId] = frozenset()
        self._selected: CameraId | None = None
        self._tokens = DIM_ROOM
        self._place: dict[str, object] | None = None
        self._site: Site | None = None
        self._attempts = 0

        self._view = QWebEngineView(self)
        self._guard = RequestGuard()
        self._profile = offline_profile(self._guard, self)
        self._handler = SiteHandler(self._profile)
        self._profile.installUrlSchemeHandler(b"gwanje", self._handler)
        self._page = OfflinePage(self._profile, self._view)
        self._page.loadFinished.connect(self._load_finished)
        self._page.renderProcessTerminated.connect(self._process_ended)
        self._view.setPage(self._page)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._view.setAcceptDrops(False)
        self._link = PageLink(self._page, self)
        self._link.opened.connect(self._page_opened)
        self._link.said.connect(self._page_said)
        self._deadline = QTimer(self, singleShot=True, interval=_OPEN_WITHIN_MS)
        self._deadline.timeout.connect(self._open_timed_out)
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._load)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self._message = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True, margin=16)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self.setFocusProxy(self._view)
        self._say(self.tr("Drawing the map…"))
        self._dress()
        self._build()

    @property
    def blocked_requests(self) -> tuple[str, ...]:
        """Addresses outside this program that the page tried to reach; empty in normal work. The newest 200."""
        return tuple(self._guard.blocked)

    def set_district(self, district: District) -> None:
        """Show these cameras. States, marks and selection of cameras that stay are kept."""
        had_cameras = bool(self._district.cameras)
        self._district = district
        ids = {camera.id for camera in district.cameras}
        self._states = {camera: state for camera, state in self._states.items() if camera in ids}
        if self._selected not in ids:
            self._selected = None
        self._link.change(cameras=camera_rows(self._district), home=self._home(), shown=self._shown_ids())
        if not had_cameras:
            self.fit()

    def set_states(self, states: Mapping[CameraId, SourceState]) -> None:
        """States of some or all cameras; those not named keep theirs, those never named are idle."""
        ids = {camera.id for camera in self._district.cameras}
        changed = {
            camera: SourceState(state)
            for camera, state in states.items()
            if camera in ids and self._states.get(camera, SourceState.IDLE) != state
        }
        if changed:
            self._states.update(changed)
            self._link.change_states({camera: state.value for camera, state in changed.items()})

    def set_shown(self, cameras: Iterable[CameraId]) -> None:
        """Mark exactly these cameras as being on the wall."""
        shown = frozenset(cameras)
        if shown != self._shown:
            self._shown = shown
            self._link.change(shown=self._shown_ids())

    def select(self, camera_id: CameraId | None) -> None:
        """Mark one camera as selected, or none. The map does not move."""
        if camera_id != self._selected:
            self._selected = camera_id
            self._link.change(selected=camera_id)

    def centre_on(self, camera_id: CameraId) -> None:
        """Move the map to the camera, near enough to tell it from its neighbours."""
        self._link.change(centre=camera_id)

    def activate(self, camera_id: CameraId) -> None:
        """Click the camera's sign on the page for the operator (bringing it out of its bubble): camera_activated comes
        back from the page, as after a click with the mouse."""
        self._link.change(press=camera_id)

    def fit(self) -> None:
        """Show all cameras, and keep doing so while the window is resized, until the operator moves the map."""
        self._place = None
        self._link.change(fit=True)

    def set_theme(self, tokens: Tokens) -> None:
        """Draw in these colours."""
        self._tokens = tokens
        self._dress()
        self._link.change(theme=self._theme())

    def marker_count(self, callback: Callable[[int], None]) -> None:
        """Call back with the number of cameras that the page's elements stand for, counted from what is drawn."""
        self._link.ask(counts.COUNT, lambda answer: callback(counts.as_count(answer)))

    def rendered_states(self, callback: Callable[[dict[CameraId, SourceState]], None]) -> None:
        """Call back with the state that each camera's own sign shows (a camera inside a bubble has none)."""
        self._link.ask(counts.STATES, lambda answer: callback(counts.as_states(answer)))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._link.change(words=page_words())
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._message.setGeometry(self.rect())

    # Building and drawing

    def _build(self) -> None:
        script = QFile(":/qtwebchannel/qwebchannel.js")
        script.open(QIODevice.OpenModeFlag.ReadOnly)
        channel_script = bytes(script.readAll().data())
        script.close()
        builder = _Builder()
        builder.done.connect(self._built)
        QThreadPool.globalInstance().start(lambda: builder.build(channel_script))

    def _built(self, result: Site | Exception) -> None:
        if not isinstance(result, Site):
            _LOG.error("map page cannot be built: %s", result)
            self._fail(self.tr("The map cannot be drawn: %1").replace("%1", str(result)))
            return
        self._site = result
        self._handler.set_files(result.files)
        self._load()

    def _load(self) -> None:
        self._deadline.start()
        self._page.load(QUrl(ORIGIN + INDEX_PATH))

    def _page_opened(self) -> None:
        self._deadline.stop()
        self._attempts = 0
        self._link.change(
            theme=self._theme(),
            words=page_words(),
            home=self._home(),
            cameras=camera_rows(self._district),
            shown=self._shown_ids(),
            selected=self._selected,
        )
        self._link.change(**({"view": self._place} if self._place else {"fit": True}))
        self._link.change_states({camera: state.value for camera, state in self._states.items()})
        self._link.ask("true", self._drawn)

    def _drawn(self, answer: object) -> None:
        if answer is True:
            self._message.hide()
            self.ready.emit()

    # When it goes wrong

    def _load_finished(self, ok: bool) -> None:
        if not ok and not self._link.is_open and not self._again.isActive():
            self._fail_and_retry(self.tr("The map did not load; it is being loaded again."))

    def _open_timed_out(self) -> None:
        self._fail_and_retry(self.tr("The map did not start; it is being loaded again."))

    def _process_ended(self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int) -> None:
        _LOG.warning("the map's process ended (%s, code %d)", status.name, code)
        self._link.close()
        self._fail_and_retry(self.tr("The map stopped; it is being drawn again. The cameras are not affected."))

    def _fail_and_retry(self, text: str) -> None:
        self._deadline.stop()
        self._link.close()
        self._again.start(min(_FIRST_RETRY_MS * 2**self._attempts, _LONGEST_RETRY_MS))
        self._attempts = min(self._attempts + 1, 10)
        self._fail(text)

    def _fail(self, text: str) -> None:
        self._say(text)
        self.failed.emit(text)

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.setGeometry(self.rect())
        self._message.show()
        self._message.raise_()

    # What the page says and is told

    def _page_said(self, kind: str, text: str) -> None:
        ids = {camera.id for camera in self._district.cameras}
        if kind == "activated" and text in ids:
            self.camera_activated.emit(text)
        elif kind == "hovered" and (not text or text in ids):
            self.camera_hovered.emit(text)
        elif kind == "moved":
            place = json.loads(text)
            self._place = None if place["fitted"] else place
        elif kind == "blocked":
            self._guard.note(text)

    def _home(self) -> list[str]:
        if self._site is None:
            return []
        return codes_holding(self._site.districts, ((lon, lat) for _, lat, lon in placed(self._district)))

    def _shown_ids(self) -> list[str]:
        return sorted(self._shown)

    def _theme(self) -> list[list[str]]:
        return [[f"--{field.name}", getattr(self._tokens, field.name)] for field in fields(self._tokens)]

    def _dress(self) -> None:
        self._page.setBackgroundColor(QColor(self._tokens.window))
        self._message.setStyleSheet(
            f"background: {self._tokens.window}; color: {self._tokens.muted}; border-radius: {CORNER_PX}px;"
        )
