"""Runs on a display with two monitors: a wall window on the second, which is unplugged, plugged in again and moved.

Prints what was seen as one JSON object. Started by test_wall_outputs.py, in a process of its own because a Qt
application keeps its display for life.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from gwanje.domain.wall import WallArrangement
from gwanje.videowall import OutputRegistry, WallWindows
from tests.fakes.dummy_monitors import MODE
from tests.fakes.fake_sources import FakeSources
from tests.fakes.fake_wall import CAMERAS, arrangement

PATIENCE_S = 20


def main() -> None:
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    registry = OutputRegistry()
    sources = FakeSources()
    windows = WallWindows(registry, sources, lambda command: None)
    windows.set_cameras(CAMERAS)
    desk = QWidget()
    desk.setGeometry(100, 100, 400, 300)
    desk.show()
    seen: dict[str, object] = {"outputs": [o.identity for o in registry.outputs()]}
    second = registry.outputs()[1].identity

    def until(what: str, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > deadline:
                raise SystemExit(f"never: {what}")
            app.processEvents()

    def look() -> dict[str, object]:
        window = windows.windows()[second]
        return {
            "visible": window.isVisible(),
            "geometry": list(window.geometry().getRect()),
            "wanted": sorted(key.camera_id for key in sources.wanted()),
        }

    windows.apply(WallArrangement().with_window(second, arrangement("4", 1, 2)))
    window = windows.windows()[second]
    until("the wall fills its output", lambda: window.geometry().x() == 1280 and bool(sources.wanted()))
    seen["opened"] = look()

    def xrandr(*arguments: str) -> None:
        subprocess.run(["xrandr", "--output", "DUMMY1", *arguments], check=True, capture_output=True, timeout=30)

    xrandr("--off")
    until("the output is gone", lambda: len(registry.outputs()) == 1)
    until("the wall hides", lambda: not window.isVisible() and not sources.wanted())
    seen["unplugged"] = look()
    seen["desk stays"] = desk.isVisible()

    xrandr("--mode", MODE, "--pos", "1280x0")
    until("the output is back", lambda: registry.output(second) is not None)
    until("the wall is back", lambda: window.isVisible() and window.geometry().x() == 1280)
    until("it is drawn again", lambda: bool(sources.wanted()))
    seen["plugged"] = look()

    # Moved while it was away: it comes back where the monitor stands now.
    xrandr("--off")
    until("the output is gone again", lambda: registry.output(second) is None)
    xrandr("--mode", MODE, "--pos", "0x720")
    until("the wall is back at its new place", lambda: window.isVisible() and window.geometry().y() == 720)
    until("it is drawn there", lambda: bool(sources.wanted()))
    seen["moved"] = look()
    windows.close_all()
    seen["closed"] = sorted(key.camera_id for key in sources.wanted())
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    main()
