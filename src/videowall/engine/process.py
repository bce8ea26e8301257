"""One worker process as the console sees it: started, fed, watched, ended. Never waited for, except at the very end."""

import logging
import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QProcess

from .board import ROWS, BoardReader
from .wire import LineReader, Message, to_line

STARTS_WITHIN_S = 20.0
_MODULE = "gwanje.videowall.engine.worker"
_log = logging.getLogger(__name__)


class WorkerProcess:
    """Orders given before the process is up are kept by its pipe.

    Attributes: `sessions` maps each open session to its row on the board; `costs` to pixels per second.
    """

    def __init__(self, heard: Callable[["WorkerProcess", Message], None]) -> None:
        self.sessions: dict[int, int] = {}
        self.costs: dict[int, float] = {}
        self._heard = heard
        self._rows = list(range(ROWS, 0, -1))
        self._leaving: dict[int, int] = {}
        self._over: set[int] = set()
        self._lines = LineReader()
        self._board: BoardReader | None = None
        self._started_at = self._watched_at = self._seen_at = time.monotonic()
        self._process = QProcess()
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._read)
        # Without cwd on the import path (-P), and with nothing secret on the command line or in the environment.
        self._process.start(sys.executable, ["-P", "-m", _MODULE, str(os.getpid())])

    @property
    def pid(self) -> int:
        return int(self._process.processId())

    @property
    def load(self) -> float:
        return sum(self.costs.values())

    @property
    def board(self) -> BoardReader | None:
        return self._board

    def open(self, session: int, order: Message, cost: float) -> None:
        self.sessions[session] = self._rows.pop()
        self.costs[session] = cost
        self.tell({"do": "open", "session": session, "row": self.sessions[session], **order})

    def close(self, session: int) -> None:
        row = self.sessions.pop(session)
        self.costs.pop(session, None)
        if session in self._over:
            self._over.remove(session)
            self._rows.append(row)
            return
        self._leaving[session] = row
        self.tell({"do": "close", "session": session})

    def tell(self, message: Message) -> None:
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.write(to_line(message))

    def is_alive(self, now: float, hung_after: float) -> bool:
        """Whether it runs and its heart beats. Time in which we ourselves were held up is not counted against it."""
        if now - self._watched_at > hung_after / 2:
            self._seen_at = now
        self._watched_at = now
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return False
        if self._board is None:
            return now - self._started_at < STARTS_WITHIN_S
        self._seen_at = max(self._seen_at, self._board.heart_beat())
        return now - self._seen_at < hung_after

    def kill(self) -> None:
        """SIGKILL: a stopped process understands nothing else."""
        self._process.kill()

    def say_goodbye(self) -> None:
        """End of input: the worker says goodbye to its cameras and ends."""
        self._process.closeWriteChannel()

    def wait_for_end(self, milliseconds: int) -> None:
        """Waits; afterwards the process is gone and reaped."""
        if self._process.state() != QProcess.ProcessState.NotRunning and not self._process.waitForFinished(
            milliseconds
        ):
            self._process.kill()
            self._process.waitForFinished(1000)
        self._process.readyReadStandardOutput.disconnect(self._read)
        self._process.deleteLater()

    def forget(self) -> None:
        """Let go of a killed process; Qt reaps it when it is gone."""
        self._process.readyReadStandardOutput.disconnect(self._read)
        if self._process.state() == QProcess.ProcessState.NotRunning:
            self._process.deleteLater()
        else:
            # Owned by the application from now on: without an owner Python would destroy it, and so wait for its end.
            self._process.setParent(QCoreApplication.instance())
            self._process.finished.connect(self._process.deleteLater)

    def _read(self) -> None:
        data = bytes(self._process.readAllStandardOutput().data())
        try:
            for message in self._lines.feed(data):
                self._hear(message)
        except (ValueError, KeyError, OSError) as error:
            _log.error("a decoder process answers nonsense (%s); it is replaced", type(error).__name__)
            self.kill()

    def _hear(self, message: Message) -> None:
        match message["say"]:
            case "ready":
                self._board = BoardReader(message["board"])
            case "closed":
                session = message["session"]
                if session in self._leaving:
                    self._rows.append(self._leaving.pop(session))
                else:  # it has ended by itself; its row is read until we close it
                    self._over.add(session)
            case "crashed":
                _log.error("a decoder stopped at %s (%s)", message["where"], message["kind"])
        self._heard(self, message)
