"""The one way in for every action: authorise, record, hand to the handler, record what came of it, publish.

docs/architecture.md follows a key press through this file.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal

from ...domain.audit import AuditEntry, Outcome
from ...domain.commands import Command, HeldCommand
from ...domain.errors import GwanjeError, NotAllowedError
from ...domain.operators import Operator, Permission
from .recorder import Recorder

log = logging.getLogger(__name__)

Details = Mapping[str, object]
Done = Callable[[Details | None, GwanjeError | None], None]
"""How a handler reports its end, on the Qt thread: details for the closing row, or the error. Exactly one call."""


class Handler(Protocol):
    """Does what a command says. Called on the Qt thread, must not wait; reports through `done`.

    A handler of a HeldCommand reports when the motion has ended, after `release`.
    """

    def __call__(self, command: Command, done: Done, /) -> None: ...


class HeldHandler(Handler, Protocol):
    def adjust(self, command: HeldCommand, /) -> None: ...

    def release(self, command: HeldCommand, /) -> None: ...


@dataclass(slots=True, eq=False)
class Action:
    """A dispatched command on its way. `outcome` stays REQUESTED until it has ended."""

    command: Command
    operator: Operator | None
    id: UUID = field(default_factory=uuid4)
    outcome: Outcome = Outcome.REQUESTED
    error: GwanjeError | None = None
    started: bool = False
    released: bool = False


class Dispatcher(QObject):
    """Used on the Qt thread.

    Signals:
        finished(Action): the action has its outcome (its row may still be on the way to the disk).
        Rows are published by the recorder's `written`.
    """

    finished = Signal(object)

    def __init__(
        self,
        recorder: Recorder,
        *,
        console: str,
        seat: str,
        operator: Callable[[], Operator | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._recorder = recorder
        self._console = console
        self._seat = seat
        self._operator = operator
        self._handlers: dict[type[Command], Handler] = {}
        self._open: dict[UUID, Action] = {}

    def register(self, command: type[Command], handler: Handler) -> None:
        """Each command has exactly one handler."""
        if command in self._handlers:
            raise ValueError(f"{command.__name__} has a handler already")
        self._handlers[command] = handler

    @property
    def handled(self) -> frozenset[type[Command]]:
        return frozenset(self._handlers)

    @property
    def in_flight(self) -> int:
        """Actions that have no outcome yet."""
        return len(self._open)

    def dispatch(self, command: Command) -> Action:
        """Start the command. Its outcome comes by `finished`."""
        action = Action(command, self._operator())
        self._open[action.id] = action
        requested = self._entry(action, Outcome.REQUESTED, command.details())
        refusal = self._refusal(action)
        if refusal is not None:
            self._recorder.record([requested])
            self._finish(action, None, refusal)
        elif command.acts_before_record:
            self._recorder.record([requested])  # on its way to the disk: nobody waits for it
            self._start(action)
        else:
            self._recorder.record([requested], lambda error: self._recorded(action, error))
        return action

    def adjust(self, action: Action, command: HeldCommand) -> None:
        """Change a motion that is being held (another speed), without a new row."""
        if type(command) is not type(action.command) or action.released:
            return
        action.command = command
        if action.started and action.outcome is Outcome.REQUESTED:
            self._handlers[type(command)].adjust(command)  # type: ignore[attr-defined]

    def release(self, action: Action) -> None:
        """The key or button of a held command was let go."""
        if action.released:
            return
        action.released = True
        if action.started and action.outcome is Outcome.REQUESTED:
            self._handlers[type(action.command)].release(action.command)  # type: ignore[attr-defined]

    def release_all(self) -> None:
        """Every key and button counts as let go, also of those motions that have not begun yet."""
        for action in list(self._open.values()):
            if isinstance(action.command, HeldCommand):
                self.release(action)

    def _refusal(self, action: Action) -> GwanjeError | None:
        permission = action.command.permission
        if permission is Permission.NOBODY_YET:
            return None
        if action.operator is None:
            return NotAllowedError("nobody is signed in", cure="sign in first")
        if not action.operator.may(permission):
            return NotAllowedError("your role does not allow this", cure="ask a supervisor or an administrator")
        return None

    def _recorded(self, action: Action, error: GwanjeError | None) -> None:
        if error is not None and not action.command.works_unrecorded:
            self._finish(
                action,
                None,
                GwanjeError(
                    "this must be recorded first, and the record cannot be written",
                    cure="free the disk or call the administrator",
                ),
            )
        else:
            self._start(action)

    def _start(self, action: Action) -> None:
        if isinstance(action.command, HeldCommand) and action.released:
            # Let go before the press was on disk: nothing may move any more.
            self._finish(action, {"seconds": 0.0}, None)
            return
        handler = self._handlers.get(type(action.command))
        if handler is None:
            self._finish(action, None, GwanjeError(f"nothing handles {action.command.action}"))
            return
        action.started = True
        try:
            handler(action.command, lambda details, error: self._finish(action, details, error))
        except GwanjeError as error:
            self._finish(action, None, error)
        except Exception:
            log.exception("the handler of %s failed", action.command.action)
            self._finish(action, None, GwanjeError("the program made a mistake; the log file has the details"))

    def _finish(self, action: Action, details: Details | None, error: GwanjeError | None) -> None:
        if self._open.pop(action.id, None) is None:
            log.error("%s reported its end twice", action.command.action)
            return
        action.error = error
        if error is None:
            action.outcome = Outcome.SUCCEEDED
        else:
            action.outcome = Outcome.REFUSED if isinstance(error, NotAllowedError) else Outcome.FAILED
        self._recorder.record([self._entry(action, action.outcome, details or {}, str(error) if error else "")])
        self.finished.emit(action)

    def _entry(self, action: Action, outcome: Outcome, details: Details, reason: str = "") -> AuditEntry:
        return AuditEntry(
            id=uuid4(),
            action_id=action.id,
            at=datetime.now(UTC),
            console=self._console,
            seat=self._seat,
            operator=action.operator.name if action.operator else "",
            action=action.command.action,
            outcome=outcome,
            camera=action.command.camera or "",
            details=details,
            reason=reason,
        )
