import pytest

from gwanje.domain.layouts import ALL_LAYOUTS, LAYOUTS, ONE_PLUS_FIVE, Cell, Layout, uniform


def test_the_layouts_of_the_centre_are_there():
    assert {name: len(layout.cells) for name, layout in LAYOUTS.items()} == {
        "1": 1,
        "4": 4,
        "9": 9,
        "16": 16,
        "25": 25,
        "1+5": 6,
    }


def test_an_output_with_many_pixels_can_hold_more_than_is_offered():
    more = {name: len(layout.cells) for name, layout in ALL_LAYOUTS.items() if name not in LAYOUTS}
    assert more == {"36": 36, "64": 64, "100": 100}


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ((Cell(0, 0),), "do not cover"),
        ((Cell(0, 0, 2, 1), Cell(1, 0), Cell(0, 1, 2, 1)), "overlap"),
        ((Cell(0, 0, 3, 2),), "leaves the grid"),
    ],
)
def test_cells_that_do_not_tile_the_grid_are_refused(cells: tuple[Cell, ...], fault: str):
    with pytest.raises(ValueError, match=fault):
        Layout("broken", 2, 2, cells)


@pytest.mark.parametrize("layout", ALL_LAYOUTS.values(), ids=ALL_LAYOUTS)
@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160), (1366, 768), (501, 333)])
def test_rectangles_fill_the_surface_without_overlap_and_one_pixel_apart(layout: Layout, size: tuple[int, int]):
    width, height = size
    taken: set[tuple[int, int]] = set()
    for x, y, w, h in layout.rectangles(width, height):
        assert w > 0
        assert h > 0
        assert 0 <= x < x + w <= width
        assert 0 <= y < y + h <= height
        # corners are enough: rectangles of a grid overlap at a corner or are nested
        assert not taken & {(x, y), (x + w - 1, y), (x, y + h - 1), (x + w - 1, y + h - 1)}
        taken |= {(x, y), (x + w - 1, y), (x, y + h - 1), (x + w - 1, y + h - 1)}
    area = sum(w * h for _, _, w, h in layout.rectangles(width, height))
    gaps = (layout.columns - 1) * height + (layout.rows - 1) * width
    assert width * height - gaps <= area <= width * height


def test_a_surface_too_small_for_its_gaps_has_empty_rectangles_not_negative_ones():
    assert all(w >= 0 and h >= 0 for _, _, w, h in uniform(5, 5).rectangles(3, 2))


def test_arrows_walk_a_grid_and_stop_at_its_edge():
    nine = uniform(3, 3)
    assert [nine.neighbour(4, dx, dy) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))] == [5, 3, 7, 1]
    assert nine.neighbour(0, -1, 0) == 0
    assert nine.neighbour(8, 0, 1) == 8


def test_arrows_enter_and_leave_the_large_tile_of_one_plus_five():
    assert ONE_PLUS_FIVE.neighbour(0, 1, 0) == 1
    assert ONE_PLUS_FIVE.neighbour(0, 0, 1) == 3
    assert ONE_PLUS_FIVE.neighbour(2, -1, 0) == 0
    assert ONE_PLUS_FIVE.neighbour(4, 0, -1) == 0


@pytest.mark.parametrize("layout", ALL_LAYOUTS.values(), ids=ALL_LAYOUTS)
def test_every_tile_can_be_reached_with_the_arrows(layout: Layout):
    reached, edge = {0}, [0]
    while edge:
        here = edge.pop()
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            there = layout.neighbour(here, dx, dy)
            if there not in reached:
                reached.add(there)
                edge.append(there)
    assert reached == set(range(len(layout.cells)))
