"""The side parts of the main window. They show state and dispatch commands; none of them holds a port."""

from .camera_tree import CameraTree
from .log_panel import LogPanel
from .ptz_panel import PtzPanel
from .statistics_panel import StatisticsPanel

__all__ = ["CameraTree", "LogPanel", "PtzPanel", "StatisticsPanel"]
