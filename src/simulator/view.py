"""From a position of the head to the part of the panorama that the camera shows."""

from dataclasses import dataclass

from ..domain.ptz import PtzPosition

MOST_ZOOM = 5.0
VIEW = (1000.0, 562.5)
"""Size of the widest view in panorama units."""
PANORAMA = (2000.0, 844.0)


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the panorama, in panorama units: left upper corner, width, height."""

    left: float
    top: float
    width: float
    height: float


def window(position: PtzPosition) -> Window:
    """Zooming keeps the centre; pan 1 and tilt 1 show the right and upper edge at the widest view."""
    factor: float = MOST_ZOOM**position.zoom
    width, height = VIEW[0] / factor, VIEW[1] / factor
    x = PANORAMA[0] / 2 + position.pan * (PANORAMA[0] - VIEW[0]) / 2
    y = PANORAMA[1] / 2 - position.tilt * (PANORAMA[1] - VIEW[1]) / 2
    return Window(x - width / 2, y - height / 2, width, height)
