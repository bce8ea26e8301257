"""What every canvas of a wall must do: the same picture on the glass, whatever paints it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gwanje.domain.look import DIM_ROOM
from gwanje.domain.source_state import Reason, SourceState
from gwanje.domain.wall import WindowArrangement
from gwanje.videowall import Canvases
from tests.fakes.fake_sources import plain, street
from tests.fakes.fake_wall import Bench, arrangement, bench, sub
from tests.fakes.pictures import BARS_RGB, bars, bgrx, i420, shade

ORANGE, ORANGE_RGB = (40, 120, 200), (200, 120, 40)


@pytest.fixture(params=["raster", "gpu"])
def canvases(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Canvases]:
    """The GPU's drawing is checked with Mesa's software, which is slow and right."""
    made = Canvases(gpu=request.param == "gpu")
    yield made
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    made.deleteLater()


def _near(seen: np.ndarray, rgb: tuple[int, int, int], by: int = 2) -> bool:
    return bool(np.abs(seen - rgb).max() <= by)


def _wait_glass(qtbot: QtBot, wall: Bench, x: int, y: int, rgb: tuple[int, int, int], by: int = 2) -> None:
    qtbot.waitUntil(lambda: _near(wall.glass()[y, x], rgb, by))


def _mixed(qtbot: QtBot, wall: Bench) -> np.ndarray:
    """A wall with everything that a tile can show, as it is on the glass."""
    for n, scene in ((1, "night"), (2, "day"), (3, "snow"), (4, "night"), (6, "day")):
        width, height = wall.sources.size_of(sub(n))
        wall.push_frame(sub(n), street(width, height, seed=n, at=1.0, scene=scene))
        wall.wait_painted(n - 1)
    wall.sources.set_state(sub(2), SourceState.STALLED, Reason.NO_DATA, ago=300)
    wall.sources.lose(sub(4))
    wall.sources.set_state(sub(5), SourceState.FAILED, Reason.WRONG_PASSWORD)
    wall.view.set_ptz_holder(wall.view.camera_on(0).id, "Kim")
    wall.view.select(2)
    wall.view._texts.stop()  # what says an age would differ between two walls
    wall.view._look_for_pictures()
    wall.view._refresh_words()
    wall.view.tools.hide()
    for tile in range(6):
        text = wall.view.text_of(tile)
        assert (text is not None and text.stale) == (tile in (1, 3, 4))
    qtbot.waitUntil(lambda: _is_settled(wall))
    return wall.glass()


def _is_settled(wall: Bench) -> bool:
    before = wall.glass()
    QApplication.processEvents()
    return bool((wall.glass() == before).all())


@pytest.mark.parametrize("size", [(960, 540), (1366, 768), (641, 361), (500, 700)])
def test_all_canvases_show_the_same(qtbot: QtBot, qapp: QApplication, size: tuple[int, int]):
    glasses = []
    for gpu in (False, True):
        canvases = Canvases(gpu=gpu)
        with bench(qtbot, arrangement("9", 1, 2, 3, 4, 5, 6), size=size, canvases=canvases) as wall:
            clock = wall.view._clock()
            wall.view._clock = lambda at=clock: at
            glasses.append(_mixed(qtbot, wall))
    assert glasses[0].shape == glasses[1].shape == (size[1], size[0], 3)
    assert glasses[0].std() > 20, "there is nothing to see"
    assert np.abs(glasses[0] - glasses[1]).max() <= 2


@pytest.mark.parametrize("wide_range", [False, True])
@pytest.mark.parametrize("bt709", [False, True])
def test_colour_bars_have_the_colours_of_the_standard(qtbot: QtBot, canvases: Canvases, bt709: bool, wide_range: bool):
    with bench(qtbot, arrangement("1", 1), size=(640, 360), canvases=canvases) as wall:
        wall.sources.put(sub(1), bars(640, 360, bt709=bt709, wide_range=wide_range))
        wall.wait_painted(0)
        glass = wall.glass()
        for number, rgb in enumerate(BARS_RGB):
            assert _near(glass[100, number * 80 + 40], rgb), f"bar {number} is {glass[100, number * 80 + 40]}"


@pytest.mark.parametrize("source", [(160, 90), (640, 360), (641, 361), (1366, 768), (1920, 1080)])
def test_a_smooth_picture_looks_the_same_at_every_size(qtbot: QtBot, canvases: Canvases, source: tuple[int, int]):
    with bench(qtbot, arrangement("1", 1), size=(640, 360), canvases=canvases) as wall:
        wall.sources.put(sub(1), shade(*source))
        wall.wait_painted(0)
        glass = wall.glass()[4:300, 4:-4]  # without the strip and the edge of the focus
        wall.sources.put(sub(1), shade(640, 360))
        wall.wait_painted(0, 2)
        assert np.abs(glass - wall.glass()[4:300, 4:-4]).max() <= 6


def test_pixels_lie_on_pixels_when_the_sizes_agree(qtbot: QtBot, canvases: Canvases):
    with bench(qtbot, arrangement("1", 1), size=(640, 360), canvases=canvases) as wall:
        checks = np.zeros((360, 640, 4), np.uint8)
        checks[::2, ::2] = checks[1::2, 1::2] = 255
        wall.sources.put(sub(1), bgrx(checks))
        wall.wait_painted(0)
        assert (wall.glass()[8:300, 8:-8] == checks[8:300, 8:-8, :3]).all()
        luma = np.where(checks[..., 0] > 0, 235, 16).astype(np.uint8)
        grey = np.full((180, 320), 128, np.uint8)
        wall.sources.put(sub(1), i420(luma, grey, grey))
        wall.wait_painted(0, 2)
        assert np.abs(wall.glass()[8:300, 8:-8] - checks[8:300, 8:-8, :3]).max() <= 1


@pytest.mark.parametrize("shape", [(640, 480), (360, 640), (1000, 200)])
def test_a_picture_of_another_shape_is_whole_between_black_bars(
    qtbot: QtBot, canvases: Canvases, shape: tuple[int, int]
):
    with bench(qtbot, arrangement("1", 1), size=(640, 360), canvases=canvases) as wall:
        wall.sources.put(sub(1), bgrx(plain(*shape, ORANGE)))
        wall.wait_painted(0)
        glass = wall.glass()
        scale = min(640 / shape[0], 360 / shape[1])
        spare_x, spare_y = (640 - shape[0] * scale) / 2, (360 - shape[1] * scale) / 2
        assert _near(glass[180, 320], ORANGE_RGB)
        if spare_x > 8:
            assert _near(glass[200, int(spare_x) + 4], ORANGE_RGB) and _near(glass[200, int(spare_x) - 4], (0, 0, 0), 0)
        if spare_y > 8:
            assert _near(glass[int(spare_y) + 6, 320], ORANGE_RGB)
            assert _near(glass[int(spare_y) - 6, 320], (0, 0, 0), 0)


def test_pixels_that_are_not_square_are_shown_as_wide_as_they_are(qtbot: QtBot, canvases: Canvases):
    """704x576 of an analogue camera is a picture of 4:3."""
    with bench(qtbot, arrangement("1", 1), size=(640, 360), canvases=canvases) as wall:
        wall.sources.put(sub(1), replace(bars(704, 576), aspect=12 / 11))
        wall.wait_painted(0)
        row = wall.glass()[100].sum(-1)
        lit = np.flatnonzero(row > 60)
        # Seven of the eight bars are not black, and begin at the left edge of the picture.
        width = 360 * 704 / 576 * 12 / 11
        assert abs(lit[lit > 8].min() - (640 - width) / 2) <= 3
        assert abs(lit[lit < 632].max() - ((640 - width) / 2 + width * 7 / 8)) <= 4


def test_tiles_with_pictures_of_both_layouts_live_side_by_side(qtbot: QtBot, canvases: Canvases):
    with bench(qtbot, arrangement("4", 1, 2), size=(641, 361), canvases=canvases) as wall:
        wall.sources.put(sub(1), bars(640, 360))
        wall.push_frame(sub(2), plain(320, 180, ORANGE))
        wall.wait_painted(0)
        wall.wait_painted(1)
        glass = wall.glass()
        assert _near(glass[60, 60], BARS_RGB[1])
        assert _near(glass[60, 480], ORANGE_RGB)
        assert QColor(*glass[300, 30].tolist()).name().upper() == DIM_ROOM.window


def test_a_window_that_is_resized_looks_like_one_that_was_made_so(qtbot: QtBot, canvases: Canvases):
    with bench(qtbot, arrangement("4", 1, 2), size=(960, 540), canvases=canvases) as wall:
        wall.sources.put(sub(1), shade(640, 360))
        wall.wait_painted(0)
        wall.view.resize(701, 397)
        qtbot.waitUntil(lambda: wall.glass().shape == (397, 701, 3))
        qtbot.waitUntil(lambda: _is_settled(wall))
        seen = wall.glass()
    with bench(qtbot, arrangement("4", 1, 2), size=(701, 397), canvases=canvases) as wall:
        wall.sources.put(sub(1), shade(640, 360))
        wall.wait_painted(0)
        qtbot.waitUntil(lambda: _is_settled(wall))
        assert np.abs(seen - wall.glass()).max() <= 2


def test_a_stale_look_comes_and_goes(qtbot: QtBot, canvases: Canvases):
    with bench(qtbot, arrangement("1", 1), size=(640, 360), canvases=canvases) as wall:
        wall.sources.put(sub(1), bgrx(plain(640, 360, (240, 240, 240))))
        wall.wait_painted(0)
        _wait_glass(qtbot, wall, 30, 30, (240, 240, 240))
        wall.sources.set_state(sub(1), SourceState.STALLED, Reason.NO_DATA, ago=7)
        qtbot.waitUntil(lambda: wall.glass()[20, 20:120, 0].mean() < 160)
        row = wall.glass()[20, 20:120, 0]
        assert row.max() - row.min() > 8, "no hatching"
        wall.sources.put(sub(1), bgrx(plain(640, 360, (240, 240, 240))))
        _wait_glass(qtbot, wall, 30, 30, (240, 240, 240))


def test_the_last_picture_stays_when_its_memory_is_gone(qtbot: QtBot, canvases: Canvases):
    with bench(qtbot, arrangement("1", 1), size=(640, 360), canvases=canvases) as wall:
        wall.sources.put(sub(1), bars(640, 360))
        wall.wait_painted(0)
        wall.sources.lose(sub(1))
        qtbot.waitUntil(lambda: wall.view.text_of(0).state is SourceState.RETRYING)
        qtbot.waitUntil(lambda: wall.glass()[30, 10:70].mean() < 160)
        yellow = wall.glass()[100:110, 100:140].reshape(-1, 3).mean(0)
        assert yellow[0] > 50 and yellow[1] > 50 and yellow[2] < 40, "not the yellow bar, dimmed"


def test_a_picture_that_was_overtaken_while_it_was_put_is_put_again(
    qtbot: QtBot, canvases: Canvases, monkeypatch: pytest.MonkeyPatch
):
    """Its slot may hold half of a newer picture by then."""
    with bench(qtbot, arrangement("1", 1), size=(640, 360), canvases=canvases) as wall:
        wall.push_frame(sub(1), plain(640, 360, (0, 0, 0)))
        wall.wait_painted(0)
        wall.view._frames.stop()
        old = wall.sources.push(sub(1), plain(640, 360, (0, 0, 255)))
        for _ in range(2):
            new = wall.sources.push(sub(1), plain(640, 360, ORANGE))
        answers = [old, new, new]
        monkeypatch.setattr(wall.view, "picture_on", lambda tile: answers.pop(0) if len(answers) > 1 else new)
        wall.view.canvas.show_picture(wall.view._tiles[0])
        qtbot.waitUntil(lambda: len(answers) == 1)
        _wait_glass(qtbot, wall, 300, 100, ORANGE_RGB)
        report = wall.view.tile_report()[0]
        assert report.sequence == new.sequence


def test_a_source_that_runs_in_circles_does_not_hold_the_canvas(
    qtbot: QtBot, canvases: Canvases, monkeypatch: pytest.MonkeyPatch
):
    """Every picture is overtaken at once: one is shown nevertheless, and the window goes on."""
    with bench(qtbot, arrangement("1", 1), size=(640, 360), canvases=canvases) as wall:
        asked = []

        def overtaken(tile):
            asked.append(tile)
            wall.sources.push(sub(1), plain(640, 360, ORANGE))
            return wall.sources.push(sub(1), plain(640, 360, ORANGE))

        monkeypatch.setattr(wall.view, "picture_on", overtaken)
        wall.push(sub(1))
        wall.wait_painted(0)
        assert asked


def test_only_tiles_that_changed_are_painted(qtbot: QtBot, canvases: Canvases):
    with bench(qtbot, arrangement("4", 1, 2, 3, 4), size=(640, 360), canvases=canvases) as wall:
        for n in (1, 2, 3, 4):
            wall.push(sub(n))
            wall.wait_painted(n - 1)
        qtbot.waitUntil(lambda: _is_settled(wall))
        wall.view.tools.hide()
        asked: list[int] = []
        original = wall.view.picture_on
        wall.view.picture_on = lambda tile: (asked.append(tile.index), original(tile))[1]
        wall.push(sub(3), (200, 200, 10))
        wall.wait_painted(2, 2)
        assert set(asked) == {2}


def test_a_wall_that_moves_to_another_window_keeps_its_picture(qtbot: QtBot, canvases: Canvases):
    """Qt may give it a new surface there, and with it a new context without any contents."""
    with bench(qtbot, arrangement("1", 1), size=(640, 360), canvases=canvases) as wall:
        wall.sources.put(sub(1), bars(640, 360))
        wall.wait_painted(0)
        other = QWidget()
        qtbot.addWidget(other)
        other.resize(700, 400)
        wall.view.setParent(other)
        wall.view.setGeometry(QRect(10, 10, 640, 360))
        with qtbot.waitExposed(other):
            other.show()
        wall.view.show()
        _wait_glass(qtbot, wall, 120, 100, BARS_RGB[1])
        wall.sources.put(sub(1), bgrx(plain(640, 360, ORANGE)))
        _wait_glass(qtbot, wall, 120, 100, ORANGE_RGB)
        wall.view.setParent(None)
        other.close()


def test_hidden_and_shown_again_it_shows_what_is_new(qtbot: QtBot, canvases: Canvases):
    with bench(qtbot, arrangement("1", 1), size=(640, 360), canvases=canvases) as wall:
        wall.sources.put(sub(1), bars(640, 360))
        wall.wait_painted(0)
        wall.view.hide()
        wall.view.show()
        wall.sources.put(sub(1), bgrx(plain(640, 360, ORANGE)))
        _wait_glass(qtbot, wall, 120, 100, ORANGE_RGB)


def test_an_empty_wall_is_the_ground_of_the_theme(qtbot: QtBot, canvases: Canvases):
    with bench(qtbot, WindowArrangement("4"), size=(640, 360), canvases=canvases) as wall:
        qtbot.waitUntil(lambda: QColor(*wall.glass()[20, 400].tolist()).name().upper() == DIM_ROOM.window)
