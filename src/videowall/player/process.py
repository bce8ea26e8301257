"""The player as the console sees it: a process that is started when a clip is opened, asked, watched and ended."""

import itertools
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer

from ...domain.errors import GwanjeError
from ..engine.slots import PictureReader
from ..engine.wire import LineReader, Message, to_line
from .port import ClipError, ClipPicture, ClipState, Then, ThenStill

ANSWERS_WITHIN_MS = 10_000
_GOODBYE_MS = 450
_MODULE = "gwanje.videowall.player.worker"
_log = logging.getLogger(__name__)


class PlayerProcess(QObject):
    """Implements `ClipPlayer`. Needs a Qt event loop; on its thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.on_change: Callable[[], None] | None = None
        self._state = ClipState()
        self._box = (640, 360)
        self._process: QProcess | None = None
        self._lines = LineReader()
        self._reader: PictureReader | None = None
        self._numbers = itertools.count(1)
        self._is_shut = False
        self._closing = 0  # the order to close that is not answered yet: what is heard before is of the old clip
        self._orders: dict[int, Callable[[Message | None, GwanjeError | None], None]] = {}
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(ANSWERS_WITHIN_MS)
        self._patience.timeout.connect(self._give_up)

    @property
    def state(self) -> ClipState:
        return self._state

    @property
    def pid(self) -> int:
        """Of the process; 0 while there is none."""
        return int(self._process.processId()) if self._process is not None else 0

    def picture(self) -> ClipPicture | None:
        found = self._reader.newest() if self._reader is not None and self._state.path else None
        return ClipPicture(found.data, found.width, found.height, found.captured_at) if found is not None else None

    def open(self, path: str, then: Then) -> None:
        if self._is_shut:
            then(None, ClipError("the clip was closed"))
            return
        if self._process is None:
            self._start()
        self._ask({"do": "open", "path": str(Path(path).absolute())}, then)

    def play(self, then: Then) -> None:
        self._ask({"do": "play"}, then)

    def pause(self, then: Then) -> None:
        self._ask({"do": "pause"}, then)

    def step(self, pictures: int, then: Then) -> None:
        self._ask({"do": "step", "pictures": pictures}, then)

    def seek(self, seconds: float, then: Then) -> None:
        self._ask({"do": "seek", "seconds": seconds}, then)

    def set_speed(self, speed: float, then: Then) -> None:
        self._ask({"do": "speed", "speed": speed}, then)

    def still(self, then: ThenStill) -> None:
        def kept(answer: Message | None, error: GwanjeError | None) -> None:
            if answer is None:
                then(None, error)
                return
            size = (answer["width"], answer["height"])
            try:
                found = PictureReader(answer["place"], 0, answer["generation"], *size).newest()
            except (OSError, ValueError):
                found = None
            if found is None:
                then(None, ClipError("there is no picture yet", cure="try again"))
            else:
                then(ClipPicture(bytes(found.data), *size, answer["time"]), None)

        self._order({"do": "still"}, kept)

    def set_box(self, width: int, height: int) -> None:
        self._box = (max(16, width), max(16, height))
        self._tell({"do": "box", "width": self._box[0], "height": self._box[1]})

    def close(self) -> None:
        if self._process is None:
            return
        self._closing = next(self._numbers)
        self._tell({"do": "close", "order": self._closing})
        self._end_orders(ClipError("the clip was closed"))
        self._state, self._reader = ClipState(), None
        self._changed()

    def shut_down(self) -> None:
        self._is_shut = True
        process, self._process = self._process, None
        self._end_orders(ClipError("the clip was closed"))
        self._state, self._reader = ClipState(), None
        if process is None:
            return
        process.readyReadStandardOutput.disconnect(self._read)
        process.finished.disconnect(self._lost)
        process.closeWriteChannel()
        if process.state() != QProcess.ProcessState.NotRunning and not process.waitForFinished(_GOODBYE_MS):
            process.kill()
            process.waitForFinished(1000)
        process.deleteLater()

    # --- the process -------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        self._lines, self._closing = LineReader(), 0
        process = self._process = QProcess()
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._lost)
        process.start(sys.executable, ["-P", "-m", _MODULE, str(os.getpid())])
        self._tell({"do": "box", "width": self._box[0], "height": self._box[1]})

    def _ask(self, message: Message, then: Then) -> None:
        def answered(_: Message | None, error: GwanjeError | None) -> None:
            then(self._state if error is None else None, error)

        self._order(message, answered)

    def _order(self, message: Message, then: Callable[[Message | None, GwanjeError | None], None]) -> None:
        if self._process is None:
            then(None, ClipError("no clip is open", cure="open one first"))
            return
        number = next(self._numbers)
        self._orders[number] = then
        self._patience.start()
        self._tell({**message, "order": number})

    def _tell(self, message: Message) -> None:
        if self._process is not None and self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.write(to_line(message))

    def _read(self) -> None:
        if self._process is None:
            return
        data = bytes(self._process.readAllStandardOutput().data())
        try:
            for message in self._lines.feed(data):
                self._hear(message)
        except (ValueError, KeyError, TypeError) as error:
            _log.error("the player answers nonsense (%s); it is ended", type(error).__name__)
            self._give_up()

    def _hear(self, heard: Message) -> None:
        if self._orders:
            self._patience.start()
        if self._closing:
            self._closing = 0 if heard.get("order") == self._closing else self._closing
            return
        match heard["say"]:
            case "state":
                self._state = ClipState(**heard["state"])
                self._reader = self._reader if self._state.path else None
                self._changed()
            case "segment":
                self._attach(heard)
            case "done" | "still":
                self._finish(heard["order"], heard, None)
            case "failed":
                message, place, cure = heard["message"], heard["place"], heard["cure"]
                self._finish(heard["order"], None, ClipError(message, place=place, cure=cure))
            case "crashed":
                _log.error("the player stopped (%s)", heard["kind"])

    def _attach(self, message: Message) -> None:
        try:
            size = (message["width"], message["height"])
            self._reader = PictureReader(message["place"], 0, message["generation"], *size)
        except (OSError, ValueError):
            return  # a newer size has replaced it already, and is announced next

    def _finish(self, order: int, answer: Message | None, error: GwanjeError | None) -> None:
        then = self._orders.pop(order, None)
        if not self._orders:
            self._patience.stop()
        if then is not None:
            then(answer, error)

    def _end_orders(self, error: ClipError) -> None:
        for order in tuple(self._orders):
            self._finish(order, None, error)

    def _give_up(self) -> None:
        """It hangs or babbles. SIGKILL: a stopped process understands nothing else."""
        if self._process is not None:
            self._process.kill()
            self._lost()

    def _lost(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.readyReadStandardOutput.disconnect(self._read)
        process.finished.disconnect(self._lost)
        if process.state() == QProcess.ProcessState.NotRunning:
            process.deleteLater()
        else:
            # Owned by the application from now on: without an owner Python would destroy it, and so wait for its end.
            process.setParent(QCoreApplication.instance())
            process.finished.connect(process.deleteLater)
        place = Path(self._state.path).name
        self._state, self._reader = ClipState(), None
        self._end_orders(ClipError("the player has stopped", place=place, cure="open the clip again"))
        self._changed()

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()
