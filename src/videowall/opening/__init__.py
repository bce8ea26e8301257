"""Something to see at once: what a camera can do for a stream that is being opened."""

from .camera_help import CameraHelp, Snapshot
from .decode import decode_snapshot
from .opening_help import OpeningHelp

__all__ = ["CameraHelp", "OpeningHelp", "Snapshot", "decode_snapshot"]
