"""The whole console in the test's own process: windows, database, secrets file, decoders, devices, all real."""

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from gwanje.console.collector import QtThreadCollector
from gwanje.console.core import ConsoleCore
from gwanje.console.logs import configure_logs
from gwanje.console.profile import Profile
from gwanje.console.windows import ConsoleShell
from gwanje.console.windows.main_window import MainWindow
from gwanje.onvif import open_device
from gwanje.records import database_url, open_records, open_secret_store

OPERATOR = "kim"
PASSWORD = "correct horse battery"


@dataclass
class WholeConsole:
    core: ConsoleCore
    shell: ConsoleShell
    profile: Profile

    @property
    def window(self) -> MainWindow:
        return self.shell.window

    def quiet(self) -> bool:
        """Whether every dispatched action has its outcome on record."""
        return self.core.dispatcher.in_flight == 0 and self.core.recorder.backlog == 0


@contextmanager
def whole_console(qtbot: Any, folder: Path) -> Iterator[WholeConsole]:
    """As gwanje.console.program puts it together; "kim" becomes its first administrator through the sign-in page."""
    profile = Profile.at(folder)
    with _logs(profile.log_file):
        records, secrets = open_records(database_url(profile.folder)), open_secret_store(profile.folder)
        collector = QtThreadCollector()
        core = ConsoleCore(profile, records, secrets, open_device, seat="desk 1")
        shell = ConsoleShell(core, QApplication.instance(), language="en")
        made = WholeConsole(core, shell, profile)
        try:
            core.start(lambda: shell.start(maximised=False))
            qtbot.waitUntil(lambda: made.window.isVisible())
            page = made.window.sign_in
            qtbot.waitUntil(lambda: page.again.isVisible())
            page.operator.setText(OPERATOR)
            page.password.setText(PASSWORD)
            page.again.setText(PASSWORD)
            page.enter.click()
            qtbot.waitUntil(lambda: core.session.operator is not None and made.quiet(), timeout=15_000)
            yield made
            qtbot.waitUntil(made.quiet, timeout=10_000)
        finally:
            shell.close()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            core.close()
            QApplication.processEvents()
            # Here and now, on the Qt thread; see gwanje.console.collector.
            shiboken6.delete(shell)
            shiboken6.delete(core)
            collector.close()
            gc.collect()


@contextmanager
def _logs(file: Path) -> Iterator[None]:
    """The program's own log file, without pytest's handlers for the time being."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    configure_logs(file)
    try:
        yield
    finally:
        for handler in list(root.handlers):
            root.removeHandler(handler)
            handler.close()
        for handler in before:
            root.addHandler(handler)
        root.setLevel(level)
