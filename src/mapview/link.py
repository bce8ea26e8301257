"""Between Qt and the page: changes go out in batches, what the operator does there comes back over a web channel."""

import json
import logging
import weakref
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage

_LOG = logging.getLogger(__name__)
BATCH_MS = 200


class Bridge(QObject):
    """The only object that the page can reach, with the only method that it can call."""

    said = Signal(str, str)

    @Slot(str, str)
    def say(self, kind: str, text: str) -> None:
        self.said.emit(kind, text)


def apply_script(changes: dict[str, object]) -> str:
    """The call that hands `changes` (JSON values) to the page.

    The document travels as a string literal in ASCII and is parsed there, so that no quote, line separator, closing
    tag or "__proto__" in a camera's name can become code or structure.
    """
    return f"gwanjeMap.apply(JSON.parse({json.dumps(json.dumps(changes))}))"


class _Awaited(dict[int, Callable[[object], None]]):
    """Callbacks that wait for an answer, by number; a class of its own because a plain dict takes no weak reference."""


def _answered(awaited: "weakref.ref[_Awaited]", number: int, value: object) -> None:
    waiting = awaited()
    if waiting is not None and number in waiting:
        waiting.pop(number)(value)


class PageLink(QObject):
    """Collects changes and sends them at most once per BATCH_MS; holds them back while the page is not there.

    Signals:
        opened(): the page's scripts run and will take changes.
        said(kind, text): "activated" / "hovered" with a camera id, "moved" with JSON, "blocked" with an address.
    """

    opened = Signal()
    said = Signal(str, str)

    def __init__(self, page: QWebEnginePage, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._open = False
        self._changes: dict[str, object] = {}
        self._states: dict[str, str] = {}
        self._awaited = _Awaited()
        self._asked = 0
        self._questions: list[tuple[str, Callable[[object], None]]] = []
        self._since_sent = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._send)
        self._bridge = Bridge(self)
        self._bridge.said.connect(self._heard)
        self._channel = QWebChannel(self)
        self._channel.registerObject("bridge", self._bridge)
        page.setWebChannel(self._channel)
        self.batches = 0
        """How many times changes were sent."""

    @property
    def is_open(self) -> bool:
        """Whether the page takes changes now."""
        return self._open

    def change(self, **changes: object) -> None:
        """Tell the page; a later value for the same key replaces one that is still waiting."""
        self._changes.update(changes)
        self._schedule()

    def change_states(self, states: dict[str, str]) -> None:
        """Tell the page the states of some cameras, by id; merged with those that are still waiting."""
        self._states.update(states)
        self._schedule()

    def ask(self, script: str, answer: Callable[[object], None]) -> None:
        """Evaluate `script` once everything told so far is on the page, as soon as there is a page."""
        self._questions.append((script, answer))
        if self._open:
            self._send()

    def close(self) -> None:
        """The page is gone or loads anew: forget what was waiting (its owner tells everything again)."""
        self._open = False
        self._changes.clear()
        self._states.clear()
        self._timer.stop()

    def _schedule(self) -> None:
        if self._open and not self._timer.isActive():
            elapsed = self._since_sent.elapsed() if self._since_sent.isValid() else BATCH_MS
            self._timer.start(max(0, BATCH_MS - elapsed))

    def _send(self) -> None:
        if not self._open:
            return
        self._timer.stop()
        changes = dict(self._changes)
        if self._states:
            changes["states"] = list(self._states.items())
        self._changes.clear()
        self._states.clear()
        if changes:
            self._since_sent.start()
            self.batches += 1
            self._page.runJavaScript(apply_script(changes))
        questions, self._questions = self._questions, []
        for script, answer in questions:
            self._asked += 1
            self._awaited[self._asked] = answer
            # Qt for Python never lets go of a callback: one that knew the answer's receiver would keep it for ever.
            self._page.runJavaScript(script, 0, partial(_answered, weakref.ref(self._awaited), self._asked))

    def _heard(self, kind: str, text: str) -> None:
        if kind == "ready":
            self._open = True
            self.opened.emit()
            self._send()
        else:
            self.said.emit(kind, text)
