"""What lies on the tiles because of the operator: the number being typed, notices, the drop target, tools."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from ...domain.cameras import Camera
from .number_entry import FORGET_AFTER_S, NumberEntry

NOTICE_MS = 2500
ACTIVE_MS = 4000
"""Tools go away when the operator rests: cameras write their own clock into the same corner."""


class OperatorMarks(QObject):
    """State only; the view paints it.

    Attributes:
        entry: the number being typed. notice: a short sentence on `notice_tile`. active: the operator moved lately.
    """

    def __init__(self, changed: Callable[[], None], clock: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._changed = changed
        self._clock = clock
        self.entry = NumberEntry()
        self.notice = ""
        self.notice_tile: int | None = None
        self.drop_tile: int | None = None
        self.active = False
        self._notice_timer = self._single_shot(NOTICE_MS, self._end_notice)
        self._entry_timer = self._single_shot(round(FORGET_AFTER_S * 1000) + 50, self.cancel_entry)
        self._active_timer = self._single_shot(ACTIVE_MS, self.rest)

    def _single_shot(self, interval: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        return timer

    def touch(self) -> None:
        """The operator does something on this wall."""
        self._active_timer.start()
        if not self.active:
            self.active = True
            self._changed()

    def rest(self) -> None:
        self._active_timer.stop()
        if self.active:
            self.active = False
            self._changed()

    def say(self, tile: int, sentence: str) -> None:
        """Show a notice on a tile for a moment; nothing has to be closed."""
        self.notice, self.notice_tile = sentence, tile
        self._notice_timer.start()
        self._changed()

    def _end_notice(self) -> None:
        self.notice, self.notice_tile = "", None
        self._changed()

    def type_digit(self, digit: str) -> None:
        self._end_notice()
        self.entry.type(digit, self._clock())
        self._entry_timer.start()
        self._changed()

    def erase_digit(self) -> None:
        self.entry.erase(self._clock())
        self._entry_timer.start()
        self._changed()

    def cancel_entry(self) -> None:
        if self.entry.digits:
            self.entry.cancel()
            self._changed()

    def take_number(self) -> int:
        self._entry_timer.stop()
        number = self.entry.take()
        self._changed()
        return number


def entry_line(number: int, camera: Camera | None) -> str:
    """Under the digits: whom they would call."""
    return camera.name if camera is not None else no_camera_words(number)


def no_camera_words(number: int) -> str:
    return QCoreApplication.translate("tile", "no camera {number}").replace("{number}", str(number))


def cannot_move_words(camera: Camera) -> str:
    words = QCoreApplication.translate("tile", "camera {number} cannot be moved")
    return words.replace("{number}", str(camera.number))
