"""Which kind of canvas the windows of a console get."""

import logging

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ...port import Pixels
from ..scene import Scene
from .canvas import Canvas
from .raster import RasterCanvas

_log = logging.getLogger(__name__)


class Canvases(QObject):
    """One for a console. A GPU that fails in one window is used in none from then on.

    Attributes:
        pixels: the layout of pictures that the canvases paint most cheaply; they paint every other one too.

    Signals:
        changed: every window has to ask for another canvas; `pixels` is another one.
    """

    changed = Signal()

    def __init__(self, *, gpu: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gpu = gpu

    @property
    def pixels(self) -> Pixels:
        return Pixels.I420 if self._gpu else Pixels.BGRX

    def make(self, scene: Scene, parent: QWidget) -> Canvas:
        """A canvas that covers `parent`, which owns it."""
        if not self._gpu:
            return RasterCanvas(scene, parent)
        from .gpu import GpuCanvas  # OpenGL is loaded where it is used only

        canvas = GpuCanvas(scene, parent)
        canvas.failed.connect(self._give_up)
        return canvas

    def _give_up(self, reason: str) -> None:
        if self._gpu:
            self._gpu = False
            _log.warning("walls are painted without the GPU from now on: %s", reason)
            self.changed.emit()
