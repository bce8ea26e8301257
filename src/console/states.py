"""The state of a camera, from those of its streams."""

from ..domain.cameras import CameraId
from ..domain.source_state import SourceState
from ..videowall.port import Quality, SourceKey, Sources

_ASLEEP = frozenset({SourceState.IDLE, SourceState.SUSPENDED})


def camera_state(sources: Sources, camera_id: CameraId) -> SourceState:
    """Live when any of its streams is; else the state of the stream that is being opened."""
    sub = sources.status(SourceKey(camera_id, Quality.SUB)).state
    main = sources.status(SourceKey(camera_id, Quality.MAIN)).state
    if SourceState.LIVE in (sub, main):
        return SourceState.LIVE
    return main if sub in _ASLEEP else sub
