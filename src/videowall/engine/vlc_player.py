"""One libVLC player that decodes a stream into pictures in memory: each of them once, at once, with its time stamp.

They come through VLC's stream output (`smem`) and not through its video output (`vmem`): the latter shows the last
picture again every 80 ms, which cannot be told from a new one, paces by its clock, and knows no time stamps.
"""

import ctypes
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .vlc_library import shared_instance
from .vlc_pipe import Pipe, address

_BEFORE = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.c_size_t)
_AFTER = ctypes.CFUNCTYPE(
    None,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_size_t,
    ctypes.c_int64,
)
Shown = Callable[[NDArray[np.uint8], int], None]
"""Called on a thread of libVLC with Y, U and V of an I420 picture (height * 3 / 2 rows) and its time in microseconds on
libVLC's clock. Must call nothing of libVLC, and wait for nobody."""


class MemoryPlayer:
    """Plays from when it is made until `stop`. `size` is the native width and height, both even."""

    def __init__(self, pipe: Pipe, size: tuple[int, int], shown: Shown) -> None:
        width, height = size
        self._pipe = pipe
        self._shown = shown
        self._picture = np.zeros((height * 3 // 2, width), np.uint8)
        self._too_large: ctypes.Array[ctypes.c_char] | None = None
        self._before = _BEFORE(self._where_to)
        self._after = _AFTER(self._written)
        self.failure: BaseException | None = None
        instance = shared_instance()
        medium = instance.media_new_location("imem://")
        sink = (
            f"smem{{video-prerender-callback={address(self._before)},"
            f"video-postrender-callback={address(self._after)},no-time-sync}}"
        )
        decoder = f"transcode{{vcodec=I420,width={width},height={height}}}"
        for option in (*pipe.options(), f":sout=#{decoder}:{sink}"):
            medium.add_option(option)
        self._player = instance.media_player_new()
        self._player.set_media(medium)
        medium.release()
        self._player.play()

    def stop(self) -> None:
        """Afterwards `shown` is called no more. Takes some milliseconds; not for a thread of libVLC."""
        self._pipe.end()
        self._player.stop()
        self._player.release()
        self._pipe.release()
        del self._before, self._after, self._shown

    def _where_to(self, data: int | None, place, size: int) -> None:
        if size <= self._picture.nbytes:
            place[0] = self._picture.ctypes.data
        else:  # never seen; a null pointer would end the process
            self._too_large = ctypes.create_string_buffer(size)
            place[0] = ctypes.addressof(self._too_large)

    def _written(
        self, data: int | None, pixels: int | None, width: int, height: int, depth: int, size: int, time: int
    ) -> None:
        if size != self._picture.nbytes or self.failure is not None:
            return
        try:
            self._shown(self._picture, time)
        except BaseException as failure:  # noqa: BLE001 - cannot pass through libVLC; the session raises it
            self.failure = failure


def clock() -> int:
    """Microseconds on libVLC's clock."""
    import vlc

    return int(vlc.libvlc_clock())
