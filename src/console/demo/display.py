"""A display of its own, for machines without one."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

from ...domain.errors import GwanjeError


def screen_size(text: str) -> tuple[int, int]:
    """ "1920x1080" as numbers. Raises GwanjeError."""
    match = re.fullmatch(r"(\d{3,5})x(\d{3,5})", text)
    if match is None:
        raise GwanjeError("this is not a size", place=text, cure="write it as 1920x1080")
    return int(match[1]), int(match[2])


@contextlib.contextmanager
def own_display(width: int, height: int) -> Iterator[str]:
    """An X server without a screen (Xvfb) for the time of the block; DISPLAY points to it.

    Raises GwanjeError when there is none on this machine.
    """
    program = shutil.which("Xvfb")
    if program is None or not sys.platform.startswith("linux"):
        raise GwanjeError("a headless run needs Xvfb", place="Xvfb", cure="apt install xvfb")
    read_end, write_end = os.pipe()
    server = subprocess.Popen(  # noqa: S603 - our own arguments
        [program, "-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(write_end,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    before = os.environ.get("DISPLAY")
    try:
        with os.fdopen(read_end) as told:
            number = told.readline().strip()  # ends when the server is up, or gone
        if not number:
            raise GwanjeError("Xvfb did not start", place="Xvfb", cure="run it by hand to see why")
        os.environ["DISPLAY"] = f":{number}"
        os.environ.pop("WAYLAND_DISPLAY", None)
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        yield os.environ["DISPLAY"]
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        if before is None:
            os.environ.pop("DISPLAY", None)
        else:
            os.environ["DISPLAY"] = before
