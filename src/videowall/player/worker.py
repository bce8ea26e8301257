"""The player's process: `python -m gwanje.videowall.player.worker PARENT_PID`.

Takes orders on standard input and answers on standard output (engine/wire.py); prints nothing else, and ends when its
input ends, or on Linux with its parent even while it hangs.
"""

import os
import queue
import signal
import sys
import threading
import time
from pathlib import Path
from typing import BinaryIO

from ..engine.vlc_library import VlcMissingError, shared_instance
from ..engine.wire import LineReader, Message, to_line
from ..engine.worker import end_with_parent
from .clip_file import ClipFile
from .decoding import Decoding
from .playback import Playback
from .port import SPEEDS, ClipError
from .screen import Screen

_WAKE: Message = {"do": "wake"}


class PlayerWorker:
    """Everything on the main thread; libVLC's threads and the one that reads orders only post to `inbox`."""

    def __init__(self, answers: BinaryIO) -> None:
        self.inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._answers = answers
        self._clip: ClipFile | None = None
        self._playback: Playback | None = None
        self._decoding: Decoding | None = None
        self._damaged = 0
        self._screen = Screen(self._answer)
        self._waiting: list[int] = []  # orders that are done when the playback is no longer busy
        self._told: Message = {}

    def run(self) -> None:
        """Until the input ends."""
        while True:
            now = time.monotonic()
            playback = self._playback
            wait = playback.next_due(now) if playback is not None else 1.0
            try:
                message = self.inbox.get(timeout=wait) if wait > 0 else self.inbox.get_nowait()
                while message is _WAKE and not self.inbox.empty():
                    message = self.inbox.get_nowait()
            except queue.Empty:
                message = _WAKE
            if message["do"] == "end":
                self._close()
                return
            if message is not _WAKE:
                self._obey(message)
            self._advance()

    def _obey(self, message: Message) -> None:
        order = message.get("order", 0)
        try:
            if message["do"] == "open":
                self._open(message["path"])
                self._waiting.append(order)
            elif message["do"] == "box":
                self._screen.box = (message["width"], message["height"])
                if self._playback is not None and self._playback.shown is not None:
                    self._screen.show(self._playback.shown)
                    self._tell(always=True)
            elif message["do"] == "close":
                self._close()
                self._answer({"say": "done", "order": order})
            else:
                self._direct(message, order)
        except ClipError as error:
            self._fail(order, error)
        except VlcMissingError:
            cure = "install VLC; on Debian and Ubuntu the packages libvlc5 and vlc-plugin-base"
            self._fail(order, ClipError("libVLC is not on this machine", cure=cure))

    def _direct(self, message: Message, order: int) -> None:
        playback = self._playback
        if playback is None:
            raise ClipError("no clip is open", cure="open one first")
        match message["do"]:
            case "play":
                playback.play()
            case "pause":
                playback.pause()
            case "step":
                playback.step(message["pictures"])
            case "seek":
                playback.seek(message["seconds"])
            case "speed":
                playback.set_speed(min(max(message["speed"], SPEEDS[0]), SPEEDS[-1]))
            case "still":
                if playback.shown is None:
                    raise ClipError("there is no picture yet", cure="try again")
                kept = self._screen.keep(playback.shown)
                self._answer({"say": "still", "order": order, "time": playback.shown.time, **kept})
                return
        self._waiting.append(order)

    def _open(self, path: str) -> None:
        shared_instance()
        clip = ClipFile(path)
        self._close()
        self._clip = clip
        self._playback = Playback(self._decode)
        self._damaged = 0
        self._playback.seek(0.0)

    def _decode(self, seconds: float) -> Decoding:
        assert self._clip is not None
        self._damaged += self._decoding.damaged if self._decoding is not None else 0
        self._decoding = Decoding(self._clip, seconds, lambda: self.inbox.put(_WAKE))
        return self._decoding

    def _close(self) -> None:
        if self._playback is not None:
            self._playback.close()
        if self._clip is not None:
            self._clip.close()
        self._playback = self._clip = self._decoding = None
        self._screen.clear()
        for order in self._waiting:
            self._fail(order, ClipError("the clip was closed"))
        self._waiting.clear()
        self._tell()

    def _advance(self) -> None:
        playback = self._playback
        if playback is None:
            return
        if playback.advance(time.monotonic()) and playback.shown is not None:
            self._screen.show(playback.shown)
        if not playback.is_busy and playback.shown is None:
            error = ClipError("its pictures cannot be decoded", place=self._name, cure="choose another file")
            for order in self._waiting:
                self._fail(order, error)
            self._waiting.clear()
            self._close()
            return
        self._tell()
        if not playback.is_busy:
            for order in self._waiting:
                self._answer({"say": "done", "order": order})
            self._waiting.clear()

    @property
    def _name(self) -> str:
        return Path(self._clip.path).name if self._clip is not None else ""

    def _tell(self, always: bool = False) -> None:
        state: Message = {}
        clip, playback = self._clip, self._playback
        if clip is not None and playback is not None:
            decoding = self._decoding.damaged if self._decoding is not None else 0
            state = {
                "path": clip.path,
                "duration": clip.duration,
                "rate": clip.rate,
                "codec": clip.codec,
                "width": clip.format.width,
                "height": clip.format.height,
                "is_playing": playback.is_playing,
                "has_ended": playback.has_ended,
                "position": playback.shown.time if playback.shown is not None else 0.0,
                "speed": playback.speed,
                "real_speed": playback.real_speed,
                "damaged": self._damaged + decoding,
                "breaks_off": clip.is_broken,
            }
        if always or state != self._told:
            self._told = state
            self._answer({"say": "state", "state": state})

    def _fail(self, order: int, error: ClipError) -> None:
        self._answer(
            {"say": "failed", "order": order, "message": error.message, "place": error.place, "cure": error.cure}
        )

    def _answer(self, message: Message) -> None:
        self._answers.write(to_line(message))
        self._answers.flush()


def _read_orders(orders: BinaryIO, inbox: "queue.SimpleQueue[Message]") -> None:
    lines = LineReader()
    while data := os.read(orders.fileno(), 65536):
        for message in lines.feed(data):
            inbox.put(message)
    inbox.put({"do": "end"})
    time.sleep(0.4)
    os._exit(0)  # the main thread hangs


def main(arguments: list[str]) -> None:
    end_with_parent(int(arguments[0]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches us too; the console decides
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    worker = PlayerWorker(answers)
    reader = threading.Thread(target=_read_orders, args=(sys.stdin.buffer, worker.inbox), name="orders", daemon=True)
    reader.start()
    try:
        worker.run()
    except BrokenPipeError:
        pass
    except Exception as error:  # noqa: BLE001 - said without its text, then the process ends
        answers.write(to_line({"say": "crashed", "kind": type(error).__name__}))
        answers.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
