"""What the console knows right now. Each holds one thing, tells when it changed, and lives on the Qt thread."""

from .directory import DirectoryState
from .session import Session
from .wall import WallState

__all__ = ["DirectoryState", "Session", "WallState"]
