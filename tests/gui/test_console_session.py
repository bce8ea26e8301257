"""Signing in and out, what each role sees, and what the foot of the window says."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from gwanje.console.look import tokens
from gwanje.console.windows.main_window import MainWindow
from gwanje.domain.audit import Outcome
from gwanje.domain.cameras import CameraId
from gwanje.domain.commands import OpenWallWindow, SetTheme, ShowCamera, SignIn, SignOut, TakeStill
from gwanje.domain.errors import RecordsError
from gwanje.domain.look import THEMES, Tokens
from gwanje.domain.operators import Role
from gwanje.domain.source_state import SourceState
from gwanje.videowall.port import Quality, SourceKey
from tests.fakes.memory_records import MemoryOperatorBook
from tests.support.console import PASSWORD, TestConsole, console

K = Qt.Key


def wanted(made: TestConsole) -> set[str]:
    return {key.camera_id for key in made.sources.wanted()}


def show(made: TestConsole, qtbot: QtBot, *cameras: str) -> None:
    for tile, camera in enumerate(cameras):
        made.core.dispatch(ShowCamera(camera_id=CameraId(camera), tile=tile))
    qtbot.waitUntil(lambda: made.quiet() and wanted(made) >= set(cameras))


# --- signing in ------------------------------------------------------------------------------------------------------


def test_the_first_administrator(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add = MemoryOperatorBook.add
    monkeypatch.setattr(MemoryOperatorBook, "add", lambda self, *a: None)  # kim has no account in this test
    with console(qtbot, tmp_path, signed_in=False) as made:
        monkeypatch.setattr(MemoryOperatorBook, "add", add)
        page = made.window.sign_in
        qtbot.waitUntil(page.again.isVisible)
        assert "no operator yet" in page._text.text()

        def enter(name: str, first: str, second: str) -> None:
            page.operator.setText(name)
            page.password.setText(first)
            page.again.setText(second)
            page.again.setFocus()
            QTest.keyClick(page.again, K.Key_Return)

        before = len(made.rows())
        enter("관리자", PASSWORD, PASSWORD + "!")
        assert "differ" in page._error.text()
        assert len(made.rows()) == before
        enter("관리자", "short", "short")
        qtbot.waitUntil(lambda: "10 characters" in page._error.text())
        assert made.core.session.operator is None
        enter("관리자", PASSWORD, PASSWORD)
        qtbot.waitUntil(lambda: made.core.session.operator is not None and made.quiet())
        operator = made.core.session.operator
        assert operator is not None
        assert (operator.name, operator.roles) == ("관리자", {Role.ADMINISTRATOR, Role.SUPERVISOR})
        assert made.window.page.isVisible()
        assert made.window.desk.may_watch()
        assert PASSWORD not in repr(made.rows())
        made.core.dispatch(SignOut())
        qtbot.waitUntil(page.isVisible)
        assert not page.again.isVisible(), "there is an operator now"


def test_a_wrong_password_says_so_and_keeps_the_name(qtbot: QtBot, tmp_path: Path) -> None:
    with console(qtbot, tmp_path, signed_in=False) as made:
        page = made.window.sign_in
        page.operator.setText("kim")
        page.password.setText("not the password")
        QTest.keyClick(page.password, K.Key_Return)
        assert page.password.text() == "", "it is not left on the screen while it is checked"
        qtbot.waitUntil(lambda: "wrong" in page._error.text())
        assert page.operator.text() == "kim"
        assert made.window.focusWidget() is page.password
        assert not made.window.page.isVisible()
        page.password.setText(PASSWORD)
        QTest.keyClick(page.password, K.Key_Return)
        qtbot.waitUntil(made.window.page.isVisible)
        assert not [f for f in page.findChildren(QLineEdit) if f.text()]


def test_signing_out_takes_every_picture_away_and_signing_in_brings_them_back(qtbot: QtBot, tmp_path: Path) -> None:
    with console(qtbot, tmp_path) as made:
        show(made, qtbot, "c1", "c2")
        output = made.shell.outputs.outputs()[0].identity
        made.core.dispatch(OpenWallWindow(output=output, layout="1"))
        made.core.dispatch(ShowCamera(camera_id=CameraId("c3"), window=output, tile=0))
        qtbot.waitUntil(lambda: made.quiet() and "c3" in wanted(made))
        assert made.shell.walls.windows()[output].isVisible()
        made.core.dispatch(SignOut())
        qtbot.waitUntil(lambda: made.core.session.operator is None and made.quiet())
        assert wanted(made) == set()
        assert not any(w.isVisible() for w in made.shell.walls.windows().values())
        assert not made.window.desk.isVisible()
        assert made.window.desk.wall.arrangement.shown() == (None,) * 9
        made.core.dispatch(SignIn(name="kim", password=PASSWORD))
        qtbot.waitUntil(lambda: wanted(made) == {"c1", "c2", "c3"})
        made.core.dispatch(SignOut())


@pytest.mark.parametrize("role", [Role.PRIVACY_OFFICER, Role.ADMINISTRATOR, Role.POLICE_OFFICER, Role.PARTNER_VIEWER])
def test_a_role_without_watching_sees_no_pictures(qtbot: QtBot, tmp_path: Path, role: Role) -> None:
    with console(qtbot, tmp_path) as made:
        show(made, qtbot, "c1", "c2")
        made.records.operators.add("lee", PASSWORD, frozenset({role}))
        made.core.dispatch(SignOut())
        made.core.dispatch(SignIn(name="lee", password=PASSWORD))
        qtbot.waitUntil(lambda: made.core.session.operator is not None and made.quiet())
        assert made.window.page.isVisible()
        assert wanted(made) == set()
        assert made.window.desk.states() == {}
        assert made.window.desk.map._shown == frozenset()
        refused = made.core.dispatch(ShowCamera(camera_id=CameraId("c3"), tile=2))
        qtbot.waitUntil(lambda: made.quiet() and refused.outcome is Outcome.REFUSED)
        assert wanted(made) == set()
        assert "role" in made.window.notice._text.text()


def test_roles_change_at_the_next_sign_in(qtbot: QtBot, tmp_path: Path) -> None:
    with console(qtbot, tmp_path, roles=frozenset({Role.ADMINISTRATOR})) as made:
        book = made.records.operators
        operator, secret = book._accounts["kim"]
        book._accounts["kim"] = (replace(operator, roles=frozenset({Role.AGENT})), secret)
        assert not made.window.desk.may_watch()
        made.core.dispatch(SignOut())
        made.core.dispatch(SignIn(name="kim", password=PASSWORD))
        qtbot.waitUntil(lambda: made.core.session.operator is not None and made.window.desk.may_watch())
        assert "agent" in made.window.status._who.text()


# --- the foot of the window ------------------------------------------------------------------------------------------


def test_the_live_count_follows_the_sources(qtbot: QtBot, tmp_path: Path) -> None:
    with console(qtbot, tmp_path) as made:
        live = made.window.status._live
        show(made, qtbot, "c1", "c2", "c3")
        for camera in ("c1", "c2", "c3"):
            made.sources.set_state(SourceKey(CameraId(camera), Quality.SUB), SourceState.LIVE)
        qtbot.waitUntil(lambda: live.text() == "● live 3 of 3")
        made.sources.set_state(SourceKey(CameraId("c2"), Quality.SUB), SourceState.STALLED)
        qtbot.waitUntil(lambda: live.text() == "◐ live 2 of 3")
        made.core.dispatch(SignOut())
        qtbot.waitUntil(lambda: live.text() == "● live 0 of 0")


def test_a_record_that_cannot_be_written_is_told_and_so_is_its_return(qtbot: QtBot, tmp_path: Path) -> None:
    with console(qtbot, tmp_path) as made:
        record = made.window.status._record
        assert record.text().startswith("● record")
        written = len(made.rows())
        made.records.broken = RecordsError("the disk is full", place="memory")
        made.core.dispatch(ShowCamera(camera_id=CameraId("c1"), tile=0))
        qtbot.waitUntil(lambda: record.text().startswith("▲"))
        assert "cannot be written" in record.text()
        qtbot.waitUntil(lambda: made.core.wall.arrangement.window("desk").camera_at(0) == "c1")  # looking goes on
        refused = made.core.dispatch(TakeStill(window="desk", tile=0))
        qtbot.waitUntil(lambda: refused.outcome is Outcome.REFUSED or refused.outcome is Outcome.FAILED)
        waiting = made.core.recorder.backlog
        assert waiting >= 3
        made.records.broken = None
        qtbot.waitUntil(lambda: record.text().startswith("● record"), timeout=10_000)
        qtbot.waitUntil(made.quiet)
        assert len(made.rows()) == written + waiting


def test_a_failure_is_told_in_a_notice_that_goes_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    with console(qtbot, tmp_path) as made:
        notice = made.window.notice
        notice._timer.setInterval(300)
        focus = QApplication.focusWidget()
        made.core.dispatch(TakeStill(window="desk", tile=0))
        qtbot.waitUntil(notice.isVisible)
        assert "no picture on this tile" in notice._text.text()
        assert notice.accessibleName() == notice._text.text()
        assert QApplication.focusWidget() is focus
        qtbot.waitUntil(lambda: not notice.isVisible())


# --- colours ---------------------------------------------------------------------------------------------------------


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of #RRGGBB."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_text_and_outlines_have_contrast_on_every_ground(theme: str) -> None:
    t: Tokens = THEMES[theme]
    for ground in ("window", "panel", "raised"):
        for text in ("text", "muted", "accent", "live", "stalled", "failed", "alarm", "ptz"):
            assert contrast(getattr(t, text), getattr(t, ground)) >= 5, (text, ground)
        assert contrast(t.outline, getattr(t, ground)) >= 3, ground
    assert contrast(t.window, t.accent) >= 5, "words on the primary button"


def settled(made: TestConsole, qtbot: QtBot, before: MainWindow) -> None:
    """A new window is there, and what it asked of the database is answered."""
    answers: list[bool] = []
    qtbot.waitUntil(lambda: made.window is not before and made.quiet())
    made.core.has_operators(answers.append)
    qtbot.waitUntil(lambda: bool(answers))


@pytest.mark.parametrize("theme", THEMES)
def test_the_window_wears_the_theme(qtbot: QtBot, tmp_path: Path, theme: str) -> None:
    with console(qtbot, tmp_path) as made:
        before = made.window
        made.core.dispatch(SetTheme(theme=theme))
        settled(made, qtbot, before)
        assert tokens() is THEMES[theme]
        picture = made.window.grab().toImage()
        painted = {picture.pixelColor(x, 2).name().upper() for x in range(200, picture.width(), 40)}
        assert THEMES[theme].panel in painted
        before = made.window
        made.core.dispatch(SetTheme(theme="dim"))
        settled(made, qtbot, before)


def test_who_signs_in_next_sees_no_picture_that_was_kept(qtbot: QtBot, tmp_path: Path) -> None:
    with console(qtbot, tmp_path) as made:
        made.sources.recent.keep(CameraId("c1"), QImage(8, 8, QImage.Format.Format_RGB32), 1.0)
        made.core.dispatch(SignOut())
        qtbot.waitUntil(lambda: made.core.session.operator is None and made.sources.recent.is_empty)
