"""Statistics on demand: on the panel, and on the tiles of every window by one recorded key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gwanje.domain.audit import Outcome
from gwanje.domain.cameras import CameraId
from gwanje.domain.commands import OpenWallWindow, SetTheme, ShowCamera, ShowPanel
from gwanje.videowall.port import SourceKey, SourceStatistics
from tests.fakes.fake_sources import plain
from tests.support.console import TestConsole, console

C1 = CameraId("c1")


@pytest.fixture
def made(qtbot: QtBot, tmp_path: Path) -> Iterator[TestConsole]:
    with console(qtbot, tmp_path) as made:
        made.core.dispatch(ShowCamera(camera_id=C1, tile=0))
        qtbot.waitUntil(made.quiet)
        made.window.activateWindow()
        made.window.desk.wall.select(0)
        made.window.desk.wall.setFocus()
        qtbot.waitUntil(made.window.desk.wall.hasFocus)
        yield made


def test_one_key_shows_the_figures_on_every_window_and_again_hides_them(made: TestConsole, qtbot: QtBot) -> None:
    output = made.shell.outputs.outputs()[0].identity
    for shown in (True, False):
        made.window.activateWindow()
        made.window.desk.wall.setFocus()
        qtbot.waitUntil(made.window.desk.wall.hasFocus)
        QTest.keyClick(made.window.desk.wall, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(made.quiet)
        assert made.window.desk.wall.shows_figures is shown
        assert made.window.actions_table.by_name["tile-statistics"].isChecked() is shown
        row = made.rows()[-1]
        assert (row.action, row.outcome) == ("console.tile_statistics", Outcome.SUCCEEDED)
        if shown:
            made.core.dispatch(OpenWallWindow(output=output, layout="4"))
            qtbot.waitUntil(made.quiet)
        assert made.shell.walls.views()[output].shows_figures is shown


def test_the_figures_outlive_a_change_of_theme(made: TestConsole, qtbot: QtBot) -> None:
    made.window.actions_table.by_name["tile-statistics"].trigger()
    qtbot.waitUntil(made.quiet)
    before = made.window
    made.core.dispatch(SetTheme(theme="daylight"))
    qtbot.waitUntil(lambda: made.window is not before and made.quiet())
    assert made.window.desk.wall.shows_figures
    assert made.window.actions_table.by_name["tile-statistics"].isChecked()


def test_the_panel_tells_what_is_measured_of_the_selected_tile(made: TestConsole, qtbot: QtBot) -> None:
    made.core.dispatch(ShowPanel(panel="statistics", shown=True))
    qtbot.waitUntil(made.quiet)
    key = next(key for key, _, _ in made.sources.views.values() if key.camera_id == C1)
    made.sources.statistics_of[SourceKey(C1, key.quality)] = SourceStatistics(
        14.9, 4.5e5, 100, 4, "h264", 640, 360, 3, 2, 0.0, "udp", ""
    )
    facts = made.window.desk.statistics._facts

    def says(*parts: str) -> bool:
        made.sources.push(key, plain(64, 36, (1, 2, 3)))
        return all(part in facts.text() for part in parts)

    qtbot.waitUntil(
        lambda: says("Crossing 1", "Live", "14.9 → ", "0.45 Mbit/s", "H264 640×360 → ", "UDP", "lost 3, damaged 2"),
        timeout=10_000,
    )
    qtbot.waitUntil(lambda: says("delay ", "p99 ") and "delay –" not in facts.text(), timeout=10_000)
    made.window.desk.wall.select(1)
    qtbot.waitUntil(lambda: "Select a tile" in facts.text())
