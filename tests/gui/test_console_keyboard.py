"""Everything without a mouse: palette, keys, menus; and the keyboard focus is never lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gwanje.console.actions import PANELS
from gwanje.console.boxes import PaletteBox
from gwanje.domain.audit import Outcome
from gwanje.domain.cameras import CameraId
from gwanje.domain.commands import OpenBox, ShowCamera
from gwanje.domain.layouts import LAYOUTS
from gwanje.domain.wall import WindowArrangement
from tests.support.console import PASSWORD, TestConsole, console

K = Qt.Key
CONTROL, SHIFT, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier(0)


@pytest.fixture
def made(qtbot: QtBot, tmp_path: Path) -> Iterator[TestConsole]:
    with console(qtbot, tmp_path) as made:
        made.window.activateWindow()
        made.window.desk.wall.setFocus()
        qtbot.waitUntil(made.window.desk.wall.hasFocus)
        yield made


def key(made: TestConsole, qtbot: QtBot, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Goes where a real key would: to the widget that has the focus, shortcuts first."""
    focus = QApplication.focusWidget()
    assert focus is not None, "nothing has the keyboard"
    QTest.keyClick(focus, pressed, modifiers)
    qtbot.waitUntil(made.quiet)


def words(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def palette(made: TestConsole, qtbot: QtBot) -> PaletteBox:
    key(made, qtbot, K.Key_K, CONTROL)
    box = made.window.boxes["palette"]
    assert isinstance(box, PaletteBox)
    qtbot.waitUntil(lambda: box.isVisible() and box.line.hasFocus())
    return box


def offers(box: PaletteBox) -> list[str]:
    return [box.list.item(i).text() for i in range(box.list.count())]


def done(made: TestConsole) -> list[tuple[str, str]]:
    return [(r.action, r.camera) for r in made.rows() if r.outcome is Outcome.SUCCEEDED]


# --- the palette -----------------------------------------------------------------------------------------------------


def test_the_palette_finds_cameras_by_number_name_place_and_purpose(made: TestConsole, qtbot: QtBot) -> None:
    box = palette(made, qtbot)
    for text, first, count in (
        ("1", "1   Crossing 1", None),
        ("12", "12   Crossing 12", None),
        ("crossing 7", "7   Crossing 7", 1),
        ("CROSSING 7", "7   Crossing 7", 1),
        ("site crossing 8", "8   Crossing 8", 1),
        ("crime crossing 9", "9   Crossing 9", 1),
    ):
        box.line.setText(text)
        assert offers(box)[0].startswith(first), text
        assert count is None or len(offers(box)) == count, text


def test_the_palette_offers_every_action_but_itself(made: TestConsole, qtbot: QtBot) -> None:
    box = palette(made, qtbot)
    actions = made.window.actions_table.by_name
    for name, action in actions.items():
        if name == "palette" or not action.isEnabled():
            continue
        box.line.setText(action.text())
        assert any(action.text() in o for o in offers(box)), name


def test_the_palette_does_the_layout_that_was_chosen(made: TestConsole, qtbot: QtBot) -> None:
    palette(made, qtbot)
    words("layout 16")
    key(made, qtbot, K.Key_Return)
    qtbot.waitUntil(lambda: made.core.wall.arrangement.window("desk").layout == "16")
    assert not made.window.boxes["palette"].isVisible()
    assert made.window.desk.wall.hasFocus()


def test_arrows_walk_the_offers_and_stop_at_the_ends(made: TestConsole, qtbot: QtBot) -> None:
    box = palette(made, qtbot)
    words("crossing")
    assert box.list.currentRow() == 0
    key(made, qtbot, K.Key_Up)
    assert box.list.currentRow() == 0
    for _ in range(3):
        key(made, qtbot, K.Key_Down)
    assert box.list.currentRow() == 3
    key(made, qtbot, K.Key_PageDown)
    assert box.list.currentRow() == 11
    key(made, qtbot, K.Key_PageDown)
    assert box.list.currentRow() == len(offers(box)) - 1
    chosen = box.list.currentItem().text().split()[0]
    key(made, qtbot, K.Key_Return)
    qtbot.waitUntil(lambda: ("wall.show_camera", f"c{chosen}") in done(made))
    asked = next(r for r in made.rows() if r.action == "wall.show_camera")
    assert asked.details["via"] == "palette"


def test_nothing_found_says_so_and_enter_does_nothing(made: TestConsole, qtbot: QtBot) -> None:
    box = palette(made, qtbot)
    words("zzz")
    assert offers(box) == ["Nothing has this name. Try a part of it."]
    before = len(made.rows())
    key(made, qtbot, K.Key_Return)
    assert len(made.rows()) == before
    assert box.isVisible()
    key(made, qtbot, K.Key_Escape)
    qtbot.waitUntil(lambda: not box.isVisible())
    assert made.rows()[-1].action == "console.close"


def test_enter_twice_shows_the_camera_once(made: TestConsole, qtbot: QtBot) -> None:
    box = palette(made, qtbot)
    words("crossing 5")
    QTest.keyClick(box.line, K.Key_Return)
    QTest.keyClick(box.line, K.Key_Return)
    qtbot.waitUntil(lambda: made.quiet() and not box.isVisible())
    assert done(made).count(("wall.show_camera", "c5")) == 1


def test_the_palette_opens_empty_each_time(made: TestConsole, qtbot: QtBot) -> None:
    palette(made, qtbot)
    words("crossing")
    key(made, qtbot, K.Key_Escape)
    assert palette(made, qtbot).line.text() == ""


# --- focus -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["palette", "add-camera", "remove-camera", "outputs", "help", "about"])
def test_a_box_takes_the_keyboard_and_gives_it_back(made: TestConsole, qtbot: QtBot, name: str) -> None:
    made.core.dispatch(ShowCamera(camera_id=CameraId("c1"), tile=0))
    made.core.dispatch(OpenBox(box=name))
    box = made.window.boxes[name]
    qtbot.waitUntil(box.isVisible)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert box.isAncestorOf(focus)
    assert focus.isVisible()
    key(made, qtbot, K.Key_Escape)
    qtbot.waitUntil(lambda: not box.isVisible())
    assert made.window.desk.wall.hasFocus()


def test_tab_reaches_every_field_of_a_box_in_the_order_they_are_read(made: TestConsole, qtbot: QtBot) -> None:
    made.core.dispatch(OpenBox(box="add-camera"))
    box = made.window.boxes["add-camera"]
    qtbot.waitUntil(box.isVisible)
    order = []
    for _ in range(11):
        focus = QApplication.focusWidget()
        assert focus is not None
        order.append(focus)
        QTest.keyClick(focus, K.Key_Tab)
    assert order == [
        box.main_uri, box.sub_uri, box.device_address, box.user, box.password, box.camera_name, box.site,
        box.department, box.purpose, box.close_button, box.add,
    ]  # fmt: skip


def _focusable(of: QWidget) -> list[QWidget]:
    return [w for w in of.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisibleTo(of)]


def test_a_focused_control_looks_different(made: TestConsole, qtbot: QtBot) -> None:
    """The focus ring of the theme: the picture of the control changes when the keyboard comes to it."""
    made.core.dispatch(ShowCamera(camera_id=CameraId("c1"), tile=0))
    qtbot.waitUntil(lambda: made.quiet() and made.window.desk.ptz._home.isEnabled())
    desk, tried = made.window.desk, 0
    panel = desk.ptz
    controls = [desk.tree.search, panel._home, panel._stop, panel._speed, panel._new_name, *panel._buttons]
    for control in controls:
        made.window.desk.wall.setFocus()
        QApplication.processEvents()
        without = control.grab().toImage()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(control.hasFocus)
        assert control.grab().toImage() != without, control.objectName() or control.accessibleName()
        tried += 1
    assert tried > 12


# --- shortcuts -------------------------------------------------------------------------------------------------------


def _keys(made: TestConsole) -> list[str]:
    actions = [s.toString() for a in made.window.findChildren(QAction) for s in a.shortcuts() if not s.isEmpty()]
    buttons = [b.shortcut().toString() for b in made.window.findChildren(QToolButton) if not b.shortcut().isEmpty()]
    return actions + buttons


def test_no_two_actions_share_a_key(made: TestConsole) -> None:
    keys = _keys(made)
    assert len(keys) > 25
    assert sorted(keys) == sorted(set(keys))


def test_no_action_takes_a_key_of_the_wall(made: TestConsole) -> None:
    """Arrows with and without Shift, digits, letters: a key without Ctrl belongs to the wall, the F-keys excepted."""
    for text in _keys(made):
        combination = QKeySequence(text)[0]
        free = combination.keyboardModifiers() & CONTROL or K.Key_F1 <= combination.key() <= K.Key_F35
        assert free, text


def test_help_lists_every_key(made: TestConsole, qtbot: QtBot) -> None:
    key(made, qtbot, K.Key_F1)
    box = made.window.boxes["help"]
    text = box._text(made.window.actions_table)
    for shortcut in {QKeySequence(k).toString(QKeySequence.SequenceFormat.NativeText) for k in _keys(made)}:
        assert f"<b>{shortcut}</b>" in text, shortcut
    for wall_key in ("digits, then Enter", "arrow keys", "Esc", "Space", "Delete", "Shift + arrow keys", "R", "Home"):
        assert wall_key in text


# --- from sign-in to a running wall and out again --------------------------------------------------------------------


def test_a_shift_without_a_mouse(qtbot: QtBot, tmp_path: Path) -> None:
    with console(qtbot, tmp_path, signed_in=False) as made:
        made.window.activateWindow()
        qtbot.waitUntil(made.window.sign_in.operator.hasFocus)
        words("kim")
        key(made, qtbot, K.Key_Return)
        words(PASSWORD)
        key(made, qtbot, K.Key_Return)
        wall = made.window.desk.wall
        qtbot.waitUntil(wall.hasFocus)
        for text in ("crossing 4", "7"):
            palette(made, qtbot)
            words(text)
            key(made, qtbot, K.Key_Return)
            qtbot.waitUntil(wall.hasFocus)

        def window(name: str) -> WindowArrangement:
            return made.core.wall.arrangement.window(name)

        qtbot.waitUntil(lambda: window("desk").shown()[:2] == ("c4", "c7"))
        key(made, qtbot, K.Key_Left)
        assert wall.selected == 0
        key(made, qtbot, K.Key_Return)
        qtbot.waitUntil(lambda: window("desk").enlarged == 0)
        key(made, qtbot, K.Key_Escape)
        qtbot.waitUntil(lambda: window("desk").enlarged is None)
        QTest.keyPress(wall, K.Key_Left, SHIFT)
        qtbot.waitUntil(lambda: "c4" in made.devices and made.devices["c4"].ptz_status().moving)
        QTest.keyRelease(wall, K.Key_Left, SHIFT)
        qtbot.waitUntil(lambda: made.quiet() and not made.devices["c4"].ptz_status().moving)
        for i, panel in enumerate(PANELS):
            shown = made.window.desk.panel_shown(panel)
            key(made, qtbot, Qt.Key(K.Key_F2 + i))
            qtbot.waitUntil(lambda p=panel, s=shown: made.window.desk.panel_shown(p) is not s)
            focus = QApplication.focusWidget()
            assert focus is not None
            assert focus.isVisible()
        for i, layout in enumerate(LAYOUTS, start=1):
            key(made, qtbot, Qt.Key(K.Key_0 + i), CONTROL)
            assert window("desk").layout == layout
        _through_the_menu(made, qtbot)
        key(made, qtbot, K.Key_L, CONTROL)
        qtbot.waitUntil(made.window.sign_in.operator.hasFocus)
        assert made.core.session.operator is None
        assert not wall.isVisible()


def _through_the_menu(made: TestConsole, qtbot: QtBot) -> None:
    """F10 opens it, arrows walk it, Esc leaves it; the keyboard is where it was."""
    before = QApplication.focusWidget()
    seen: list[QMenu] = []

    def leave() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        QTest.keyClick(menu, K.Key_Down)
        assert menu.activeAction() is not None
        seen.append(menu)
        QTest.keyClick(menu, K.Key_Escape)

    timer = QTimer()
    timer.setInterval(20)
    timer.timeout.connect(lambda: QApplication.activePopupWidget() and (timer.stop(), leave()))
    timer.start()
    assert before is not None
    QTest.keyClick(before, K.Key_F10)
    qtbot.waitUntil(lambda: bool(seen) and QApplication.activePopupWidget() is None)
    assert QApplication.focusWidget() is before


def test_the_keyboard_is_not_lost_when_its_panel_folds(made: TestConsole, qtbot: QtBot) -> None:
    desk = made.window.desk
    for panel, inside in (("cameras", desk.tree.tree), ("log", desk.log.table), ("ptz", desk.ptz._new_name)):
        if panel == "ptz":
            made.core.dispatch(ShowCamera(camera_id=CameraId("c1"), tile=0))
            qtbot.waitUntil(lambda: desk.ptz._new_name.isEnabled())
        inside.setFocus()
        qtbot.waitUntil(inside.hasFocus)
        made.window.actions_table.by_name[f"panel-{panel}"].trigger()
        qtbot.waitUntil(lambda: made.quiet() and not desk.panel_shown(panel))  # noqa: B023 - waited for at once
        focus = QApplication.focusWidget()
        assert focus is not None, panel
        assert focus.isVisible(), panel
        assert not desk.panels[panel].isAncestorOf(focus), panel


def test_monitors_keep_the_keyboard_on_the_row_that_was_pressed(made: TestConsole, qtbot: QtBot) -> None:
    made.core.dispatch(OpenBox(box="outputs"))
    box = made.window.boxes["outputs"]
    qtbot.waitUntil(box.isVisible)
    pressed = QApplication.focusWidget()
    assert pressed is not None
    assert pressed.objectName().startswith("output-")
    name = pressed.objectName()
    assert pressed.text() == "Fill it"
    QTest.keyClick(pressed, K.Key_Space)
    qtbot.waitUntil(lambda: len(made.core.wall.arrangement.windows) == 2 and made.quiet())
    made.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and box.isAncestorOf(QApplication.focusWidget()))
    assert QApplication.focusWidget().objectName() == name
    assert QApplication.focusWidget().text() == "Close it"
    QTest.keyClick(QApplication.focusWidget(), K.Key_Space)
    qtbot.waitUntil(lambda: len(made.core.wall.arrangement.windows) == 1 and made.quiet())
