"""Pictures that come later and later, as over a link that is too slow, are not taken for fresh ones."""

import pytest

from gwanje.domain.source_state import STALE_AFTER_S
from gwanje.videowall.engine.board import BoardReader, BoardWriter
from gwanje.videowall.engine.pictures import Pace


def test_how_far_the_pictures_are_behind_is_measured_against_the_quickest_one() -> None:
    pace = Pace()
    behind = []
    for stamp, came_at in (
        (0.0, 100.3),
        (1.0, 101.0),
        (2.0, 102.0),
        (3.0, 104.5),
        (4.0, 107.0),
        (5.0, 107.1),
        (8.0, 108.0),
    ):
        pace.shows(stamp, came_at)
        behind.append(round(pace.behind, 1))
    assert behind == [0.0, 0.0, 0.0, 1.5, 3.0, 2.1, 0.0]


def test_a_link_that_stays_slow_does_not_become_the_new_normal() -> None:
    pace = Pace()
    for number in range(15 * 60):
        stamp = number / 15
        pace.shows(stamp, 100.0 + stamp + min(5.0, 0.5 * stamp))
    assert pace.behind == pytest.approx(5.0, abs=0.1)
    assert pace.behind >= STALE_AFTER_S


def test_a_camera_whose_clock_is_a_little_slow_is_not_taken_for_a_slow_link() -> None:
    pace = Pace()
    for number in range(15 * 3600):
        stamp = number / 15
        pace.shows(stamp, 100.0 + stamp * 1.0003)  # 300 parts in a million
    assert pace.behind < 0.5


def test_the_board_tells_of_late_pictures() -> None:
    board = BoardWriter()
    try:
        board.picture_is_late(3, 12.5)
        reader = BoardReader(board.memory.place)
        assert reader.beat(3).late_at == 12.5
        assert reader.beat(2).late_at is None and reader.beat(4).data_at is None
        board.clear(3)
        assert reader.beat(3).late_at is None
    finally:
        board.memory.release()
