"""One tile of a wall while it is on the screen: its place, its source, what was painted of it."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPixmap

from ...domain.cameras import Camera, CameraId
from ...domain.source_state import SourceState
from ..port import Picture, Quality
from .feed import TileFeed
from .notes import SteadyNotes
from .pace import Pace
from .tile_text import TileText


@dataclass(frozen=True, slots=True)
class TileReport:
    """What was seen of a visible tile; times are monotonic seconds.

    Attributes:
        state: as shown (a live source without new pictures counts as stalled).
        painted: pictures painted since the camera came to this tile. first_painted_at: when the first one was.
        sequence: of the picture painted last. delay: its age when it was painted, in seconds.
    """

    tile: int
    camera_id: CameraId
    state: SourceState
    quality: Quality | None
    painted: int
    sequence: int | None
    first_painted_at: float | None
    delay: float | None


@dataclass(slots=True)
class Tile:
    """Mutable state of a tile. `rect` is in logical pixels of the view, empty while the tile is hidden."""

    index: int
    feed: TileFeed
    rect: QRect = field(default_factory=QRect)
    camera: Camera | None = None
    text: TileText | None = None
    painted: int = 0
    painted_picture: Picture | None = None
    first_painted_at: float | None = None
    delay: float | None = None
    kept_at: float = 0.0
    pace: Pace = field(default_factory=Pace)
    notes: SteadyNotes = field(default_factory=SteadyNotes)
    strip: QPixmap | None = None
    strip_at: QPoint = field(default_factory=QPoint)
    strip_for: tuple[object, ...] = ()

    @property
    def visible(self) -> bool:
        return not self.rect.isEmpty()

    def show(self, camera: Camera | None) -> None:
        """Another camera starts another count."""
        if camera is None or self.camera is None or camera.id != self.camera.id:
            self.painted, self.painted_picture = 0, None
            self.first_painted_at = self.delay = None
            self.kept_at = 0.0
            self.pace.clear()
            self.notes.clear()
            self.text = None
        self.camera = camera

    def report(self, state: SourceState) -> TileReport | None:
        if self.camera is None:
            return None
        quality = self.feed.shown.quality if self.feed.shown else None
        return TileReport(
            self.index,
            self.camera.id,
            state,
            quality,
            self.painted,
            self.painted_picture.sequence if self.painted_picture is not None else None,
            self.first_painted_at,
            self.delay,
        )
