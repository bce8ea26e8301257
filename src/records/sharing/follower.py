"""Follows the audit rows of a centre as they come, with a cursor; notifications of the server only make it look sooner.

The writers of a centre commit in the order of the places that they give (_postgres.py), so that one number is enough.
"""

import logging
import threading
from collections.abc import Callable

from ...domain.audit import AuditEntry
from ...domain.errors import RecordsError
from .._database import Database
from .._postgres import News
from ..audit_log import SqlAuditLog

_log = logging.getLogger(__name__)

_ROWS_AT_ONCE = 1000
_POLL_S = 0.2
_GATHER_S = 0.05  # fourteen consoles that write wake everybody all the time: one look for many rows
_PAUSE_S = 1.0


class Follower:
    """Calls `take` in its own thread with the rows after `after`, each once, in the order of their places."""

    def __init__(self, shared: Database, take: Callable[[list[AuditEntry]], None], after: int = 0) -> None:
        self._shared = shared
        self._audit = SqlAuditLog(shared)
        self._take = take
        self._after = after
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)
        self._thread.start()

    def close(self, patience_s: float = 15.0) -> None:
        """After the call under way; `take` is not called any more."""
        self._closing.set()
        self._thread.join(patience_s)

    def _run(self) -> None:
        news = News(self._shared)
        try:
            while not self._closing.is_set():
                try:
                    rows = self._audit.read(after=self._after, limit=_ROWS_AT_ONCE)
                except RecordsError as error:
                    _log.warning("the shared audit rows cannot be read: %s", error)
                    self._closing.wait(_PAUSE_S)
                    continue
                if rows:
                    self._after = rows[-1].seq
                    self._take(rows)
                elif not news.wait(_POLL_S):
                    self._closing.wait(_POLL_S)
                self._closing.wait(_GATHER_S)
        finally:
            news.close()
