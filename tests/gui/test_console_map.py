"""The map in the desk: a click shows a camera, and the map shows what the wall shows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gwanje.domain.cameras import CameraId
from gwanje.domain.commands import ClearTile, RemoveCamera, ShowCamera, SignOut
from gwanje.domain.source_state import SourceState
from gwanje.videowall.port import Quality, SourceKey
from tests.support.console import TestConsole, console

from .mapview_help import answer, wait_until_page

C3 = CameraId("c3")


@pytest.fixture
def made(qtbot: QtBot, tmp_path: Path) -> Iterator[TestConsole]:
    with console(qtbot, tmp_path, cameras=8) as made:
        view = made.window.desk.map
        qtbot.waitUntil(lambda: answer(qtbot, view.marker_count) == 8, timeout=20_000)
        yield made


def page(qtbot: QtBot, made: TestConsole, script: str, expected: object) -> None:
    wait_until_page(qtbot, made.window.desk.map, script, expected)


def test_a_click_on_a_sign_shows_its_camera_and_marks_it(made: TestConsole, qtbot: QtBot) -> None:
    view, wall = made.window.desk.map, made.window.desk.wall
    made.core.dispatch(ShowCamera(camera_id=CameraId("c1"), tile=0))
    qtbot.waitUntil(made.quiet)
    view.activate(C3)
    qtbot.waitUntil(lambda: made.core.wall.arrangement.window("desk").shown()[:3] == ("c1", "c3", None))
    qtbot.waitUntil(made.quiet)
    asked = [r for r in made.rows() if r.action == "wall.show_camera" and r.camera == "c3"]
    assert asked[0].details["via"] == "map"
    assert wall.selected == 1
    page(qtbot, made, "[...document.querySelectorAll('.camera.selected')].map(e => e.dataset.id)", ["c3"])


def test_states_follow_the_wall_and_end_with_it(made: TestConsole, qtbot: QtBot) -> None:
    view, key = made.window.desk.map, SourceKey(C3, Quality.SUB)
    made.core.dispatch(ShowCamera(camera_id=C3, tile=0))
    made.sources.set_state(key, SourceState.STALLED)
    qtbot.waitUntil(lambda: view._states.get(C3) is SourceState.STALLED)
    assert view._shown == {"c3"}
    made.core.dispatch(ClearTile(window="desk", tile=0))
    qtbot.waitUntil(lambda: view._states.get(C3) is SourceState.IDLE)
    assert view._shown == frozenset()
    made.core.dispatch(ShowCamera(camera_id=C3, tile=0))
    qtbot.waitUntil(lambda: view._states.get(C3) is SourceState.STALLED)
    made.core.dispatch(SignOut())
    qtbot.waitUntil(lambda: view._states.get(C3) is SourceState.IDLE and view._shown == frozenset())


def test_a_removed_camera_leaves_the_map(made: TestConsole, qtbot: QtBot) -> None:
    made.core.dispatch(RemoveCamera(camera_id=C3))
    qtbot.waitUntil(lambda: "c3" not in made.core.directory.cameras)
    assert answer(qtbot, made.window.desk.map.marker_count) == 7
