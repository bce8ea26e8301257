"""The private URL scheme of the map page: a fixed table of files in memory, and nothing else."""

from collections.abc import Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob, QWebEngineUrlScheme, QWebEngineUrlSchemeHandler

from .page import HOST, SCHEME, ServedFile


def register_scheme() -> None:
    """Tell Chromium about the scheme. Call it before QApplication is created; calling it again does nothing."""
    if is_registered():
        return
    scheme = QWebEngineUrlScheme(SCHEME.encode())
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    # Secure, so that the page counts as a trustworthy origin. Neither local (it could then open file://) nor exempt
    # from the content security policy.
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)
    QWebEngineUrlScheme.registerScheme(scheme)


def is_registered() -> bool:
    """Whether register_scheme() has been called in this process."""
    return not QWebEngineUrlScheme.schemeByName(SCHEME.encode()).name().isEmpty()


class SiteHandler(QWebEngineUrlSchemeHandler):
    """Answers GET for the files it was given; everything else is not found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: Mapping[str, ServedFile] = {}

    def set_files(self, files: Mapping[str, ServedFile]) -> None:
        """The whole site, by URL path."""
        self._files = dict(files)

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        url = job.requestUrl()
        if job.requestMethod().data() != b"GET":
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
            return
        file = self._files.get(url.path()) if url.host() == HOST and not url.hasQuery() else None
        if file is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        body = QBuffer(job)
        body.setData(QByteArray(file.body))
        body.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(QByteArray(file.mime), body)
