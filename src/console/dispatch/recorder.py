"""Writes audit rows in the database lane: in order, many in one transaction when they come quickly, none lost."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from ...domain.audit import AuditEntry
from ...domain.errors import GwanjeError
from ...domain.ports import AuditLog
from .lanes import Lane

log = logging.getLogger(__name__)

RETRY_MS = 1000
Written = Callable[[GwanjeError | None], None]


@dataclass(slots=True)
class _Pending:
    entries: list[AuditEntry]
    told: Written | None


class Recorder(QObject):
    """The way to the audit log. Used on the Qt thread.

    Signals:
        written(list[AuditEntry]): rows that are on disk now, with their seq, in order.
        available_changed(bool): whether the last write succeeded.
    """

    written = Signal(list)
    available_changed = Signal(bool)

    def __init__(self, audit: AuditLog, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._audit = audit
        self._lane = lane
        self._waiting: list[_Pending] = []
        self._being_written: list[_Pending] = []
        self.available = True
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self._write)

    @property
    def backlog(self) -> int:
        """Rows that are not on disk yet."""
        return sum(len(p.entries) for p in [*self._being_written, *self._waiting])

    def record(self, entries: list[AuditEntry], told: Written | None = None) -> None:
        """Write the rows; `told(None)` once they are on disk, or `told(error)` as soon as a write failed.

        The rows are kept and tried again in either case, so that nothing that happened goes unrecorded.
        """
        self._waiting.append(_Pending(entries, told))
        if not self._retry.isActive():
            self._write()
        elif told is not None:
            self._tell_all(GwanjeError("the record cannot be written"))

    def _write(self) -> None:
        if self._being_written or not self._waiting:
            return
        batch, self._waiting = self._waiting, []
        self._being_written = batch
        entries = [e for p in batch for e in p.entries]

        def done(rows: list[AuditEntry] | None, error: GwanjeError | None) -> None:
            self._being_written = []
            if error is not None:
                log.error("audit rows could not be written: %s", error)
                self._waiting = batch + self._waiting
                self._set_available(False)
                self._tell_all(error)
                self._retry.start()
                return
            self._set_available(True)
            self.written.emit(rows or [])
            for pending in batch:
                if pending.told is not None:
                    pending.told(None)
            self._write()

        self._lane.submit(lambda: self._audit.append(entries), done)

    def _tell_all(self, error: GwanjeError) -> None:
        """Tell each caller once; its rows stay in the queue."""
        for pending in list(self._waiting):
            told, pending.told = pending.told, None
            if told is not None:
                told(error)

    def _set_available(self, available: bool) -> None:
        if available != self.available:
            self.available = available
            self.available_changed.emit(available)
