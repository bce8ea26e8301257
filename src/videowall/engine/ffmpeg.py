"""The default engine: FFmpeg (PyAV) in a few worker processes, which are watched and replaced."""

import logging
import os
import time
from dataclasses import dataclass

from ...domain.source_state import Beat, Reason
from ..port import Picture, Pixels, Rate, SourceStatistics, StreamAddress
from .port import EngineEvent, SessionCounted, SessionEnded, SessionOpened
from .process import WorkerProcess
from .slots import PictureReader
from .wire import Message

MOST_WORKERS = 4
HUNG_AFTER_S = 2.0
_GOODBYE_MS = 450
_GUESSED_COST = 640 * 360 * 15.0
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Session:
    worker: WorkerProcess | None
    pictures: PictureReader | None = None


class FfmpegEngine:
    """Implements `Engine`. Needs a Qt event loop in its thread; workers start with `prepare`, or when first needed.

    `workers` is how many processes share the sessions: by default one for each core, four at most. `pixels` is the
    layout of the pictures. `hardware` names what decodes where it can: a device type of FFmpeg such as "cuda", "auto"
    for whatever is found, "" for the processor; by default what GWANJE_HARDWARE says. `name` chooses the kind of
    session that decodes in the workers (see `sessions`).
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        pixels: Pixels = Pixels.BGRX,
        hardware: str | None = None,
        name: str = "ffmpeg",
        hung_after: float = HUNG_AFTER_S,
    ) -> None:
        self._most = max(1, workers if workers is not None else min(os.cpu_count() or 1, MOST_WORKERS))
        self.pixels = pixels
        self._hardware = hardware if hardware is not None else os.environ.get("GWANJE_HARDWARE", "")
        self._name = name
        self._hung_after = hung_after
        self._workers: list[WorkerProcess] = []
        self._sessions: dict[int, _Session] = {}
        self._events: list[EngineEvent] = []

    def prepare(self) -> None:
        while len(self._workers) < self._most:
            self._workers.append(WorkerProcess(self._heard))

    @property
    def is_prepared(self) -> bool:
        return len(self._workers) == self._most and all(worker.board is not None for worker in self._workers)

    def open(self, session: int, address: StreamAddress, width: int, height: int, sequence: int = 0) -> None:
        worker = self._least_loaded()
        credential = address.credential
        order: Message = {
            "uri": address.uri,
            "width": width,
            "height": height,
            "sequence": sequence,
            "user": credential.user if credential else "",
            "password": credential.password if credential else "",
            "transport": address.transport.value,
            "pixels": self.pixels.value,
            "engine": self._name,
            "hardware": self._hardware,
        }
        self._sessions[session] = _Session(worker)
        worker.open(session, order, _GUESSED_COST)

    def resize(self, session: int, width: int, height: int) -> None:
        found = self._sessions.get(session)
        if found is not None and found.worker is not None:
            found.worker.tell({"do": "resize", "session": session, "width": width, "height": height})

    def set_rate(self, session: int, rate: Rate) -> None:
        found = self._sessions.get(session)
        if found is not None and found.worker is not None:
            found.worker.tell({"do": "rate", "session": session, "rate": rate.value})

    def close(self, session: int) -> None:
        found = self._sessions.pop(session, None)
        if found is not None and found.worker is not None:
            found.worker.close(session)

    def poll(self) -> list[EngineEvent]:
        now = time.monotonic()
        for worker in tuple(self._workers):
            if not worker.is_alive(now, self._hung_after):
                self._lose(worker)
        events, self._events = self._events, []
        return [event for event in events if event.session in self._sessions]

    def beat(self, session: int) -> Beat:
        found = self._sessions.get(session)
        if found is None or found.worker is None or found.worker.board is None:
            return Beat()
        return found.worker.board.beat(found.worker.sessions[session])

    def picture(self, session: int) -> Picture | None:
        found = self._sessions.get(session)
        return found.pictures.newest() if found is not None and found.pictures is not None else None

    def shut_down(self) -> None:
        until = time.monotonic() + _GOODBYE_MS / 1000
        for worker in self._workers:
            worker.say_goodbye()
        for worker in self._workers:
            worker.wait_for_end(max(1, int(1000 * (until - time.monotonic()))))
        self._workers.clear()
        self._sessions.clear()
        self._events.clear()

    def worker_pids(self) -> list[int]:
        """The processes at work, for supervision and for the benchmark."""
        return [worker.pid for worker in self._workers]

    def _least_loaded(self) -> WorkerProcess:
        idle = [worker for worker in self._workers if not worker.sessions]
        if not idle and len(self._workers) < self._most:
            idle = [WorkerProcess(self._heard)]
            self._workers += idle
        return min(idle or self._workers, key=lambda worker: worker.load)

    def _lose(self, worker: WorkerProcess) -> None:
        _log.warning("a decoder process is lost; %d sources are opened again", len(worker.sessions))
        worker.kill()
        worker.forget()
        self._workers.remove(worker)
        for session in worker.sessions:
            self._sessions[session].worker = None
            self._events.append(SessionEnded(session, Reason.WORKER_LOST))

    def _heard(self, worker: WorkerProcess, message: Message) -> None:
        session = message.get("session", 0)
        match message["say"]:
            case "opened":
                self._events.append(SessionOpened(session))
            case "ended":
                self._events.append(SessionEnded(session, Reason(message["reason"])))
            case "segment" if session in self._sessions:
                self._attach(session, message)
            case "counted":
                for number, *fields in message["sessions"]:
                    statistics = SourceStatistics(*fields)
                    if number in worker.costs:
                        worker.costs[number] = statistics.width * statistics.height * statistics.fps
                    self._events.append(SessionCounted(number, statistics))

    def _attach(self, session: int, message: Message) -> None:
        try:
            size = (message["width"], message["height"])
            reader = PictureReader(message["place"], session, message["generation"], *size, Pixels(message["pixels"]))
        except (OSError, ValueError):
            return  # a newer size has replaced it already, and is announced next
        self._sessions[session].pictures = reader
