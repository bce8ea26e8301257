"""What the web engine needs from the environment on a machine without a GPU."""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

_DRI = Path("/dev/dri")
_FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"


def has_gpu(dri: Path = _DRI) -> bool:
    """Whether Linux offers a render node. Other systems always have a way to composite, so they count as yes."""
    if not sys.platform.startswith("linux"):
        return True
    return dri.is_dir() and any(dri.glob("renderD*"))


def prepare_environment(environment: MutableMapping[str, str] | None = None, *, gpu: bool | None = None) -> None:
    """Make the web view paint without a GPU. Call it before QApplication; it changes nothing where there is a GPU.

    Without one, Chromium would start a GPU process that dies and restarts, and Qt Quick (which composes the web view)
    would ask for an OpenGL context that Xvfb may not give. With Qt Quick's software renderer the page is an ordinary
    raster image, so both the screen and QWidget.grab() hold it. Values that are already set are kept.
    """
    env = os.environ if environment is None else environment
    if gpu if gpu is not None else has_gpu():
        return
    env.setdefault("QT_QUICK_BACKEND", "software")
    flags = env.get(_FLAGS, "").split()
    if not any(flag.startswith(("--disable-gpu", "--use-gl")) for flag in flags):
        env[_FLAGS] = " ".join([*flags, "--disable-gpu"])
