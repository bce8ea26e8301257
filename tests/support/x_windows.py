"""What only the X server can do to a window: the system takes it off the screen without telling the program first."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager

_X = ctypes.CDLL("libX11.so.6")
_X.XOpenDisplay.restype = ctypes.c_void_p
_X.XOpenDisplay.argtypes = [ctypes.c_char_p]
for _call in (_X.XUnmapWindow, _X.XMapWindow):
    _call.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
for _call in (_X.XFlush, _X.XCloseDisplay):
    _call.argtypes = [ctypes.c_void_p]


@contextmanager
def unmapped(window: int) -> Iterator[None]:
    """As a window manager does with the windows of another desktop."""
    display = _X.XOpenDisplay(os.environ["DISPLAY"].encode())
    assert display, "no X display"
    try:
        _X.XUnmapWindow(display, window)
        _X.XFlush(display)
        yield
        _X.XMapWindow(display, window)
        _X.XFlush(display)
    finally:
        _X.XCloseDisplay(display)
