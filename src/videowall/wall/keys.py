"""The keyboard of a wall: numbers, walking, one key an action, PTZ while a key is held (docs/look.md)."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ...domain.cameras import Camera
from .operator_marks import OperatorMarks, cannot_move_words, no_camera_words
from .ptz_hold import PtzHold, motion_key
from .tile_commands import TileCommands

_WALK: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_FOREIGN = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Wall(Protocol):
    """What the keys need of the view."""

    @property
    def selected(self) -> int: ...

    def walk(self, dx: int, dy: int) -> None: ...

    def camera_on(self, tile: int) -> Camera | None: ...

    def camera_numbered(self, number: int) -> Camera | None: ...


class Keys:
    """Turns key events into commands and motions; `press` and `release` tell whether the key was meant for the wall."""

    def __init__(self, wall: Wall, commands: TileCommands, hold: PtzHold, marks: OperatorMarks) -> None:
        self._wall = wall
        self._commands = commands
        self._hold = hold
        self._marks = marks
        self._actions: dict[int, Callable[[int], bool]] = {
            Qt.Key.Key_Delete: commands.clear,
            Qt.Key.Key_Space: commands.still,
            Qt.Key.Key_R: commands.retry,
            Qt.Key.Key_Home: commands.home,
        }

    def press(self, event: QKeyEvent) -> bool:
        if event.modifiers() & _FOREIGN:
            return False
        key = event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        motion = motion_key(key, shift=shift)
        if motion is not None:
            return event.isAutoRepeat() or self._begin_motion(motion)
        if key in _WALK and not shift:
            self._marks.cancel_entry()
            self._wall.walk(*_WALK[key])
            return True
        if event.isAutoRepeat():
            # A key that leans on the desk must not fill the log.
            return True
        return self._press_once(key, event.text())

    def _press_once(self, key: int, text: str) -> bool:
        tile, entry = self._wall.selected, self._marks.entry
        if len(text) == 1 and text.isascii() and text.isdigit():
            self._marks.type_digit(text)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if entry.digits:
                self._call_number(self._marks.take_number(), tile)
            else:
                self._commands.enlarge(tile)
            return True
        if key == Qt.Key.Key_Backspace and entry.digits:
            self._marks.erase_digit()
            return True
        if key == Qt.Key.Key_Escape:
            return self._escape()
        if key in self._actions:
            self._marks.cancel_entry()
            self._actions[key](tile)
            return True
        return False

    def _escape(self) -> bool:
        if self._marks.entry.digits:
            self._marks.cancel_entry()
            return True
        if self._hold.camera is not None:
            self._hold.end()
            return True
        return self._commands.restore()

    def _call_number(self, number: int, tile: int) -> None:
        camera = self._wall.camera_numbered(number)
        if camera is None:
            self._marks.say(tile, no_camera_words(number))
        else:
            self._commands.show(camera.id, tile, via="number")

    def _begin_motion(self, motion: Qt.Key) -> bool:
        self._marks.cancel_entry()
        camera = self._wall.camera_on(self._wall.selected)
        if camera is None:
            return True
        if camera.ptz:
            self._hold.key_down(motion, camera.id)
        else:
            self._marks.say(self._wall.selected, cannot_move_words(camera))
        return True

    def release(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return self._hold.camera is not None
        return self._hold.key_up(event.key())
