"""The running program: Qt application, core and shell, opened and closed in order."""

import contextlib
import signal
import socket
import sys
from collections.abc import Iterator
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, QLockFile, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from ..assets import asset
from ..domain.errors import GwanjeError
from ..mapview import prepare_environment, register_scheme
from ..onvif import open_device, preload
from ..records import database_url, open_records, open_secret_store
from ..videowall import Canvases, choose_surface
from .collector import QtThreadCollector
from .core import ConsoleCore
from .logs import configure_logs, log_every_mistake
from .profile import Profile
from .watchdog import StallWatch
from .windows import ConsoleShell


def make_application() -> QApplication:
    """Everything that Qt wants before and at the making of the application."""
    prepare_environment()
    register_scheme()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication([sys.argv[0] or "gwanje"])
    application.setApplicationName("gwanje")
    application.setApplicationDisplayName("gwanje 관제")
    application.setDesktopFileName("gwanje")
    application.setQuitOnLastWindowClosed(False)
    with contextlib.suppress(FileNotFoundError):
        application.setWindowIcon(QIcon(str(asset("icons/gwanje.svg"))))
    return application


class Program:
    """Use as a context manager. Raises GwanjeError when the records cannot be opened."""

    def __init__(self, profile: Profile, *, database: str | None = None, seat: str = "", language: str = "") -> None:
        configure_logs(profile.log_file)
        log_every_mistake()
        self._lock = _only_console_of(profile)
        records = open_records(database or database_url(profile.folder))
        try:
            secrets = open_secret_store(profile.folder)
        except GwanjeError:
            records.close()
            raise
        surface = choose_surface()
        surface.prepare()
        self.application = make_application()
        self._collector = QtThreadCollector(self.application)
        self.stalls = StallWatch(self.application)
        self.core = ConsoleCore(profile, records, secrets, open_device, seat=seat, canvases=Canvases(gpu=surface.gpu))
        self.shell = ConsoleShell(self.core, self.application, language=language)

    def start(self) -> None:
        """Read what was kept, then show the window.

        Meanwhile the decoders start, and the WSDLs are read for the first camera that moves.
        """
        self.core.sources.prepare()
        self.core.lanes.files.submit(preload)
        self.core.start(self.shell.start)

    def execute(self) -> int:
        """The event loop, until Quit, SIGTERM or SIGINT."""
        with _signals_end(self.application):
            return self.application.exec()

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.shell.close()
        self.core.close()
        self._collector.close()
        self._lock.unlock()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.application.shutdown()  # now, while the display that it draws on is still there


def _only_console_of(profile: Profile) -> QLockFile:
    """Two consoles on one profile would close each other's actions and overwrite each other's arrangement.

    The lock of a console that died is taken over. Raises GwanjeError.
    """
    lock = QLockFile(str(profile.folder / "console.lock"))
    lock.setStaleLockTime(0)  # never by age: a shift is long
    if not lock.tryLock(0):
        raise GwanjeError(
            "another console is running on this profile",
            place=str(profile.folder),
            cure="use that one, or choose another profile with --profile DIR",
        )
    return lock


@contextlib.contextmanager
def _signals_end(application: QApplication) -> Iterator[None]:
    """SIGTERM and SIGINT end the loop in order: Python runs its handlers only between Qt's events, so wake it up."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: QTimer.singleShot(0, lambda: application.exit(0)))
    before = {s: signal.signal(s, lambda *_: None) for s in (signal.SIGTERM, signal.SIGINT)}
    wake = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(wake)
        for number, handler in before.items():
            signal.signal(number, handler)
        notifier.setEnabled(False)
        ours.close()
        theirs.close()
