"""Whether anybody can see a widget: it and its window are shown, not minimised, and the system draws the window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class Exposure(QObject):
    """Calls `changed` when the window around `widget` is minimised, hidden by the system, or back again.

    The widget itself tells when it is shown (`follow`) or hidden.
    """

    def __init__(self, widget: QWidget, changed: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._changed = changed
        self._host: QWidget | None = None
        self._handle: QWindow | None = None
        self._is_drawn = True

    @property
    def is_seen(self) -> bool:
        return self._widget.isVisible() and not self._widget.window().isMinimized() and self._is_drawn

    def follow(self, host: QWidget) -> None:
        """The widget is shown in `host`, its top-level window."""
        # A window that is about to appear has not been drawn yet, and is not hidden for that.
        self._is_drawn = True
        handle = host.windowHandle()
        for known, new in ((self._host, host), (self._handle, handle)):
            if known is not new:
                if known is not None and isValid(known):  # a widget that goes into another window loses its own
                    known.removeEventFilter(self)
                if new is not None:
                    new.installEventFilter(self)
        self._host, self._handle = host, handle

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() is QEvent.Type.WindowStateChange:
            self._changed()
        elif watched is self._handle and event.type() is QEvent.Type.Expose:
            is_drawn = self._handle.isExposed()
            if is_drawn != self._is_drawn:
                self._is_drawn = is_drawn
                self._changed()
        return False
