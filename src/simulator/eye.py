"""The projection of a camera above a street: metres on the ground to panorama units."""

import math
from dataclasses import dataclass

from .view import PANORAMA

FOCAL = 780.0
HORIZON = 300.0
CAMERA_HEIGHT_M = 6.5
CROSS_NEAR_M, CROSS_FAR_M = 15.5, 25.5
FRONT_M = 29.5
WALK_M = 4.0

Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Eye:
    """The projection of a camera that is turned by `yaw` radians from the avenue. Results are panorama units."""

    yaw: float

    def depth(self, x: float, z: float) -> float:
        return z * math.cos(self.yaw) + x * math.sin(self.yaw)

    def project(self, x: float, y: float, z: float) -> tuple[float, float, float]:
        """Where a point is seen, and how many units a metre has there. The point must lie ahead."""
        depth = self.depth(x, z)
        side = x * math.cos(self.yaw) - z * math.sin(self.yaw)
        scale = FOCAL / depth
        return PANORAMA[0] / 2 + side * scale, HORIZON + (CAMERA_HEIGHT_M - y) * scale, scale
