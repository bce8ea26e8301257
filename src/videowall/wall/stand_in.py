"""What is shown of a camera while its source has no picture: dimmed, and never called live."""

from dataclasses import dataclass

from ...domain.cameras import CameraId
from ..opening import OpeningHelp
from ..recent_pictures import Kept, RecentPictures


@dataclass(frozen=True, slots=True)
class StandIn:
    """`at`: when it was captured, in monotonic seconds. `is_snapshot`: the camera made it because it was asked to."""

    image: Kept
    at: float
    is_snapshot: bool


def stand_in(recent: RecentPictures, opening: OpeningHelp, camera_id: CameraId) -> StandIn | None:
    """The newer one of the last picture that was seen of the camera and its snapshot."""
    kept, snapshot = recent.of(camera_id), opening.snapshot(camera_id)
    if snapshot is not None and (kept is None or snapshot.taken_at > kept[1]):
        return StandIn(snapshot.image, snapshot.taken_at, True)
    return None if kept is None else StandIn(*kept, False)
