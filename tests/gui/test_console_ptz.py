"""The PTZ panel: a camera moves while a button is held, and whatever takes the hand away stops it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from gwanje.console.panels.ptz_panel import HoldButton, PtzPanel
from gwanje.domain.audit import Outcome
from gwanje.domain.cameras import CameraId
from gwanje.domain.commands import OpenBox, RemoveCamera, ShowCamera, SignOut
from gwanje.domain.errors import DeviceError
from gwanje.domain.operators import Role
from gwanje.domain.ptz import PtzPosition, PtzVelocity
from tests.fakes.fake_device import FakeDevice
from tests.support.console import TestConsole, console

K = Qt.Key
LEFT = Qt.MouseButton.LeftButton
C1, C2, C4 = CameraId("c1"), CameraId("c2"), CameraId("c4")


def ready(made: TestConsole, qtbot: QtBot) -> TestConsole:
    """c1 and c4 (PTZ) and c2 (fixed) are on tiles 0, 1 and 2; tile 0 is selected."""
    for tile, camera in enumerate((C1, C4, C2)):
        made.core.dispatch(ShowCamera(camera_id=camera, tile=tile))
    qtbot.waitUntil(made.quiet)
    made.window.activateWindow()
    made.window.desk.wall.select(0)
    qtbot.waitUntil(lambda: C1 in made.devices and panel_of(made)._camera.id == C1)
    qtbot.waitUntil(lambda: "ptz_presets" in made.devices[C1].calls)
    return made


@pytest.fixture
def made(qtbot: QtBot, tmp_path: Path) -> Iterator[TestConsole]:
    with console(qtbot, tmp_path) as made:
        yield ready(made, qtbot)


def panel_of(made: TestConsole) -> PtzPanel:
    return made.window.desk.ptz


def button(made: TestConsole, name: str) -> HoldButton:
    return next(b for b in panel_of(made)._buttons if b.accessibleName() == name)


def moving(device: FakeDevice) -> bool:
    return device.ptz_status().moving


def moves(made: TestConsole) -> list[Outcome]:
    return [r.outcome for r in made.rows() if r.action == "ptz.move"]


def hold(made: TestConsole, qtbot: QtBot, name: str = "Right") -> HoldButton:
    held = button(made, name)
    QTest.mousePress(held, LEFT)
    qtbot.waitUntil(lambda: moving(made.devices[C1]))
    return held


def stopped(made: TestConsole, qtbot: QtBot) -> None:
    """c1 was told to stop after its last move, and the action has its end on record."""
    calls = made.devices[C1].calls
    qtbot.waitUntil(lambda: made.quiet() and not moving(made.devices[C1]))
    last = [c for c in calls if c in {"move_ptz", "stop_ptz"}][-1]
    assert last == "stop_ptz"
    assert moves(made) == [Outcome.REQUESTED, Outcome.SUCCEEDED]
    assert made.core.motions.moving == frozenset()


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("Up left", (-1, 1, 0)), ("Up", (0, 1, 0)), ("Up right", (1, 1, 0)),
        ("Left", (-1, 0, 0)), ("Right", (1, 0, 0)),
        ("Down left", (-1, -1, 0)), ("Down", (0, -1, 0)), ("Down right", (1, -1, 0)),
        ("Zoom in", (0, 0, 1)), ("Zoom out", (0, 0, -1)),
    ],
)  # fmt: skip
def test_a_button_moves_its_way_while_it_is_held(
    made: TestConsole, qtbot: QtBot, name: str, way: tuple[int, int, int]
) -> None:
    panel_of(made)._speed.setValue(100)
    device = made.devices[C1]
    device.head.home = PtzPosition(0.0, 0.0, 0.5)
    device.move_ptz_to(PtzPosition(0.0, 0.0, 0.5))
    qtbot.waitUntil(lambda: not moving(device))
    before = device.ptz_status().position
    held = hold(made, qtbot, name)
    assert panel_of(made)._state.text().startswith("✥")

    def travelled() -> bool:
        now = device.ptz_status().position
        steps = (now.pan - before.pan, now.tilt - before.tilt, now.zoom - before.zoom)
        return all((s > 0) == (w > 0) and (s < 0) == (w < 0) for s, w in zip(steps, way, strict=True))

    qtbot.waitUntil(travelled)
    QTest.mouseRelease(held, LEFT)
    stopped(made, qtbot)
    qtbot.waitUntil(lambda: not panel_of(made)._state.text().startswith("✥"))


@pytest.mark.parametrize("key", [K.Key_Space, K.Key_Return, K.Key_Enter])
def test_a_key_holds_like_the_mouse(made: TestConsole, qtbot: QtBot, key: Qt.Key) -> None:
    held = button(made, "Up")
    held.setFocus()
    qtbot.waitUntil(held.hasFocus)
    QTest.keyPress(held, key)
    qtbot.waitUntil(lambda: moving(made.devices[C1]))
    assert held.isDown()
    QTest.keyRelease(held, key)
    assert not held.isDown()
    stopped(made, qtbot)


def _focus_elsewhere(made: TestConsole) -> None:
    made.window.desk.wall.setFocus()


def _deactivate(made: TestConsole) -> None:
    QApplication.sendEvent(made.window, QEvent(QEvent.Type.WindowDeactivate))
    focus = QApplication.focusWidget()
    if focus is not None:
        focus.clearFocus()


def _fold(made: TestConsole) -> None:
    made.window.actions_table.by_name["panel-ptz"].trigger()


def _other_tab(made: TestConsole) -> None:
    made.window.desk.panels["statistics"].raise_()


def _sign_out(made: TestConsole) -> None:
    made.core.dispatch(SignOut())


def _remove(made: TestConsole) -> None:
    made.core.dispatch(RemoveCamera(camera_id=C1))


def _select_other(made: TestConsole) -> None:
    made.window.desk.wall.select(1)


def _replace_camera(made: TestConsole) -> None:
    made.core.dispatch(ShowCamera(camera_id=CameraId("c7"), tile=0))


def _minimise(made: TestConsole) -> None:
    made.window.hide()


def _palette(made: TestConsole) -> None:
    made.core.dispatch(OpenBox(box="palette"))


@pytest.mark.parametrize(
    "take_away",
    [
        _focus_elsewhere,
        _deactivate,
        _fold,
        _other_tab,
        _sign_out,
        _remove,
        _select_other,
        _replace_camera,
        _minimise,
        _palette,
    ],
)
@pytest.mark.parametrize("hand", ["mouse", "key"])
def test_whatever_takes_the_hand_away_stops_the_camera(
    made: TestConsole, qtbot: QtBot, take_away: Callable[[TestConsole], None], hand: str
) -> None:
    held = button(made, "Right")
    held.setFocus()
    qtbot.waitUntil(held.hasFocus)
    if hand == "mouse":
        QTest.mousePress(held, LEFT)
    else:
        QTest.keyPress(held, K.Key_Return)
    qtbot.waitUntil(lambda: moving(made.devices[C1]))
    take_away(made)
    stopped(made, qtbot)
    made.window.show()


def test_another_camera_is_not_said_to_move_when_the_first_was_left_moving(made: TestConsole, qtbot: QtBot) -> None:
    hold(made, qtbot)
    made.window.desk.wall.select(1)
    stopped(made, qtbot)
    assert panel_of(made)._camera.id == C4
    assert "Moving" not in panel_of(made)._state.text()


def test_the_speed_is_that_of_the_slider(made: TestConsole, qtbot: QtBot) -> None:
    for speed in (20, 80):
        panel_of(made)._speed.setValue(speed)
        held = hold(made, qtbot)
        QTest.mouseRelease(held, LEFT)
        qtbot.waitUntil(lambda: made.quiet() and not moving(made.devices[C1]))
        asked = [r for r in made.rows() if r.action == "ptz.move" and r.outcome is Outcome.REQUESTED]
        assert asked[-1].details["velocity"] == {"pan": speed / 100, "tilt": 0, "zoom": 0}


def test_the_stop_button_stops_whoever_moves_it(made: TestConsole, qtbot: QtBot) -> None:
    made.devices[C1].move_ptz(PtzVelocity(0.5, 0, 0), 60)  # another console
    stop = panel_of(made)._stop
    assert stop.accessibleName() == "Stop"
    QTest.mouseClick(stop, LEFT)
    qtbot.waitUntil(lambda: not moving(made.devices[C1]))
    qtbot.waitUntil(lambda: made.quiet() and made.rows()[-1].action == "ptz.stop")


@pytest.mark.parametrize("key", [K.Key_Space, K.Key_Return])
def test_the_stop_button_takes_the_keys(made: TestConsole, qtbot: QtBot, key: Qt.Key) -> None:
    panel_of(made)._stop.setFocus()
    QTest.keyClick(panel_of(made)._stop, key)
    qtbot.waitUntil(lambda: made.quiet() and made.rows()[-1].action == "ptz.stop")


def test_presets_are_read_stored_and_gone_to(made: TestConsole, qtbot: QtBot) -> None:
    panel, device = panel_of(made), made.devices[C1]
    assert not panel._go.isEnabled()
    panel._new_name.setText("학교 정문 <b>")
    QTest.mouseClick(panel._store, LEFT)
    qtbot.waitUntil(lambda: panel._presets.count() == 1 and panel._go.isEnabled())
    assert panel._presets.currentText() == "학교 정문 <b>"
    assert panel._new_name.text() == ""
    assert [p.name for p, _ in device.presets] == ["학교 정문 <b>"]
    QTest.mouseClick(panel._go, LEFT)
    qtbot.waitUntil(lambda: "go_to_ptz_preset" in device.calls)
    qtbot.waitUntil(made.quiet)
    asked = [r for r in made.rows() if r.action == "ptz.go_to_preset"]
    assert [r.outcome for r in asked] == [Outcome.REQUESTED, Outcome.SUCCEEDED]
    assert asked[0].details == {"token": "1", "name": "학교 정문 <b>"}


def test_presets_of_one_camera_are_not_offered_for_another(made: TestConsole, qtbot: QtBot) -> None:
    panel = panel_of(made)
    QTest.keyClicks(panel._new_name, "gate")
    QTest.keyClick(panel._new_name, K.Key_Return)
    qtbot.waitUntil(lambda: panel._presets.count() == 1)
    made.window.desk.wall.select(1)
    qtbot.waitUntil(lambda: C4 in made.devices and "ptz_presets" in made.devices[C4].calls)
    assert "gate" not in [panel._presets.itemText(i) for i in range(panel._presets.count())]
    made.window.desk.wall.select(0)
    qtbot.waitUntil(lambda: [panel._presets.itemText(i) for i in range(panel._presets.count())] == ["gate"])


def test_a_fixed_camera_cannot_be_moved_and_the_panel_says_so(made: TestConsole) -> None:
    made.window.desk.wall.select(2)
    panel = panel_of(made)
    assert panel._state.text() == "This camera cannot be moved."
    assert not any(b.isEnabled() for b in panel.findChildren(QToolButton))
    assert not panel._store.isEnabled()
    made.window.desk.wall.select(3)
    assert panel._name.text() == "No camera selected"
    assert panel._state.text() == "Select a tile to move its camera."


def test_the_purpose_stands_beside_the_controls(made: TestConsole) -> None:
    assert "crime prevention" in panel_of(made)._state.text()


def test_an_agent_moves_but_does_not_store(qtbot: QtBot, tmp_path: Path) -> None:
    with console(qtbot, tmp_path, roles=frozenset({Role.AGENT})) as made:
        ready(made, qtbot)
        panel = panel_of(made)
        assert button(made, "Right").isEnabled()
        assert not panel._store.isEnabled()
        assert not panel.findChild(QLineEdit).isEnabled()
        held = hold(made, qtbot)
        QTest.mouseRelease(held, LEFT)
        stopped(made, qtbot)


def test_a_camera_that_does_not_answer_is_told_and_nothing_seems_to_move(made: TestConsole, qtbot: QtBot) -> None:
    device = made.devices[C1]
    device.failure = DeviceError("the camera does not answer in time", place="Crossing 1")
    QTest.mousePress(button(made, "Right"), LEFT)
    qtbot.waitUntil(lambda: device.calls.count("stop_ptz") >= 2)
    device.failure = None
    QTest.mouseRelease(button(made, "Right"), LEFT)
    qtbot.waitUntil(lambda: made.quiet() and moves(made) == [Outcome.REQUESTED, Outcome.FAILED])
    assert not moving(device)
    assert made.window.notice.isVisible()
    assert not panel_of(made)._state.text().startswith("✥")
