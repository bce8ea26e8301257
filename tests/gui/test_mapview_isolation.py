"""No request leaves the map's page: neither in normal work nor when a script tries."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtNetwork import QHostAddress, QTcpServer
from PySide6.QtWebEngineCore import QWebEnginePage
from pytestqt.qtbot import QtBot

from gwanje.domain.cameras import CameraId
from gwanje.mapview.page import ORIGIN
from gwanje.mapview.view import MapView

from .mapview_help import answer, district, evaluate


class _Server(QObject):
    """Counts the connections to a port of this machine."""

    def __init__(self) -> None:
        super().__init__()
        self.connections = 0
        self._server = QTcpServer(self)
        assert self._server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost))
        self._server.newConnection.connect(self._count)
        self.address = f"127.0.0.1:{self._server.serverPort()}"

    def _count(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self.connections += 1
            socket.abort()


@pytest.fixture
def server(qapp: object) -> Iterator[_Server]:
    server = _Server()
    yield server
    server._server.close()


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    view = MapView()
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.set_district(district(40))
    with qtbot.waitSignal(view.ready, timeout=20_000):
        view.show()
    return view


def test_normal_work_asks_for_nothing_outside(view: MapView, qtbot: QtBot) -> None:
    view.select(CameraId("c1"))
    view.centre_on(CameraId("c1"))
    evaluate(qtbot, view, 'document.querySelector(".camera").dispatchEvent(new Event("mouseenter")) && 1')
    view.fit()
    assert answer(qtbot, view.marker_count) == 40
    loaded = evaluate(qtbot, view, '[...document.querySelectorAll("[src], link")].map((e) => e.src || e.href)')
    assert isinstance(loaded, list) and len(loaded) > 5
    assert [address for address in loaded if not address.startswith(ORIGIN)] == []
    assert view.blocked_requests == ()


ATTEMPTS = {
    "fetch": "fetch('http://{0}/a').catch(() => 0) && 1",
    "xhr": "(() => {{ const x = new XMLHttpRequest(); x.open('GET', 'http://{0}/a'); x.send(); return 1; }})()",
    "image": "(() => {{ new Image().src = 'http://{0}/a.png'; return 1; }})()",
    "script": "(() => {{ const s = document.createElement('script'); s.src = 'http://{0}/a.js';"
    " document.head.append(s); return 1; }})()",
    "frame": "(() => {{ const f = document.createElement('iframe'); f.src = 'http://{0}/';"
    " document.body.append(f); return 1; }})()",
    "websocket": "(() => {{ try {{ new WebSocket('ws://{0}/a'); }} catch (e) {{}} return 1; }})()",
    "beacon": "navigator.sendBeacon('http://{0}/a') || 1",
}


@pytest.mark.parametrize("way", ATTEMPTS)
def test_an_injected_request_is_blocked_and_recorded(view: MapView, server: _Server, qtbot: QtBot, way: str) -> None:
    evaluate(qtbot, view, ATTEMPTS[way].format(server.address))
    qtbot.waitUntil(lambda: any(server.address in address for address in view.blocked_requests), timeout=10_000)
    assert server.connections == 0


def test_the_page_cannot_be_led_away(view: MapView, server: _Server, qtbot: QtBot) -> None:
    for step in (f"location = 'http://{server.address}/'", f"window.open('http://{server.address}/')"):
        evaluate(qtbot, view, f"({step}, 1)")
    assert answer(qtbot, view.marker_count) == 40
    assert view._page.url() == QUrl(ORIGIN + "/index.html")
    assert server.connections == 0


def test_files_of_this_machine_cannot_be_read(view: MapView, qtbot: QtBot) -> None:
    evaluate(qtbot, view, "(() => { new Image().src = 'file:///etc/passwd'; return 1; })()")
    for path in ("/../../../etc/passwd", "/map/../secret", "/index.html?x=1", "/data/seoul/README.md"):
        evaluate(
            qtbot,
            view,
            "(() => { const s = document.createElement('script');"
            f" s.onload = () => (window.read = {path!r}); s.onerror = () => (window.refused = {path!r});"
            f" s.src = '{ORIGIN}{path}'; document.head.append(s); return 1; }})()",
        )
        qtbot.waitUntil(lambda path=path: evaluate(qtbot, view, "window.refused || ''") == path, timeout=10_000)
    assert evaluate(qtbot, view, "window.read || ''") == ""


def test_the_profile_alone_blocks_a_page_without_a_policy(view: MapView, server: _Server, qtbot: QtBot) -> None:
    page = QWebEnginePage(view._profile)
    try:
        with qtbot.waitSignal(page.loadFinished, timeout=20_000):
            page.setHtml(f"<img src='http://{server.address}/a.png'>", QUrl(f"http://{server.address}/"))
        page.runJavaScript(
            f"fetch('http://{server.address}/b').catch(() => 0); new Image().src = 'http://{server.address}/c';"
        )
        expected = {f"http://{server.address}/{name}" for name in ("a.png", "b", "c")}
        qtbot.waitUntil(lambda: expected <= set(view.blocked_requests), timeout=10_000)
        assert server.connections == 0
    finally:
        with qtbot.waitSignal(page.destroyed, timeout=10_000):
            page.deleteLater()


def test_nothing_is_kept_on_disk(view: MapView) -> None:
    profile = view._profile
    assert profile.isOffTheRecord()
    assert profile.httpCacheType() == profile.HttpCacheType.NoCache
    assert profile.persistentCookiesPolicy() == profile.PersistentCookiesPolicy.NoPersistentCookies
