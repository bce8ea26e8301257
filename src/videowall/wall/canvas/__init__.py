"""How a wall comes to the glass: painted by the processor, or composed by a GPU. Both show the same."""

from .canvas import Canvas
from .canvases import Canvases
from .choice import SurfaceChoice, choose_surface
from .raster import RasterCanvas, painted_tile

__all__ = ["Canvas", "Canvases", "RasterCanvas", "SurfaceChoice", "choose_surface", "painted_tile"]
