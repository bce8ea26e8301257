"""The map widget on a real web view: markers, states, marks, keys, and what happens when the page dies."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gwanje.assets import AssetMissingError
from gwanje.domain.cameras import CameraId, District
from gwanje.domain.look import DAYLIGHT, DIM_ROOM
from gwanje.domain.source_state import SourceState
from gwanje.mapview.link import BATCH_MS, apply_script
from gwanje.mapview.view import MapView

from .mapview_help import answer, click, district, evaluate, focus, inner, wait_until_page

Make = Callable[..., MapView]
LAST_ZOOM = "map_base.setView([37.5791, 126.9368], 19, {animate: false}) && 1"


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    """Makes a shown, ready map of a district."""

    def make(cameras: District, width: int = 900, height: int = 700) -> MapView:
        view = MapView()
        qtbot.addWidget(view)
        view.resize(width, height)
        view.set_district(cameras)
        with qtbot.waitSignal(view.ready, timeout=20_000):
            view.show()
        return view

    yield make


def _class(camera: int) -> str:
    return f'document.querySelector("[data-id=c{camera}]").className'


def test_every_camera_is_on_the_page(make: Make, qtbot: QtBot) -> None:
    view = make(district(40))
    assert answer(qtbot, view.marker_count) == 40
    view.set_district(district(25))
    assert answer(qtbot, view.marker_count) == 25
    view.set_district(District())
    assert answer(qtbot, view.marker_count) == 0
    assert "No cameras yet" in str(evaluate(qtbot, view, 'document.querySelector(".summary").textContent'))


@pytest.mark.heavy
def test_893_markers_are_up_within_two_seconds(make: Make, qtbot: QtBot, record_property: Callable[..., None]) -> None:
    cameras = district(893, per_site=3)
    began = time.monotonic()
    view = make(cameras, 560, 420)
    count = answer(qtbot, view.marker_count)
    took = time.monotonic() - began
    record_property("seconds", round(took, 2))
    assert count == 893
    assert took < 2.0


def test_signs_follow_the_states(make: Make, qtbot: QtBot) -> None:
    cameras = district(60)
    view = make(cameras)
    dice = random.Random(4)
    states = {camera.id: dice.choice(list(SourceState)) for camera in cameras.cameras}
    view.set_states(states)
    evaluate(qtbot, view, LAST_ZOOM)  # each camera has its own sign there
    assert answer(qtbot, view.rendered_states) == states
    view.set_states({CameraId("c7"): SourceState.FAILED, CameraId("unknown"): SourceState.LIVE})
    assert answer(qtbot, view.rendered_states) == {**states, CameraId("c7"): SourceState.FAILED}


def test_signs_differ_in_shape_not_only_in_colour(make: Make, qtbot: QtBot) -> None:
    view = make(district(1))
    shapes = {
        str(evaluate(qtbot, view, f'gwanjeSigns.sign("{state.value}").innerHTML')): state
        for state in SourceState
        if state != SourceState.BUFFERING  # shares its sign with OPENING (STATE_SIGN)
    }
    assert len(shapes) == len(SourceState) - 1


def test_many_updates_reach_the_page_in_few_batches(make: Make, qtbot: QtBot) -> None:
    cameras = district(100)
    view = make(cameras)
    before, began = view._link.batches, time.monotonic()
    states = [SourceState.LIVE, SourceState.STALLED]
    for turn in range(200):
        view.set_states({camera.id: states[turn % 2] for camera in cameras.cameras})
        QCoreApplication.processEvents()
    evaluate(qtbot, view, "1")
    allowed = (time.monotonic() - began) * 1000 / BATCH_MS + 2
    assert view._link.batches - before <= allowed
    sent = view._link.batches
    view.set_states({camera.id: states[1] for camera in cameras.cameras})  # nothing new
    evaluate(qtbot, view, "1")
    assert view._link.batches == sent


def test_everything_told_before_the_page_is_there_is_on_it(make: Make, qtbot: QtBot) -> None:
    view = MapView()
    qtbot.addWidget(view)
    view.set_district(district(1))
    view.set_states({CameraId("c1"): SourceState.STALLED})
    view.set_shown(frozenset({CameraId("c1")}))
    view.select(CameraId("c1"))
    view.set_theme(DAYLIGHT)
    with qtbot.waitSignal(view.ready, timeout=20_000):
        view.show()
    assert evaluate(qtbot, view, _class(1)) == "camera stalled shown selected"
    colour = evaluate(qtbot, view, "getComputedStyle(document.body).backgroundColor")
    assert colour == "rgb({}, {}, {})".format(*QColor(DAYLIGHT.window).getRgb()[:3])


def test_cameras_on_the_wall_and_the_selected_one_are_marked(make: Make, qtbot: QtBot) -> None:
    view = make(district(2, per_site=1))
    number = 'getComputedStyle(document.querySelector("[data-id=c2] .number")).display'
    evaluate(qtbot, view, "map_base.setZoom(14.5, {animate: false}) && 1")
    assert evaluate(qtbot, view, number) == "none"
    view.set_shown(frozenset({CameraId("c2")}))
    assert evaluate(qtbot, view, _class(2)) == "camera idle shown"
    assert evaluate(qtbot, view, number) == "block"
    view.set_shown(frozenset())
    view.select(CameraId("c1"))
    assert evaluate(qtbot, view, _class(2)) == "camera idle"
    assert evaluate(qtbot, view, _class(1)) == "camera idle selected"
    view.select(None)
    assert evaluate(qtbot, view, _class(1)) == "camera idle"


HOSTILE = (
    "</script><script>window.pwned = 1</script>",
    "<img src=x onerror=window.pwned=1>",
    "'); window.pwned = 1; ('",
    '"); window.pwned = 1; ("',
    "`${window.pwned = 1}`",
    "줄\u2028바꿈\u2029 \\u0022 \\ \n\t",
    "🎥 \u202eسلام \u0000 & &amp;",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_becomes_code_or_markup(make: Make, qtbot: QtBot, name: str) -> None:
    view = make(district(1, names={1: name}))
    label = evaluate(qtbot, view, 'document.querySelector(".camera").getAttribute("aria-label")')
    assert label == f"1 {name}, Not open"
    evaluate(qtbot, view, 'document.querySelector(".camera").dispatchEvent(new Event("mouseenter")) && 1')
    assert evaluate(qtbot, view, 'document.querySelector(".tip .title").textContent') == f"1 {name}"
    assert evaluate(qtbot, view, 'document.querySelectorAll(".tip img, .tip script").length') == 0
    assert evaluate(qtbot, view, "typeof window.pwned") == "undefined"


def test_an_id_that_is_a_word_of_the_language_is_an_id(make: Make, qtbot: QtBot) -> None:
    cameras = district(1)
    odd = CameraId("__proto__")
    from dataclasses import replace

    view = make(replace(cameras, cameras=(replace(cameras.cameras[0], id=odd),)))
    view.set_states({odd: SourceState.LIVE})
    assert answer(qtbot, view.rendered_states) == {odd: SourceState.LIVE}


def test_changes_travel_as_one_ascii_string_literal() -> None:
    script = apply_script({"name": "\u2028</script>\"'\\ 카메라 \ud800"})
    assert script.isascii() and "\n" not in script
    assert script.startswith('gwanjeMap.apply(JSON.parse("') and script.endswith('"))')


def test_a_click_on_a_camera_asks_to_show_it(make: Make, qtbot: QtBot) -> None:
    view = make(district(1))
    box = evaluate(qtbot, view, 'document.querySelector("[data-id=c1]").getBoundingClientRect()')
    assert isinstance(box, dict)
    with qtbot.waitSignal(view.camera_activated, timeout=10_000) as activated:
        click(view, box["x"] + 10, box["y"] + 10)
    assert activated.args == ["c1"]


@pytest.mark.parametrize("per_site", [1, 10])
def test_a_camera_can_be_activated_by_the_program(make: Make, qtbot: QtBot, per_site: int) -> None:
    view = make(district(30, per_site=per_site))
    with qtbot.waitSignal(view.camera_activated, timeout=10_000) as activated:
        view.activate(CameraId("c14"))
    assert activated.args == ["c14"]
    assert evaluate(qtbot, view, _class(14)) == "camera idle"  # it has its own sign now
    assert answer(qtbot, view.marker_count) == 30


def test_tab_walks_the_cameras_by_number_and_enter_shows(make: Make, qtbot: QtBot) -> None:
    view = make(district(4, per_site=1))
    focus(qtbot, view)
    focused = 'document.activeElement.dataset.id || document.activeElement.className.split(" ")[0]'
    QTest.keyClick(inner(view), Qt.Key.Key_Tab)
    wait_until_page(qtbot, view, focused, "folium-map")
    for number in (1, 2, 3):
        QTest.keyClick(inner(view), Qt.Key.Key_Tab)
        wait_until_page(qtbot, view, focused, f"c{number}")
    outline = "getComputedStyle(document.activeElement).outline"
    accent = "rgb({}, {}, {})".format(*QColor(DIM_ROOM.accent).getRgb()[:3])
    assert evaluate(qtbot, view, outline) == f"{accent} solid 2px"
    with qtbot.waitSignal(view.camera_activated, timeout=10_000) as activated:
        QTest.keyClick(inner(view), Qt.Key.Key_Return)
    assert activated.args == ["c3"]


def test_arrows_move_the_map_and_plus_and_minus_zoom(make: Make, qtbot: QtBot) -> None:
    view = make(district(4))
    evaluate(qtbot, view, "map_base.setZoom(14, {animate: false}) && 1")
    focus(qtbot, view)
    evaluate(qtbot, view, "map_base.getContainer().focus()")
    longitude = float(str(evaluate(qtbot, view, "map_base.getCenter().lng")))
    QTest.keyClick(inner(view), Qt.Key.Key_Right)
    wait_until_page(qtbot, view, f"map_base.getCenter().lng > {longitude}")
    QTest.keyClick(inner(view), Qt.Key.Key_Plus)
    wait_until_page(qtbot, view, "map_base.getZoom()", 14.5)
    QTest.keyClick(inner(view), Qt.Key.Key_Minus)
    wait_until_page(qtbot, view, "map_base.getZoom()", 14)


def test_a_crowd_is_a_bubble_that_counts_and_opens(make: Make, qtbot: QtBot) -> None:
    cameras = district(30, per_site=10)
    view = make(cameras)
    view.set_states({CameraId("c4"): SourceState.FAILED, CameraId("c5"): SourceState.LIVE})
    evaluate(qtbot, view, "map_base.setZoom(13, {animate: false}) && 1")
    first = 'document.querySelector(".bubble")'
    assert evaluate(qtbot, view, first + ".className") == "bubble failed"
    assert evaluate(qtbot, view, first + '.querySelector(".sign").dataset.sign') == "failed"
    assert answer(qtbot, view.marker_count) == 30
    evaluate(qtbot, view, first + ".click()")
    assert evaluate(qtbot, view, "map_base.getZoom()") == 19  # all ten at one place: only the last zoom spreads them
    view.centre_on(CameraId("c4"))
    assert evaluate(qtbot, view, _class(4)) == "camera failed"
    assert answer(qtbot, view.marker_count) == 30


def test_the_map_follows_its_window_until_the_operator_moves_it(make: Make, qtbot: QtBot) -> None:
    view = make(district(40), 400, 400)
    small = float(str(evaluate(qtbot, view, "map_base.getZoom()")))
    view.resize(1000, 1000)
    wait_until_page(qtbot, view, f"map_base.getZoom() > {small}")
    view.centre_on(CameraId("c1"))
    zoom = evaluate(qtbot, view, "map_base.getZoom()")
    view.resize(500, 500)
    wait_until_page(qtbot, view, "map_base.getSize().x", 500)
    assert evaluate(qtbot, view, "map_base.getZoom()") == zoom


def test_a_page_that_died_is_drawn_again_with_its_state(make: Make, qtbot: QtBot) -> None:
    view = make(district(20))
    view.set_states({CameraId("c3"): SourceState.LIVE})
    view.set_shown(frozenset({CameraId("c3")}))
    view.centre_on(CameraId("c3"))
    centre = evaluate(qtbot, view, "map_base.getCenter()")
    zoom = evaluate(qtbot, view, "map_base.getZoom()")
    qtbot.waitUntil(lambda: view._place is not None, timeout=10_000)
    with qtbot.waitSignals([view.failed, view.ready], timeout=20_000, order="strict"):
        os.kill(view._page.renderProcessPid(), signal.SIGKILL)
        qtbot.waitUntil(lambda: not view._message.isHidden(), timeout=10_000)
        view.set_states({CameraId("c3"): SourceState.STALLED})  # told while there is no page
    assert view._message.isHidden()
    assert answer(qtbot, view.marker_count) == 20
    assert evaluate(qtbot, view, _class(3)) == "camera stalled shown"
    assert evaluate(qtbot, view, "map_base.getCenter()") == pytest.approx(centre, abs=1e-4)
    assert evaluate(qtbot, view, "map_base.getZoom()") == zoom


def test_a_missing_asset_is_said_and_not_retried(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(channel_script: bytes) -> object:
        raise AssetMissingError("resource 'vendor/leaflet/leaflet.js' is missing; run `make setup`")

    monkeypatch.setattr("gwanje.mapview.view.build_site", missing)
    view = MapView()
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.failed, timeout=10_000) as failed:
        view.show()
    assert "make setup" in failed.args[0]
    assert "make setup" in view._message.text() and not view._message.isHidden()
    assert not view._again.isActive()


def test_without_the_scheme_it_says_what_to_call(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gwanje.mapview.view.is_registered", lambda: False)
    with pytest.raises(RuntimeError, match="register_scheme"):
        MapView()


def test_the_page_is_painted_and_the_credit_is_seen(make: Make, qtbot: QtBot) -> None:
    cameras = district(1)
    view = make(cameras, 300, 300)
    view.set_states({CameraId("c1"): SourceState.LIVE})
    live = QColor(DIM_ROOM.live).rgb()

    def painted() -> bool:
        image = view.grab().toImage()
        pixels = sum(image.pixel(x, y) == live for x in range(image.width()) for y in range(image.height()))
        return pixels > 60  # a disc of 6 px radius has 113

    qtbot.waitUntil(painted, timeout=10_000)
    credit = evaluate(qtbot, view, 'document.querySelector(".leaflet-control-attribution").textContent')
    assert "KOSTAT, southkorea/seoul-maps" in str(credit)


class _Korean(QTranslator):
    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return {"Live": "실시간", "No cameras yet. They appear here once they are added.": "카메라 없음"}.get(
            source, ""
        )

    def isEmpty(self) -> bool:
        return False


def test_the_page_speaks_the_language_of_the_program(make: Make, qtbot: QtBot) -> None:
    view = make(district(1))
    view.set_states({CameraId("c1"): SourceState.LIVE})
    label = 'document.querySelector(".camera").getAttribute("aria-label")'
    names = '[...document.querySelectorAll(".name.home")].map((name) => name.textContent).join()'
    assert str(evaluate(qtbot, view, label)).endswith("Live")
    assert str(evaluate(qtbot, view, names)).isascii()
    translator = _Korean()
    assert QCoreApplication.installTranslator(translator)
    try:
        wait_until_page(qtbot, view, label + '.endsWith("실시간")')
        assert "동" in str(evaluate(qtbot, view, names))
    finally:
        QCoreApplication.removeTranslator(translator)
