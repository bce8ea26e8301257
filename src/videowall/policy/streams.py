"""Which of its camera's streams each view of the console takes: the smallest one that need not be enlarged."""

import os
from collections.abc import Hashable
from dataclasses import dataclass

from ...domain.cameras import Camera
from ..port import Importance, Quality, SourceKey

SUB_PIXELS = (640, 360)
"""What a sub stream is taken for until its first statistics come."""
BACK_BELOW = 0.9
"""A view that has the main stream goes back to the sub stream only when that would be this small in it."""
INCUMBENT = 1.2
"""A view that has one of the few main streams counts as this much larger, so that near equals do not swap."""


def most_main_streams(cores: int) -> int:
    """Four 1920x1080 streams at 25 pictures a second take most of a core; half of the machine stays free."""
    return max(4, 3 * cores)


@dataclass(slots=True)
class _Claim:
    camera: Camera
    width: int = 0
    height: int = 0
    importance: Importance = Importance.NORMAL
    wants_main: bool = False
    quality: Quality = Quality.SUB
    told: Quality | None = None


class StreamPlan:
    """Shared by all windows, because the number of main streams is limited for the console as a whole.

    A *view* is anything hashable, as in `Sources`. The limit counts cameras: any number of views share a stream.
    """

    def __init__(self, most_main: int | None = None) -> None:
        self._most_main = most_main if most_main is not None else most_main_streams(os.cpu_count() or 1)
        self._claims: dict[Hashable, _Claim] = {}
        self._pixels: dict[SourceKey, tuple[int, int]] = {}
        self._is_planned = True

    def claim(
        self, view: Hashable, camera: Camera, width: int, height: int, importance: Importance = Importance.NORMAL
    ) -> None:
        """`view` shows `camera` in `width` x `height` device pixels from now on."""
        claim = self._claims.get(view)
        if claim is None or claim.camera.id != camera.id:
            claim = self._claims[view] = _Claim(camera)
        claim.camera, claim.width, claim.height, claim.importance = camera, width, height, importance
        self._is_planned = False

    def release(self, view: Hashable) -> None:
        """`view` shows nothing any more."""
        if self._claims.pop(view, None) is not None:
            self._is_planned = False

    def learn(self, key: SourceKey, width: int, height: int) -> None:
        """The size in pixels that a stream was found to have."""
        if width > 0 and height > 0 and self._pixels.get(key) != (width, height):
            self._pixels[key] = (width, height)
            self._is_planned = False

    def quality(self, view: Hashable) -> Quality:
        """The stream for a view that has a claim."""
        self._plan()
        claim = self._claims[view]
        claim.told = claim.quality
        return claim.quality

    def is_limited(self, view: Hashable) -> bool:
        """Whether a view would have the main stream if the console could afford one more."""
        self._plan()
        claim = self._claims.get(view)
        return claim is not None and claim.wants_main and claim.quality is Quality.SUB

    def has_changed(self) -> bool:
        """Whether some view got an answer that is no longer right. Says so once."""
        self._plan()
        outdated = [c for c in self._claims.values() if c.told is not None and c.told is not c.quality]
        for claim in outdated:
            claim.told = claim.quality
        return bool(outdated)

    def _plan(self) -> None:
        if self._is_planned:
            return
        self._is_planned = True
        main = set()
        wishes = []
        for claim in self._claims.values():
            if not claim.camera.sub_uri:
                claim.wants_main, claim.quality = True, Quality.MAIN
                main.add(claim.camera.id)
                continue
            claim.wants_main = self._is_too_large_for_sub(claim)
            if claim.wants_main:
                wishes.append(claim)
            else:
                claim.quality = Quality.SUB
        for claim in sorted(wishes, key=_rank, reverse=True):
            if claim.camera.id in main or len(main) < self._most_main:
                main.add(claim.camera.id)
                claim.quality = Quality.MAIN
            else:
                claim.quality = Quality.SUB

    def _is_too_large_for_sub(self, claim: _Claim) -> bool:
        camera = claim.camera
        if not camera.main_uri:
            return False
        sub = self._pixels.get(SourceKey(camera.id, Quality.SUB), SUB_PIXELS)
        main = self._pixels.get(SourceKey(camera.id, Quality.MAIN))
        if main is not None and main[0] * main[1] <= sub[0] * sub[1]:
            return False
        enlarged = min(claim.width / sub[0], claim.height / sub[1])
        return enlarged > (BACK_BELOW if claim.wants_main else 1.0)


def _rank(claim: _Claim) -> tuple[int, float]:
    # A selected tile is no reason: walking along the tiles with the arrows would open one main stream after another.
    urgent = int(claim.importance) if claim.importance >= Importance.ALARMED else 0
    return urgent, claim.width * claim.height * (INCUMBENT if claim.quality is Quality.MAIN else 1.0)
