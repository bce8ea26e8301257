"""The one handler of each command, by subject; `register_all` is the table."""

from .cameras import CameraHandlers
from .clips import ClipHandlers
from .ptz import PtzHandlers
from .session import SessionHandlers
from .view import ViewHandlers
from .wall import WallHandlers

__all__ = ["CameraHandlers", "ClipHandlers", "PtzHandlers", "SessionHandlers", "ViewHandlers", "WallHandlers"]
