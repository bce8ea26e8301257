"""The boxes: what they refuse, what they do, what they forget."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from gwanje import __version__
from gwanje.console.boxes import AddCameraBox, Box
from gwanje.domain.audit import Outcome
from gwanje.domain.cameras import CameraId
from gwanje.domain.commands import OpenBox, ShowCamera
from gwanje.domain.errors import RecordsError
from gwanje.domain.operators import Role
from tests.support.console import TestConsole, console

K = Qt.Key


@pytest.fixture
def made(qtbot: QtBot, tmp_path: Path) -> Iterator[TestConsole]:
    with console(qtbot, tmp_path) as made:
        yield made


def opened(made: TestConsole, qtbot: QtBot, name: str) -> Box:
    made.core.dispatch(OpenBox(box=name))
    box = made.window.boxes[name]
    qtbot.waitUntil(lambda: box.isVisible() and made.quiet())
    return box


def adding(made: TestConsole, qtbot: QtBot, address: str = "rtsp://127.0.0.1:1/yard") -> AddCameraBox:
    box = opened(made, qtbot, "add-camera")
    assert isinstance(box, AddCameraBox)
    box.main_uri.setText(address)
    box.camera_name.setText("Yard")
    box.user.setText("operator")
    box.password.setText("s3cret-words")
    return box


def adds(made: TestConsole) -> list[Outcome]:
    return [r.outcome for r in made.rows() if r.action == "cameras.add"]


# --- adding a camera -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "address", "told"),
    [
        ("main_uri", "", "stream address"),
        ("main_uri", "http://127.0.0.1/x", "stream address"),
        ("main_uri", "rtsp://", "stream address"),
        ("main_uri", "rtsp://127.0.0.1:99999/x", "stream address"),
        ("main_uri", "rtsp://[::1/x", "stream address"),
        ("main_uri", "rtsp://root:s3cret-pw@127.0.0.1/x", "user name or a password"),
        ("sub_uri", " rtsp://root:s3cret-pw@127.0.0.1/x", "user name or a password"),
        ("device_address", "http://root:s3cret-pw@127.0.0.1/onvif", "user name or a password"),
        ("device_address", "https://:s3cret-pw@127.0.0.1/onvif", "user name or a password"),
        ("device_address", "127.0.0.1/onvif", "cannot be dialled"),
        ("device_address", "http://[::1/onvif", "cannot be dialled"),
    ],
)
def test_a_bad_address_is_told_in_place_and_nothing_is_recorded(
    made: TestConsole, qtbot: QtBot, field: str, address: str, told: str
) -> None:
    box = adding(made, qtbot)
    getattr(box, field).setText(address)
    before = len(made.rows())
    QTest.mouseClick(box.add, Qt.MouseButton.LeftButton)
    assert told in box._error.text()
    assert box._error.isVisible()
    assert made.core.dispatcher.in_flight == 0
    assert len(made.rows()) == before
    assert "s3cret-pw" not in repr(made.rows())
    assert box.isVisible()


def test_a_camera_is_added_and_the_box_forgets_everything(made: TestConsole, qtbot: QtBot) -> None:
    box = adding(made, qtbot)
    box.site.setText("Yard gate")
    QTest.keyClick(box.main_uri, K.Key_Return)
    qtbot.waitUntil(lambda: made.quiet() and not box.isVisible())
    added = made.core.directory.by_number(13)
    assert added is not None
    assert (added.name, added.main_uri, added.user) == ("Yard", "rtsp://127.0.0.1:1/yard", "operator")
    assert made.secrets.get(added.secret_key) == "s3cret-words"
    assert [f.text() for f in box.findChildren(QLineEdit)] == [""] * 9
    assert "s3cret-words" not in repr(made.rows())
    tree = made.window.desk.tree
    tree.search.setText("Yard")
    QTest.keyClick(tree.search, K.Key_Return)
    qtbot.waitUntil(lambda: made.core.wall.arrangement.window("desk").camera_at(0) == added.id)


def test_two_presses_add_one_camera(made: TestConsole, qtbot: QtBot) -> None:
    box = adding(made, qtbot)
    QTest.keyClick(box.main_uri, K.Key_Return)
    QTest.keyClick(box.main_uri, K.Key_Return)
    QTest.mouseClick(box.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: made.quiet() and not box.isVisible())
    assert adds(made) == [Outcome.REQUESTED, Outcome.SUCCEEDED]
    assert len(made.core.directory.cameras) == 13


@pytest.mark.parametrize("way", ["Esc", "Close"])
def test_a_closed_box_keeps_no_password(made: TestConsole, qtbot: QtBot, way: str) -> None:
    box = adding(made, qtbot)
    if way == "Esc":
        QTest.keyClick(box.main_uri, K.Key_Escape)
    else:
        QTest.mouseClick(box.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not box.isVisible())
    assert box.password.text() == ""
    assert adds(made) == []


def test_a_refusal_is_told_in_the_box(qtbot: QtBot, tmp_path: Path) -> None:
    with console(qtbot, tmp_path, roles=frozenset({Role.AGENT})) as made:
        box = adding(made, qtbot)
        QTest.mouseClick(box.add, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "role" in box._error.text())
        qtbot.waitUntil(lambda: adds(made) == [Outcome.REQUESTED, Outcome.REFUSED])
        assert box.isVisible()
        assert box.main_uri.text()
        assert not made.window.notice.isVisible()
        made.core.session.set_operator(replace(made.core.session.operator, roles=frozenset({Role.ADMINISTRATOR})))
        box = adding(made, qtbot)
        QTest.mouseClick(box.add, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: made.quiet() and len(made.core.directory.cameras) == 13)


def test_a_database_that_fails_is_told_in_the_box_and_it_can_be_tried_again(made: TestConsole, qtbot: QtBot) -> None:
    box = adding(made, qtbot)
    made.records.broken = RecordsError("the disk is full", place="memory")
    QTest.mouseClick(box.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(box._error.text()))
    made.records.broken = None
    qtbot.waitUntil(lambda: made.quiet(), timeout=10_000)
    box.password.setText("s3cret-words")
    QTest.mouseClick(box.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: made.quiet() and not box.isVisible())
    assert len(made.core.directory.cameras) == 13


# --- the others ------------------------------------------------------------------------------------------------------


def test_removing_asks_first_and_takes_the_password_along(made: TestConsole, qtbot: QtBot) -> None:
    made.secrets.put("camera/c1", "s3cret-words")
    box = opened(made, qtbot, "remove-camera")
    assert not box.remove.isEnabled()
    assert "Select its tile first." in box._text.text()
    QTest.keyClick(box.close_button, K.Key_Escape)
    made.core.dispatch(ShowCamera(camera_id=CameraId("c1"), tile=0))
    qtbot.waitUntil(made.quiet)
    box = opened(made, qtbot, "remove-camera")
    assert box._text.text().startswith("1 Crossing 1 leaves the directory")
    assert made.window.focusWidget() is box.close_button, "a hasty Enter removes nothing"
    QTest.mouseClick(box.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: made.quiet() and not box.isVisible() and "c1" not in made.core.directory.cameras)
    assert made.secrets.get("camera/c1") is None
    assert made.core.wall.arrangement.window("desk").camera_at(0) is None


def test_monitors_lists_those_that_are_there_and_those_that_are_missed(made: TestConsole, qtbot: QtBot) -> None:
    box = opened(made, qtbot, "outputs")
    (output,) = made.shell.outputs.outputs()
    assert output.name in [label.text() for label in box.findChildren(QLabel)]
    wall = made.core.wall.arrangement
    made.core.wall.change(wall.with_window("connector:GONE", wall.window("desk")))
    qtbot.waitUntil(lambda: "connector:GONE (not connected, waiting)" in [x.text() for x in box.findChildren(QLabel)])
    close = box.findChild(QPushButton, "output-connector:GONE")
    assert close.text() == "Close it"
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: made.quiet() and "connector:GONE" not in made.core.wall.arrangement.windows)


def test_about_names_the_program_and_its_licence(made: TestConsole, qtbot: QtBot) -> None:
    text = " ".join(label.text() for label in opened(made, qtbot, "about").findChildren(QLabel))
    for word in (__version__, "Apache-2.0", "LGPL", "NOTICE"):
        assert word in text


def test_a_name_with_markup_is_shown_as_it_is_written(made: TestConsole, qtbot: QtBot) -> None:
    nasty = "<img src='file:///x'><b>x</b>"
    d = made.core.directory.district
    made.core.directory.set_district(
        replace(d, cameras=tuple(replace(c, name=nasty, purpose=nasty) if c.id == "c1" else c for c in d.cameras))
    )
    made.core.dispatch(ShowCamera(camera_id=CameraId("c1"), tile=0))
    qtbot.waitUntil(made.quiet)
    opened(made, qtbot, "remove-camera")
    seen = [x for x in made.window.findChildren(QLabel) if "<b>" in x.text()]
    assert len(seen) >= 3
    for label in seen:
        assert label.textFormat() is Qt.TextFormat.PlainText or label.text().startswith("<p>○"), label.text()[:60]
