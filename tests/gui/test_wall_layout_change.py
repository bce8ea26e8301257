"""What a change of layout shows in its first moment, over a real pool: no black tile that had a picture before."""

from pytestqt.qtbot import QtBot

from gwanje.domain.source_state import SourceState
from gwanje.videowall.policy.warm import WARM_S
from tests.fakes.fake_wall import arrangement, cid, main, sub
from tests.fakes.pool_wall import PoolWall, pool_wall

SIZE = (960, 540)
BRIGHT = 40
"""Above this a tile shows a picture, even a dimmed one: a tile without is darker, FakeEngine's pictures are not."""
WHILE_S = 12
FIRST, OTHERS = tuple(range(1, 16)), tuple(range(16, 31))


def _words(wall: PoolWall, tile: int, window: str = "desk") -> tuple[SourceState, bool]:
    text = wall.views[window].text_of(tile)
    return text.state, text.stale


def test_from_nine_to_twenty_five_and_back(qtbot: QtBot) -> None:
    with pool_wall(qtbot) as wall:
        view = wall.open("desk", arrangement("9", *range(1, 10)), SIZE)
        wall.pass_time(WHILE_S)
        view.set_arrangement(arrangement("25", *range(25, 0, -1)))
        assert min(wall.grey("desk", tile) for tile in range(16, 25)) > BRIGHT, "cameras 9 to 1, on other tiles"
        wall.pass_time(WHILE_S)
        view.set_arrangement(arrangement("9", *range(1, 10)))
        for tile in range(9):
            assert wall.grey("desk", tile) > BRIGHT
            assert _words(wall, tile) == (SourceState.LIVE, False)
        assert {wall.attempts(sub(n)) for n in range(1, 26)} == {1}


def test_a_change_of_preset_and_back_within_seconds_opens_nothing_anew(qtbot: QtBot) -> None:
    with pool_wall(qtbot) as wall:
        view = wall.open("desk", arrangement("16", *FIRST), SIZE)
        wall.pass_time(WHILE_S)
        view.set_arrangement(arrangement("16", *OTHERS))
        wall.pass_time(WARM_S - 2)
        view.set_arrangement(arrangement("16", *FIRST))
        assert min(wall.grey("desk", tile) for tile in range(15)) > BRIGHT
        wall.pass_time(0.3)
        assert {_words(wall, tile) for tile in range(15)} == {(SourceState.LIVE, False)}
        assert {wall.attempts(sub(n)) for n in FIRST} == {1}


def test_after_a_minute_the_old_pictures_are_there_with_their_age_until_they_are_live(qtbot: QtBot) -> None:
    with pool_wall(qtbot) as wall:
        view = wall.open("desk", arrangement("16", *FIRST), SIZE)
        wall.pass_time(WHILE_S)
        bright = [wall.grey("desk", tile) for tile in range(15)]
        newest = [wall.pool.picture(sub(n)).captured_at for n in FIRST]
        view.set_arrangement(arrangement("16", *OTHERS))
        assert [wall.pool.recent.of(cid(n))[1] for n in FIRST] == newest, "the very last picture"
        wall.pass_time(60)
        view.set_arrangement(arrangement("16", *FIRST))
        for tile in range(15):
            assert BRIGHT < wall.grey("desk", tile) < bright[tile], "kept, and dimmed"
            assert _words(wall, tile) == (SourceState.OPENING, True)
            assert view.text_of(tile).headline in ("no new picture for 59 s", "no new picture for 60 s")
        wall.pass_time(1)
        assert {_words(wall, tile) for tile in range(15)} == {(SourceState.LIVE, False)}


def test_a_camera_that_moves_to_another_window_takes_its_picture_along(qtbot: QtBot) -> None:
    with pool_wall(qtbot) as wall:
        desk = wall.open("desk", arrangement("4", 1, 2), (640, 360))
        wall.pass_time(WHILE_S)
        desk.set_arrangement(arrangement("4", 2))
        wall.pass_time(WARM_S + 5)
        wall.open("output", arrangement("4", 1), (640, 360))
        assert wall.grey("output", 0) > BRIGHT
        assert _words(wall, 0, "output")[1]


def test_when_the_operator_leaves_nothing_of_it_remains(qtbot: QtBot) -> None:
    with pool_wall(qtbot) as wall:
        view = wall.open("desk", arrangement("4", 1, 2), (640, 360))
        wall.pass_time(WHILE_S)
        view.set_arrangement(arrangement("4"))
        wall.pool.forget()
        view.set_arrangement(arrangement("4", 1, 2))
        assert wall.grey("desk", 0) < BRIGHT
        wall.pass_time(WHILE_S)
        assert wall.grey("desk", 0) > BRIGHT


def test_windows_share_one_session_of_each_stream_whatever_their_tiles_measure(qtbot: QtBot) -> None:
    with pool_wall(qtbot) as wall:
        wall.open("desk", arrangement("9", 1, 1, 2), (900, 600))
        wall.open("left", arrangement("1", 1), (640, 360))
        right = wall.open("right", arrangement("1", 1), (1200, 700))
        wall.pass_time(2)
        assert (wall.attempts(sub(1)), wall.attempts(main(1)), wall.attempts(sub(2))) == (1, 1, 1)
        assert wall.pool.picture(sub(1)).width == 640, "as the largest tile that shows this stream wants it"
        painted = [view.tile_report()[0].painted for view in wall.views.values()]
        assert all(painted)
        right.close()
        wall.pass_time(WARM_S + 2)
        assert wall.pool.status(main(1)).state is SourceState.SUSPENDED
        assert wall.pool.status(sub(1)).state is SourceState.LIVE
        assert wall.attempts(sub(1)) == 1


def test_a_main_stream_that_another_window_needs_more_is_given_up_without_a_gap(qtbot: QtBot) -> None:
    with pool_wall(qtbot, most_main=1) as wall:
        desk = wall.open("desk", arrangement("4", 1, 0, 0, 0), (1400, 900))
        wall.pass_time(1)
        assert desk.tile_report()[0].quality == "main"
        wall.open("output", arrangement("1", 2), (800, 600))
        for _ in range(10):
            wall.pass_time(0.1)
            assert _words(wall, 0) == (SourceState.LIVE, False)
            assert desk._tiles[0].feed.picture() is not None
        assert desk.tile_report()[0].quality == "sub"
        assert wall.views["output"].tile_report()[0].quality == "main"
