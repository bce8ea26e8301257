"""Questions to the page about what is really drawn on it, and the reading of its answers."""

import json

from ..domain.cameras import CameraId
from ..domain.source_state import SourceState

COUNT = """(() => {
  const pane = document.querySelector(".leaflet-cameras-pane");
  const bubbles = [...pane.querySelectorAll(".bubble .count")];
  return pane.querySelectorAll(".camera").length + bubbles.reduce((sum, count) => sum + Number(count.textContent), 0);
})()"""
# As JSON text: Qt for Python hands lists over as an empty string.
STATES = """JSON.stringify([...document.querySelectorAll(".leaflet-cameras-pane .camera")]
  .map((camera) => [camera.dataset.id, camera.querySelector(".sign").dataset.sign]))"""


def as_count(answer: object) -> int:
    """The answer to COUNT; 0 when the page was gone before it answered."""
    return int(answer) if isinstance(answer, int | float) else 0


def as_states(answer: object) -> dict[CameraId, SourceState]:
    """The answer to STATES; empty when the page was gone before it answered."""
    pairs = json.loads(answer) if isinstance(answer, str) and answer else []
    return {CameraId(str(camera)): SourceState(str(state)) for camera, state in pairs}
