"""Whether walls are shown by a GPU: decided once, before there is an application."""

import logging
import os
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass

from PySide6.QtGui import QSurfaceFormat

from .probe import Gpu, has_device, probe

VARIABLE = "GWANJE_SURFACE"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SurfaceChoice:
    """`gpu`: walls are shown by it. `keeps_watch`: its driver tells when it has lost its contents."""

    gpu: bool
    keeps_watch: bool = False

    def prepare(self, environment: MutableMapping[str, str] | None = None) -> None:
        """What Qt has to know before QApplication is made. Changes nothing where the processor paints."""
        if not self.gpu:
            return
        env = os.environ if environment is None else environment
        # The map is composed into the same window, and Qt composes a window with one graphics interface only.
        env.setdefault("QSG_RHI_BACKEND", "opengl")
        if self.keeps_watch:
            wanted = QSurfaceFormat.defaultFormat()
            wanted.setOption(QSurfaceFormat.FormatOption.ResetNotification)
            QSurfaceFormat.setDefaultFormat(wanted)


def choose_surface(
    environment: MutableMapping[str, str] | None = None,
    *,
    is_there: Callable[[], bool] = has_device,
    ask: Callable[[], Gpu | None] = probe,
) -> SurfaceChoice:
    """GWANJE_SURFACE says "raster", "gpu" or "auto", the default: a GPU where there is one that is no software.

    Takes a second where there is a GPU, and as long as the probe's limit where its driver hangs.
    """
    env = os.environ if environment is None else environment
    asked = env.get(VARIABLE, "").strip().lower() or "auto"
    if asked not in ("auto", "raster", "gpu"):
        _log.warning("%s is %r, which is neither auto, raster nor gpu; taken for auto", VARIABLE, asked)
        asked = "auto"
    if asked == "raster":
        return _said(SurfaceChoice(gpu=False), "as asked for")
    if asked == "auto" and not is_there():
        return _said(SurfaceChoice(gpu=False), "there is no GPU")
    found = ask()
    if asked == "gpu":
        return _said(SurfaceChoice(gpu=True, keeps_watch=found is not None and found.keeps_watch), "as asked for")
    if found is None:
        return _said(SurfaceChoice(gpu=False), "the graphics driver gave no answer")
    words = f"{found.renderer}, OpenGL {found.version[0]}.{found.version[1]}"
    if not found.suffices:
        return _said(SurfaceChoice(gpu=False), f"{words} is {'too old' if found.is_hardware else 'no hardware'}")
    return _said(SurfaceChoice(gpu=True, keeps_watch=found.keeps_watch), words)


def _said(choice: SurfaceChoice, reason: str) -> SurfaceChoice:
    _log.info("walls are %s: %s", "shown by the GPU" if choice.gpu else "painted by the processor", reason)
    return choice
