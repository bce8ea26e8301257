"""Ends the wait of a thread that FFmpeg holds on a socket, for a session that is closed.

FFmpeg asks nobody while a camera sends packets that it throws away, or while it waits for an answer. Its socket cannot
be asked for, but Linux tells which system call a thread waits in; that socket is shut down, and FFmpeg takes it for the
end of the stream. Elsewhere nothing is done: such a thread ends with the camera's next answer, silence or goodbye.
"""

import contextlib
import os
import platform
import socket
import struct
import sys
from pathlib import Path

_POLLS = {"x86_64": (7, 271), "aarch64": (73,)}.get(platform.machine(), ())  # poll, ppoll
_READS = {"x86_64": (0, 45, 47), "aarch64": (63, 207, 212)}.get(platform.machine(), ())  # read, recvfrom, recvmsg
_FD = struct.Struct("=i")


def unblock(thread: int, port: int) -> bool:
    """Shut the connection to `port` of a camera down, if the thread (its native id) waits for that one just now."""
    if sys.platform != "linux":
        return False
    try:
        words = Path(f"/proc/self/task/{thread}/syscall").read_text().split()
        waits_in, first = int(words[0]), int(words[1], 16)
    except (OSError, ValueError, IndexError):
        return False  # it runs, or has ended
    if waits_in in _POLLS and first:
        descriptor = _first_polled(first)
    elif waits_in in _READS:
        descriptor = first
    else:
        return False
    return _shut_down(descriptor, port)


def _first_polled(address: int) -> int:
    """The descriptor at the head of a list of pollfd. Through the system, for the list may be gone by now."""
    memory = os.open("/proc/self/mem", os.O_RDONLY | os.O_CLOEXEC)
    try:
        (descriptor,) = _FD.unpack(os.pread(memory, _FD.size, address))
    except (OSError, struct.error, OverflowError):
        return -1
    finally:
        os.close(memory)
    return int(descriptor)


def _shut_down(descriptor: int, port: int) -> bool:
    with contextlib.suppress(OSError, ValueError), socket.socket(fileno=os.dup(descriptor)) as connection:
        if connection.type == socket.SOCK_STREAM and connection.getpeername()[1] == port:
            connection.shutdown(socket.SHUT_RDWR)
            return True
    return False
