"""libVLC, loaded once in a worker process and shared by its sessions. The console's own process never loads it."""

import threading
from functools import cache
from typing import Any

_OPTIONS = (
    "--quiet",  # what it logs may name addresses
    "--ignore-config",
    "--no-interact",
    "--no-stats",
    "--no-audio",  # no sound, ever
    "--aout=none",
    "--no-spu",
    "--no-osd",
    "--no-lua",
    "--avcodec-hw=none",
    "--avcodec-threads=1",
    # The reader gives whole access units. VLC's own packetizers wait for the start of the next one: a picture's time.
    "--packetizer=copy",
)
_lock = threading.Lock()


class VlcMissingError(Exception):
    """There is no libVLC on this machine, or one that does not start."""


def shared_instance() -> Any:
    """The vlc.Instance of this process. Raises VlcMissingError."""
    with _lock:
        return _instance()


@cache
def _instance() -> Any:
    try:
        import vlc
    except (ImportError, OSError, NotImplementedError):
        raise VlcMissingError from None
    instance = vlc.Instance(list(_OPTIONS))
    if instance is None:
        raise VlcMissingError
    return instance
