"""Ctrl+C and SIGTERM while Qt's event loop runs."""

import contextlib
import signal
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def end_by_signal(end: Callable[[], object]) -> Iterator[None]:
    """Calls `end` for SIGINT and SIGTERM, on the main thread.

    Python runs its handlers between its own steps only: some timer has to call Python now and then.
    """
    before = {number: signal.signal(number, lambda *_: end()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
