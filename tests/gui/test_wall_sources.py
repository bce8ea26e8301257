"""What a wall asks of its sources: as much as can be seen and no more."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gwanje.domain.source_state import SourceState
from gwanje.videowall.port import Importance
from tests.fakes.fake_wall import arrangement, bench, cid, main, sub
from tests.support.x_windows import unmapped


def test_sizes_are_those_of_the_tiles_in_device_pixels(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2), size=(961, 541)) as wall:
        ratio = wall.view.devicePixelRatioF()
        assert wall.sources.views["desk", 0] == (sub(1), round(480 * ratio), round(270 * ratio))
        assert set(wall.sources.views) == {("desk", 0), ("desk", 1)}


def test_enlarging_goes_to_the_main_stream_without_a_gap_and_drops_the_rest(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        wall.push(sub(1), (10, 200, 10))
        wall.wait_painted(0)
        wall.view.set_arrangement(arrangement("4", 1, 2, enlarged=0))
        assert wall.sources.wanted() == {sub(1), main(1)}
        assert wall.colour(0) == (10, 200, 10)
        assert [r.tile for r in wall.view.tile_report()] == [0]
        wall.push(main(1), (200, 10, 10))
        qtbot.waitUntil(lambda: wall.colour(0) == (10, 10, 200))
        assert wall.sources.wanted() == {main(1)}
        wall.view.set_arrangement(arrangement("4", 1, 2))
        assert wall.sources.wanted() == {main(1), sub(1), sub(2)}
        wall.push(sub(1))
        qtbot.waitUntil(lambda: wall.sources.wanted() == {sub(1), sub(2)})


def test_a_tile_wider_than_a_sub_stream_takes_the_main_one(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 1), size=(1000, 600)) as wall:
        assert wall.sources.wanted() == {main(1)}


def test_a_smaller_layout_drops_what_it_hides(qtbot: QtBot):
    with bench(qtbot, arrangement("9", 1, 2, 3, 4, 5)) as wall:
        assert len(wall.sources.wanted()) == 5
        wall.view.set_arrangement(arrangement("4", 1, 2, 3, 4, 5))
        assert wall.sources.wanted() == {sub(n) for n in (1, 2, 3, 4)}


def test_a_hidden_wall_asks_for_nothing_and_asks_again_when_it_is_shown(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        wall.view.hide()
        assert not wall.sources.views
        wall.view.show()
        assert wall.sources.wanted() == {sub(1), sub(2)}


def test_a_minimised_wall_asks_for_nothing(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        wall.view.setWindowState(Qt.WindowState.WindowMinimized)
        qtbot.waitUntil(lambda: not wall.sources.views)
        wall.view.setWindowState(Qt.WindowState.WindowNoState)
        qtbot.waitUntil(lambda: wall.sources.wanted() == {sub(1), sub(2)})


def test_a_camera_that_moves_to_another_tile_keeps_its_source(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        wall.sources.calls.clear()
        wall.view.set_arrangement(arrangement("4", 2, 1))
        wanted: dict[object, object] = {("desk", 0): sub(1), ("desk", 1): sub(2)}
        for call in wall.sources.calls:
            if call[0] == "want":
                wanted[call[1]] = call[2]
            elif call[0] == "drop":
                wanted.pop(call[1], None)
        assert wall.sources.wanted() == {sub(1), sub(2)}
        assert wanted == {("desk", 0): sub(2), ("desk", 1): sub(1)}


def test_sizes_are_asked_for_when_a_resize_rests(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 1), size=(400, 300)) as wall:
        wall.sources.calls.clear()
        for width in range(410, 500, 10):
            wall.view.resize(width, 300)
        qtbot.waitUntil(lambda: wall.sources.size_of(sub(1))[0] == round(490 * wall.view.devicePixelRatioF()))
        assert len(wall.sources.calls) < 5


def test_a_main_stream_that_fails_leaves_the_small_picture_live(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        wall.push(sub(1))
        wall.wait_painted(0)
        wall.view.set_arrangement(arrangement("4", 1, enlarged=0))
        wall.sources.set_state(main(1), SourceState.FAILED)
        wall.push(sub(1))
        wall.wait_painted(0, 2)
        assert wall.view.text_of(0).state is SourceState.LIVE


def test_a_wall_that_the_system_does_not_draw_asks_for_nothing(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2)) as wall:
        with unmapped(int(wall.view.winId())):
            qtbot.waitUntil(lambda: not wall.sources.views)
            assert wall.view.isVisible(), "Qt thinks that it is shown"
        qtbot.waitUntil(lambda: wall.sources.wanted() == {sub(1), sub(2)})


def test_what_a_tile_matters_goes_with_what_it_asks_for(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2, 3)) as wall:
        importance = wall.sources.importance_of
        assert [importance["desk", tile] for tile in range(3)] == [Importance.SELECTED, *[Importance.NORMAL] * 2]
        wall.view.select(1)
        assert [importance["desk", tile] for tile in range(2)] == [Importance.NORMAL, Importance.SELECTED]
        wall.view.set_alarmed(frozenset({cid(2), cid(3)}))
        assert [importance["desk", tile] for tile in range(3)] == [Importance.NORMAL, *[Importance.ALARMED] * 2]
        wall.view.set_arrangement(arrangement("4", 1, 2, 3, enlarged=0))
        assert importance["desk", 0] is Importance.ENLARGED


def test_a_plan_that_changes_is_followed(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 1), size=(640, 360)) as wall:
        assert wall.sources.wanted() == {sub(1)}
        wall.push(sub(1), (10, 200, 10))
        wall.wait_painted(0)
        wall.sources.streams.learn(sub(1), 320, 180)
        wall.sources.plan_again()
        assert wall.sources.wanted() == {sub(1), main(1)}
        assert wall.colour(0) == (10, 200, 10)
