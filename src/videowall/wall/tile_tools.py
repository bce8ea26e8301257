"""The small buttons in the top right corner of the tile under the pointer or, with the keyboard, the selected one."""

from collections.abc import Callable

import qtawesome
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ...domain.look import CORNER_PX, DIM_ROOM
from .tile_commands import TileCommands

BUTTON_PX = 26
"""At least 24 (WCAG 2.2, 2.5.8)."""
_ICON_PX = 16
_TOOLS = (
    ("retry", "mdi6.refresh", QT_TRANSLATE_NOOP("tile", "Try the camera again (R)")),
    ("enlarge_or_restore", "mdi6.arrow-expand", QT_TRANSLATE_NOOP("tile", "Enlarge (Enter)")),
    ("still", "mdi6.camera-outline", QT_TRANSLATE_NOOP("tile", "Keep a still picture (Space)")),
    ("clear", "mdi6.close", QT_TRANSLATE_NOOP("tile", "Clear the tile (Delete)")),
)
_BACK = QT_TRANSLATE_NOOP("tile", "Back to the layout (Esc)")


class TileTools(QWidget):
    """Belongs to one tile at a time.

    Attributes:
        tile: the tile the buttons act on, None while they are hidden.
        buttons: by the name of the method of TileCommands that they call.
    """

    def __init__(self, commands: TileCommands, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self.tile: int | None = None
        self.buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for name, icon, _ in _TOOLS:
            button = QToolButton(self)
            button.setObjectName(f"tile.tool.{name}")
            button.setIcon(qtawesome.icon(icon, color=DIM_ROOM.text))
            button.setIconSize(QSize(_ICON_PX, _ICON_PX))
            button.setFixedSize(BUTTON_PX, BUTTON_PX)
            button.setAutoRaise(True)
            # The wall keeps the keyboard: every tool has its key there.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setStyleSheet(
                f"QToolButton {{ border: none; border-radius: {CORNER_PX}px; background: transparent; }}"
                "QToolButton:hover { background: rgba(255, 255, 255, 40); }"
                "QToolButton:pressed { background: rgba(255, 255, 255, 70); }"
            )
            button.clicked.connect(self._call(getattr(commands, name)))
            row.addWidget(button)
            self.buttons[name] = button
        self._back_icon = qtawesome.icon("mdi6.arrow-collapse", color=DIM_ROOM.text)
        self._enlarge_icon = self.buttons["enlarge_or_restore"].icon()
        self.retranslate()
        self.hide()

    def _call(self, method: Callable[[int], bool]) -> Callable[[], None]:
        def clicked() -> None:
            if self.tile is not None:
                method(self.tile)

        return clicked

    def retranslate(self) -> None:
        for name, _, text in _TOOLS:
            words = str(_BACK if name == "enlarge_or_restore" and self._commands.enlarged else text)
            words = QCoreApplication.translate("tile", words)
            self.buttons[name].setToolTip(words)
            self.buttons[name].setAccessibleName(words)

    def attach(self, tile: int | None, rect: QRect, *, live: bool) -> None:
        """Move to `tile` at `rect`, or hide with None; a live tile needs no button to try again."""
        count = len(_TOOLS) - (1 if live else 0)
        if tile is None or not self._commands.occupied(tile) or rect.width() < BUTTON_PX * (count + 1):
            self.tile = None
            self.hide()
            return
        self.tile = tile
        enlarge = self.buttons["enlarge_or_restore"]
        enlarge.setIcon(self._back_icon if self._commands.enlarged else self._enlarge_icon)
        self.buttons["retry"].setVisible(not live)
        self.retranslate()
        width, height = BUTTON_PX * count + 4, BUTTON_PX + 4
        self.setGeometry(rect.right() + 1 - width - 6, rect.top() + 6, width, height)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(0, 0, 0, 190))
        p.drawRoundedRect(self.rect(), CORNER_PX, CORNER_PX)
        p.end()
