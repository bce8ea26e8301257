"""What all boxes share: a card in the upper middle of the window, closed by Esc or its button."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ...domain.commands import CloseBox
from ..core import ConsoleCore

TOP_MARGIN = 72


class Box(QFrame):
    """Subclasses fill `body` and may add buttons to `buttons`; `name` is the box's name in the commands.

    `opened` is called each time it is shown: read what is current there; `closed` each time it goes.
    """

    name = ""
    width_px = 480

    def __init__(self, core: ConsoleCore, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._core = core
        self._open = False
        self.setObjectName("card")
        self.setFixedWidth(self.width_px)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        heading = QLabel(title, self)
        heading.setObjectName("cardTitle")
        heading.setWordWrap(True)
        heading.setVisible(bool(title))
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch()
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.setObjectName(f"close-{self.name}")
        self.close_button.clicked.connect(self._close)
        self.buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(heading)
        layout.addLayout(self.body)
        layout.addLayout(self.buttons)
        parent.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        self._open = True
        self.opened()
        self._place()
        self.show()
        self.raise_()
        self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def first_field(self) -> QWidget:
        """Where the keyboard goes when the box opens."""
        return self.close_button

    def opened(self) -> None:
        """Read what is current."""

    def closed(self) -> None:
        """Forget what nobody else should find."""

    def hideEvent(self, event: QHideEvent) -> None:
        if self._open and not event.spontaneous():  # a minimised window closes no box
            self._open = False
            self.closed()
        super().hideEvent(event)

    def _close(self) -> None:
        self._core.dispatch(CloseBox(box=self.name))

    def _place(self) -> None:
        self.adjustSize()
        parent = self._over
        height = min(self.sizeHint().height(), parent.height() - TOP_MARGIN - 24)
        self.resize(self.width_px, height)
        self.move((parent.width() - self.width()) // 2, TOP_MARGIN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
