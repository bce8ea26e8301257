"""Nothing an operator does goes unrecorded: every command type, every QAction, every button."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from gwanje.domain import clip_commands as clip
from gwanje.domain import commands as c
from gwanje.domain.audit import Outcome
from gwanje.domain.cameras import Camera, CameraId, Department, DepartmentId, Site, SiteId
from gwanje.domain.ptz import PtzVelocity
from tests.support.console import CLIP, PASSWORD, TestConsole, console

NEW = (
    Department(DepartmentId("d9"), "Parks"),
    Site(SiteId("s9"), "Park gate", DepartmentId("d9"), 37.58, 126.94),
    Camera(CameraId("c90"), 90, "Gate", SiteId("s9"), "disaster", 37.58, 126.94, "rtsp://127.0.0.1:1/cam90/main"),
)
C1 = CameraId("c1")


def sample(kind: type[c.Command], made: TestConsole) -> c.Command:
    """A command of this kind that can succeed on a wall that shows c1 on tile 0."""
    output = made.shell.outputs.outputs()[0].identity
    samples: dict[type[c.Command], Callable[[], c.Command]] = {
        c.SignIn: lambda: c.SignIn(name="kim", password=PASSWORD),
        c.CreateFirstAdministrator: lambda: c.CreateFirstAdministrator(name="lee", password=PASSWORD),
        c.SignOut: c.SignOut,
        c.Quit: c.Quit,
        c.ShowCamera: lambda: c.ShowCamera(camera_id=C1, tile=0),
        c.ClearTile: lambda: c.ClearTile(window="desk", tile=0),
        c.ClearWall: lambda: c.ClearWall(window="desk"),
        c.SwapTiles: lambda: c.SwapTiles(window="desk", tile=0, other_window="desk", other_tile=1),
        c.ApplyLayout: lambda: c.ApplyLayout(window="desk", layout="16"),
        c.EnlargeTile: lambda: c.EnlargeTile(window="desk", tile=0),
        c.RestoreTile: lambda: c.RestoreTile(window="desk"),
        c.UndoWallChange: c.UndoWallChange,
        c.TakeStill: lambda: c.TakeStill(window="desk", tile=0),
        c.RetrySource: lambda: c.RetrySource(camera_id=C1),
        c.OpenWallWindow: lambda: c.OpenWallWindow(output=output, layout="4"),
        c.CloseWallWindow: lambda: c.CloseWallWindow(output=output),
        c.MovePtz: lambda: c.MovePtz(camera_id=C1, velocity=PtzVelocity(1, 0, 0)),
        c.StopPtz: lambda: c.StopPtz(camera_id=C1),
        c.GoToPtzPreset: lambda: c.GoToPtzPreset(camera_id=C1, token=made.devices[C1].store_ptz_preset("gate").token),
        c.GoToPtzHome: lambda: c.GoToPtzHome(camera_id=C1),
        c.StorePtzPreset: lambda: c.StorePtzPreset(camera_id=C1, name="gate"),
        c.AddCamera: lambda: c.AddCamera(name="Yard", main_uri="rtsp://127.0.0.1:1/yard", password="s3cret-words"),
        c.AddDistrict: lambda: c.AddDistrict(
            source="test", departments=NEW[:1], sites=NEW[1:2], cameras=NEW[2:], password="s3cret-words"
        ),
        c.RemoveCamera: lambda: c.RemoveCamera(camera_id=CameraId("c12")),
        c.ShowPanel: lambda: c.ShowPanel(panel="map", shown=False),
        c.OpenBox: lambda: c.OpenBox(box="help"),
        c.CloseBox: lambda: c.CloseBox(box="help"),
        c.SetFullScreen: lambda: c.SetFullScreen(on=True),
        c.SetLanguage: lambda: c.SetLanguage(language="en"),
        c.SetTheme: lambda: c.SetTheme(theme="daylight"),
        clip.OpenClip: lambda: clip.OpenClip(path=CLIP),
        clip.PlayClip: clip.PlayClip,
        clip.PauseClip: clip.PauseClip,
        clip.StepClip: lambda: clip.StepClip(pictures=1),
        clip.SeekClip: lambda: clip.SeekClip(seconds=1.0),
        clip.SetClipSpeed: lambda: clip.SetClipSpeed(speed=2.0),
        clip.TakeClipStill: clip.TakeClipStill,
        c.ShowTileStatistics: lambda: c.ShowTileStatistics(shown=True),
    }
    return samples[kind]()


@pytest.fixture
def made(qtbot, tmp_path):
    with console(qtbot, tmp_path) as made:
        made.core.dispatch(c.ShowCamera(camera_id=C1, tile=0))
        made.core.dispatch(c.ShowCamera(camera_id=CameraId("c2"), tile=1))
        qtbot.waitUntil(made.quiet)
        made.window.desk.wall.select(0)
        made.window.desk.wall.setFocus()
        picture = QImage(640, 360, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.darkGreen)
        made.core.still_of = lambda window, tile: QImage(picture)
        made.core._hub.port(made.core.directory.cameras[C1])
        yield made


@pytest.mark.parametrize("kind", c.all_commands(), ids=lambda k: k.action)
def test_every_command_writes_its_rows(made: TestConsole, qtbot, kind: type[c.Command]) -> None:
    if kind is c.CloseWallWindow:
        made.core.dispatch(sample(c.OpenWallWindow, made))
        qtbot.waitUntil(made.quiet)
    if kind.action.startswith("clip.") and kind is not clip.OpenClip:
        made.core.dispatch(sample(clip.OpenClip, made))
        qtbot.waitUntil(made.quiet)
    action = made.core.dispatch(sample(kind, made))
    if isinstance(action.command, c.HeldCommand):
        qtbot.waitUntil(lambda: made.devices[C1].ptz_status().moving)
        made.core.dispatcher.release(action)
    qtbot.waitUntil(lambda: len(made.outcomes(action)) == 2, timeout=10_000)
    first, second = (r for r in made.rows() if r.action_id == action.id)
    # There are operators already, so the first-administrator command is refused: its rows say so.
    expected = Outcome.REFUSED if kind is c.CreateFirstAdministrator else Outcome.SUCCEEDED
    assert (first.outcome, second.outcome) == (Outcome.REQUESTED, expected), second.reason
    assert first.action == second.action == kind.action
    assert first.seat == "desk 1"
    assert first.camera == (action.command.camera or "")
    assert "s3cret-words" not in repr(made.rows())
    assert PASSWORD not in repr(made.rows())


def test_every_command_has_exactly_one_handler(made: TestConsole) -> None:
    assert made.core.dispatcher.handled == set(c.all_commands())


def _names(kind: type, of: QWidget) -> list[str]:
    return [w.objectName() or w.toolTip() or type(w).__name__ for w in of.findChildren(kind)]


def test_every_action_writes_a_row(made: TestConsole, qtbot) -> None:
    """By name, because some of them make the window anew."""
    names = list(made.window.actions_table.by_name)
    assert len(names) > 20
    for name in names:
        if name in ("sign-out", "quit"):
            continue
        action = made.window.actions_table.by_name[name]
        assert action.isEnabled(), name
        before = len(made.rows())
        action.trigger()
        qtbot.waitUntil(lambda before=before: made.quiet() and len(made.rows()) >= before + 2)
        made.core.dispatch(c.ShowCamera(camera_id=C1, tile=0))
        qtbot.waitUntil(made.quiet)
        made.window.desk.wall.select(0)
    stray = [
        a
        for a in made.window.findChildren(QAction)
        if a.objectName() and a not in made.window.actions_table.by_name.values()
    ]
    for action in stray:
        before = len(made.rows())
        action.trigger()
        qtbot.waitUntil(lambda before=before: made.quiet() and len(made.rows()) >= before + 2)
    for name in ("sign-out", "quit"):
        before = len(made.rows())
        made.window.actions_table.by_name[name].trigger()
        qtbot.waitUntil(lambda before=before: made.quiet() and len(made.rows()) >= before + 2)
    assert len(made.quits) == 1


def _press(button: QAbstractButton) -> None:
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)


def test_every_button_of_the_desk_writes_a_row(made: TestConsole, qtbot) -> None:
    panel = made.window.desk.ptz
    made.core.dispatch(c.StorePtzPreset(camera_id=C1, name="gate"))
    qtbot.waitUntil(lambda: made.quiet() and panel._presets.count() == 1)
    tried = 0
    buttons = [
        b
        for b in made.window.page.findChildren(QAbstractButton)
        if b.isVisibleTo(made.window) and not any(box.isAncestorOf(b) for box in made.window.boxes.values())
    ]
    assert len(buttons) > 25, _names(QAbstractButton, made.window.page)
    for button in buttons:
        if button.objectName() == "menu-button":  # opens the menu, whose actions are tried above
            continue
        for shown in made.window.desk.panels:
            made.window.desk.show_panel(shown, True)
        made.window.desk.panels["ptz"].raise_()
        panel._new_name.setText("yard")
        for box in made.window.boxes.values():
            box.hide()
        if not button.isEnabled():
            assert button.objectName() in {"top-undo"}, button.objectName()
            continue
        before = len(made.rows())
        _press(button)
        qtbot.waitUntil(lambda before=before: made.quiet() and len(made.rows()) >= before + 2, timeout=10_000)
        if made.window.isFullScreen():
            made.window.set_full_screen(False)
        tried += 1
    assert tried > 22


@pytest.mark.parametrize("name", ["palette", "add-camera", "remove-camera", "outputs", "help", "about"])
def test_every_button_of_a_box_writes_a_row(made: TestConsole, qtbot, name: str) -> None:
    box = made.window.boxes[name]
    labels = _names(QAbstractButton, box)
    for index in range(len(labels)):
        made.core.dispatch(c.OpenBox(box=name))
        qtbot.waitUntil(lambda: box.isVisible() and made.quiet())
        if name == "add-camera":
            box.camera_name.setText("Yard")
            box.main_uri.setText("rtsp://127.0.0.1:1/yard")
        button = box.findChildren(QAbstractButton)[index]
        if not button.isVisible():
            continue
        before = len(made.rows())
        _press(button)
        qtbot.waitUntil(lambda before=before: made.quiet() and len(made.rows()) >= before + 2)
        made.core.dispatch(c.ShowCamera(camera_id=C1, tile=0))
        qtbot.waitUntil(made.quiet)


def test_the_sign_in_buttons_write_rows(qtbot, tmp_path) -> None:
    with console(qtbot, tmp_path, signed_in=False) as made:
        page = made.window.sign_in
        page.operator.setText("kim")
        page.password.setText("wrong words here")
        _press(page.enter)
        qtbot.waitUntil(lambda: len(made.rows()) == 2)
        assert [r.outcome for r in made.rows()] == [Outcome.REQUESTED, Outcome.FAILED]
        assert page._error.text()
        page.password.setText(PASSWORD)
        _press(page.enter)
        qtbot.waitUntil(lambda: made.core.session.operator is not None)
        qtbot.waitUntil(lambda: len(made.rows()) == 4)
        assert {r.action for r in made.rows()} == {"session.sign_in"}
        assert made.rows()[3].outcome is Outcome.SUCCEEDED
        assert "wrong words here" not in repr(made.rows())


def test_the_keys_of_the_wall_write_rows(made: TestConsole, qtbot) -> None:
    wall = made.window.desk.wall

    def new_actions(before: int, count: int) -> list[tuple[str, Outcome]]:
        qtbot.waitUntil(lambda: made.quiet() and len(made.rows()) >= before + count)
        return [(r.action, r.outcome) for r in made.rows()[before:]]

    for key, action in (
        (Qt.Key.Key_Return, "wall.enlarge_tile"),
        (Qt.Key.Key_Escape, "wall.restore_tile"),
        (Qt.Key.Key_Space, "wall.take_still"),
        (Qt.Key.Key_R, "wall.retry_source"),
        (Qt.Key.Key_Home, "ptz.go_home"),
        (Qt.Key.Key_Delete, "wall.clear_tile"),
    ):
        before = len(made.rows())
        QTest.keyClick(wall, key)
        assert new_actions(before, 2) == [(action, Outcome.REQUESTED), (action, Outcome.SUCCEEDED)]
    before = len(made.rows())
    QTest.keyClicks(wall, "1")
    assert len(made.rows()) == before, "a digit alone asks for nothing"
    QTest.keyClick(wall, Qt.Key.Key_Return)
    assert [a for a, _ in new_actions(before, 2)] == ["wall.show_camera"] * 2
    assert made.rows()[-2].details["via"] == "number"
    before = len(made.rows())
    QTest.keyPress(wall, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: made.devices[C1].ptz_status().moving)
    qtbot.waitUntil(lambda: len(made.rows()) == before + 1)
    QTest.keyRelease(wall, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert new_actions(before, 2) == [("ptz.move", Outcome.REQUESTED), ("ptz.move", Outcome.SUCCEEDED)]
    assert not made.devices[C1].ptz_status().moving
