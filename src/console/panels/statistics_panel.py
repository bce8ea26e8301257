"""Pictures per second and age of the selected camera over the last minutes, and what its stream is."""

import time
from collections import deque

import pyqtgraph
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ...domain.cameras import Camera
from ...videowall.port import Quality, SourceKey
from ..core import ConsoleCore
from ..look import tokens
from .plain_text import one_line

KEPT_S = 120


class StatisticsPanel(QWidget):
    """Measures once a second while it is visible."""

    def __init__(self, core: ConsoleCore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._camera: Camera | None = None
        self._started = time.monotonic()
        self._fps: deque[tuple[float, float]] = deque(maxlen=KEPT_S)
        self._mbit: deque[tuple[float, float]] = deque(maxlen=KEPT_S)
        t = tokens()
        self._facts = QLabel(self)
        self._facts.setObjectName("ptzState")
        self._facts.setWordWrap(True)
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        self._plot = pyqtgraph.PlotWidget(self, background=t.panel)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._plot.setLimits(yMin=0)
        self._plot.setYRange(0, 30)
        self._plot.setAccessibleName(self.tr("Pictures per second"))
        self._plot.getPlotItem().showGrid(x=False, y=True, alpha=0.2)
        for side in ("left", "bottom"):
            axis = self._plot.getPlotItem().getAxis(side)
            axis.setPen(t.line)
            axis.setTextPen(t.muted)
        self._plot.setLabel("bottom", self.tr("seconds ago"), color=t.muted)
        self._plot.addLegend(offset=(8, 8), labelTextColor=t.muted)
        # Solid against dashed, so that the lines are told apart without colour.
        self._fps_line = self._plot.plot(name=self.tr("pictures/s"), pen=pyqtgraph.mkPen(t.live, width=2))
        self._rate_line = self._plot.plot(
            name=self.tr("Mbit/s × 10"), pen=pyqtgraph.mkPen(t.accent, width=2, style=Qt.PenStyle.DashLine)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self._facts)
        layout.addWidget(self._plot, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._measure)
        self._timer.start()
        self.set_camera(None)

    def set_camera(self, camera: Camera | None) -> None:
        if camera != self._camera or camera is None:
            self._camera = camera
            self._fps.clear()
            self._mbit.clear()
            self._measure()

    def _measure(self) -> None:
        if self._camera is None:
            self._facts.setText(self.tr("Select a tile to see its stream."))
            self._fps_line.setData([], [])
            self._rate_line.setData([], [])
            return
        now = time.monotonic()
        key = SourceKey(self._camera.id, Quality.SUB)
        main = SourceKey(self._camera.id, Quality.MAIN)
        s = max(self._core.sources.statistics(key), self._core.sources.statistics(main), key=lambda s: s.fps)
        self._fps.append((now, s.fps))
        self._mbit.append((now, s.bits_per_second / 1e5))
        if not self.isVisible():
            return
        self._facts.setText(
            f"{self._camera.number} {one_line(self._camera.name)} — {s.codec.upper()} {s.width}×{s.height}, "
            + self.tr("%1 pictures/s, %2 Mbit/s, %3 errors")
            .replace("%1", f"{s.fps:.1f}")
            .replace("%2", f"{s.bits_per_second / 1e6:.2f}")
            .replace("%3", str(s.errors))
        )
        for line, points in ((self._fps_line, self._fps), (self._rate_line, self._mbit)):
            line.setData([t - now for t, _ in points], [v for _, v in points])
