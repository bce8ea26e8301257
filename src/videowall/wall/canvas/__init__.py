"""How a wall comes to the glass: painted by the processor, or composed by a GPU. Both show the same."""

from .canvas import Canvas
from .canvases import Canvases
from .raster import RasterCanvas, painted_tile

__all__ = ["Canvas", "Canvases", "RasterCanvas", "painted_tile"]
