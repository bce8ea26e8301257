"""The page before anything is shown: sign in, or make the first administrator."""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ...domain.audit import Outcome
from ...domain.commands import CreateFirstAdministrator, SignIn
from ..core import ConsoleCore
from ..dispatch import Action
from ..error_words import error_words

CARD_WIDTH = 360


class SignInPage(QWidget):
    def __init__(self, core: ConsoleCore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._core = core
        self._first = False
        self._action: Action | None = None
        card = QFrame(self)
        card.setObjectName("card")
        card.setFixedWidth(CARD_WIDTH)
        self._title = QLabel("gwanje 관제", card)
        self._title.setObjectName("cardTitle")
        self._text = QLabel(card)
        self._text.setObjectName("cardText")
        self._text.setWordWrap(True)
        self.operator = QLineEdit(card)
        self.operator.setPlaceholderText(self.tr("Operator"))
        self.operator.setAccessibleName(self.tr("Operator"))
        self.operator.setMaxLength(64)
        self.password = QLineEdit(card)
        self.password.setPlaceholderText(self.tr("Password"))
        self.password.setAccessibleName(self.tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(256)
        self.again = QLineEdit(card)
        self.again.setPlaceholderText(self.tr("Password again"))
        self.again.setAccessibleName(self.tr("Password again"))
        self.again.setEchoMode(QLineEdit.EchoMode.Password)
        self.again.setMaxLength(256)
        self._error = QLabel(card)
        self._error.setObjectName("cardError")
        self._error.setWordWrap(True)
        self._error.setTextFormat(Qt.TextFormat.PlainText)
        self.enter = QPushButton(card)
        self.enter.setObjectName("primary")
        self.enter.setMinimumHeight(36)
        self.enter.clicked.connect(self._enter)
        self.operator.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._after_password)
        self.again.returnPressed.connect(self._enter)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 32, 32, 32)
        inside.setSpacing(12)
        for widget in (self._title, self._text, self.operator, self.password, self.again, self._error, self.enter):
            inside.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        core.dispatcher.finished.connect(self._finished)
        self._set_first(False)
        core.has_operators(lambda yes: self._set_first(not yes) if shiboken6.isValid(self) else None)

    def _set_first(self, first: bool) -> None:
        self._first = first
        self.again.setVisible(first)
        if first:
            self._text.setText(
                self.tr("There is no operator yet. The first one administers the cameras and leads the shift.")
            )
            self.enter.setText(self.tr("Create and sign in"))
        else:
            self._text.setText(self.tr("Sign in to your seat."))
            self.enter.setText(self.tr("Sign in"))
        self.operator.setFocus()

    def _after_password(self) -> None:
        if self._first:
            self.again.setFocus()
        else:
            self._enter()

    def _enter(self) -> None:
        if self._action is not None:
            return
        name, password = self.operator.text().strip(), self.password.text()
        self._error.clear()
        if self._first and password != self.again.text():
            self._error.setText("✕ " + self.tr("The two passwords differ."))
            return
        command = CreateFirstAdministrator if self._first else SignIn
        self.enter.setEnabled(False)
        self._action = action = self._core.dispatch(command(name=name, password=password))
        self.password.clear()
        self.again.clear()
        if action.outcome is not Outcome.REQUESTED:
            self._finished(action)  # it ended within dispatch, before it could be told from another

    def _finished(self, action: Action) -> None:
        if action is not self._action:
            return
        self._action = None
        self.enter.setEnabled(True)
        if action.outcome is Outcome.SUCCEEDED:
            self._set_first(False)
            self.operator.clear()
        else:
            self._error.setText(f"✕ {error_words(action.error)}")
            self.password.setFocus()
