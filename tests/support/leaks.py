"""Threads and child processes that outlive the test that started them, with the line that did."""

import multiprocessing.process
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path
from types import FrameType
from typing import Any

import psutil

_ROOT = Path(__file__).resolve().parents[2]
_STARTED: "weakref.WeakKeyDictionary[threading.Thread, str]" = weakref.WeakKeyDictionary()
_SPAWNED: dict[int, str] = {}
_ALLOWED: set[object] = set()
# Kept by their library for the life of the process, whoever asked first.
_LASTING_COMMANDS = ("QtWebEngineProcess", "multiprocessing.resource_tracker", "multiprocessing.forkserver")
_PATIENCE_S = 5.0


def watch() -> None:
    """Remember from now on which line starts a thread or a process. Once per process."""
    if getattr(threading.Thread.start, "watched", False):
        return
    start_thread, open_process = threading.Thread.start, subprocess.Popen.__init__
    start_process = multiprocessing.process.BaseProcess.start

    def thread_start(self: threading.Thread) -> None:
        _STARTED[self] = _line()
        start_thread(self)

    def popen(self: "subprocess.Popen[Any]", *args: Any, **kwargs: Any) -> None:
        line = _line()
        open_process(self, *args, **kwargs)
        _SPAWNED[self.pid] = line

    def process_start(self: multiprocessing.process.BaseProcess) -> None:
        line = _line()
        start_process(self)
        if self.pid is not None:
            _SPAWNED[self.pid] = line

    thread_start.watched = True  # type: ignore[attr-defined]
    threading.Thread.start = thread_start  # type: ignore[method-assign]
    subprocess.Popen.__init__ = popen  # type: ignore[method-assign]
    multiprocessing.process.BaseProcess.start = process_start  # type: ignore[method-assign]


def census() -> set[object]:
    """What runs now."""
    return {*_threads(), *_children()}


def allow(running: set[object]) -> None:
    """These may outlive a test."""
    _ALLOWED.update(running)


def left_since(before: set[object], patience: float = _PATIENCE_S) -> list[str]:
    """What runs now and did not then, after a grace for what is already on its way out; one line of words each."""
    before = before | _ALLOWED
    deadline = time.monotonic() + patience
    while True:
        threads = [t for t in _threads() if t not in before]
        children = [(pid, began) for pid, began in _children() if (pid, began) not in before]
        words = [f"thread {t.name!r} started at {_STARTED.get(t, 'an unknown line')}" for t in threads]
        words += [said for pid, _ in children if (said := _process_words(pid))]
        if not words or time.monotonic() > deadline:
            return words
        if threads:
            threads[0].join(0.05)
        else:
            time.sleep(0.02)


def _threads() -> list[threading.Thread]:
    # a _DummyThread is a thread of Qt or of a codec that once ran Python; its owner is not ours
    return [t for t in threading.enumerate() if not isinstance(t, threading._DummyThread)]


def _children() -> list[tuple[int, float]]:
    try:
        tasks = Path("/proc/self/task").iterdir()
        pids = [int(p) for task in tasks for p in (task / "children").read_text().split()]
    except FileNotFoundError:
        pids = [p.pid for p in psutil.Process().children()]
    found = []
    for pid in pids:
        try:
            found.append((pid, psutil.Process(pid).create_time()))
        except psutil.NoSuchProcess:
            continue
    return found


def _process_words(pid: int) -> str:
    """Empty for a process that is gone or that lasts by design."""
    try:
        process = psutil.Process(pid)
        command = " ".join(process.cmdline())
        if process.status() == psutil.STATUS_ZOMBIE:
            # A Popen that was never waited for: harmless to the machine, yet somebody forgot it.
            command = command or "ended but never waited for"
    except psutil.NoSuchProcess:
        return ""
    if any(name in command for name in _LASTING_COMMANDS):
        return ""
    return f"process {pid} ({command[:120]}) started at {_SPAWNED.get(pid, 'an unknown line')}"


def _line() -> str:
    """The innermost line of this repository on the stack, this file left out."""
    frame: FrameType | None = sys._getframe(2)
    fallback = "an unknown line"
    while frame is not None:
        name = frame.f_code.co_filename
        if name != __file__ and str(_ROOT) in name and "site-packages" not in name:
            return f"{Path(name).relative_to(_ROOT)}:{frame.f_lineno}"
        frame = frame.f_back
    return fallback
