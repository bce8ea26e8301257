"""A window without a frame that fills one output with a wall."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...domain.commands import CloseWallWindow, Command
from ..wall import WallView

_log = logging.getLogger(__name__)
POINTER_HIDES_MS = 3000
_CLOSE = QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_W)


class WallWindow(QWidget):
    """Holds the view named after its output.

    It is closed by command only: F11, Ctrl+W and the window manager all dispatch CloseWallWindow. While the output is
    away it is hidden and waits.

    Attributes:
        output: identity of the output. view: its wall.
    """

    def __init__(self, output: str, view: WallView, dispatch: Callable[[Command], object]) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        # It comes back by itself when a monitor is plugged in again: the keyboard stays with the agent's desk.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.output = output
        self.view = view
        self._dispatch = dispatch
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(view)
        self.setFocusProxy(view)
        self._pointer = QTimer(self)
        self._pointer.setSingleShot(True)
        self._pointer.setInterval(POINTER_HIDES_MS)
        self._pointer.timeout.connect(lambda: self.setCursor(Qt.CursorShape.BlankCursor))
        view.installEventFilter(self)

    def name_after(self, output_name: str) -> None:
        self.setWindowTitle(f"gwanje · {output_name}")

    def fill(self, screen: QScreen) -> None:
        """Show on `screen`, over all of it."""
        # Never ask self.screen(): Qt for Python makes the QScreen this window's child, and lost with it for everybody.
        if self.isVisible() and self.geometry() == screen.geometry():
            return
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        _log.info("wall window on %s fills %dx%d", self.output, screen.geometry().width(), screen.geometry().height())

    def wait_for_output(self) -> None:
        """The output is away: show nothing, and above all nothing on another monitor."""
        if self.isVisible():
            self.hide()
            _log.warning("output %s is away; its wall window waits", self.output)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = QKeySequence(event.keyCombination())
        if event.key() == Qt.Key.Key_F11 or pressed == _CLOSE:
            self._ask_to_close()
        elif event.key() == Qt.Key.Key_Escape:
            # Nobody loses a wall by pressing Esc once too often.
            event.accept()
        else:
            super().keyPressEvent(event)

    def _ask_to_close(self) -> None:
        self._dispatch(CloseWallWindow(output=self.output))

    def closeEvent(self, event: QCloseEvent) -> None:
        if event.spontaneous():
            event.ignore()
            self._ask_to_close()
        else:
            super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() is QEvent.Type.MouseMove:
            self.unsetCursor()
            self._pointer.start()
        return super().eventFilter(watched, event)
