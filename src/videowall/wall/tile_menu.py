"""The actions of the selected tile, as a menu; their keys are handled by the view and named here."""

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from .tile_commands import TileCommands

_ITEMS = (
    ("enlarge", QT_TRANSLATE_NOOP("tile", "Enlarge"), "Enter"),
    ("restore", QT_TRANSLATE_NOOP("tile", "Back to the layout"), "Esc"),
    ("still", QT_TRANSLATE_NOOP("tile", "Keep a still picture"), "Space"),
    ("retry", QT_TRANSLATE_NOOP("tile", "Try the camera again"), "R"),
    ("home", QT_TRANSLATE_NOOP("tile", "Turn the camera to its home position"), "Home"),
    ("clear", QT_TRANSLATE_NOOP("tile", "Clear the tile"), "Delete"),
)


class TileMenu(QObject):
    """Attributes: `actions`, by name (enlarge, restore, still, retry, home, clear)."""

    def __init__(self, commands: TileCommands, tile: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self._tile = tile
        self.actions: dict[str, QAction] = {}
        for name, _, _ in _ITEMS:
            action = QAction(parent)
            action.setObjectName(f"tile.{name}")
            method = getattr(commands, name)
            action.triggered.connect(lambda _checked=False, method=method: method(self._tile()))
            self.actions[name] = action
        self.retranslate()
        self.refresh()

    def retranslate(self) -> None:
        for name, text, key in _ITEMS:
            # Behind the tab stands the key: a QAction shortcut would take it from the view's own handling.
            self.actions[name].setText(f"{QCoreApplication.translate('tile', str(text))}\t{key}")

    def refresh(self) -> None:
        """Enable what the selected tile can do now."""
        tile, commands = self._tile(), self._commands
        possible = {
            "enlarge": commands.can_enlarge(tile),
            "restore": commands.enlarged,
            "still": commands.known(tile),
            "retry": commands.known(tile),
            "home": commands.can_move(tile),
            "clear": commands.occupied(tile),
        }
        for name, is_possible in possible.items():
            self.actions[name].setEnabled(is_possible)

    def menu(self, parent: QWidget) -> QMenu:
        """A menu of what is possible; what is not is left out."""
        self.refresh()
        menu = QMenu(parent)
        for action in self.actions.values():
            if action.isEnabled():
                menu.addAction(action)
        return menu
