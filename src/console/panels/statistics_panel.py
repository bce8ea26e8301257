"""What is measured of the selected tile: its figures now, and rate and delay over the last minutes."""

import time
from collections import deque
from collections.abc import Callable

import pyqtgraph
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ...domain.cameras import Camera
from ...videowall import TileFigures
from ...videowall.wall.figures import explained
from ..look import tokens
from .plain_text import one_line

KEPT_S = 120


class StatisticsPanel(QWidget):
    """Looks once a second. `figures` tells those of the selected tile; None where there is nothing to tell."""

    def __init__(self, figures: Callable[[], TileFigures | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures = figures
        self._camera: Camera | None = None
        self._fps: deque[tuple[float, float]] = deque(maxlen=KEPT_S)
        self._mbit: deque[tuple[float, float]] = deque(maxlen=KEPT_S)
        self._delay: deque[tuple[float, float]] = deque(maxlen=KEPT_S)
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
        # Solid, dashed and dotted, so that the lines are told apart without colour.
        self._fps_line = self._plot.plot(name=self.tr("painted/s"), pen=pyqtgraph.mkPen(t.live, width=2))
        self._rate_line = self._plot.plot(
            name=self.tr("Mbit/s × 10"), pen=pyqtgraph.mkPen(t.accent, width=2, style=Qt.PenStyle.DashLine)
        )
        self._delay_line = self._plot.plot(
            name=self.tr("delay, ms ÷ 10"), pen=pyqtgraph.mkPen(t.stalled, width=2, style=Qt.PenStyle.DotLine)
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
            self._delay.clear()
            self._measure()

    def _measure(self) -> None:
        figures = self._figures() if self._camera is not None else None
        if self._camera is None or figures is None:
            self._facts.setText(self.tr("Select a tile to see its stream."))
            for line in (self._fps_line, self._rate_line, self._delay_line):
                line.setData([], [])
            return
        now = time.monotonic()
        self._fps.append((now, figures.pace.fps))
        self._mbit.append((now, figures.statistics.bits_per_second / 1e5))
        if figures.pace.delay is not None:
            self._delay.append((now, figures.pace.delay * 100))
        if not self.isVisible():
            return
        self._facts.setText("\n".join((f"{self._camera.number} {one_line(self._camera.name)}", *explained(figures))))
        for line, points in (
            (self._fps_line, self._fps),
            (self._rate_line, self._mbit),
            (self._delay_line, self._delay),
        ):
            line.setData([t - now for t, _ in points], [v for _, v in points])
