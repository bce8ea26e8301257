"""A made-up district and a page to ask, for the tests of the map."""

import json
import random
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gwanje.domain.cameras import Camera, CameraId, Department, DepartmentId, District, Site, SiteId
from gwanje.mapview.view import MapView

SEODAEMUN = (37.5791, 126.9368)


def district(count: int, seed: int = 1, per_site: int = 2, names: dict[int, str] | None = None) -> District:
    """`count` cameras around Seodaemun-gu's centre, numbered from 1, `per_site` of them at each place."""
    dice = random.Random(seed)
    department = Department(DepartmentId("d"), "스마트정보과")
    sites, cameras = [], []
    for number in range(1, count + 1):
        if (number - 1) % per_site == 0:
            at = (SEODAEMUN[0] + dice.uniform(-0.018, 0.018), SEODAEMUN[1] + dice.uniform(-0.022, 0.022))
            sites.append(Site(SiteId(f"s{len(sites)}"), "곳", department.id, *at))
        site = sites[-1]
        cameras.append(
            Camera(
                id=CameraId(f"c{number}"),
                number=number,
                name=(names or {}).get(number, f"연희로 {number}"),
                site_id=site.id,
                purpose="crime prevention",
                latitude=site.latitude,
                longitude=site.longitude,
                main_uri="rtsp://127.0.0.1/1",
                ptz=number % 3 == 0,
                bearing=dice.choice([None, dice.uniform(0, 360)]),
            )
        )
    return District((department,), tuple(sites), tuple(cameras))


def answer(qtbot: QtBot, ask: Callable[[Callable[[object], None]], None]) -> object:
    """Wait for the answer to a question that is answered through a callback."""
    answers: list[object] = []
    ask(answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    return answers[0]


def evaluate(qtbot: QtBot, view: MapView, expression: str) -> object:
    """The value of a script expression in the page, after everything that was told before."""
    text = answer(qtbot, lambda callback: view._link.ask(f"JSON.stringify({expression})", callback))
    return json.loads(str(text)) if text else None


def wait_until_page(qtbot: QtBot, view: MapView, expression: str, expected: object = True) -> None:
    """Wait until `expression` has the expected value in the page."""
    seen: list[object] = []

    def holds() -> bool:
        seen.append(evaluate(qtbot, view, expression))
        return bool(seen[-1] == expected)

    try:
        qtbot.waitUntil(holds, timeout=10_000)
    except Exception as error:
        raise AssertionError(f"{expression} stayed {seen[-1:]}, expected {expected!r}") from error


def inner(view: MapView) -> QWidget:
    """The widget inside the web view that takes mouse and keys."""
    widget = view._view.focusProxy()
    assert widget is not None
    return widget


def focus(qtbot: QtBot, view: MapView) -> None:
    """Give the map the keyboard."""
    view.activateWindow()
    inner(view).setFocus()
    qtbot.waitUntil(inner(view).hasFocus, timeout=10_000)


def click(view: MapView, x: float, y: float) -> None:
    """A left click at page coordinates (px)."""
    QTest.mouseClick(inner(view), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
