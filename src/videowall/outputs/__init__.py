"""Monitors with a stable identity, and the wall windows that fill them."""

from .registry import Output, OutputRegistry
from .wall_window import WallWindow
from .wall_windows import WallWindows

__all__ = ["Output", "OutputRegistry", "WallWindow", "WallWindows"]
