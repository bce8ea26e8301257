"""The foot of the window: who, database, how many live, the clock."""

import statistics
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ...domain.look import STATE_SIGN
from ...domain.operators import Operator
from ...domain.source_state import SourceState
from ..core import ConsoleCore
from ..look import tokens
from ..words import role_word


class StatusBar(QFrame):
    """`delays` gives the seconds from camera to glass of the tiles shown now."""

    def __init__(self, core: ConsoleCore, delays: Callable[[], list[float]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delays = delays
        self._states: dict[object, SourceState] = {}
        self.setObjectName("statusBar")
        self.setFixedHeight(28)
        self._core = core
        self._who = QLabel(self)
        self._record = QLabel(self)
        self._live = QLabel(self)
        self._moving = QLabel(self)
        self._clock = QLabel(self)
        self._clock.setObjectName("clock")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for label in (self._who, self._record, self._live, self._moving):
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        layout.addStretch()
        layout.addWidget(self._clock)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tick)
        core.session.changed.connect(self._show_operator)
        core.recorder.available_changed.connect(self._show_record)
        core.motions.moving_changed.connect(self._show_moving)
        self._show_operator(core.session.operator)
        self._show_record(core.recorder.available)
        self._show_moving()
        self.show_states({})
        self._tick()

    def _tick(self) -> None:
        """On the second."""
        now = datetime.now().astimezone()
        self._clock.setText(now.strftime("%Y-%m-%d  %H:%M:%S"))
        self._show_live()
        if not self._core.recorder.available:
            self._show_record(False)  # the number of rows that wait
        self._timer.start(1001 - now.microsecond // 1000)

    def _show_operator(self, operator: Operator | None) -> None:
        if operator is None:
            self._who.setText(self.tr("nobody signed in"))
        else:
            roles = ", ".join(role_word(role) for role in sorted(operator.roles))
            self._who.setText(f"{operator.name} ({roles}) · {self._core.seat}")

    def _show_record(self, available: bool) -> None:
        t = tokens()
        if available:
            where = self.tr("record: this console")
            keys = self.tr("passwords: keyring") if self._core.secrets_kind == "keyring" else self.tr("passwords: file")
            self._record.setText(f"● {where} · {keys}")
            self._record.setStyleSheet("")
        else:
            waiting = self.tr("the record cannot be written, %1 rows wait").replace(
                "%1", str(self._core.recorder.backlog)
            )
            self._record.setText(f"▲ {waiting}")
            self._record.setStyleSheet(f"color: {t.alarm}; font-weight: 700;")

    def show_states(self, states: dict[object, SourceState]) -> None:
        """States of the cameras on the wall."""
        self._states = states
        self._show_live()

    def _show_live(self) -> None:
        # What is not on the screen now (behind an enlarged tile) is asleep, not missing.
        wanted = sum(1 for s in self._states.values() if s is not SourceState.SUSPENDED)
        live = sum(1 for s in self._states.values() if s is SourceState.LIVE)
        sign = STATE_SIGN[SourceState.LIVE if live == wanted else SourceState.STALLED]
        text = self.tr("live %1 of %2").replace("%1", str(live)).replace("%2", str(wanted))
        delays = self._delays()
        if live and delays:
            text += f" · {1000 * statistics.median(delays):.0f} ms"
        self._live.setText(f"{sign} {text}")
        self._live.setToolTip(
            self.tr("Cameras that are live, and the median time from a picture's arrival to the screen")
        )
        self._live.setStyleSheet("" if live == wanted else f"color: {tokens().stalled};")

    def _show_moving(self) -> None:
        moving = [self._core.directory.cameras.get(c) for c in self._core.motions.moving]
        names = ", ".join(str(c.number) for c in moving if c is not None)
        self._moving.setVisible(bool(names))
        self._moving.setText("✥ " + self.tr("moving camera %1").replace("%1", names))
        self._moving.setStyleSheet(f"color: {tokens().ptz};")
