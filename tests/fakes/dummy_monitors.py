"""A real X server with monitors that can be plugged and unplugged (Xorg with the dummy driver)."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CONFIG = """
Section "Device"
    Identifier "card"
    Driver "dummy"
    VideoRam 256000
EndSection
Section "Monitor"
    Identifier "monitor"
    HorizSync 5-1000
    VertRefresh 5-200
EndSection
Section "Screen"
    Identifier "screen"
    Device "card"
    Monitor "monitor"
    DefaultDepth 24
    SubSection "Display"
        Depth 24
        Virtual 4096 2160
    EndSubSection
EndSection
"""
MODE = "1280x720_60"
_TIMINGS = ["74.50", "1280", "1344", "1472", "1664", "720", "723", "728", "748", "-hsync", "+vsync"]


class Monitors:
    """Attributes: `display`, such as ":7"."""

    def __init__(self, display: str) -> None:
        self.display = display

    def xrandr(self, *arguments: str) -> None:
        environment = {**os.environ, "DISPLAY": self.display}
        subprocess.run(["xrandr", *arguments], env=environment, check=True, capture_output=True, timeout=30)


@contextmanager
def dummy_monitors(folder: Path) -> Iterator[Monitors]:
    """Two monitors of 1280x720 side by side, DUMMY0 (primary) and DUMMY1; `folder` takes configuration and log."""
    config = folder / "xorg.conf"
    config.write_text(_CONFIG)
    log = folder / "xorg.log"
    reader, writer = os.pipe()
    options = ["-config", str(config), "-logfile", str(log), "-noreset", "-nolisten", "tcp", "-novtswitch", "-sharevts"]
    server = subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", "--", "/usr/lib/xorg/Xorg", "-displayfd", str(writer), *options],
        pass_fds=[writer],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        number = _read_number(reader, server, log)
        monitors = Monitors(f":{number}")
        monitors.xrandr("--newmode", MODE, *_TIMINGS)
        for output in ("DUMMY0", "DUMMY1"):
            monitors.xrandr("--addmode", output, MODE)
        monitors.xrandr("--output", "DUMMY0", "--primary", "--mode", MODE, "--pos", "0x0",
                        "--output", "DUMMY1", "--mode", MODE, "--pos", "1280x0")  # fmt: skip
        yield monitors
    finally:
        os.close(reader)
        server.terminate()
        server.wait(timeout=10)


def _read_number(reader: int, server: "subprocess.Popen[bytes]", log: Path) -> int:
    os.set_blocking(reader, False)
    deadline, told = time.monotonic() + 20, b""
    while not told.endswith(b"\n"):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"Xorg did not start: {log.read_text()[-500:] if log.exists() else 'no log'}")
        try:
            told += os.read(reader, 16)
        except BlockingIOError:
            time.sleep(0.02)
    return int(told)
