"""The log panel: one line an action, in order, bounded, readable whatever others wrote; and the statistics."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from gwanje.console.panels import LogPanel
from gwanje.console.panels.log_panel import KEPT_LINES
from gwanje.domain.audit import AuditEntry, Outcome
from gwanje.domain.cameras import CameraId
from gwanje.domain.commands import ShowCamera, ShowPanel, StopPtz
from gwanje.videowall.port import SourceStatistics
from gwanje.videowall.wall.pace import PaceFigures
from tests.support.console import TestConsole, console

TIP = Qt.ItemDataRole.ToolTipRole
AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def made(qtbot: QtBot, tmp_path: Path) -> Iterator[TestConsole]:
    with console(qtbot, tmp_path) as made:
        qtbot.waitUntil(lambda: panel_of(made).model.rowCount() > 0)
        yield made


def panel_of(made: TestConsole) -> LogPanel:
    return made.window.desk.log


def texts(panel: LogPanel, row: int) -> list[str]:
    row = row % panel.model.rowCount()
    return [str(panel.model.data(panel.model.index(row, c))) for c in range(panel.model.columnCount())]


def tip(panel: LogPanel) -> str:
    return str(panel.model.data(panel.model.index(panel.model.rowCount() - 1, 1), TIP))


def entry(number: int, outcome: Outcome = Outcome.SUCCEEDED, **fields: object) -> AuditEntry:
    given: dict[str, object] = {"action": "ptz.stop", "camera": "c1", "operator": "kim", **fields}
    given.setdefault("action_id", uuid4())
    return AuditEntry(
        id=uuid4(),
        at=AT + timedelta(seconds=number),
        console="c",
        seat="s",
        outcome=outcome,
        seq=10**6 + number,
        **given,
    )  # type: ignore[arg-type]


def test_an_action_is_one_line_that_its_end_changes(made: TestConsole, qtbot: QtBot) -> None:
    panel = panel_of(made)
    before = panel.model.rowCount()
    action = uuid4()
    panel.take([entry(1, Outcome.REQUESTED, action_id=action)])
    assert panel.model.rowCount() == before + 1
    assert texts(panel, -1)[1:] == ["Stop camera", "1 Crossing 1", "kim", "◌ requested"]
    with qtbot.waitSignal(panel.model.dataChanged):
        panel.take([entry(2, Outcome.FAILED, action_id=action, reason="the camera does not answer in time")])
    assert panel.model.rowCount() == before + 1
    assert texts(panel, -1)[4] == "✕ failed: the camera does not answer in time"


def test_what_is_done_appears_with_who_and_where(made: TestConsole, qtbot: QtBot) -> None:
    panel = panel_of(made)
    before = panel.model.rowCount()
    made.core.dispatch(ShowCamera(camera_id=CameraId("c5"), tile=0))
    qtbot.waitUntil(lambda: made.quiet() and panel.model.rowCount() == before + 1)
    assert texts(panel, -1)[1:] == ["Show camera", "5 Crossing 5", "kim", "✓ done"]
    assert "via: " in tip(panel)
    assert "tile: 0" in tip(panel)


def test_a_failure_shows_its_reason(made: TestConsole, qtbot: QtBot) -> None:
    panel = panel_of(made)
    made.core.dispatch(StopPtz(camera_id=CameraId("gone")))
    qtbot.waitUntil(lambda: made.quiet() and texts(panel, -1)[4].startswith("✕"))
    assert texts(panel, -1)[4] == "✕ failed: this camera is not in the directory any more"
    assert "not in the directory" in tip(panel)


def test_it_follows_the_newest_line_until_someone_scrolls_away(made: TestConsole, qtbot: QtBot) -> None:
    panel, bar = panel_of(made), panel_of(made).table.verticalScrollBar()
    panel.take([entry(n) for n in range(200)])
    qtbot.waitUntil(lambda: bar.maximum() > 100 and bar.value() == bar.maximum())
    panel.take([entry(n) for n in range(200, 220)])
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    bar.setValue(20)
    panel.take([entry(n) for n in range(220, 240)])
    assert bar.value() == 20
    bar.setValue(bar.maximum())
    panel.take([entry(240)])
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())


def test_thousands_of_rows_stay_within_bounds_and_the_newest_are_kept(made: TestConsole) -> None:
    panel = panel_of(made)
    opened = uuid4()
    for start in range(0, 6000, 500):
        panel.take([entry(n, operator=f"o{n}") for n in range(start, start + 500)])
        assert panel.model.rowCount() <= KEPT_LINES * 1.1
    panel.take([entry(6000, Outcome.REQUESTED, action_id=opened)])
    panel.take([entry(6001, Outcome.SUCCEEDED, action_id=opened)])
    assert texts(panel, -1)[4] == "✓ done"
    assert texts(panel, -2)[3] == "o5999"
    assert panel.model.rowCount(QModelIndex()) <= KEPT_LINES * 1.1


HOSTILE = "<img src='http://127.0.0.1:1/x'><b>굵게</b>\u202egnp.exe\x00\x1b[31m\n두 번째"


def test_what_others_wrote_is_text(made: TestConsole) -> None:
    panel = panel_of(made)
    panel.take(
        [
            entry(1, Outcome.REQUESTED, operator=HOSTILE, camera="", details={"layout": HOSTILE}),
            entry(2, Outcome.FAILED, operator=HOSTILE, details={"name": HOSTILE}, reason=HOSTILE),
        ]
    )
    for row in (-1, -2):
        for text in texts(panel, row):
            assert not set(text) & set("\u202e\x00\x1b\n"), text
    assert "<b>굵게</b>" in texts(panel, -2)[2]
    shown = tip(panel)
    assert "<b>" not in shown
    assert "<img" not in shown
    assert "&lt;b&gt;굵게&lt;/b&gt;" in shown
    assert "두 번째" in shown
    assert not set(shown) & set("\u202e\x00\x1b")


def test_an_empty_log_says_what_will_come(made: TestConsole) -> None:
    panel = LogPanel(made.core, made.window)
    assert panel._stack.currentWidget().text() == "What is done at this console appears here as it happens."
    panel.take([entry(1)])
    assert panel._stack.currentWidget() is panel.table
    panel.deleteLater()


# --- statistics ------------------------------------------------------------------------------------------------------


def test_statistics_plots_what_is_measured_of_the_tile(made: TestConsole, qtbot: QtBot) -> None:
    statistics = made.window.desk.statistics
    made.core.dispatch(ShowPanel(panel="statistics", shown=True))
    made.core.dispatch(ShowCamera(camera_id=CameraId("c1"), tile=0))
    qtbot.waitUntil(lambda: made.quiet() and statistics._camera is not None and statistics.isVisible())
    statistics._timer.stop()  # it measures only when told to
    figures = made.window.desk.wall.figures(0)
    assert figures is not None
    for fps, bits, delay in ((14.5, 1_250_000.0, 0.02), (7.0, 500_000.0, 0.05)):
        stream = SourceStatistics(fps, bits, 100, 3, "h264", 640, 360)
        measured = replace(figures, statistics=stream, pace=PaceFigures(fps, delay, delay))
        statistics._figures = lambda measured=measured: measured
        statistics._measure()
    assert list(statistics._fps_line.getData()[1][-2:]) == [14.5, 7.0]
    assert list(statistics._rate_line.getData()[1][-2:]) == [12.5, 5.0]
    assert list(statistics._delay_line.getData()[1][-2:]) == [2.0, 5.0]
    assert (statistics._fps_line.getData()[0] <= 0).all()
    made.window.desk.wall.select(5)
    assert statistics._facts.text() == "Select a tile to see its stream."
    assert not len(statistics._fps_line.getData()[1] if statistics._fps_line.getData()[1] is not None else [])
