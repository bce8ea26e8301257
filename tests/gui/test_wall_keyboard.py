"""The keyboard of the wall, by what it dispatches."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gwanje.domain.commands import (
    ClearTile,
    EnlargeTile,
    GoToPtzHome,
    RestoreTile,
    RetrySource,
    ShowCamera,
    TakeStill,
)
from gwanje.domain.wall import WindowArrangement
from tests.fakes.fake_wall import Bench, arrangement, bench, cid

K = Qt.Key


def _type(qtbot: QtBot, wall: Bench, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(wall.view, key)


def test_a_number_and_enter_show_that_camera_on_the_selected_tile(qtbot: QtBot):
    with bench(qtbot, arrangement("9", 1, 2)) as wall:
        wall.view.select(4)
        _type(qtbot, wall, K.Key_1, K.Key_7, K.Key_Return)
        assert wall.commands == [ShowCamera(camera_id=cid(17), window="desk", tile=4, via="number")]


def test_the_keypad_types_numbers_too(qtbot: QtBot):
    with bench(qtbot, WindowArrangement("4")) as wall:
        qtbot.keyClick(wall.view, K.Key_8, Qt.KeyboardModifier.KeypadModifier)
        qtbot.keyClick(wall.view, K.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
        assert wall.commands == [ShowCamera(camera_id=cid(8), window="desk", tile=0, via="number")]


def test_backspace_corrects_and_escape_forgets(qtbot: QtBot):
    with bench(qtbot, WindowArrangement("4")) as wall:
        _type(qtbot, wall, K.Key_1, K.Key_9, K.Key_Backspace, K.Key_7, K.Key_Return)
        assert wall.commands == [ShowCamera(camera_id=cid(17), window="desk", tile=0, via="number")]
        wall.commands.clear()
        _type(qtbot, wall, K.Key_1, K.Key_Escape, K.Key_Return)
        assert wall.commands == []


def test_an_unknown_number_is_said_on_the_tile_and_dispatches_nothing(qtbot: QtBot):
    with bench(qtbot, WindowArrangement("4")) as wall:
        _type(qtbot, wall, K.Key_9, K.Key_9, K.Key_Return)
        assert wall.commands == []
        assert wall.view._marks.notice == "no camera 99"
        assert QApplication.activeModalWidget() is None


def test_the_number_being_typed_is_seen_and_goes_away(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 0), size=(640, 360)) as wall:
        plain_tile = wall.view.grab().toImage()
        _type(qtbot, wall, K.Key_1)
        assert wall.view.grab().toImage() != plain_tile
        assert wall.view._marks.entry.digits == "1"
        wall.view.clearFocus()
        assert wall.view._marks.entry.digits == ""


def test_arrows_walk_and_enter_enlarges_and_escape_goes_back(qtbot: QtBot):
    with bench(qtbot, arrangement("9", 1, 2, 3, 4, 5)) as wall:
        with qtbot.waitSignal(wall.view.selection_changed) as told:
            _type(qtbot, wall, K.Key_Right)
        assert told.args == [1]
        _type(qtbot, wall, K.Key_Down, K.Key_Return)
        assert wall.commands == [EnlargeTile(window="desk", tile=4)]
        wall.view.set_arrangement(arrangement("9", 1, 2, 3, 4, 5, enlarged=4))
        _type(qtbot, wall, K.Key_Return, K.Key_Left, K.Key_Escape)
        assert wall.commands[1:] == [RestoreTile(window="desk")]
        assert wall.view.selected == 4


@pytest.mark.parametrize(
    ("key", "command"),
    [
        (K.Key_Delete, ClearTile(window="desk", tile=0)),
        (K.Key_Space, TakeStill(window="desk", tile=0)),
        (K.Key_R, RetrySource(camera_id=cid(1))),
        (K.Key_Home, GoToPtzHome(camera_id=cid(1))),
    ],
)
def test_one_key_is_one_command_and_nothing_on_an_empty_tile(qtbot: QtBot, key: Qt.Key, command: object):
    with bench(qtbot, arrangement("4", 1)) as wall:
        _type(qtbot, wall, key)
        assert wall.commands == [command]
        wall.view.select(3)
        _type(qtbot, wall, key)
        assert wall.commands == [command]


def test_home_is_for_cameras_that_move(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 2)) as wall:
        _type(qtbot, wall, K.Key_Home)
        assert wall.commands == []


def test_a_key_that_leans_on_the_desk_acts_once(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        for repeats in (False, True, True):
            event = QKeyEvent(
                QEvent.Type.KeyPress, K.Key_Space, Qt.KeyboardModifier.NoModifier, " ", autorep=repeats, count=1
            )
            QApplication.sendEvent(wall.view, event)
        assert wall.commands == [TakeStill(window="desk", tile=0)]


def test_keys_of_others_are_left_to_them(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        for key, modifier in (
            (K.Key_K, Qt.KeyboardModifier.ControlModifier),
            (K.Key_F11, Qt.KeyboardModifier.NoModifier),
            (K.Key_Escape, Qt.KeyboardModifier.NoModifier),
            (0x3131, Qt.KeyboardModifier.NoModifier),  # a Hangul letter is no member of Qt.Key
        ):
            event = QKeyEvent(QEvent.Type.KeyPress, key, modifier, "")
            event.accept()
            wall.view.keyPressEvent(event)
            assert not event.isAccepted()
        assert wall.commands == []


def test_the_selection_stays_inside_a_smaller_layout(qtbot: QtBot):
    with bench(qtbot, arrangement("9", 1)) as wall:
        wall.view.select(8)
        wall.view.set_arrangement(arrangement("4", 1))
        assert wall.view.selected == 3


def test_a_tile_behind_the_enlarged_one_cannot_be_selected_and_cleared_unseen(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2, enlarged=0)) as wall:
        wall.view.select(1)
        _type(qtbot, wall, K.Key_Delete)
        assert wall.commands == [ClearTile(window="desk", tile=0)]


def test_screen_readers_hear_the_selected_tile(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        assert wall.view.accessibleName()
        wall.view.select(1)
        assert wall.view.accessibleDescription().startswith("Tile 2: 2, Street 2")
        wall.view.select(2)
        assert "Drag a camera here" in wall.view.accessibleDescription()
