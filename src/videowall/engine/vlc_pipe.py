"""How compressed pictures get into libVLC: its memory input asks for them, one after the other, on a thread of its own.

Not MPEG-TS through `media_new_callbacks`: that cannot carry MJPEG, costs a second muxing and demuxing, and libVLC keeps
300 ms of it back (DEFAULT_PTS_DELAY).
"""

import ctypes
import queue

_FOURCC = {"h264": "h264", "hevc": "hevc", "mjpeg": "MJPG", "mpeg4": "mp4v"}
# The "copy" packetizer holds one block back until the next one comes. A block that is no picture pushes it out:
# an access unit delimiter, the end of an image, a start code of user data.
_PUSH = {
    "h264": b"\0\0\0\1\x09\xf0",
    "hevc": b"\0\0\0\1\x46\x01\x50",
    "mjpeg": b"\xff\xd9",
    "mpeg4": b"\0\0\1\xb2",
}
CODECS = frozenset(_FOURCC)

_GET = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_char_p,
    ctypes.POINTER(ctypes.c_int64),
    ctypes.POINTER(ctypes.c_int64),
    ctypes.POINTER(ctypes.c_uint),
    ctypes.POINTER(ctypes.c_size_t),
    ctypes.POINTER(ctypes.c_void_p),
)
_RELEASE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p)
_Block = tuple[bytes, int, int]


class Pipe:
    """`codec` is FFmpeg's name, one of CODECS. Belongs to one player, and must outlive it."""

    def __init__(self, codec: str) -> None:
        self._codec = codec
        self._blocks: queue.SimpleQueue[_Block | None] = queue.SimpleQueue()
        self._held = b""  # libVLC copies it before it asks again
        self._get = _GET(self._give)
        self._release = _RELEASE(lambda *_: 0)
        # libVLC begins once it has 300 ms of stream: this block and the first picture are far enough apart.
        self._push(0)

    def release(self) -> None:
        """After the player has stopped: a function that libVLC calls refers to its object, and that to the function."""
        del self._get, self._release

    @property
    def waiting(self) -> int:
        """Packets that libVLC has not asked for yet."""
        return self._blocks.qsize() // 2

    def options(self) -> list[str]:
        """Of the medium `imem://`."""
        return [
            f":imem-get={address(self._get)}",
            f":imem-release={address(self._release)}",
            ":imem-cookie=0",
            ":imem-data=0",
            ":imem-cat=2",
            ":imem-id=1",
            f":imem-codec={_FOURCC[self._codec]}",
        ]

    def put(self, packet: bytes, stamp: int, newest: int) -> None:
        """One access unit; `stamp` orders the pictures, `newest` is the highest stamp so far."""
        self._blocks.put((packet, newest, stamp))
        self._push(newest)

    def end(self) -> None:
        """libVLC is told that the stream is over; without this its player cannot be stopped."""
        self._blocks.put(None)

    def _push(self, stamp: int) -> None:
        self._blocks.put((_PUSH[self._codec], stamp, stamp))

    def _give(self, data, cookie, dts, pts, flags, size, buffer) -> int:
        block = self._blocks.get()
        if block is None:
            return 1
        self._held, dts[0], pts[0] = block
        flags[0] = 0
        size[0] = len(self._held)
        buffer[0] = ctypes.cast(ctypes.c_char_p(self._held), ctypes.c_void_p).value
        return 0


def address(function: object) -> int:
    """Of a C function, as libVLC's options take it."""
    return ctypes.cast(function, ctypes.c_void_p).value or 0  # type: ignore[arg-type]
