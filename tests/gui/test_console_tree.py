"""The camera tree: finding, choosing, dragging, states."""

import time
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gwanje.console.look import tokens
from gwanje.console.panels import CameraTree
from gwanje.domain.audit import AuditEntry
from gwanje.domain.cameras import Camera, CameraId, District
from gwanje.domain.commands import ShowCamera
from gwanje.domain.look import STATE_SIGN, state_colour
from gwanje.domain.source_state import SourceState
from gwanje.videowall import state_word
from gwanje.videowall.port import Quality, SourceKey
from tests.support.console import TestConsole, console, small_district

K = Qt.Key
CAMERA = Qt.ItemDataRole.UserRole + 1


@pytest.fixture
def made(qtbot: QtBot, tmp_path: Path) -> Iterator[TestConsole]:
    with console(qtbot, tmp_path) as made:
        yield made


def tree_of(made: TestConsole) -> CameraTree:
    return made.window.desk.tree


def rows(tree: CameraTree, under: QModelIndex | None = None) -> Iterator[QModelIndex]:
    model, parent = tree.tree.model(), under or QModelIndex()
    for i in range(model.rowCount(parent)):
        index = model.index(i, 0, parent)
        yield index
        yield from rows(tree, index)


def row(tree: CameraTree, part: str) -> QModelIndex:
    return next(i for i in rows(tree) if part in i.data())


def cameras(tree: CameraTree) -> list[str]:
    """Those that the tree offers, by name."""
    return [i.data().split("  ")[2] for i in rows(tree) if i.data(CAMERA)]


def shows(made: TestConsole) -> list[AuditEntry]:
    return [r for r in made.rows() if r.action == "wall.show_camera" and r.outcome == "succeeded"]


def change(made: TestConsole, camera: str, **fields: object) -> None:
    """The directory as it is with one camera changed."""
    d = made.core.directory.district
    made.core.directory.set_district(
        replace(d, cameras=tuple(replace(c, **fields) if c.id == camera else c for c in d.cameras))  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("11", ["Crossing 11"]),
        ("crossing 7", ["Crossing 7"]),
        ("CROSSING 7", ["Crossing 7"]),
        ("Site 3", ["Crossing 7", "Crossing 8"]),
        ("안전총괄", ["Crossing 1", "Crossing 10", "Crossing 2", "Crossing 5", "Crossing 6", "Crossing 9"]),
        ("traffic", None),  # the department Traffic, and every camera of that purpose
        ("예방", ["Crossing 4"]),
        ("  Site 3 ", ["Crossing 7", "Crossing 8"]),
        (unicodedata.normalize("NFD", "예방"), ["Crossing 4"]),
        ("nowhere", []),
        ("[", []),
        (".*", []),
    ],
)
def test_search_finds(made: TestConsole, text: str, found: list[str] | None) -> None:
    change(made, "c4", purpose="범죄 예방")
    tree = tree_of(made)
    tree.search.setText(text)
    if found is None:
        assert sorted(cameras(tree)) == sorted(
            {f"Crossing {n}" for n in (3, 4, 7, 8, 11, 12)} | {f"Crossing {n}" for n in range(2, 13, 2)}
        )
    else:
        assert sorted(cameras(tree)) == sorted(found)
    for index in rows(tree):
        assert not tree.tree.model().rowCount(index) or tree.tree.isExpanded(index), "what is found can be seen"
    tree.search.clear()
    assert len(cameras(tree)) == 12


def test_enter_in_the_search_shows_the_first_match(made: TestConsole, qtbot: QtBot) -> None:
    tree = tree_of(made)
    QTest.keyClicks(tree.search, "site 3")
    QTest.keyClick(tree.search, K.Key_Return)
    qtbot.waitUntil(lambda: [r.camera for r in shows(made)] == ["c7"])
    assert shows(made)[0].details["number"] == 7
    assert next(r for r in made.rows() if r.action == "wall.show_camera").details["via"] == "tree"


def test_a_number_is_that_camera_and_not_the_first_that_contains_it(made: TestConsole, qtbot: QtBot) -> None:
    tree = tree_of(made)
    first = [n.split()[-1] for n in cameras(tree)]
    assert first.index("11") < first.index("1"), "the order of this district puts them to the test"
    QTest.keyClicks(tree.search, "1")
    QTest.keyClick(tree.search, K.Key_Return)
    qtbot.waitUntil(lambda: [r.camera for r in shows(made)] == ["c1"])


def test_enter_shows_nothing_where_nothing_is_found_or_asked(made: TestConsole, qtbot: QtBot) -> None:
    tree = tree_of(made)
    before = len(made.rows())
    QTest.keyClick(tree.search, K.Key_Return)
    QTest.keyClicks(tree.search, "nowhere")
    QTest.keyClick(tree.search, K.Key_Return)
    assert len(made.rows()) == before
    assert made.core.dispatcher.in_flight == 0


@pytest.mark.parametrize("way", ["double-click", "Return", "Enter"])
def test_choosing_a_row_shows_its_camera_on_the_next_free_tile(made: TestConsole, qtbot: QtBot, way: str) -> None:
    tree = tree_of(made)
    for camera in ("c5", "c6"):
        index = next(i for i in rows(tree) if i.data(CAMERA) == camera)
        tree.tree.scrollTo(index)
        if way == "double-click":
            at = tree.tree.visualRect(index).center()
            QTest.mouseClick(tree.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
            QTest.mouseDClick(tree.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
        else:
            tree.tree.setCurrentIndex(index)
            QTest.keyClick(tree.tree, K.Key_Return if way == "Return" else K.Key_Enter)
        qtbot.waitUntil(made.quiet)
    assert [r.camera for r in shows(made)] == ["c5", "c6"]
    assert made.core.wall.arrangement.window("desk").shown()[:3] == ("c5", "c6", None)
    assert made.window.desk.wall.selected == 1


def test_choosing_a_site_shows_nothing(made: TestConsole, qtbot: QtBot) -> None:
    tree = tree_of(made)
    tree.tree.setCurrentIndex(row(tree, "Site 1"))
    QTest.keyClick(tree.tree, K.Key_Return)
    assert made.core.dispatcher.in_flight == 0
    assert shows(made) == []


def test_a_row_dropped_on_a_tile_is_shown_there(made: TestConsole, qtbot: QtBot) -> None:
    tree, wall = tree_of(made), made.window.desk.wall
    index = row(tree, "Crossing 5")
    assert tree.tree.model().flags(index) & Qt.ItemFlag.ItemIsDragEnabled
    assert not tree.tree.model().flags(row(tree, "Site 2")) & Qt.ItemFlag.ItemIsDragEnabled
    data = tree.tree.model().mimeData([index])
    _drop(wall, data, wall.tile_rect(4).center())
    qtbot.waitUntil(lambda: made.core.wall.arrangement.window("desk").camera_at(4) == "c5")
    asked = next(r for r in made.rows() if r.action == "wall.show_camera")
    assert (asked.camera, asked.details["via"], asked.details["tile"]) == ("c5", "drag", 4)
    assert wall.selected == 4


def _drop(wall: object, data: QMimeData, at: QPoint) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(wall, enter)  # type: ignore[arg-type]
    assert enter.isAccepted()
    drop = QDropEvent(at.toPointF(), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(wall, drop)  # type: ignore[arg-type]
    assert drop.isAccepted()


def test_text_from_another_program_is_not_a_camera(made: TestConsole) -> None:
    wall, data = made.window.desk.wall, QMimeData()
    data.setText("c5")
    enter = QDragEnterEvent(
        wall.tile_rect(0).center(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    )
    QApplication.sendEvent(wall, enter)
    assert not enter.isAccepted()


@pytest.mark.parametrize("state", [s for s in SourceState if s is not SourceState.IDLE])
def test_a_state_is_a_sign_a_colour_and_a_word(made: TestConsole, qtbot: QtBot, state: SourceState) -> None:
    tree = tree_of(made)
    idle = row(tree, "Crossing 3")
    assert idle.data().startswith(STATE_SIGN[SourceState.IDLE])
    made.core.dispatch(ShowCamera(camera_id=CameraId("c3"), tile=0))
    made.sources.set_state(SourceKey(CameraId("c3"), Quality.SUB), state)
    made.sources.set_state(SourceKey(CameraId("c3"), Quality.MAIN), state)
    qtbot.waitUntil(lambda: state_word(state) in (row(tree, "Crossing 3").data(Qt.ItemDataRole.AccessibleTextRole)))
    index = row(tree, "Crossing 3")
    assert index.data().startswith(STATE_SIGN[state])
    assert index.data(Qt.ItemDataRole.ForegroundRole).color() == QColor(state_colour(state, tokens()))
    assert state_word(state) in index.data(Qt.ItemDataRole.ToolTipRole)


def test_what_was_folded_stays_folded_when_the_directory_changes(made: TestConsole) -> None:
    tree = tree_of(made)
    assert all(tree.tree.isExpanded(i) for i in rows(tree) if tree.tree.model().rowCount(i))
    tree.tree.setExpanded(row(tree, "Site 3"), False)
    tree.tree.setCurrentIndex(row(tree, "Crossing 5"))
    change(made, "c2", name="Bridge")
    assert not tree.tree.isExpanded(row(tree, "Site 3"))
    assert tree.tree.isExpanded(row(tree, "Site 2"))
    assert "Crossing 5" in tree.tree.currentIndex().data()
    assert "Bridge" in row(tree, "Bridge").data()


def test_all_folded_stays_all_folded(made: TestConsole) -> None:
    tree = tree_of(made)
    for name in ("안전총괄과", "Traffic"):
        tree.tree.setExpanded(row(tree, name), False)
    change(made, "c2", name="Bridge")
    assert not any(tree.tree.isExpanded(row(tree, n)) for n in ("안전총괄과", "Traffic"))


def test_a_search_unfolds_and_gives_back_what_was_folded(made: TestConsole) -> None:
    tree = tree_of(made)
    tree.tree.setExpanded(row(tree, "Site 3"), False)
    tree.search.setText("Crossing 7")
    assert tree.tree.isExpanded(row(tree, "Site 3"))
    tree.search.clear()
    assert not tree.tree.isExpanded(row(tree, "Site 3"))
    assert tree.tree.isExpanded(row(tree, "Site 2"))


def test_an_empty_directory_says_how_to_begin(made: TestConsole) -> None:
    tree = tree_of(made)
    made.core.directory.set_district(District())
    assert tree._empty.isVisible()
    assert "Ctrl+N" in tree._empty.text()
    assert not tree.tree.isVisible()
    made.core.directory.set_district(small_district(2))
    assert tree.tree.isVisible()
    assert len(cameras(tree)) == 2


NASTY = "<img src='file:///etc/hostname'><b>굵게</b> \u202etxt\x07\nend"


def test_a_name_is_never_markup_nor_turns_the_line_around(made: TestConsole) -> None:
    tree = tree_of(made)
    change(made, "c3", name=NASTY)
    index = row(tree, "굵게")
    for text in (index.data(), index.data(Qt.ItemDataRole.AccessibleTextRole)):
        assert "<b>굵게</b>" in text
        assert not set(text) & {"\u202e", "\x07", "\n"}
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip
    assert "<img" not in tip
    assert "&lt;b&gt;굵게&lt;/b&gt;" in tip


def _timed(tree: CameraTree, district: District, made: TestConsole) -> float:
    """Seconds for a rebuild and a few searches; the least of three."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        made.core.directory.set_district(District())
        made.core.directory.set_district(district)
        for text in ("c", "crossing", "crossing 7", "traffic", ""):
            tree.search.setText(text)
        taken.append(time.process_time() - began)
    return min(taken)


def test_ten_times_the_cameras_take_no_more_than_ten_times_as_long(made: TestConsole, qtbot: QtBot) -> None:
    """A tree that were quadratic in its cameras would take a hundred times as long."""
    tree = tree_of(made)
    few = _timed(tree, small_district(89), made)
    many = _timed(tree, small_district(893), made)
    assert len(cameras(tree)) == 893
    assert many / few < 20, (few, many)


def test_cameras_of_the_test_district_are_what_these_tests_take_them_for() -> None:
    found: dict[str, Camera] = {c.id: c for c in small_district().cameras}
    assert (found["c7"].site_id, found["c8"].site_id) == ("s3", "s3")
