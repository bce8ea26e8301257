"""The window for recorded clips: every key and button is one recorded action, and what is shown is true."""

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from gwanje.console.windows.clip_timeline import clock_words
from gwanje.console.windows.clip_window import ClipWindow
from gwanje.domain import commands as c
from gwanje.domain.audit import Outcome
from gwanje.domain.clip_commands import OpenClip
from gwanje.domain.operators import Role
from tests.fakes.clips import number_in
from tests.support.console import CLIP, TestConsole, console


@pytest.fixture
def made(qtbot, tmp_path: Path):
    with console(qtbot, tmp_path) as made:
        made.core.dispatch(c.OpenBox(box="clip"))
        qtbot.waitUntil(lambda: window(made).isVisible() and made.quiet())
        assert window(made)._chooser is not None, "it asks for a file at once"
        window(made)._chooser.fileSelected.emit(CLIP)
        window(made)._chooser.close()
        qtbot.waitUntil(lambda: made.core.clips.state.path == CLIP and made.quiet())
        window(made).activateWindow()
        qtbot.waitUntil(window(made).isActiveWindow)
        yield made


def window(made: TestConsole) -> ClipWindow:
    found = made.window.boxes["clip"]
    assert isinstance(found, ClipWindow)
    return found


def told(made: TestConsole, qtbot, act) -> list[tuple[str, Outcome, dict[str, object]]]:
    """The rows that `act` writes."""
    before = len(made.rows())
    act()
    qtbot.waitUntil(lambda: made.quiet() and len(made.rows()) >= before + 2)
    return [(row.action, row.outcome, dict(row.details)) for row in made.rows()[before:]]


NO, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
KEYS = (
    (Qt.Key.Key_Space, NO, "clip.play", {}),
    (Qt.Key.Key_Space, NO, "clip.pause", {}),
    (Qt.Key.Key_Home, NO, "clip.seek", {"seconds": 0.0}),
    (Qt.Key.Key_Right, NO, "clip.seek", {"seconds": 1.0}),
    (Qt.Key.Key_Right, SHIFT, "clip.seek", {"seconds": 2.0}),
    (Qt.Key.Key_Left, NO, "clip.seek", {"seconds": 0.96}),
    (Qt.Key.Key_Left, SHIFT, "clip.seek", {"seconds": 0.0}),
    (Qt.Key.Key_End, NO, "clip.seek", {"seconds": 2.0}),
    (Qt.Key.Key_Comma, NO, "clip.step", {"pictures": -1}),
    (Qt.Key.Key_Period, NO, "clip.step", {"pictures": 1}),
    (Qt.Key.Key_BracketRight, NO, "clip.speed", {"speed": 2.0}),
    (Qt.Key.Key_BracketLeft, NO, "clip.speed", {"speed": 1.0}),
    (Qt.Key.Key_S, NO, "clip.take_still", {}),
    (Qt.Key.Key_Escape, NO, "console.close", {"box": "clip"}),
)


def test_each_key_is_one_recorded_action(made: TestConsole, qtbot) -> None:
    for key, modifier, action, details in KEYS:
        rows = told(made, qtbot, lambda key=key, modifier=modifier: QTest.keyClick(window(made), key, modifier))
        assert [row[:2] for row in rows] == [(action, Outcome.REQUESTED), (action, Outcome.SUCCEEDED)]
        assert rows[0][2] == details


def test_ctrl_o_asks_for_a_file(made: TestConsole, qtbot) -> None:
    rows = told(made, qtbot, lambda: QTest.keyClick(window(made), Qt.Key.Key_O, CONTROL))
    assert rows[0] == ("console.open", Outcome.REQUESTED, {"box": "clip"})
    assert window(made)._chooser is not None and window(made)._chooser.isVisible()


def test_each_button_is_one_recorded_action(made: TestConsole, qtbot) -> None:
    expected = {
        "clip-open": "console.open",
        "clip-back": "clip.step",
        "clip-play": "clip.play",
        "clip-forward": "clip.step",
        "clip-still": "clip.take_still",
    }
    buttons = {b.objectName(): b for b in window(made).findChildren(QToolButton) if b.objectName().startswith("clip-")}
    assert set(buttons) == set(expected)
    for name, button in buttons.items():
        rows = told(made, qtbot, lambda button=button: QTest.mouseClick(button, Qt.MouseButton.LeftButton))
        assert [row[0] for row in rows] == [expected[name]] * 2
    speed = window(made).speed
    rows = told(made, qtbot, lambda: QTest.keyClick(speed, Qt.Key.Key_Down))
    assert rows[0] == ("clip.speed", Outcome.REQUESTED, {"speed": 2.0})


def test_one_drag_of_the_timeline_is_one_action(made: TestConsole, qtbot) -> None:
    timeline = window(made).timeline
    y = timeline.height() // 2
    asked = len(made.clips.calls)

    def drag() -> None:
        QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=QPoint(10, y))
        for x in range(10, timeline.width() // 2, 20):
            QTest.mouseMove(timeline, QPoint(x, y))
        QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(timeline.width() // 2, y))

    rows = told(made, qtbot, drag)
    assert [row[0] for row in rows] == ["clip.seek"] * 2
    assert rows[0][2]["seconds"] == pytest.approx(1.0, abs=0.02)
    assert rows[1][2]["position"] == made.core.clips.state.position
    assert [call[0] for call in made.clips.calls[asked:]] == ["seek"]


def test_the_window_shows_where_the_clip_stands(made: TestConsole, qtbot) -> None:
    w = window(made)
    time = w.findChild(QLabel, "clip-time")
    assert time.text() == "0:00:00.000 / 0:00:02.000"
    assert w.windowTitle().startswith("crossing.mp4")
    told(made, qtbot, lambda: QTest.keyClick(w, Qt.Key.Key_Right))
    assert time.text().startswith("0:00:01.000")
    assert w.timeline.value() == 1000
    picture = w.grab().toImage().pixelColor(w.picture.geometry().center()).red()
    assert picture == pytest.approx(25 * 4 * 255 / 219, abs=2)
    play = w.findChild(QToolButton, "clip-play")
    assert play.accessibleName() == "Play (Space)"
    told(made, qtbot, lambda: QTest.keyClick(w, Qt.Key.Key_Space))
    assert play.accessibleName() == "Pause (Space)"
    qtbot.waitUntil(lambda: made.core.clips.state.has_ended)
    assert play.accessibleName() == "Play (Space)"
    assert any("end of the clip" in label.text() for label in w.findChildren(QLabel))


def test_a_still_has_the_picture_and_its_time_and_nothing_else(made: TestConsole, qtbot) -> None:
    told(made, qtbot, lambda: QTest.keyClick(window(made), Qt.Key.Key_Right))
    rows = told(made, qtbot, lambda: QTest.keyClick(window(made), Qt.Key.Key_S))
    details = rows[1][2]
    assert (details["clip"], details["seconds"]) == (CLIP, 1.0)
    file = Path(str(details["file"]))
    assert hashlib.sha256(file.read_bytes()).hexdigest() == details["sha256"]
    image = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
    assert (image.width(), image.height()) == (32, 24)
    assert number_in(bytes(image.constBits())) == 25
    assert (image.text("Clip"), image.text("Clip Time")) == ("crossing.mp4", "1.000 s")


def test_what_cannot_be_opened_is_said_in_the_window(made: TestConsole, qtbot) -> None:
    rows = told(made, qtbot, lambda: made.core.dispatch(OpenClip(path="/clips/gone.mp4")))
    assert rows[1][1] is Outcome.FAILED
    words = [label.text() for label in window(made).findChildren(QLabel) if label.isVisible()]
    assert "gone.mp4: there is no such file (choose another file)" in words
    assert made.core.clips.state.path == CLIP, "the clip that was open stays"
    told(made, qtbot, lambda: QTest.keyClick(window(made), Qt.Key.Key_Period))
    assert not any("no such file" in label.text() for label in window(made).findChildren(QLabel))


def test_a_closed_window_plays_nothing(made: TestConsole, qtbot) -> None:
    told(made, qtbot, lambda: QTest.keyClick(window(made), Qt.Key.Key_Space))
    told(made, qtbot, lambda: window(made).close())
    assert not window(made).isVisible()
    assert made.core.clips.state.path == ""


def test_signing_out_closes_the_clip(made: TestConsole, qtbot) -> None:
    told(made, qtbot, lambda: made.core.dispatch(c.SignOut()))
    assert not window(made).isVisible()
    assert made.core.clips.state.path == ""


def test_who_may_not_watch_opens_no_clip(qtbot, tmp_path: Path) -> None:
    with console(qtbot, tmp_path, roles=frozenset({Role.ADMINISTRATOR})) as made:
        action = made.core.dispatch(OpenClip(path=CLIP))
        qtbot.waitUntil(lambda: len(made.outcomes(action)) == 2)
        assert made.outcomes(action)[-1] is Outcome.REFUSED
        assert made.clips.calls == []


def test_times_are_written_to_the_thousandth() -> None:
    assert clock_words(0) == "0:00:00.000"
    assert clock_words(62.3454) == "0:01:02.345"
    assert clock_words(3599.9996) == "1:00:00.000"
