"""Whether this machine has a GPU that walls can be shown with, found out in a process of its own.

A driver that crashes or hangs takes that process with it, and not the console.
"""

import contextlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

WITHIN_S = 5.0
_DEVICES = ("dri/renderD*", "nvidia[0-9]*", "dxg")
_SOFTWARE = (
    "llvmpipe",
    "softpipe",
    "swrast",
    "software rasterizer",
    "swiftshader",
    "microsoft basic render",
    "gdi generic",
)


@dataclass(frozen=True, slots=True)
class Gpu:
    """What the driver says of itself. `keeps_watch`: it tells when it has lost its contents."""

    renderer: str
    vendor: str
    version: tuple[int, int]
    keeps_watch: bool = False

    @property
    def is_hardware(self) -> bool:
        words = f"{self.renderer} {self.vendor}".lower()
        return bool(self.renderer) and not any(name in words for name in _SOFTWARE)

    @property
    def suffices(self) -> bool:
        """OpenGL 3 or OpenGL ES 3: textures of any size with one or four bytes a texel."""
        return self.is_hardware and self.version >= (3, 0)


def has_device(devices: Path = Path("/dev")) -> bool:
    """Whether Linux has anything that could be a GPU; so the usual machine without one starts no process for it."""
    return not sys.platform.startswith("linux") or any(next(devices.glob(name), None) for name in _DEVICES)


def probe(command: list[str] | None = None, *, within: float = WITHIN_S) -> Gpu | None:
    """Ask the driver; waits for `within` seconds at most. None when it gives no answer, a wrong one, or crashes."""
    command = command or [sys.executable, "-P", "-m", __name__]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        return None
    try:
        answer, _ = process.communicate(timeout=within)
    except subprocess.TimeoutExpired:
        process.kill()
        # One that hangs in the driver cannot even be killed, and is not waited for any longer.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=1)
        return None
    return _read(answer) if process.returncode == 0 else None


def _read(answer: bytes) -> Gpu | None:
    try:
        said = json.loads(answer.splitlines()[-1])
        return Gpu(
            str(said["renderer"]),
            str(said["vendor"]),
            (int(said["version"][0]), int(said["version"][1])),
            bool(said["keeps_watch"]),
        )
    except (IndexError, KeyError, TypeError, ValueError):
        return None


def main() -> None:
    """In the process of its own: make contexts as the console will, compile what it will, and print a line of JSON."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext, QSurfaceFormat

    from . import gl
    from .gl_overlay import Overlay
    from .gl_pictures import PictureShaders

    QGuiApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QGuiApplication(["gwanje-probe"])
    wanted = QSurfaceFormat()
    wanted.setOption(QSurfaceFormat.FormatOption.ResetNotification)
    context, keeps_watch = QOpenGLContext(), True
    context.setFormat(wanted)
    surface = QOffscreenSurface()
    surface.setFormat(wanted)
    surface.create()
    if not (context.create() and context.makeCurrent(surface)):
        context, keeps_watch = QOpenGLContext(), False
        if not (context.create() and context.makeCurrent(surface)):
            sys.exit(1)
    functions = context.functions()
    answer = {
        "renderer": functions.glGetString(gl.RENDERER),
        "vendor": functions.glGetString(gl.VENDOR),
        "version": context.format().version(),
        "keeps_watch": keeps_watch and context.format().testOption(QSurfaceFormat.FormatOption.ResetNotification),
    }
    PictureShaders()
    Overlay()
    print(json.dumps(answer), flush=True)  # noqa: T201 - the answer
    context.doneCurrent()
    del application


if __name__ == "__main__":
    main()
