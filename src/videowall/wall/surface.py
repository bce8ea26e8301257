"""All tiles of a window: lays them out, asks for their sources, tells the canvas what changed."""

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ...domain.cameras import Camera, CameraId
from ...domain.look import BASE_TEXT_PX, DIM_ROOM, GAP_PX, WALL_TEXT_PX, Tokens
from ...domain.wall import DESK, WindowArrangement
from ..port import Importance, Picture, Quality, SourceKey
from .canvas import Canvas, Canvases, painted_tile
from .exposure import Exposure
from .feed import TileFeed
from .figures import TileFigures
from .images import as_image, as_picture, copied
from .live_sources import LiveSources
from .overlay import FiguresOverlay
from .scene import Scene
from .stand_in import StandIn, stand_in
from .tile import Tile, TileReport
from .tile_painter import TilePainter
from .tile_text import TileText, enlarged_hint, shown_state, tile_text

TILE_GAP_PX = GAP_PX // 4
FRAME_MS = 20
TEXT_MS = 200
SETTLE_MS = 80
"""A window that is being resized asks for new picture sizes when it rests, not on the way."""
KEEP_EVERY_S = 1.0
STILL_WITHIN_S = 0.5
"""A still picture may be this much older than the newest one when it is larger."""


class WallSurface(QWidget):
    """Shows a window's arrangement on a canvas that covers it. Input is the subclass's.

    Attributes:
        window_name: "desk" or the identity of the output.

    Signals: ticked: it looks for new pictures now, some sixty times a second; how evenly is a measure of smoothness.
    """

    ticked = Signal()

    def __init__(
        self,
        window: str,
        sources: LiveSources,
        *,
        canvases: Canvases | None = None,
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.window_name = window
        self._sources = sources
        self._clock = clock
        self._cameras: Mapping[CameraId, Camera] = {}
        self._arrangement = WindowArrangement()
        self._holders: dict[CameraId, str] = {}
        self._kept = sources.recent
        self._alarmed: frozenset[CameraId] = frozenset()
        self._exposure = Exposure(self, self._aim)
        self._looks = TilePainter(DIM_ROOM, self.font(), BASE_TEXT_PX if window == DESK else WALL_TEXT_PX)
        self._scene = Scene(self, self._looks)
        self._overlay = self._scene.overlay = FiguresOverlay(self, self._looks, sources, clock)
        self._tiles = self._scene.tiles
        self._canvases = canvases or Canvases()
        self._canvas = self._canvases.make(self._scene, self)
        self._canvases.changed.connect(self._change_canvas)
        self._frames = self._timer(FRAME_MS, self._look_for_pictures)
        self._frames.setTimerType(Qt.TimerType.PreciseTimer)
        self._texts = self._timer(TEXT_MS, self._refresh_words)
        self._settle = self._timer(SETTLE_MS, self._aim)
        self._settle.setSingleShot(True)
        sources.status_changed.connect(self._on_status)
        sources.streams_changed.connect(self._aim)
        sources.opening.snapshot_changed.connect(self._on_snapshot)
        self._lay_out()

    def _timer(self, interval: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        return timer

    # --- what is shown ------------------------------------------------------------------------------------------------

    @property
    def canvas(self) -> Canvas:
        """What it is shown on now."""
        return self._canvas

    @property
    def arrangement(self) -> WindowArrangement:
        return self._arrangement

    def set_arrangement(self, arrangement: WindowArrangement) -> None:
        """Show these cameras in this layout; sources that no visible tile shows are dropped."""
        self._arrangement = arrangement
        self._lay_out()

    def set_cameras(self, cameras: Mapping[CameraId, Camera]) -> None:
        """The directory, by id. A tile whose camera is not in it says so."""
        self._cameras = dict(cameras)
        self._lay_out()

    def set_theme(self, tokens: Tokens) -> None:
        self._looks.tokens = tokens
        self.refresh()

    def set_ptz_holder(self, camera_id: CameraId, holder: str | None) -> None:
        """Name the operator who holds a camera's controls on its tiles; None when nobody does."""
        if holder:
            self._holders[camera_id] = holder
        else:
            self._holders.pop(camera_id, None)
        self._refresh_texts()

    def set_alarmed(self, cameras: frozenset[CameraId]) -> None:
        """The cameras with an alarm that nobody has acknowledged: their tiles are never degraded."""
        if cameras != self._alarmed:
            self._alarmed = cameras
            self._aim()

    def tile_at(self, point: QPoint) -> int | None:
        return next((t.index for t in self._tiles if t.visible and t.rect.contains(point)), None)

    def tile_rect(self, tile: int) -> QRect:
        """Where a tile lies in the view, in logical pixels; empty while it is hidden."""
        return QRect(self._tiles[tile].rect) if 0 <= tile < len(self._tiles) else QRect()

    def camera_on(self, tile: int) -> Camera | None:
        return self._tiles[tile].camera if 0 <= tile < len(self._tiles) else None

    def text_of(self, tile: int) -> TileText | None:
        return self._tiles[tile].text if 0 <= tile < len(self._tiles) else None

    def tile_report(self) -> list[TileReport]:
        """What was seen of each visible tile with a camera, measured where it is painted."""
        reports = []
        for tile in self._tiles:
            if tile.visible and tile.camera is not None and tile.feed.shown is not None:
                state = shown_state(tile.feed.status(), self._clock())
                reports.append(tile.report(state))
        return [r for r in reports if r is not None]

    def figures(self, tile: int) -> TileFigures | None:
        """What is measured of a tile; None where there is no source to measure."""
        return self._overlay.measure(self._tiles[tile]) if 0 <= tile < len(self._tiles) else None

    @property
    def shows_figures(self) -> bool:
        return self._overlay.is_on

    def show_figures(self, on: bool) -> None:
        """Show the figures of every tile on the tile."""
        self._overlay.switch(on)
        self.refresh()

    def painted_image(self, tile: int) -> QImage:
        """The tile as it looks now without selection and tools, in device pixels; a null image while it is hidden."""
        if self.tile_rect(tile).isEmpty():
            return QImage()
        return painted_tile(self._scene, self._tiles[tile], self.devicePixelRatioF())

    def still(self, tile: int) -> QImage | None:
        """A copy of the newest picture of the tile's camera, the largest stream that has one, without overlays."""
        camera = self.camera_on(tile)
        if camera is None:
            return None
        found = [self._sources.picture(SourceKey(camera.id, quality)) for quality in (Quality.MAIN, Quality.SUB)]
        pictures = [picture for picture in found if picture is not None]
        newest = max((picture.captured_at for picture in pictures), default=0.0)
        for picture in pictures:
            # Of a stream that is only kept warm there is an older picture.
            if newest - picture.captured_at < STILL_WITHIN_S:
                return as_image(picture).copy()
        kept = self._kept.of(camera.id)
        return None if kept is None else as_image(as_picture(*kept)).copy()

    # --- layout and sources -------------------------------------------------------------------------------------------

    def _lay_out(self, *, aim: bool = True) -> None:
        count = len(self._arrangement.grid.cells)
        for tile in self._tiles[count:]:
            self._keep_before_leaving(tile, stays=False)
            tile.feed.drop()
        del self._tiles[count:]
        for index in range(len(self._tiles), count):
            self._tiles.append(Tile(index, TileFeed(self._sources, self.window_name, index)))
        places = self._arrangement.grid.rectangles(self.width(), self.height(), TILE_GAP_PX)
        enlarged = self._scene.enlarged = self._arrangement.enlarged
        self._scene.covered = QRegion()
        for tile, place in zip(self._tiles, places, strict=True):
            if enlarged is None:
                tile.rect = QRect(*place)
            else:
                tile.rect = self.rect() if tile.index == enlarged else QRect()
            camera_id = self._arrangement.camera_at(tile.index)
            tile.show(None if camera_id is None else self._cameras.get(camera_id))
            self._scene.covered += tile.rect
        if aim:
            self._aim()
        self.refresh()

    def _importance(self, tile: Tile) -> Importance:
        """What the tile matters to the people who watch. The subclass knows more."""
        if tile.index == self._arrangement.enlarged or len(self._tiles) == 1:
            return Importance.ENLARGED
        alarmed = tile.camera is not None and tile.camera.id in self._alarmed
        return Importance.ALARMED if alarmed else Importance.NORMAL

    def _aim(self) -> None:
        """Ask for what can be seen, give the rest back."""
        watched = self._exposure.is_seen
        ratio = self.devicePixelRatioF()
        seen = [tile for tile in self._tiles if watched and tile.visible and tile.camera is not None]
        for tile in self._tiles:
            self._keep_before_leaving(tile, stays=tile in seen)
        # What appears is asked for before what disappears is dropped: a camera that only moves to another tile stays.
        for tile in seen:
            if tile.camera is not None:
                width, height = round(tile.rect.width() * ratio), round(tile.rect.height() * ratio)
                tile.feed.claim(tile.camera, width, height, self._importance(tile))
        for tile in seen:
            tile.feed.settle()
        for tile in self._tiles:
            if tile not in seen:
                tile.feed.drop()
        for timer in (self._frames, self._texts):
            if watched != timer.isActive():
                (timer.start if watched else timer.stop)()
        self._refresh_texts()

    def _keep_before_leaving(self, tile: Tile, *, stays: bool) -> None:
        shown = tile.feed.shown
        if shown is not None and not (stays and tile.camera is not None and tile.camera.id == shown.camera_id):
            self._keep(shown)

    def _keep(self, key: SourceKey) -> None:
        picture = self._sources.picture(key)
        if picture is not None:
            self._kept.keep(key.camera_id, copied(picture), picture.captured_at)

    def _on_status(self, key: object) -> None:
        for tile in self._tiles:
            if tile.feed.shown is not None and tile.feed.shown == key:
                self._keep(tile.feed.shown)
        assert isinstance(key, SourceKey)
        self._on_snapshot(key.camera_id)

    def _on_snapshot(self, camera_id: object) -> None:
        """There is something new to say of a camera, which may be on several tiles."""
        for tile in self._tiles:
            if tile.camera is not None and tile.camera.id == camera_id:
                self._refresh_text(tile)

    # --- what changed -------------------------------------------------------------------------------------------------

    def _look_for_pictures(self) -> None:
        self.ticked.emit()
        for tile in self._tiles:
            if tile.feed.shown is None:
                continue
            if tile.feed.advance():
                self._refresh_texts()
            picture = tile.feed.picture()
            if picture is not None and picture is not tile.painted_picture:
                self._canvas.show_picture(tile)

    def _refresh_words(self) -> None:
        self._refresh_texts()
        for tile in self._overlay.renew(self._tiles, enlarged=self._arrangement.enlarged is not None):
            self.refresh(tile.rect)

    def _refresh_texts(self) -> None:
        for tile in self._tiles:
            self._refresh_text(tile)

    def _refresh_text(self, tile: Tile) -> None:
        text = self._words_of(tile, tile.camera) if tile.visible and tile.camera is not None else None
        if text != tile.text:
            tile.text = text
            self.refresh(tile.rect)
            self._text_changed(tile.index)

    def _words_of(self, tile: Tile, camera: Camera) -> TileText:
        now, status, picture = self._clock(), tile.feed.status(), tile.feed.picture()
        instead = self._stand_in(tile) if picture is None else None
        return tile_text(
            camera,
            status,
            now,
            captured_at=picture.captured_at if picture is not None else instead.at if instead is not None else None,
            snapshot_at=instead.at if instead is not None and instead.is_snapshot else None,
            notes=tile.notes.see(status.notes, now),
            holder=self._holders.get(camera.id, ""),
            hint=enlarged_hint(ptz=camera.ptz) if tile.index == self._arrangement.enlarged else "",
        )

    def _stand_in(self, tile: Tile) -> StandIn | None:
        return None if tile.camera is None else stand_in(self._kept, self._sources.opening, tile.camera.id)

    def _text_changed(self, tile: int) -> None:
        """For the subclass: the words of a tile are others now."""

    # --- what the scene asks ------------------------------------------------------------------------------------------

    def picture_on(self, tile: Tile) -> Picture | None:
        picture = tile.feed.picture()
        if picture is not None:
            return picture
        instead = self._stand_in(tile)
        return None if instead is None else as_picture(instead.image, instead.at)

    def names_a_camera(self, tile: Tile) -> bool:
        return self._arrangement.camera_at(tile.index) is not None

    def has_marks(self, tile: Tile) -> bool:
        return False

    def paint_marks(self, p: QPainter, tile: Tile) -> None:
        """For the subclass: what lies on a tile because of the operator, not of the source."""

    def painted(self, tile: Tile, picture: Picture) -> None:
        key = tile.feed.shown
        if picture is tile.painted_picture or key is None or picture.sequence == 0:
            return
        now = self._clock()
        tile.painted += 1
        tile.painted_picture = picture
        tile.delay = now - picture.captured_at
        tile.pace.note(now, tile.delay)
        tile.first_painted_at = tile.first_painted_at if tile.first_painted_at is not None else now
        if now - tile.kept_at > KEEP_EVERY_S:
            # A worker that dies takes its memory with it: the copy is what remains to be shown as stale.
            tile.kept_at = now
            self._keep(key)

    # --- the canvas ---------------------------------------------------------------------------------------------------

    def refresh(self, rect: QRect | None = None) -> None:
        """Paint this part (logical pixels) again, or everything: something else than pictures has changed."""
        self._canvas.refresh(rect)

    def _change_canvas(self) -> None:
        """The GPU is lost: go on without it."""
        before, self._canvas = self._canvas, self._canvases.make(self._scene, self)
        before.hide()
        before.deleteLater()
        self._canvas.setGeometry(self.rect())
        self._canvas.lower()
        self._canvas.show()
        self.refresh()

    # --- the window around it -----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._canvas.setGeometry(self.rect())
        # Tiles move at once, sources are asked for new sizes when the window rests.
        self._lay_out(aim=False)
        self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._exposure.follow(self.window())
        self._lay_out()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._aim()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._lay_out()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._looks.font = self.font()
            self.refresh()
        elif event.type() is QEvent.Type.LanguageChange:
            self._refresh_texts()
            self.refresh()
        return super().event(event)
