"""Refuses, in words, what Qt and Chromium would answer with an abort."""

import os
import sys

from ...domain.errors import GwanjeError


def require_display() -> None:
    """Qt would end the process without a word that an operator understands. Raises GwanjeError."""
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise GwanjeError("there is no display", place="DISPLAY", cure="use `gwanje demo --headless SECONDS`")


def refuse_root() -> None:
    """Chromium's sandbox (the map) does not work for root, and a console has no business being root."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and not os.environ.get("QTWEBENGINE_DISABLE_SANDBOX"):
        raise GwanjeError(
            "the console does not run as root",
            place="user",
            cure="start it as an ordinary user; in a throw-away container set QTWEBENGINE_DISABLE_SANDBOX=1",
        )
