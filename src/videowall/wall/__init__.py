"""The wall of one window: painted live tiles and everything that can be done on them."""

from .canvas import Canvases, SurfaceChoice, choose_surface
from .dragging import CAMERA_MIME, TILE_MIME, camera_mime
from .figures import TileFigures
from .ptz_control import NoPtz, PtzControl
from .surface import LiveSources, WallSurface
from .tile import TileReport
from .view import WallView

__all__ = [
    "CAMERA_MIME",
    "TILE_MIME",
    "Canvases",
    "LiveSources",
    "NoPtz",
    "PtzControl",
    "SurfaceChoice",
    "TileFigures",
    "TileReport",
    "WallSurface",
    "WallView",
    "camera_mime",
    "choose_surface",
]
