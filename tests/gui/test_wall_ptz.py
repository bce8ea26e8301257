"""A motion begins once, follows the hand and always ends."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gwanje.domain.ptz import PtzVelocity
from gwanje.videowall.wall.ptz_hold import DEAD_ZONE_PX, KEY_SPEED, drag_velocity
from tests.fakes.fake_wall import CAMERAS, Bench, arrangement, bench, cid

K = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def _send(wall: Bench, kind: QEvent.Type, key: Qt.Key, *, shift: bool = True, repeats: bool = False) -> None:
    modifier = SHIFT if shift else Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(wall.view, QKeyEvent(kind, key, modifier, "", autorep=repeats))


def press(wall: Bench, key: Qt.Key, **how: bool) -> None:
    _send(wall, QEvent.Type.KeyPress, key, **how)


def release(wall: Bench, key: Qt.Key, **how: bool) -> None:
    _send(wall, QEvent.Type.KeyRelease, key, **how)


@pytest.mark.parametrize(
    ("key", "velocity"),
    [
        (K.Key_Left, PtzVelocity(pan=-KEY_SPEED)),
        (K.Key_Up, PtzVelocity(tilt=KEY_SPEED)),
        (K.Key_PageUp, PtzVelocity(zoom=KEY_SPEED)),
        (K.Key_PageDown, PtzVelocity(zoom=-KEY_SPEED)),
        (K.Key_Plus, PtzVelocity(zoom=KEY_SPEED)),
        (K.Key_Minus, PtzVelocity(zoom=-KEY_SPEED)),
    ],
)
def test_a_key_moves_while_it_is_held(qtbot: QtBot, key: Qt.Key, velocity: PtzVelocity):
    with bench(qtbot, arrangement("4", 1)) as wall:
        press(wall, key)
        assert wall.ptz.calls == [("begin", cid(1), velocity)]
        release(wall, key)
        assert wall.ptz.calls[1:] == [("end",)]
        assert wall.commands == []


def test_auto_repeat_is_neither_a_press_nor_a_release(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        press(wall, K.Key_Right)
        for _ in range(5):
            release(wall, K.Key_Right, repeats=True)
            press(wall, K.Key_Right, repeats=True)
        assert wall.ptz.names() == ["begin"]
        release(wall, K.Key_Right)
        assert wall.ptz.names() == ["begin", "end"]


def test_two_keys_go_slantwise_in_one_motion(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        press(wall, K.Key_Right)
        press(wall, K.Key_Up)
        release(wall, K.Key_Right)
        release(wall, K.Key_Up)
        assert wall.ptz.calls == [
            ("begin", cid(1), PtzVelocity(pan=KEY_SPEED)),
            ("adjust", PtzVelocity(KEY_SPEED, KEY_SPEED)),
            ("adjust", PtzVelocity(tilt=KEY_SPEED)),
            ("end",),
        ]


def test_letting_go_of_shift_ends_it(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        press(wall, K.Key_Right)
        release(wall, K.Key_Shift, shift=False)
        assert wall.ptz.names() == ["begin", "end"]
        release(wall, K.Key_Right, shift=False)
        assert wall.ptz.names() == ["begin", "end"]


def test_plus_ends_when_its_key_comes_up_without_shift(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        press(wall, K.Key_Plus)
        release(wall, K.Key_Equal, shift=False)
        assert wall.ptz.names() == ["begin", "end"]


def test_a_fixed_camera_is_not_moved_and_says_so(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 2)) as wall:
        press(wall, K.Key_Right)
        assert wall.ptz.calls == []
        assert wall.view._marks.notice == "camera 2 cannot be moved"


def _hide(wall: Bench) -> None:
    wall.view.hide()


def _lose_focus(wall: Bench) -> None:
    wall.view.clearFocus()


def _deactivate(wall: Bench) -> None:
    QApplication.sendEvent(wall.view, QEvent(QEvent.Type.WindowDeactivate))


def _other_tile(wall: Bench) -> None:
    wall.view.select(1)


def _other_arrangement(wall: Bench) -> None:
    wall.view.set_arrangement(arrangement("4", 3))


def _close(wall: Bench) -> None:
    wall.view.close()


def _lose_camera(wall: Bench) -> None:
    wall.view.set_cameras({k: c for k, c in CAMERAS.items() if k != cid(1)})


def _escape(wall: Bench) -> None:
    press(wall, K.Key_Escape, shift=False)


ENDINGS = [_hide, _lose_focus, _deactivate, _other_tile, _other_arrangement, _close, _lose_camera, _escape]


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda f: f.__name__.strip("_"))
def test_whatever_could_hide_the_release_ends_the_motion(qtbot: QtBot, ending: Callable[[Bench], None]):
    with bench(qtbot, arrangement("4", 1)) as wall:
        press(wall, K.Key_Right)
        ending(wall)
        assert wall.ptz.names() == ["begin", "end"]


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda f: f.__name__.strip("_"))
def test_the_same_ends_a_pull_with_the_mouse(qtbot: QtBot, ending: Callable[[Bench], None]):
    with bench(qtbot, arrangement("4", 1, enlarged=0)) as wall:
        qtbot.mousePress(wall.view, LEFT, pos=QPoint(300, 200))
        qtbot.mouseMove(wall.view, QPoint(400, 200))
        if ending is _other_tile:
            wall.view.set_arrangement(arrangement("4", 1))
        ending(wall)
        assert wall.ptz.names() == ["begin", "end"]


def test_another_window_that_takes_the_focus_ends_the_motion(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        other = QWidget()
        qtbot.addWidget(other)
        press(wall, K.Key_Right)
        other.show()
        other.activateWindow()
        qtbot.waitUntil(lambda: wall.ptz.names() == ["begin", "end"])
        other.close()


def test_pulling_the_enlarged_picture_moves_in_proportion(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, enlarged=0)) as wall:
        qtbot.mousePress(wall.view, LEFT, pos=QPoint(300, 200))
        qtbot.mouseMove(wall.view, QPoint(306, 203))
        assert wall.ptz.calls == [], "inside the dead zone"
        qtbot.mouseMove(wall.view, QPoint(360, 200))
        qtbot.mouseMove(wall.view, QPoint(800, 200))
        first, second = wall.ptz.calls
        assert first[:2] == ("begin", cid(1))
        assert 0 < first[2].pan < 1
        assert second == ("adjust", PtzVelocity(pan=1))
        qtbot.mouseMove(wall.view, QPoint(301, 201))
        assert wall.ptz.calls[-1] == ("adjust", PtzVelocity())
        qtbot.mouseRelease(wall.view, LEFT, pos=QPoint(301, 201))
        assert wall.ptz.calls[-1] == ("end",)
        assert wall.ptz.names().count("begin") == 1


def test_a_camera_alone_in_its_layout_is_pulled_too(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 1)) as wall:
        qtbot.mousePress(wall.view, LEFT, pos=QPoint(300, 200))
        qtbot.mouseMove(wall.view, QPoint(400, 200))
        qtbot.mouseRelease(wall.view, LEFT, pos=QPoint(400, 200))
        assert wall.ptz.names() == ["begin", "end"]


def test_up_on_the_picture_is_up_at_the_camera():
    assert drag_velocity(QPointF(0, 0), QPointF(0, -500), 200) == PtzVelocity(tilt=1)
    assert drag_velocity(QPointF(0, 0), QPointF(-500, 0), 200) == PtzVelocity(pan=-1)
    assert drag_velocity(QPointF(0, 0), QPointF(DEAD_ZONE_PX, 0), 200).still


def test_a_picture_in_the_grid_is_not_pulled(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 0, 1)) as wall:
        qtbot.mousePress(wall.view, LEFT, pos=QPoint(100, 100))
        qtbot.mouseMove(wall.view, QPoint(200, 100))
        qtbot.mouseRelease(wall.view, LEFT, pos=QPoint(200, 100))
        assert wall.ptz.calls == []


def _wheel(wall: Bench, notches: int) -> None:
    at = QPointF(300, 200)
    event = QWheelEvent(
        at, wall.view.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(wall.view, event)


def test_the_wheel_zooms_in_pulses_that_end(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, enlarged=0)) as wall:
        _wheel(wall, 1)
        _wheel(wall, 1)
        assert wall.ptz.names() == ["begin"]
        assert wall.ptz.calls[0][2].zoom > 0
        _wheel(wall, -1)
        assert wall.ptz.calls[-1][0] == "adjust"
        assert wall.ptz.calls[-1][1].zoom < 0
        qtbot.waitUntil(lambda: wall.ptz.names()[-1] == "end")
        assert wall.ptz.names() == ["begin", "adjust", "end"]


def test_the_wheel_in_the_grid_moves_nothing(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        _wheel(wall, 1)
        assert wall.ptz.calls == []


def test_keys_during_a_pull_do_not_begin_a_second_motion(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, enlarged=0)) as wall:
        qtbot.mousePress(wall.view, LEFT, pos=QPoint(300, 200))
        qtbot.mouseMove(wall.view, QPoint(400, 200))
        press(wall, K.Key_Right)
        release(wall, K.Key_Right)
        assert wall.ptz.names() == ["begin"]
        qtbot.mouseRelease(wall.view, LEFT, pos=QPoint(400, 200))
        assert wall.ptz.names() == ["begin", "end"]
