"""Signing in and out."""

from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QApplication

from ...domain.commands import Command, CreateFirstAdministrator, Quit, SignIn, SignOut
from ...domain.errors import GwanjeError, NotAllowedError
from ...domain.operators import Operator, Role
from ...domain.ports import OperatorBook
from ..dispatch import Dispatcher, Done, Lane
from ..ptz import PtzMotions
from ..state import Session

FIRST_ROLES = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR})


class SessionHandlers:
    def __init__(
        self,
        session: Session,
        book: OperatorBook,
        database: Lane,
        motions: PtzMotions,
        quit_program: Callable[[], None],
    ) -> None:
        self._session = session
        self._book = book
        self._database = database
        self._motions = motions
        self._quit = quit_program

    def register(self, dispatcher: Dispatcher) -> None:
        dispatcher.register(SignIn, self.sign_in)
        dispatcher.register(CreateFirstAdministrator, self.create_first_administrator)
        dispatcher.register(SignOut, self.sign_out)
        dispatcher.register(Quit, self.quit)

    def sign_in(self, command: Command, done: Done) -> None:
        c = cast(SignIn, command)
        self._database.submit(
            lambda: self._book.verify(c.name, c.password), lambda operator, error: self._enter(operator, error, done)
        )

    def create_first_administrator(self, command: Command, done: Done) -> None:
        c = cast(CreateFirstAdministrator, command)

        def add() -> Operator:
            if not self._book.is_empty():
                raise NotAllowedError("there are operators already", cure="ask an administrator for an account")
            return self._book.add(c.name, c.password, FIRST_ROLES)

        self._database.submit(add, lambda operator, error: self._enter(operator, error, done))

    def _enter(self, operator: Operator | None, error: GwanjeError | None, done: Done) -> None:
        if operator is None:
            done(None, error)
            return
        done({"operator": operator.name, "roles": sorted(operator.roles)}, None)
        self._session.set_operator(operator)

    def sign_out(self, command: Command, done: Done) -> None:
        self._motions.stop_everything()
        done(None, None)
        self._session.set_operator(None)

    def quit(self, command: Command, done: Done) -> None:
        self._motions.stop_everything()
        done(None, None)
        self._quit()


def quit_application() -> None:
    """Ends the event loop; the composition root then closes everything in order."""
    application = QApplication.instance()
    if application is not None:
        application.exit(0)  # quit() would ask the windows, and they answer with this very command
