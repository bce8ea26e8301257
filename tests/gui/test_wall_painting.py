"""What is on the glass: pictures, stale pictures, words; and how often it was painted."""

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gwanje.domain.look import DAYLIGHT, DIM_ROOM
from gwanje.domain.source_state import Reason, SourceState
from gwanje.domain.wall import WindowArrangement
from gwanje.videowall import Quality
from gwanje.videowall.wall.scene import Scene
from tests.fakes.fake_sources import plain
from tests.fakes.fake_wall import CAMERAS, arrangement, bench, cid, main, sub

ORANGE = (40, 120, 200)  # BGR
ORANGE_RGB = (200, 120, 40)


def _wait_colour(qtbot: QtBot, wall, tile: int, rgb: tuple[int, int, int], near: int = 3) -> None:
    qtbot.waitUntil(lambda: max(abs(a - b) for a, b in zip(wall.colour(tile), rgb, strict=True)) <= near)


def test_each_tile_paints_its_own_camera(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2, 3, 4)) as wall:
        colours = {0: (10, 20, 200), 1: (200, 20, 10), 2: (10, 200, 20), 3: (200, 200, 200)}
        for tile, bgr in colours.items():
            wall.push(sub(tile + 1), bgr)
        for tile, bgr in colours.items():
            wall.wait_painted(tile)
            assert wall.colour(tile) == bgr[::-1]


def test_every_new_picture_is_painted_and_counted_once(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        for count in range(1, 6):
            wall.push(sub(1))
            wall.wait_painted(0, count)
        wall.view.repaint()
        wall.view.painted_image(0)
        report = {r.tile: r for r in wall.view.tile_report()}
        assert report[0].painted == 5
        assert report[0].sequence == 5
        assert report[0].state is SourceState.LIVE
        assert report[0].quality is Quality.SUB
        assert report[0].first_painted_at is not None
        assert 0 <= report[0].delay < 5
        assert report[1].painted == 0
        assert report[1].first_painted_at is None
        assert set(report) == {0, 1}


def test_only_the_tile_with_a_new_picture_is_painted(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    with bench(qtbot, arrangement("4", 1, 2, 3, 4)) as wall:
        for n in (1, 2, 3, 4):
            wall.push(sub(n))
            wall.wait_painted(n - 1)
        painted: list[int] = []
        original = Scene.paint_over
        monkeypatch.setattr(
            Scene,
            "paint_over",
            lambda self, p, tile, *a, **k: (painted.append(tile.index), original(self, p, tile, *a, **k))[1],
        )
        before = wall.painted(2)
        wall.push(sub(3))
        wall.wait_painted(2, before + 1)
        assert set(painted) == {2}


def test_a_picture_of_another_shape_is_shown_whole_between_bars(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 1), size=(800, 300)) as wall:
        wall.push_frame(sub(1), plain(400, 300, ORANGE))
        wall.wait_painted(0)
        assert wall.colour(0, x=0.5) == ORANGE_RGB
        assert wall.colour(0, x=0.1) == (0, 0, 0)
        assert wall.colour(0, x=0.9) == (0, 0, 0)


def test_a_smaller_picture_is_enlarged_to_the_tile(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 1), size=(640, 360)) as wall:
        wall.push_frame(sub(1), plain(160, 90, ORANGE))
        wall.wait_painted(0)
        assert wall.colour(0, x=0.01) == wall.colour(0, x=0.99) == ORANGE_RGB


def test_pixels_are_painted_one_to_one_when_the_sizes_agree(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 1), size=(640, 360)) as wall:
        checks = np.zeros((360, 640, 4), np.uint8)
        checks[::2, ::2] = checks[1::2, 1::2] = 255
        wall.push_frame(sub(1), checks)
        wall.wait_painted(0)
        image = wall.view.painted_image(0)
        seen = {image.pixelColor(x, y).red() for x in range(40, 80) for y in range(40, 80)}
        assert seen == {0, 255}
        assert image.pixelColor(40, 40).red() == 255


def test_a_stale_picture_is_dimmed_hatched_and_says_its_age(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 1), size=(640, 360)) as wall:
        wall.push_frame(sub(1), plain(640, 360, (240, 240, 240)))
        wall.wait_painted(0)
        wall.sources.set_state(sub(1), SourceState.STALLED, Reason.NO_DATA, ago=7)
        qtbot.waitUntil(lambda: wall.colour(0, x=0.05)[0] < 160)
        assert wall.view.text_of(0).headline == "no new picture for 7 s"
        image = wall.view.painted_image(0)
        row = [image.pixelColor(x, 20).red() for x in range(20, 120)]
        assert max(row) - min(row) > 8, "no hatching"
        assert 100 < sum(row) / len(row) < 160, "not dimmed to half"


def test_a_picture_that_just_stops_is_stale_within_two_seconds_and_a_half(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 1), size=(640, 360)) as wall:
        wall.push(sub(1))
        wall.wait_painted(0)
        qtbot.waitUntil(lambda: wall.view.text_of(0).stale, timeout=2500)


def test_the_last_picture_stays_when_the_worker_dies(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 1), size=(640, 360)) as wall:
        wall.push(sub(1), ORANGE)
        wall.wait_painted(0)
        wall.sources.lose(sub(1))
        qtbot.waitUntil(lambda: wall.view.text_of(0).state is SourceState.RETRYING)
        red, green, blue = wall.colour(0, x=0.05)
        assert red > green > blue > 0, "the picture is gone or is what lies in the lost memory"
        assert red < 150
        assert wall.view.text_of(0).headline.startswith("no new picture for")


def test_a_new_picture_ends_the_stale_look(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 1), size=(640, 360)) as wall:
        wall.push(sub(1), ORANGE)
        wall.wait_painted(0)
        wall.sources.set_state(sub(1), SourceState.STALLED, Reason.SAME_PICTURE, ago=7)
        qtbot.waitUntil(lambda: wall.view.text_of(0).stale)
        wall.push(sub(1), ORANGE)
        _wait_colour(qtbot, wall, 0, ORANGE_RGB)


def test_a_failed_tile_without_a_picture_is_dark_and_says_what_to_do(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 1), size=(640, 360)) as wall:
        wall.sources.set_state(sub(1), SourceState.FAILED, Reason.WRONG_PASSWORD)
        qtbot.waitUntil(lambda: wall.view.text_of(0).state is SourceState.FAILED)
        assert QColor(*wall.colour(0, y=0.1)).name().upper() == DIM_ROOM.panel
        image = wall.view.painted_image(0)
        red = QColor(DIM_ROOM.failed)
        assert any(image.pixelColor(x, y) == red for x in range(0, image.width(), 1) for y in range(100, 260, 1)), (
            "no failed sign in the middle"
        )


def test_an_empty_tile_teaches_in_the_colours_of_the_theme(qtbot: QtBot):
    with bench(qtbot, WindowArrangement("1"), size=(640, 360)) as wall:
        assert QColor(*wall.colour(0)).name().upper() == DIM_ROOM.window
        assert "type its number" in wall.view.accessibleDescription()
        wall.view.set_theme(DAYLIGHT)
        assert QColor(*wall.colour(0)).name().upper() == DAYLIGHT.window


def test_a_camera_that_left_the_directory_is_not_asked_for(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        assert wall.sources.wanted() == {sub(1), sub(2)}
        wall.view.set_cameras({cid(1): CAMERAS[cid(1)]})
        assert wall.sources.wanted() == {sub(1)}


def test_a_still_is_the_picture_without_anything_on_it(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        assert wall.view.still(0) is None
        assert wall.view.still(3) is None
        wall.push_frame(sub(1), plain(640, 360, ORANGE))
        still = wall.view.still(0)
        assert still.size() == QSize(640, 360)
        wall.push_frame(sub(1), plain(640, 360, (0, 0, 0)))
        wall.push_frame(sub(1), plain(640, 360, (0, 0, 0)))
        wall.push_frame(sub(1), plain(640, 360, (0, 0, 0)))
        assert {still.pixelColor(x, y).getRgb()[:3] for x in (0, 639) for y in (0, 180, 359)} == {ORANGE_RGB}


def test_a_still_takes_the_larger_stream(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        wall.push_frame(sub(1), plain(320, 180, ORANGE))
        wall.push_frame(main(1), plain(1920, 1080, ORANGE))
        assert wall.view.still(0).width() == 1920


def test_the_holder_of_the_controls_is_named_on_the_tile(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        wall.view.set_ptz_holder(cid(1), "Kim")
        assert wall.view.text_of(0).holder == "Kim"
        wall.view.set_ptz_holder(cid(1), None)
        assert wall.view.text_of(0).holder == ""
