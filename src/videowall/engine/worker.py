"""The worker process: `python -m gwanje.videowall.engine.worker PARENT_PID`.

Takes orders on standard input and answers on standard output (see `wire`); prints nothing else, and ends when its
input ends, or on Linux with its parent even while it hangs.
"""

import os
import queue
import signal
import sys
import threading
import time
import traceback
from pathlib import PurePath
from types import TracebackType
from typing import BinaryIO

from ..port import Pixels, Rate, Transport
from .board import BoardWriter
from .counting import Counter
from .losses import listen
from .order import Order
from .session import Session
from .sessions import make_session
from .wire import LineReader, Message, to_line

BEAT_S = 0.25
COUNT_S = 1.0
LAST_WORDS_S = 0.3
_PR_SET_PDEATHSIG = 1


class Worker:
    """Owns the sessions. Everything but decoding happens on the main thread, so that a beat means that it is alive."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._board = BoardWriter()
        self._sessions: dict[int, Session] = {}
        self._inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._counters: dict[int, Counter] = {}

    @property
    def post(self) -> "queue.SimpleQueue[Message]":
        return self._inbox

    def run(self) -> None:
        """Until the input ends."""
        self._answer({"say": "ready", "board": self._board.memory.place})
        count_at = time.monotonic() + COUNT_S
        while True:
            now = time.monotonic()
            self._board.heart_beats(now)
            if now >= count_at:
                count_at = now + COUNT_S
                self._count(now)
                for session in self._sessions.values():
                    session.hurry(now)
            try:
                message = self._inbox.get(timeout=BEAT_S)
            except queue.Empty:
                continue
            if message.get("do") == "end":
                return self._end()
            if "do" in message:
                self._obey(message)
            else:
                self._pass_on(message)

    def _obey(self, message: Message) -> None:
        number = message["session"]
        match message["do"]:
            case "open":
                order = _order(message)
                self._board.clear(order.row)
                session = self._sessions[number] = make_session(order, self._board, self._inbox.put)
                self._counters[number] = Counter(session.tally)
                session.start()
            case "resize" if number in self._sessions:
                self._sessions[number].resize(message["width"], message["height"])
            case "rate" if number in self._sessions:
                self._sessions[number].set_rate(Rate(message["rate"]))
            case "close" if number in self._sessions:
                self._sessions[number].stop()

    def _pass_on(self, message: Message) -> None:
        if message["say"] == "closed":
            self._sessions.pop(message["session"], None)
            self._counters.pop(message["session"], None)
        self._answer(message)

    def _count(self, now: float) -> None:
        counts = [[number, *counts] for number, counter in self._counters.items() if (counts := counter.count(now))]
        if counts:
            self._answer({"say": "counted", "sessions": counts})

    def _end(self) -> None:
        for session in self._sessions.values():
            session.stop()
        until = time.monotonic() + LAST_WORDS_S
        for session in self._sessions.values():
            # Lets the session say TEARDOWN; cameras that allow few sessions want to hear it.
            session.join(max(0.0, until - time.monotonic()))

    def _answer(self, message: Message) -> None:
        self._answers.write(to_line(message))
        self._answers.flush()


def _order(message: Message) -> Order:
    fields = {name: value for name, value in message.items() if name != "do"}
    return Order(**fields | {"transport": Transport(fields["transport"]), "pixels": Pixels(fields["pixels"])})


def _read_orders(orders: BinaryIO, inbox: "queue.SimpleQueue[Message]") -> None:
    lines = LineReader()
    while data := os.read(orders.fileno(), 65536):
        for message in lines.feed(data):
            inbox.put(message)
    inbox.put({"do": "end"})
    time.sleep(2 * LAST_WORDS_S)
    os._exit(0)  # the main thread hangs


def _where(trace: TracebackType | None) -> str:
    """The innermost line of ours. The text of an error is never used: it may carry a password."""
    ours = PurePath(__file__).parent.parent
    frames = [frame for frame in traceback.extract_tb(trace) if ours in PurePath(frame.filename).parents]
    return f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def end_with_parent(parent: int) -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)


def main(arguments: list[str]) -> None:
    end_with_parent(int(arguments[0]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches us too; the console decides
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    listen()
    worker = Worker(answers)

    def crashed(kind: type[BaseException], trace: TracebackType | None) -> None:
        worker.post.put({"say": "crashed", "kind": kind.__name__, "where": _where(trace)})

    threading.excepthook = lambda args: crashed(args.exc_type, args.exc_traceback)
    reader = threading.Thread(target=_read_orders, args=(sys.stdin.buffer, worker.post), name="orders", daemon=True)
    reader.start()
    try:
        worker.run()
    except (BrokenPipeError, KeyboardInterrupt):
        pass
    except Exception as error:  # noqa: BLE001 - said without its text, then the process ends
        answers.write(to_line({"say": "crashed", "kind": type(error).__name__, "where": _where(error.__traceback__)}))
        answers.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
