"""The pan-tilt-zoom head of a camera: where it looks at a given moment, and how it gets there.

Positions and speeds are those of ONVIF's generic spaces: pan and tilt -1..1, zoom 0..1, speeds -1..1. All times are
monotonic seconds that the caller passes in.
"""

import threading
from dataclasses import dataclass

from ..domain.ptz import PtzPosition, PtzVelocity

TOP_SPEED = PtzPosition(0.5, 0.5, 0.4)
"""Units per second at speed 1 on each axis."""


@dataclass(frozen=True, slots=True)
class _Motion:
    """From `start` at `begun`; either along `velocity` until `ends`, or to `target`."""

    start: PtzPosition
    begun: float
    velocity: tuple[float, float, float] = (0.0, 0.0, 0.0)
    ends: float | None = None
    target: PtzPosition | None = None


def clamp(position: PtzPosition) -> PtzPosition:
    return PtzPosition(
        max(-1.0, min(1.0, position.pan)), max(-1.0, min(1.0, position.tilt)), max(0.0, min(1.0, position.zoom))
    )


def _towards(start: float, target: float, step: float) -> float:
    return target if abs(target - start) <= step else start + (step if target > start else -step)


class PtzHead:
    """One head. Thread-safe: the encoder asks for the position while a SOAP call moves it."""

    def __init__(self, home: PtzPosition) -> None:
        self.home = clamp(home)
        self.moves = 0
        self.stops = 0
        self._motion = _Motion(self.home, 0.0)
        self._lock = threading.Lock()

    def position(self, now: float) -> PtzPosition:
        m = self._motion
        elapsed = max(0.0, now - m.begun)
        if m.target is not None:
            return PtzPosition(
                _towards(m.start.pan, m.target.pan, TOP_SPEED.pan * elapsed),
                _towards(m.start.tilt, m.target.tilt, TOP_SPEED.tilt * elapsed),
                _towards(m.start.zoom, m.target.zoom, TOP_SPEED.zoom * elapsed),
            )
        if m.ends is not None:
            elapsed = min(elapsed, max(0.0, m.ends - m.begun))
        pan, tilt, zoom = m.velocity
        return clamp(
            PtzPosition(m.start.pan + pan * elapsed, m.start.tilt + tilt * elapsed, m.start.zoom + zoom * elapsed)
        )

    def moving(self, now: float) -> tuple[bool, bool]:
        """Whether pan-tilt moves and whether zoom moves. A head that runs against its end stop does not move."""
        here, soon = self.position(now), self.position(now + 1e-3)
        return (here.pan, here.tilt) != (soon.pan, soon.tilt), here.zoom != soon.zoom

    def move(self, velocity: PtzVelocity, now: float, timeout_s: float | None) -> None:
        """ContinuousMove; by itself it ends after `timeout_s`, or never when that is None."""
        with self._lock:
            self.moves += 1
            self._motion = _Motion(
                self.position(now),
                now,
                (velocity.pan * TOP_SPEED.pan, velocity.tilt * TOP_SPEED.tilt, velocity.zoom * TOP_SPEED.zoom),
                None if timeout_s is None else now + timeout_s,
            )

    def move_to(self, target: PtzPosition, now: float) -> None:
        """AbsoluteMove, at full speed on each axis."""
        with self._lock:
            self.moves += 1
            self._motion = _Motion(self.position(now), now, target=clamp(target))

    def stop(self, now: float, *, pan_tilt: bool = True, zoom: bool = True) -> None:
        with self._lock:
            self.stops += 1
            here, m = self.position(now), self._motion
            if m.target is not None:
                target = PtzPosition(
                    here.pan if pan_tilt else m.target.pan,
                    here.tilt if pan_tilt else m.target.tilt,
                    here.zoom if zoom else m.target.zoom,
                )
                self._motion = _Motion(here, now, target=target)
                return
            pan, tilt, zoom_speed = m.velocity
            kept = (0.0, 0.0) if pan_tilt else (pan, tilt)
            self._motion = _Motion(here, now, (*kept, 0.0 if zoom else zoom_speed), m.ends)
