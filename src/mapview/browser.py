"""A web page that can reach nothing but the private scheme: no network, no disk, no windows, no downloads."""

import atexit
import logging
from collections import deque
from itertools import count

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from .page import HOST, INDEX_PATH, SCHEME

_LOG = logging.getLogger(__name__)
_KEPT = 200

_OFF = (
    "JavascriptCanOpenWindows",
    "JavascriptCanAccessClipboard",
    "JavascriptCanPaste",
    "LocalStorageEnabled",
    "LocalContentCanAccessRemoteUrls",
    "LocalContentCanAccessFileUrls",
    "HyperlinkAuditingEnabled",
    "PluginsEnabled",
    "FullScreenSupportEnabled",
    "ScreenCaptureEnabled",
    "WebGLEnabled",
    "AutoLoadIconsForPage",
    "TouchIconsEnabled",
    "DnsPrefetchEnabled",
    "PdfViewerEnabled",
    "NavigateOnDropEnabled",
    "ErrorPageEnabled",
    "ShowScrollBars",
)


# The engine crashes when the application ends before a page does, as happens to a widget whose deleteLater() nothing
# carried out any more. So whatever page is left is deleted first.
_PAGES: dict[int, QWebEnginePage] = {}
_NUMBERS = count()


@atexit.register
def _delete_pages() -> None:
    for page in list(_PAGES.values()):
        if shiboken6.isValid(page):
            shiboken6.delete(page)


class RequestGuard(QWebEngineUrlRequestInterceptor):
    """Blocks every request that is not for our scheme or inline data, and keeps the addresses of those it blocked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.blocked: deque[str] = deque(maxlen=_KEPT)

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        if (url.scheme() == SCHEME and url.host() == HOST) or url.scheme() == "data":
            return
        info.block(True)
        self.note(url.toDisplayString())

    def note(self, address: str) -> None:
        """Record something that was blocked, here or by the page's content security policy."""
        self.blocked.append(address[:500])
        _LOG.warning("map page: blocked %s", address[:500])


def offline_profile(guard: RequestGuard, owner: QObject) -> QWebEngineProfile:
    """A profile that is off the record, keeps nothing on disk and downloads nothing; it goes after its `owner`.

    A profile must outlive its pages. As a child beside them it might not: when Python frees a widget, its children go
    in any order. So it belongs to the application, and is let go once the owner is gone.
    """
    profile = QWebEngineProfile(QCoreApplication.instance())  # without a name: off the record
    owner.destroyed.connect(profile.deleteLater)
    guard.setParent(profile)
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
    profile.setSpellCheckEnabled(False)
    profile.setUrlRequestInterceptor(guard)
    profile.downloadRequested.connect(QWebEngineDownloadRequest.cancel)
    return profile


class OfflinePage(QWebEnginePage):
    """Our page and no other: it neither navigates away, nor opens windows, nor gets permissions.

    Signals: `script_failed(str)`: an error that the page's own scripts did not handle.
    """

    script_failed = Signal(str)

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        key = next(_NUMBERS)
        _PAGES[key] = self
        self.destroyed.connect(lambda: _PAGES.pop(key, None))
        settings = self.settings()
        for name in _OFF:
            settings.setAttribute(QWebEngineSettings.WebAttribute[name], False)
        self.permissionRequested.connect(QWebEnginePermission.deny)

    def acceptNavigationRequest(
        self, url: QUrl | str, kind: QWebEnginePage.NavigationType, is_main_frame: bool
    ) -> bool:
        url = QUrl(url)
        return is_main_frame and url.scheme() == SCHEME and url.host() == HOST and url.path() == INDEX_PATH

    def createWindow(self, kind: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        return None  # type: ignore[return-value]  # Qt's way to refuse

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        if level == QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel:
            _LOG.error("map page: %s (%s:%d)", message, source, line)
            self.script_failed.emit(message)
        else:
            _LOG.info("map page: %s (%s:%d)", message, source, line)
