"""GUI tests leave no window behind: one that stays open changes focus and painting for the tests after it."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_window_left_open(nothing_left_behind: None) -> Iterator[None]:
    """Set up before qtbot (which closes the widgets it was given), so that it looks after qtbot has tidied up."""
    yield
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return
    QApplication.processEvents()
    left = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    names = [f"{type(w).__name__} {w.objectName()!r}" for w in left]
    for window in left:
        window.hide()
        window.deleteLater()
    if names:
        pytest.fail("windows left open: " + ", ".join(names), pytrace=False)
