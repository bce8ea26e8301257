"""The arrangement of the wall, with undo; kept in the database at every change."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ...domain.cameras import CameraId
from ...domain.errors import NotFoundError
from ...domain.wall import WallArrangement, WindowArrangement

UNDO_STEPS = 50


class WallState(QObject):
    """Signals:

    changed(WallArrangement); undo_changed(bool): whether there is something to take back.
    """

    changed = Signal(object)
    undo_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.arrangement = WallArrangement()
        self._before: list[WallArrangement] = []

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def restore(self, arrangement: WallArrangement) -> None:
        """Take over what was kept from the last time; nothing to undo."""
        self._before.clear()
        self.arrangement = arrangement
        self.changed.emit(arrangement)

    def change(self, arrangement: WallArrangement) -> None:
        if arrangement == self.arrangement:
            return
        self._before = [*self._before[-(UNDO_STEPS - 1) :], self.arrangement]
        self.arrangement = arrangement
        self.changed.emit(arrangement)
        self.undo_changed.emit(True)

    def change_window(self, name: str, change: Callable[[WindowArrangement], WindowArrangement]) -> None:
        self.change(self.arrangement.with_window(name, change(self.arrangement.window(name))))

    def undo(self) -> None:
        if not self._before:
            raise NotFoundError("there is nothing to take back")
        self.arrangement = self._before.pop()
        self.changed.emit(self.arrangement)
        self.undo_changed.emit(self.can_undo)

    def forget_camera(self, camera_id: CameraId) -> None:
        """A camera was removed from the directory: it leaves the tiles and the undo steps."""
        self._before = [a.without_camera(camera_id) for a in self._before]
        self.arrangement = self.arrangement.without_camera(camera_id)
        self.changed.emit(self.arrangement)
