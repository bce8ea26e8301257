"""An X server without a screen, on a display number that the server itself finds free."""

import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def running(width: int = 1920, height: int = 1080) -> Iterator[str]:
    """Yields the display's name (":7"). The server ends with the process that asked for it, however that ends."""
    if shutil.which("Xvfb") is None:
        raise RuntimeError("Xvfb is missing; run `make setup-dev` (Debian package xvfb)")
    reader, writer = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writer),
        "-screen",
        "0",
        f"{width}x{height}x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    try:
        server = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *command],
            pass_fds=[writer],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
    finally:
        os.close(writer)
    try:
        yield f":{_number(reader, server)}"
    finally:
        os.close(reader)
        server.terminate()
        server.wait(timeout=10)
        if server.stderr:
            server.stderr.close()


def _number(reader: int, server: "subprocess.Popen[bytes]", seconds: float = 20) -> int:
    told = b""
    deadline = time.monotonic() + seconds
    while not told.endswith(b"\n"):
        ready, _, _ = select.select([reader], [], [], max(0.0, deadline - time.monotonic()))
        chunk = os.read(reader, 16) if ready else b""
        if not chunk:
            server.kill()
            _, words = server.communicate()
            raise RuntimeError(f"Xvfb did not start: {words.decode(errors='replace').strip() or 'no answer'}")
        told += chunk
    return int(told)
