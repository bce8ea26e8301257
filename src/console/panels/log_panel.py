"""The audit rows as they are written: one line an action, newest at the bottom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import shiboken6
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QStackedLayout, QTableView, QWidget

from ...domain.audit import AuditEntry, Outcome
from ..core import ConsoleCore
from ..error_words import reason_words
from ..look import tokens
from ..words import OUTCOME_SIGN, action_word, box_word, outcome_word, panel_word
from .plain_text import one_line, plain_tip

KEPT_LINES = 2000
READ_AT_START = 500
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """What an action looks like in the log."""

    action_id: UUID
    at: datetime
    operator: str
    action: str
    camera: str
    details: dict[str, object]
    outcome: Outcome
    reason: str = ""


class LogModel(QAbstractTableModel):
    """Columns: time, what, where, who, outcome. The closing row of an action changes its line."""

    def __init__(self, core: ConsoleCore, parent: QWidget) -> None:
        super().__init__(parent)
        self._core = core
        self._lines: list[Line] = []
        self._place: dict[UUID, int] = {}
        self._titles = (self.tr("Time"), self.tr("Action"), self.tr("Camera"), self.tr("Operator"), self.tr("Result"))

    def take(self, rows: Sequence[AuditEntry]) -> None:
        new: dict[UUID, Line] = {}
        for row in rows:
            known = new.get(row.action_id)
            place = self._place.get(row.action_id)
            if known is None and place is not None:
                known = self._lines[place]
            if known is None:
                new[row.action_id] = Line(
                    row.action_id,
                    row.at,
                    row.operator,
                    row.action,
                    row.camera,
                    dict(row.details),
                    row.outcome,
                    row.reason,
                )
                continue
            details = {**known.details, **row.details}
            camera = known.camera or row.camera or str(row.details.get("camera", ""))
            operator = known.operator or str(row.details.get("operator", ""))
            closed = replace(
                known, outcome=row.outcome, reason=row.reason, details=details, camera=camera, operator=operator
            )
            if place is not None and row.action_id not in new:
                self._lines[place] = closed
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._titles) - 1))
            else:
                new[row.action_id] = closed
        if new:
            first = len(self._lines)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            for line in new.values():
                self._place[line.action_id] = len(self._lines)
                self._lines.append(line)
            self.endInsertRows()
        self._forget_old()

    def _forget_old(self) -> None:
        surplus = len(self._lines) - KEPT_LINES
        if surplus < KEPT_LINES // 10:
            return
        self.beginRemoveRows(QModelIndex(), 0, surplus - 1)
        del self._lines[:surplus]
        self._place = {line.action_id: i for i, line in enumerate(self._lines)}
        self.endRemoveRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(self._text(line, index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            facts = ", ".join(f"{k}: {v}" for k, v in line.details.items())
            texts = (self._text(line, 1), facts, reason_words(line.reason))
            return plain_tip("\n".join(one_line(t) for t in texts if t))
        if role == Qt.ItemDataRole.ForegroundRole:
            t = tokens()
            if index.column() == 4:
                colours = {Outcome.SUCCEEDED: t.live, Outcome.REQUESTED: t.muted, Outcome.UNKNOWN: t.stalled}
                return QColor(colours.get(line.outcome, t.failed))
            return QColor(t.text if index.column() in (1, 2) else t.muted)
        return None

    def _text(self, line: Line, column: int) -> str:
        if column == 0:
            return line.at.astimezone().strftime("%H:%M:%S")
        if column == 1:
            return action_word(line.action)
        if column == 2:
            camera = self._core.directory.cameras.get(line.camera)  # type: ignore[call-overload]
            if camera is not None:
                return f"{camera.number} {camera.name}"
            return _about(line)
        if column == 3:
            return line.operator
        word = f"{OUTCOME_SIGN[line.outcome]} {outcome_word(line.outcome)}"
        return f"{word}: {reason_words(line.reason)}" if line.reason else word


def _about(line: Line) -> str:
    """What an action without a camera is about."""
    details = line.details
    if "panel" in details:
        return panel_word(str(details["panel"]))
    if "box" in details:
        return box_word(str(details["box"]))
    return str(details.get("layout") or details.get("output") or details.get("name") or "")


class LogPanel(QWidget):
    """Follows the newest line unless the operator has scrolled away from it."""

    def __init__(self, core: ConsoleCore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = LogModel(core, self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Log"))
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setCornerButtonEnabled(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(24)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate((96, 208, 320, 128)):
            self.table.setColumnWidth(column, width)
        empty = QLabel(self.tr("What is done at this console appears here as it happens."), self)
        empty.setObjectName("emptyText")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setWordWrap(True)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(self.table)
        self._early: list[AuditEntry] | None = []
        core.recorder.written.connect(self._written)
        core.read_log(READ_AT_START, self._history)

    def _written(self, rows: Sequence[AuditEntry]) -> None:
        """What is written while the older rows are still being read waits for them: the log is in order of time."""
        if self._early is None:
            self.take(rows)
        else:
            self._early += rows

    def _history(self, rows: Sequence[AuditEntry]) -> None:
        if not shiboken6.isValid(self):
            return  # the window was made anew while the rows were read
        early, self._early = self._early or [], None
        read = {row.seq for row in rows}
        self.take([*rows, *(row for row in early if row.seq not in read)])

    def take(self, rows: Sequence[AuditEntry]) -> None:
        bar = self.table.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 1
        self.model.take(rows)
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.table)
        if at_end:
            self.table.scrollToBottom()
