"""The canvas for machines with a GPU: native pictures go there as they are, and are converted and scaled there."""

import logging

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QOpenGLContext, QRegion
from PySide6.QtOpenGLWidgets import QOpenGLWidget
from PySide6.QtWidgets import QWidget

from ..scene import Scene
from ..tile import Tile
from .gl import GpuError
from .gl_frame import Frame

_log = logging.getLogger(__name__)
LOOK_MS = 500
MISSES = 4
"""So many looks without a frame that was asked for: two seconds, the same as for a picture that stands still."""


class GpuCanvas(QOpenGLWidget):
    """Implements `Canvas`. What it drew stays, so that only tiles that changed are uploaded and drawn.

    A context that Qt replaces (another window, another graphics card) is filled again. A GPU that fails, or from which
    no frames come any more, is reported by `failed`; what is on the glass then is old and must not stay.
    """

    failed = Signal(str)

    def __init__(self, scene: Scene, parent: QWidget) -> None:
        super().__init__(parent)
        self.setUpdateBehavior(QOpenGLWidget.UpdateBehavior.PartialUpdate)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._scene = scene
        self._frame: Frame | None = None
        self._fresh: set[int] = set()
        self._changed = QRegion()
        self._all = True
        self._awaited = False
        self._misses = 0
        self._has_failed = False
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_MS)
        self._watch.timeout.connect(self._look_for_frames)
        self._watch.start()

    def show_picture(self, tile: Tile) -> None:
        self._fresh.add(tile.index)
        self._ask()

    def refresh(self, rect: QRect | None = None) -> None:
        if rect is None:
            self._all = True
        else:
            self._changed += rect
        self._ask()

    def grabbed(self) -> QImage:
        return self.grabFramebuffer()

    def _ask(self) -> None:
        self._awaited = True
        self.update()

    # --- called by Qt with the context current ------------------------------------------------------------------------

    def initializeGL(self) -> None:
        self._all = self._awaited = True
        try:
            self._frame = Frame(QOpenGLContext.currentContext())
        except GpuError as error:
            self._fail(str(error))

    def resizeGL(self, width: int, height: int) -> None:
        self._all = True

    def paintGL(self) -> None:
        if self._frame is None or self._has_failed:
            return
        changed, self._changed = self._changed, QRegion()
        fresh, self._fresh = self._fresh, set()
        whole, self._all = self._all, False
        try:
            self._frame.draw(self._scene, self.rect(), self.devicePixelRatioF(), fresh, None if whole else changed)
        except GpuError as error:
            self._fail(str(error))
            return
        self._awaited, self._misses = False, 0

    # --- failure ------------------------------------------------------------------------------------------------------

    def _look_for_frames(self) -> None:
        """Where the driver has lost the GPU, Qt may just not paint any more."""
        window = self.window().windowHandle()
        is_due = self._awaited and self.isVisible() and window is not None and window.isExposed()
        self._misses = self._misses + 1 if is_due else 0
        if self._misses >= MISSES:
            self._fail("no frame for two seconds")

    def _fail(self, reason: str) -> None:
        if not self._has_failed:
            self._has_failed = True
            self._watch.stop()
            # Not from within a paint event: who hears it replaces this widget.
            QTimer.singleShot(0, lambda: self.failed.emit(reason))
