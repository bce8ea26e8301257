"""Which source a tile asks for, and which one it paints meanwhile."""

from ...domain.cameras import Camera
from ...domain.source_state import SourceState
from ..port import Picture, Quality, SourceKey, Sources

MAIN_FROM_WIDTH = 960
"""Device pixels: a tile wider than this shows more than a sub stream holds."""


def choose_quality(camera: Camera, *, enlarged: bool, width: int) -> Quality:
    """The stream for a tile `width` device pixels wide; a camera with one stream has only MAIN."""
    large = enlarged or width > MAIN_FROM_WIDTH
    return Quality.MAIN if large or not camera.sub_uri else Quality.SUB


class TileFeed:
    """One tile's claim on the sources.

    Where the tile changes from one stream of a camera to the other, the old one stays claimed and painted until the
    new one is live, so that enlarging a tile never shows a gap.

    Attributes:
        wanted: the source the tile should show, None for nothing.
        shown: the source it paints now.
    """

    def __init__(self, sources: Sources, window: str, tile: int) -> None:
        self._sources = sources
        self._view = (window, tile)
        self._meanwhile = (window, tile, "until the new stream is live")
        self._size = (0, 0)
        self.wanted: SourceKey | None = None
        self.shown: SourceKey | None = None

    def aim(self, key: SourceKey | None, width: int = 0, height: int = 0) -> None:
        """Ask for `key` at width x height device pixels, or for nothing."""
        if key is None:
            self.drop()
            return
        if key == self.wanted and (width, height) == self._size:
            return
        keep = self.shown if self._can_bridge(key) else None
        if keep is not None and keep != key:
            self._sources.want(self._meanwhile, keep, width, height)
        else:
            self._end_bridge()
            keep = key
        self._sources.want(self._view, key, width, height)
        self.wanted, self.shown, self._size = key, keep, (width, height)

    def _can_bridge(self, key: SourceKey) -> bool:
        shown = self.shown
        return shown is not None and shown.camera_id == key.camera_id and self._sources.picture(shown) is not None

    def _end_bridge(self) -> None:
        if self.shown != self.wanted:
            self._sources.drop(self._meanwhile)

    def advance(self) -> bool:
        """Go over to the wanted source once it is live. Returns whether that happened now."""
        if self.wanted is None or self.shown == self.wanted:
            return False
        if self._sources.status(self.wanted).state is not SourceState.LIVE:
            return False
        if self._sources.picture(self.wanted) is None:
            return False
        self._end_bridge()
        self.shown = self.wanted
        return True

    def drop(self) -> None:
        """Give every claim back."""
        if self.wanted is None:
            return
        self._end_bridge()
        self._sources.drop(self._view)
        self.wanted = self.shown = None
        self._size = (0, 0)

    def picture(self) -> Picture | None:
        return None if self.shown is None else self._sources.picture(self.shown)
