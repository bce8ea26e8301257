"""The wall an operator works on: the painted surface with keyboard, mouse, drag and drop, menu and tools."""

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from ...domain.cameras import Camera, CameraId
from ...domain.commands import Command
from ...domain.source_state import SourceState
from ...domain.wall import WindowArrangement
from ..port import Importance
from .bubble import draw_bubble
from .canvas import Canvases
from .dragging import accepts, read_camera, read_tile, start_drag, tile_mime
from .keys import Keys
from .mouse_ptz import MousePtz
from .operator_marks import OperatorMarks, entry_line
from .ptz_control import NoPtz, PtzControl
from .ptz_hold import PtzHold
from .surface import LiveSources, WallSurface
from .tile import Tile
from .tile_commands import TileCommands
from .tile_menu import TileMenu
from .tile_text import empty_tile_words, spoken
from .tile_tools import TileTools

REACH = 0.35
"""A pull over this part of the picture's shorter side is full speed."""


class WallView(WallSurface):
    """One window's wall.

    Attributes:
        commands: what can be asked for on a tile. menu: its actions. tools: the buttons of the tile at hand.

    Signals:
        selection_changed(int): another tile is selected.
    """

    selection_changed = Signal(int)

    def __init__(
        self,
        window: str,
        sources: LiveSources,
        dispatch: Callable[[Command], object],
        *,
        ptz: PtzControl | None = None,
        canvases: Canvases | None = None,
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(window, sources, canvases=canvases, clock=clock, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self._selected = 0
        self._hovered: int | None = None
        self._pressed: tuple[QPoint, int] | None = None
        self._announced: tuple[object, ...] = ()
        self._hold = PtzHold(ptz or NoPtz(), self)
        self._mouse = MousePtz(self._hold)
        self._marks = OperatorMarks(self._refresh_marks, clock, self)
        self.commands = TileCommands(window, dispatch, lambda: self.arrangement, self.camera_on)
        self.menu = TileMenu(self.commands, lambda: self._selected, self)
        self.tools = TileTools(self.commands, self)
        self._keys = Keys(self, self.commands, self._hold, self._marks)
        self._name_for_readers()

    # --- selection ----------------------------------------------------------------------------------------------------

    @property
    def selected(self) -> int:
        return self._selected

    def select(self, tile: int) -> None:
        """Select a tile of the layout; one that the layout lacks or that an enlarged one hides is ignored."""
        enlarged = self.arrangement.enlarged
        hidden = enlarged is not None and tile != enlarged
        if tile == self._selected or hidden or not 0 <= tile < len(self.arrangement.grid.cells):
            return
        self._let_go()
        self._marks.cancel_entry()
        previous, self._selected = self._selected, tile
        self.refresh(self.tile_rect(previous))
        self._refresh_marks()
        self._tell_readers()
        self._aim()
        self.selection_changed.emit(tile)

    def _importance(self, tile: Tile) -> Importance:
        known = super()._importance(tile)
        return max(known, Importance.SELECTED) if tile.index == self._selected else known

    def walk(self, dx: int, dy: int) -> None:
        if self.arrangement.enlarged is None:
            self.select(self.arrangement.grid.neighbour(self._selected, dx, dy))

    def camera_numbered(self, number: int) -> Camera | None:
        return next((c for c in self._cameras.values() if c.number == number), None)

    def set_arrangement(self, arrangement: WindowArrangement) -> None:
        if arrangement != self.arrangement:
            self._let_go()
        super().set_arrangement(arrangement)
        last = len(arrangement.grid.cells) - 1
        self.select(min(self._selected, last) if arrangement.enlarged is None else arrangement.enlarged)
        self._after_change()

    def set_cameras(self, cameras: Mapping[CameraId, Camera]) -> None:
        super().set_cameras(cameras)
        if self._hold.camera is not None and self._hold.camera not in cameras:
            self._let_go()
        self._after_change()

    def _after_change(self) -> None:
        self.menu.refresh()
        self._refresh_marks()
        if self._pulled_camera() is not None:
            self.setCursor(Qt.CursorShape.CrossCursor)
        else:
            # The window around may hide the pointer.
            self.unsetCursor()

    def _pulled_camera(self) -> Camera | None:
        """The camera that the mouse moves: the one that has the window for itself, when it can be moved."""
        tile = 0 if len(self.arrangement.grid.cells) == 1 else self.arrangement.enlarged
        camera = None if tile is None else self.camera_on(tile)
        return camera if camera is not None and camera.ptz else None

    def _let_go(self) -> None:
        """End every motion; whoever is not sure that a motion goes on calls this."""
        self._mouse.release()
        self._hold.end()

    # --- marks --------------------------------------------------------------------------------------------------------

    def _refresh_marks(self) -> None:
        tile = self._hovered if self._hovered is not None else self._selected if self.hasFocus() else None
        text = None if tile is None else self.text_of(tile)
        live = text is None or text.state is SourceState.LIVE
        self.tools.attach(tile if self._marks.active else None, self.tile_rect(tile or 0), live=live)
        self.refresh()

    def has_marks(self, tile: Tile) -> bool:
        marked = (self._selected, self._marks.drop_tile, self._marks.notice_tile)
        return tile.index in marked or self._mouse.active

    def paint_marks(self, p: QPainter, tile: Tile) -> None:
        several = self.arrangement.enlarged is None and len(self._tiles) > 1
        selected = tile.index == self._selected
        if tile.index == self._marks.drop_tile:
            self._looks.drop_target(p, tile.rect)
        if selected and several:
            self._looks.edge(p, tile.rect, focused=self.hasFocus())
        elif self.hasFocus() and not several:
            self._looks.slim_edge(p, tile.rect)
        room = tile.rect.adjusted(8, 8, -8, -self._looks.strip_height(enlarged=False) - 8)
        digits = self._marks.entry.digits
        if selected and digits:
            line = entry_line(int(digits), self.camera_numbered(int(digits)))
            draw_bubble(p, room, digits, line, self._looks.font, self._looks.text_px)
        elif tile.index == self._marks.notice_tile:
            draw_bubble(p, room, "", self._marks.notice, self._looks.font, self._looks.text_px)
        self._mouse.paint(p)

    def _text_changed(self, tile: int) -> None:
        if tile == self.tools.tile:
            self._refresh_marks()
        if tile == self._selected:
            self.menu.refresh()
            self._tell_readers()

    # --- screen readers -----------------------------------------------------------------------------------------------

    def _name_for_readers(self) -> None:
        self.setAccessibleName(self.tr("Video wall"))
        self._tell_readers()

    def _tell_readers(self) -> None:
        """Describe the selected tile; announce it when more than its age changed."""
        text = self.text_of(self._selected)
        number = self.tr("Tile {number}").replace("{number}", str(self._selected + 1))
        self.setAccessibleDescription(f"{number}: {spoken(text) if text else empty_tile_words()}")
        news = (self._selected, text.number, text.state, text.advice) if text else (self._selected,)
        if news != self._announced:
            self._announced = news
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleDescription()))

    # --- keyboard -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._marks.touch()
        event.setAccepted(self._keys.press(event))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.setAccepted(self._keys.release(event))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._marks.touch()
        self._refresh_marks()
        self._tell_readers()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._let_go()
        self._marks.cancel_entry()
        self._refresh_marks()

    # --- mouse --------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._marks.touch()
        tile = self.tile_at(event.position().toPoint())
        if tile is None:
            return
        self.select(tile)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        camera = self._pulled_camera()
        if camera is not None:
            self._mouse.press(camera.id, event.position(), min(self.width(), self.height()) * REACH)
            self.refresh()
        else:
            self._pressed = (event.position().toPoint(), tile)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._marks.touch()
        if self._mouse.active:
            self._mouse.move(event.position())
            self.refresh()
            return
        self._hover(event.position())
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            start, tile = self._pressed
            far = (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance()
            camera = self.camera_on(tile)
            if far and camera is not None:
                self._pressed = None
                look = QPixmap.fromImage(self.painted_image(tile))
                start_drag(self, tile_mime(camera.id, self.window_name, tile), look)

    def _hover(self, position: QPointF) -> None:
        tile = self.tile_at(position.toPoint())
        if tile != self._hovered:
            self._hovered = tile
            self._refresh_marks()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = None
            if self._mouse.active:
                self._mouse.release()
                self.refresh()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        tile = self.tile_at(event.position().toPoint())
        if tile is not None and event.button() is Qt.MouseButton.LeftButton:
            self._let_go()
            self.commands.enlarge_or_restore(tile)

    def wheelEvent(self, event: QWheelEvent) -> None:
        camera, notches = self._pulled_camera(), event.angleDelta().y()
        if camera is None or notches == 0:
            event.ignore()
            return
        self._hold.wheel(camera.id, notches)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self._refresh_marks()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.mapToGlobal(self.tile_rect(self._selected).center())
        else:
            tile = self.tile_at(event.pos())
            if tile is not None:
                self.select(tile)
        menu = self.menu.menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not menu.isEmpty():
            menu.popup(at)

    # --- drag and drop ------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(accepts(event.mimeData()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        tile = self.tile_at(event.position().toPoint())
        self._mark_drop(tile)
        event.setAccepted(tile is not None and accepts(event.mimeData()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark_drop(None)
        tile = self.tile_at(event.position().toPoint())
        origin, camera = read_tile(event.mimeData()), read_camera(event.mimeData())
        if tile is None or (origin is None and camera is None):
            event.ignore()
            return
        event.acceptProposedAction()
        self.select(tile)
        if origin is not None:
            self.commands.swap(tile, *origin)
        elif camera is not None:
            self.commands.show(camera, tile, via="drag")

    def _mark_drop(self, tile: int | None) -> None:
        if tile != self._marks.drop_tile:
            self._marks.drop_tile = tile
            self.refresh()

    # --- the end of a motion ------------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        self._let_go()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._let_go()
        super().closeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.WindowDeactivate, QEvent.Type.UngrabMouse, QEvent.Type.ApplicationDeactivate):
            self._let_go()
        elif event.type() is QEvent.Type.LanguageChange:
            self.menu.retranslate()
            self.tools.retranslate()
            self._name_for_readers()
        return super().event(event)
