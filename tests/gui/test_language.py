"""Korean and English: everything an operator reads changes at once, fits, and leaves nothing of the other behind."""

import gc
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from gwanje.console.look import install_language
from gwanje.console.windows.main_window import MainWindow
from gwanje.domain import commands as c
from gwanje.domain.cameras import CameraId
from tests.support.console import TestConsole, console

BOXES = ("palette", "add-camera", "remove-camera", "outputs", "help", "about")
# The same in both languages: names, formats, units, keys; and what the district itself says.
SAME_WORDS = {"PTZ", "English", "gwanje", "http", "rtsp", "onvif", "device", "service", "stream", "Crossing"}


@pytest.fixture
def made(qtbot, tmp_path: Path) -> Iterator[TestConsole]:
    with console(qtbot, tmp_path / "profile") as made:
        made.window.resize(1920, 1080)
        made.core.dispatch(c.ShowCamera(camera_id=CameraId("c1"), tile=0))
        made.core.dispatch(c.ShowCamera(camera_id=CameraId("c2"), tile=1))
        qtbot.waitUntil(made.quiet)
        yield made
    install_language("en")  # the tests after these expect the source's own words


def speak(made: TestConsole, qtbot, language: str) -> MainWindow:
    """Change the language and wait for the window that speaks it."""
    old = made.window
    made.core.dispatch(c.SetLanguage(language=language))
    qtbot.waitUntil(lambda: made.window is not old and made.window.isVisible() and made.quiet(), timeout=10_000)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    made.window.resize(1920, 1080)  # Qt makes a restored window fit beside frames that this display has none of
    qtbot.waitUntil(lambda: made.window.desk.width() == 1920)
    return made.window


def has_hangul(text: str) -> bool:
    return any("가" <= letter <= "힣" for letter in text)


def texts_of(root: QWidget) -> set[str]:
    """Everything that a person reads or hears: texts, hints, tool tips, accessible names, titles, columns."""
    found: list[str] = []
    for widget in [root, *root.findChildren(QWidget)]:
        found += [widget.toolTip(), widget.accessibleName(), widget.windowTitle()]
        for action in widget.actions():
            found += [action.text(), action.toolTip(), action.iconText()]
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
        if isinstance(widget, QLineEdit):
            found.append(widget.placeholderText())
        if isinstance(widget, QAbstractItemView) and isinstance(model := widget.model(), QAbstractTableModel):
            found += [str(model.headerData(i, Qt.Orientation.Horizontal) or "") for i in range(model.columnCount())]
    return {text for text in found if text.strip()}


def cramped(root: QWidget) -> list[str]:
    """Buttons whose text is cut."""
    found = []
    for button in root.findChildren(QAbstractButton):
        shows_text = bool(button.text()) and (
            isinstance(button, QPushButton)
            or (isinstance(button, QToolButton) and button.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly)
            or (isinstance(button, QToolButton) and button.icon().isNull())
        )
        too_small = button.width() < button.sizeHint().width() or button.height() < button.fontMetrics().height()
        if button.isVisible() and shows_text and too_small:
            found.append(f"{button.objectName()} {button.text()!r}: {button.size()} for {button.sizeHint()}")
    return found


def cut_labels(root: QWidget) -> list[str]:
    return [
        f"{label.objectName()} {label.text()!r}: {label.width()} for {label.sizeHint().width()}"
        for label in root.findChildren(QLabel)
        if label.isVisible() and not label.wordWrap() and label.text() and label.width() < label.sizeHint().width()
    ]


def test_korean_is_shown_and_english_comes_back(made: TestConsole, qtbot) -> None:
    window = speak(made, qtbot, "ko")
    assert window.desk.ptz.findChild(QPushButton, "ptz-home-button").text() == "원위치"
    assert window.desk.ptz.findChild(QPushButton, "ptz-store").text() == "저장"
    assert "통합 찾기" in window.top_bar.findChild(QToolButton, "top-palette").text()
    assert window.desk.tree.search.placeholderText() == "번호, 이름, 장소, 목적 찾기"
    assert window.actions_table.by_name["quit"].text() == "종료"
    assert [title for title, _ in window.actions_table.groups][:2] == ["화면 분할", "화면 칸"]
    assert any("관제요원" in label.text() for label in window.status.findChildren(QLabel))
    assert window.boxes["help"].close_button.text() == "닫기"
    window = speak(made, qtbot, "en")
    assert window.desk.ptz.findChild(QPushButton, "ptz-home-button").text() == "Home"
    assert window.actions_table.by_name["quit"].text() == "Quit"
    assert window.boxes["help"].close_button.text() == "Close"


def test_nothing_stays_english(made: TestConsole, qtbot) -> None:
    """A text that is the same in both languages was forgotten, unless it is a name."""
    for box in BOXES:
        made.core.dispatch(c.OpenBox(box=box))
    qtbot.waitUntil(made.quiet)
    english = texts_of(made.window)
    window = speak(made, qtbot, "ko")
    for box in BOXES:
        made.core.dispatch(c.OpenBox(box=box))
    qtbot.waitUntil(made.quiet)
    korean = texts_of(window)
    assert sum(map(has_hangul, korean)) > 100
    forgotten = {t for t in english & korean if set(re.findall(r"[A-Za-z]{2,}", t)) - SAME_WORDS}
    assert forgotten == set()


def test_no_widget_of_the_old_window_is_left(made: TestConsole, qtbot) -> None:
    old = made.window
    inside = [old, *old.findChildren(QWidget)]

    def there_and_back() -> int:
        for language in ("ko", "en"):
            speak(made, qtbot, language)
        gc.collect()  # what only Python holds goes by the console's collector, in its own time
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(QApplication.allWidgets())

    once = there_and_back()
    assert [type(w).__name__ for w in inside if shiboken6.isValid(w)] == []
    assert sum(isinstance(w, MainWindow) for w in QApplication.allWidgets()) == 1
    assert there_and_back() == once


@pytest.mark.parametrize("language", ["en", "ko"])
def test_texts_fit(made: TestConsole, qtbot, tmp_path: Path, language: str) -> None:
    window = speak(made, qtbot, "ko") if language == "ko" else made.window
    window.desk.panels["ptz"].raise_()
    window.desk.wall.select(0)
    qtbot.waitUntil(lambda: window.desk.ptz.isVisible())
    QApplication.processEvents()
    assert window.grab().save(str(tmp_path / f"window-{language}.png"))
    assert cramped(window.top_bar) == []
    assert cramped(window.desk.ptz) == []
    assert cut_labels(window.status) == []
    for box in BOXES:
        made.core.dispatch(c.OpenBox(box=box))
        qtbot.waitUntil(lambda box=box: window.boxes[box].isVisible() and made.quiet())
        QApplication.processEvents()
        assert window.boxes[box].grab().save(str(tmp_path / f"{box}-{language}.png"))
        assert cramped(window.boxes[box]) == [], box
        assert cut_labels(window.boxes[box]) == [], box
        made.core.dispatch(c.CloseBox(box=box))
        qtbot.waitUntil(lambda box=box: not window.boxes[box].isVisible() and made.quiet())
    made.core.dispatch(c.SignOut())
    qtbot.waitUntil(lambda: window.sign_in.isVisible() and made.quiet())
    QApplication.processEvents()
    assert window.grab().save(str(tmp_path / f"sign-in-{language}.png"))
    assert cramped(window.sign_in) == []
    assert cut_labels(window.sign_in) == []


def test_a_refusal_is_told_and_logged_in_korean_and_recorded_in_english(made: TestConsole, qtbot) -> None:
    window = speak(made, qtbot, "ko")
    action = made.core.dispatch(c.OpenWallWindow(output="HDMI-9", layout="4"))
    qtbot.waitUntil(lambda: len(made.outcomes(action)) == 2)
    told = [label.text() for label in window.notice.findChildren(QLabel)]
    assert any("출력 화면 'HDMI-9' 없음 (모니터를 연결한 뒤" in text for text in told), told
    reasons = [r.reason for r in made.rows() if r.action_id == action.id]
    assert reasons[-1] == "there is no output 'HDMI-9' (connect the monitor, then try again)"
    log = window.desk.log.findChild(QAbstractItemView).model()

    def results() -> list[str]:
        return [str(log.index(row, 4).data()) for row in range(log.rowCount())]

    qtbot.waitUntil(lambda: any("출력 화면 'HDMI-9' 없음" in text for text in results()))


def test_the_new_window_goes_on_where_the_old_one_was(made: TestConsole, qtbot) -> None:
    assert made.window.actions_table.by_name["undo"].isEnabled()
    window = speak(made, qtbot, "ko")
    assert window.actions_table.by_name["undo"].isEnabled()
    log = window.desk.log.model
    qtbot.waitUntil(lambda: log.rowCount() == 4)
    assert [str(log.index(row, 1).data()) for row in range(4)] == ["로그인", "카메라 표시", "카메라 표시", "언어"]
    while made.core.wall.can_undo:
        made.core.dispatch(c.UndoWallChange())
        qtbot.waitUntil(made.quiet)
    assert not speak(made, qtbot, "en").actions_table.by_name["undo"].isEnabled()


def test_the_new_window_stands_exactly_where_the_old_one_stood(made: TestConsole, qtbot) -> None:
    before = made.window.geometry()
    for language in ("ko", "en", "ko"):
        speak(made, qtbot, language)
    assert made.window.geometry() == before


def test_purposes_are_said_and_found_in_both_languages(made: TestConsole, qtbot) -> None:
    window = speak(made, qtbot, "ko")
    window.desk.wall.select(0)
    assert any("설치 목적: 생활방범." in label.text() for label in window.desk.ptz.findChildren(QLabel))
    tree = window.desk.tree
    for typed in ("방범", "crime"):
        tree.search.setText(typed)
        shown = tree.tree.model()
        sites = [shown.index(i, 0, shown.index(0, 0)) for i in range(shown.rowCount(shown.index(0, 0)))]
        assert [shown.rowCount(site) for site in sites] == [1, 1, 1], typed
    assert len(made.core.directory.cameras) == 12
    assert {camera.purpose for camera in made.core.directory.cameras.values()} == {"crime prevention", "traffic"}


def test_wall_windows_follow_the_language(made: TestConsole, qtbot) -> None:
    """They are not made anew: their pictures go on."""
    output = made.shell.outputs.outputs()[0].identity
    made.core.dispatch(c.OpenWallWindow(output=output, layout="4"))
    qtbot.waitUntil(lambda: made.quiet() and output in made.shell.walls.views())
    view = made.shell.walls.views()[output]

    def words() -> set[str]:
        return texts_of(view)

    assert "영상 상황판" not in words()
    speak(made, qtbot, "ko")
    assert made.shell.walls.views()[output] is view
    qtbot.waitUntil(lambda: "영상 상황판" in words())
    english = {t for t in words() if not has_hangul(t) and set(re.findall(r"[A-Za-z]{2,}", t)) - SAME_WORDS}
    assert english == set()
    made.core.dispatch(c.CloseWallWindow(output=output))
    qtbot.waitUntil(lambda: made.quiet() and output not in made.shell.walls.views())
