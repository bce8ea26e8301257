"""RTP packets that never came, as FFmpeg tells them: in its log, and nowhere else.

FFmpeg hands its log lines over on the thread that reads. Only their number is taken; a line may name the address with
the password in it, so none is kept or passed on. A stream without faults writes no line, and so costs nothing.
"""

import logging
import re
import threading

import av.logging

_MISSED = re.compile(r"RTP: missed (\d+) packets")
_OURS = "RTP: "
_losses: dict[int, "Losses"] = {}


class Losses:
    """What was lost on the thread that made this object, from `with` on.

    Attributes: `packets` counts; `is_new` is set by a loss and taken back by whoever has seen it.
    """

    def __init__(self) -> None:
        self.packets = 0
        self.is_new = False

    def __enter__(self) -> "Losses":
        _losses[threading.get_ident()] = self
        return self

    def __exit__(self, *_: object) -> None:
        _losses.pop(threading.get_ident(), None)


class _Listener(logging.Handler):
    def handle(self, record: logging.LogRecord) -> bool:
        losses = _losses.get(threading.get_ident())
        if losses is not None and isinstance(record.msg, str) and record.msg.startswith(_OURS):
            missed = _MISSED.match(record.msg)
            if missed:
                losses.packets += int(missed[1])
                losses.is_new = True
        return True


def listen() -> None:
    """Once in a process: FFmpeg's warnings are heard from now on, and go nowhere else."""
    logger = logging.getLogger("libav")
    logger.handlers[:] = [_Listener()]
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    av.logging.set_skip_repeated(False)
    av.logging.set_level(av.logging.WARNING)
