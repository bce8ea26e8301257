"""The end of a map: its widget is let go, and a program that ends with a map open ends cleanly."""

import gc
import subprocess
import sys
import weakref

import pytest
from pytestqt.qtbot import QtBot

from gwanje.mapview.view import MapView

from .mapview_help import answer, district

_PROGRAM = """
import sys
from gwanje.mapview import MapView, prepare_environment, register_scheme
prepare_environment()
register_scheme()
from PySide6.QtWidgets import QApplication
app = QApplication(sys.argv)
view = MapView()
def end():
    if sys.argv[1] == "deleted later":
        view.deleteLater()
    app.exit()
view.ready.connect(end)
view.failed.connect(lambda text: app.exit(3))
view.show()
code = app.exec()
if sys.argv[1] == "dropped":
    del view
sys.exit(code)
"""


def test_a_map_that_was_asked_is_let_go(qtbot: QtBot) -> None:
    view = MapView()
    view.set_district(district(3))
    with qtbot.waitSignal(view.ready, timeout=20_000):
        view.show()
    assert answer(qtbot, view.marker_count) == 3
    with qtbot.waitSignal(view.destroyed, timeout=10_000):
        view.close()
        view.deleteLater()
    remembered = weakref.ref(view)
    del view
    gc.collect()
    assert remembered() is None


@pytest.mark.parametrize("how", ["left open", "deleted later", "dropped"])
def test_a_program_that_ends_with_a_map_ends_cleanly(how: str, display: str) -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM, how], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "WebEnginePage still not deleted" not in done.stderr
