"""Pan, tilt and zoom in ONVIF's generic spaces (ONVIF PTZ Service Specification, section 5.7)."""

from dataclasses import dataclass


def _unit(value: float) -> float:
    return max(-1.0, min(1.0, value))


@dataclass(frozen=True, slots=True)
class PtzVelocity:
    """Speeds from -1 to 1 (right, up and tele are positive); values beyond are cut to the range."""

    pan: float = 0.0
    tilt: float = 0.0
    zoom: float = 0.0

    def __post_init__(self) -> None:
        for name in ("pan", "tilt", "zoom"):
            object.__setattr__(self, name, _unit(getattr(self, name)))

    @property
    def still(self) -> bool:
        return self.pan == self.tilt == self.zoom == 0.0


@dataclass(frozen=True, slots=True)
class PtzPosition:
    """Pan and tilt from -1 to 1, zoom from 0 (wide) to 1 (tele)."""

    pan: float
    tilt: float
    zoom: float


@dataclass(frozen=True, slots=True)
class PtzStatus:
    """Where a camera says it looks, and whether it moves (None when it does not say)."""

    position: PtzPosition | None
    moving: bool | None


@dataclass(frozen=True, slots=True)
class PtzPreset:
    """A position the camera keeps by name; the token is the camera's own."""

    token: str
    name: str
