"""Which source a tile asks for, and which one it paints meanwhile."""

from dataclasses import replace

from ...domain.cameras import Camera
from ...domain.source_state import Note, SourceState, SourceStatus
from ..port import Importance, Picture, Quality, SourceKey, Sources

_IN_TROUBLE = frozenset({SourceState.FAILED, SourceState.RETRYING})
_OTHER = {Quality.MAIN: Quality.SUB, Quality.SUB: Quality.MAIN}


class TileFeed:
    """One tile's claim on the sources.

    Where the tile changes from one stream of a camera to the other, the old one stays claimed and painted until the
    new one is live, so that enlarging a tile never shows a gap. Where the main stream does not come, the sub stream is
    shown in its place, and the status says so.

    Attributes:
        wanted: the source the tile should show, None for nothing.
        shown: the source it paints now.
    """

    def __init__(self, sources: Sources, window: str, tile: int) -> None:
        self._sources = sources
        self._view = (window, tile)
        self._meanwhile = (window, tile, "until the new stream is live")
        self._claim: tuple[Camera, int, int, Importance] | None = None
        self._asked: tuple[SourceKey, int, int, Importance, SourceKey | None] | None = None
        self._spare: SourceKey | None = None
        self._fallback: SourceKey | None = None
        self._flows_from = 0
        self._main_is_missing = False
        self.wanted: SourceKey | None = None
        self.shown: SourceKey | None = None

    def claim(self, camera: Camera, width: int, height: int, importance: Importance = Importance.NORMAL) -> None:
        """The tile shows `camera` in width x height device pixels. To be followed by `settle` for every tile."""
        self._claim = (camera, width, height, importance)
        self._sources.streams.claim(self._view, camera, width, height, importance)

    def settle(self) -> None:
        """Go for the stream that the plan gives to the claim, now that it knows the claims of all tiles."""
        if self._claim is None:
            return
        camera, width, height, importance = self._claim
        quality = self._sources.streams.quality(self._view)
        has_spare = quality is Quality.MAIN and camera.sub_uri and camera.main_uri
        fallback = SourceKey(camera.id, Quality.SUB) if has_spare else None
        self.aim(SourceKey(camera.id, quality), width, height, importance, fallback)

    def aim(
        self,
        key: SourceKey,
        width: int,
        height: int,
        importance: Importance = Importance.NORMAL,
        fallback: SourceKey | None = None,
    ) -> None:
        """Ask for `key` at width x height device pixels, and for `fallback` where it does not come."""
        if (key, width, height, importance, fallback) == self._asked:
            return
        self._asked = (key, width, height, importance, fallback)
        self._fallback = fallback
        if key == self.wanted:
            self._hold(self._spare)
        else:
            bridge = self._bridge(key)
            known = self._sources.picture(key)
            # A stream that was kept warm has an old picture and goes on with its next key frame.
            self._flows_from = known.sequence + 1 if known is not None and bridge is not None else 0
            self._hold(bridge)
            self._main_is_missing = False
            self.wanted, self.shown = key, bridge or key
        self._sources.want(self._view, key, width, height, importance)

    def _bridge(self, key: SourceKey) -> SourceKey | None:
        """What can be shown of the camera until `key` is live."""
        other = SourceKey(key.camera_id, _OTHER[key.quality])
        if self._is_live(other):
            return other
        shows_other = self.shown == other and self._sources.picture(other) is not None
        return other if shows_other and not self._is_live(key) else None

    def _hold(self, key: SourceKey | None) -> None:
        if key is not None and self._asked is not None:
            _, width, height, importance, _ = self._asked
            self._sources.want(self._meanwhile, key, width, height, importance)
        elif self._spare is not None:
            self._sources.drop(self._meanwhile)
        self._spare = key

    def _is_live(self, key: SourceKey, from_sequence: int = 0) -> bool:
        picture = self._sources.picture(key)
        is_there = picture is not None and picture.sequence >= from_sequence
        return is_there and self._sources.status(key).state is SourceState.LIVE

    def advance(self) -> bool:
        """Go over to the best source there is. Returns whether another one is shown now."""
        if self.wanted is None:
            return False
        if self._fallback is None and (self.shown is self.wanted or self.shown == self.wanted):
            return False
        before = self.shown
        if self._is_live(self.wanted, self._flows_from):
            self.shown = self.wanted
            self._main_is_missing = False
            self._hold(None)
        else:
            if self._fallback is not None and self._sources.status(self.wanted).state in _IN_TROUBLE:
                self._main_is_missing = True
                if self._spare is None:
                    self._hold(self._fallback)
            if self._spare is not None and self._is_live(self._spare):
                self.shown = self._spare
        return self.shown != before

    def drop(self) -> None:
        """Give every claim back."""
        if self.wanted is None:
            return
        self._hold(None)
        self._sources.drop(self._view)
        self.wanted = self.shown = self._fallback = self._claim = None
        self._main_is_missing = False
        self._asked = None

    def picture(self) -> Picture | None:
        return None if self.shown is None else self._sources.picture(self.shown)

    def status(self) -> SourceStatus:
        """Of what is shown, with what has to be said about it on this tile."""
        if self.shown is None:
            return SourceStatus()
        status = self._sources.status(self.shown)
        if status.state is SourceState.LIVE and self._sources.picture(self.shown) is None:
            # An older picture of the camera may be on the tile: never call that live.
            status = replace(status, state=SourceState.BUFFERING)
        if self._main_is_missing and self.shown != self.wanted:
            return replace(status, notes=status.notes | {Note.MAIN_UNAVAILABLE})
        urgent = self._claim is not None and self._claim[3] >= Importance.ALARMED
        if urgent and self._sources.streams.is_limited(self._view):
            return replace(status, notes=status.notes | {Note.MAIN_LIMITED})
        return status
