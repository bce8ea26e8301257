"""Dragging, dropping, double click, menu and tools, by what they dispatch."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gwanje.domain.commands import ClearTile, EnlargeTile, RestoreTile, RetrySource, ShowCamera, SwapTiles, TakeStill
from gwanje.domain.source_state import Reason, SourceState
from gwanje.videowall import CAMERA_MIME
from gwanje.videowall.wall import view as view_module
from gwanje.videowall.wall.dragging import TILE_MIME, camera_mime, tile_mime
from tests.fakes.fake_wall import Bench, arrangement, bench, cid, sub

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
MOVE = Qt.DropAction.MoveAction


def _drop(wall: Bench, tile: int, data: QMimeData) -> bool:
    at = wall.view.tile_rect(tile).center()
    QApplication.sendEvent(wall.view, QDragEnterEvent(at, MOVE, data, LEFT, NONE))
    QApplication.sendEvent(wall.view, QDragMoveEvent(at, MOVE, data, LEFT, NONE))
    event = QDropEvent(QPointF(at), MOVE, data, LEFT, NONE)
    QApplication.sendEvent(wall.view, event)
    return event.isAccepted()


def test_a_camera_dropped_from_elsewhere_is_shown_there(qtbot: QtBot):
    with bench(qtbot, arrangement("9", 1)) as wall:
        data = QMimeData()
        data.setData(CAMERA_MIME, b"c12")
        assert _drop(wall, 5, data)
        assert wall.commands == [ShowCamera(camera_id=cid(12), window="desk", tile=5, via="drag")]
        assert wall.view.selected == 5


def test_a_tile_dropped_on_another_swaps_them_also_across_windows(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        _drop(wall, 3, tile_mime(cid(1), "desk", 0))
        _drop(wall, 1, tile_mime(cid(9), "connector:HDMI-1", 2))
        assert wall.commands == [
            SwapTiles(window="desk", tile=0, other_window="desk", other_tile=3),
            SwapTiles(window="connector:HDMI-1", tile=2, other_window="desk", other_tile=1),
        ]


def test_a_tile_dropped_on_itself_is_nothing(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        _drop(wall, 0, tile_mime(cid(1), "desk", 0))
        assert wall.commands == []


@pytest.mark.parametrize("broken", [b"", b"x\ndesk", b"1", b"-1\ndesk"])
def test_foreign_and_broken_drops_are_refused(qtbot: QtBot, broken: bytes):
    with bench(qtbot, arrangement("4", 1)) as wall:
        data = QMimeData()
        data.setData(TILE_MIME, broken)
        assert not _drop(wall, 1, data)
        text = QMimeData()
        text.setText("c12")
        assert not _drop(wall, 1, text)
        assert wall.commands == []


def test_the_drop_target_is_marked_until_the_drag_is_over(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        before = wall.view.grab().toImage()
        data = camera_mime(cid(3))
        at = wall.view.tile_rect(3).center()
        QApplication.sendEvent(wall.view, QDragEnterEvent(at, MOVE, data, LEFT, NONE))
        QApplication.sendEvent(wall.view, QDragMoveEvent(at, MOVE, data, LEFT, NONE))
        assert wall.view.grab().toImage() != before
        _drop(wall, 3, data)
        assert wall.view._marks.drop_tile is None


def test_pulling_a_tile_of_the_grid_starts_a_drag_of_it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    started: list[tuple[bytes, bytes]] = []

    def note(source: object, data: QMimeData, look: object) -> None:
        started.append((data.data(CAMERA_MIME).data(), data.data(TILE_MIME).data()))

    # QDrag.exec waits for a real pointer; what it would carry is what matters here.
    monkeypatch.setattr(view_module, "start_drag", note)
    with bench(qtbot, arrangement("4", 2, 1)) as wall:
        start = wall.view.tile_rect(1).center()
        qtbot.mousePress(wall.view, LEFT, pos=start)
        qtbot.mouseMove(wall.view, start + QPoint(2, 0))
        assert started == []
        qtbot.mouseMove(wall.view, start + QPoint(60, 30))
        assert started == [(b"c1", b"1\ndesk")]
        assert wall.ptz.calls == []


def test_double_click_enlarges_and_goes_back(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        qtbot.mouseDClick(wall.view, LEFT, pos=wall.view.tile_rect(1).center())
        assert wall.commands == [EnlargeTile(window="desk", tile=1)]
        wall.view.set_arrangement(arrangement("4", 1, 2, enlarged=1))
        qtbot.mouseDClick(wall.view, LEFT, pos=QPoint(300, 200))
        assert wall.commands[1:] == [RestoreTile(window="desk")]


def test_double_click_on_an_empty_tile_is_nothing(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        qtbot.mouseDClick(wall.view, LEFT, pos=wall.view.tile_rect(3).center())
        assert wall.commands == []


def _open_menu(wall: Bench, reason: QContextMenuEvent.Reason, at: QPoint) -> QMenu:
    QApplication.sendEvent(wall.view, QContextMenuEvent(reason, at, wall.view.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_every_action_of_the_menu_is_one_command(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        menu = _open_menu(wall, QContextMenuEvent.Reason.Mouse, wall.view.tile_rect(0).center())
        offered = [a.objectName() for a in menu.actions()]
        assert offered == ["tile.enlarge", "tile.still", "tile.retry", "tile.home", "tile.clear"]
        for count, action in enumerate(menu.actions(), start=1):
            action.trigger()
            assert len(wall.commands) == count, action.objectName()
        menu.close()


def test_the_menu_key_opens_the_menu_of_the_selected_tile(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        wall.view.select(1)
        menu = _open_menu(wall, QContextMenuEvent.Reason.Keyboard, QPoint(0, 0))
        assert "tile.home" not in [a.objectName() for a in menu.actions()], "camera 2 is fixed"
        menu.actions()[-1].trigger()
        assert wall.commands == [ClearTile(window="desk", tile=1)]
        menu.close()


def test_tools_appear_on_the_tile_under_the_pointer_and_act_on_it(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        wall.push(sub(2))
        wall.wait_painted(1)
        qtbot.mouseMove(wall.view, wall.view.tile_rect(1).center())
        qtbot.waitUntil(lambda: wall.view.tools.tile == 1)
        tools = wall.view.tools
        assert wall.view.tile_rect(1).contains(tools.geometry())
        assert not tools.buttons["retry"].isVisible(), "a live tile needs no retry"
        for button in tools.buttons.values():
            assert min(button.width(), button.height()) >= 24
            assert button.toolTip()
            assert button.accessibleName()
        for name in ("enlarge_or_restore", "still", "clear"):
            qtbot.mouseClick(tools.buttons[name], LEFT)
        assert wall.commands == [
            EnlargeTile(window="desk", tile=1),
            TakeStill(window="desk", tile=1),
            ClearTile(window="desk", tile=1),
        ]
        assert wall.view.selected == 0, "a tool acts without moving the selection"


def test_a_failed_tile_has_a_button_to_try_again(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        wall.sources.set_state(sub(1), SourceState.FAILED, Reason.REFUSED)
        qtbot.mouseMove(wall.view, wall.view.tile_rect(0).center())
        qtbot.waitUntil(lambda: wall.view.tools.buttons["retry"].isVisible())
        qtbot.mouseClick(wall.view.tools.buttons["retry"], LEFT)
        assert wall.commands == [RetrySource(camera_id=cid(1))]


def test_tools_go_away_when_the_operator_rests(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        qtbot.keyClick(wall.view, Qt.Key.Key_Left)
        assert wall.view.tools.isVisible()
        wall.view._marks.rest()
        assert not wall.view.tools.isVisible()
