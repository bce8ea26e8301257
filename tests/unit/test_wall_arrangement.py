import json

import pytest

from gwanje.domain.cameras import CameraId
from gwanje.domain.errors import GwanjeError, NotFoundError
from gwanje.domain.wall import DESK, WallArrangement, WindowArrangement

A, B, C = (CameraId(name) for name in "abc")


def test_a_smaller_layout_hides_cameras_and_a_larger_one_brings_them_back():
    window = WindowArrangement("9").with_camera(8, A)
    assert A not in window.with_layout("4").shown()
    assert window.with_layout("4").with_layout("9").camera_at(8) == A


def test_the_first_free_tile_is_found_between_taken_ones():
    window = WindowArrangement("4").with_camera(0, A).with_camera(2, B)
    assert window.free_tile() == 1
    assert WindowArrangement("1", (A,)).free_tile() is None


def test_a_tile_outside_the_layout_is_refused():
    with pytest.raises(NotFoundError, match="no tile 5"):
        WindowArrangement("4").with_camera(4, A)


def test_an_unknown_layout_is_refused_with_the_known_ones():
    with pytest.raises(NotFoundError, match=r"1\+5"):
        WindowArrangement().with_layout("7")


def test_an_empty_tile_cannot_be_enlarged_and_a_new_layout_ends_enlarging():
    with pytest.raises(NotFoundError, match="empty"):
        WindowArrangement("4").with_enlarged(1)
    assert WindowArrangement("4", (A,)).with_enlarged(0).with_layout("9").enlarged is None


def test_tiles_are_swapped_across_windows():
    wall = WallArrangement({DESK: WindowArrangement("4", (A, B)), "HDMI-1": WindowArrangement("1", (C,))})
    swapped = wall.swapped((DESK, 1), ("HDMI-1", 0))
    assert swapped.window(DESK).tiles == (A, C)
    assert swapped.window("HDMI-1").tiles == (B,)


def test_a_tile_is_swapped_with_an_empty_one_of_the_same_window():
    wall = WallArrangement({DESK: WindowArrangement("4", (A,))}).swapped((DESK, 0), (DESK, 3))
    assert wall.window(DESK).shown() == (None, None, None, A)


def test_a_removed_camera_leaves_every_tile_and_ends_its_enlarging():
    wall = WallArrangement({DESK: WindowArrangement("4", (A, B, A)).with_enlarged(0)}).without_camera(A)
    assert wall.window(DESK).shown() == (None, B, None, None)
    assert wall.window(DESK).enlarged is None


def test_the_desk_cannot_be_closed():
    with pytest.raises(GwanjeError, match="desk"):
        WallArrangement().without_window(DESK)


def test_an_arrangement_comes_back_from_json():
    wall = WallArrangement({DESK: WindowArrangement("9", (A, None, B)).with_enlarged(2), "o": WindowArrangement("1+5")})
    assert WallArrangement.from_json(json.loads(json.dumps(wall.to_json()))) == wall


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (None, "arrangement"),
        ({"version": 2, "windows": {}}, "arrangement"),
        ({"version": 1, "windows": []}, "arrangement"),
        ({"version": 1, "windows": {"w": {"layout": "7", "tiles": []}}}, "'w'"),
        ({"version": 1, "windows": {"w": {"layout": "4", "tiles": [1]}}}, "'w'"),
        ({"version": 1, "windows": {"w": 3}}, "'w'"),
    ],
)
def test_a_broken_document_is_refused_and_the_place_named(document: object, place: str):
    with pytest.raises(GwanjeError) as refused:
        WallArrangement.from_json(document)
    assert place in refused.value.place


@pytest.mark.parametrize("enlarged", [7, 1, "0", None, -1])
def test_an_enlarged_tile_that_makes_no_sense_is_dropped(enlarged: object):
    document = {"version": 1, "windows": {DESK: {"layout": "4", "tiles": ["a"], "enlarged": enlarged}}}
    assert WallArrangement.from_json(document).window(DESK).enlarged is None


def test_an_enlarged_tile_that_becomes_empty_is_enlarged_no_more():
    window = WindowArrangement("4", (A, B)).with_enlarged(0)
    assert window.with_camera(0, None).enlarged is None
    assert window.with_camera(0, B).enlarged == 0
    assert window.with_camera(1, None).enlarged == 0
    swapped = WallArrangement({DESK: window}).swapped((DESK, 0), (DESK, 3)).window(DESK)
    assert swapped.camera_at(3) == A
    assert swapped.enlarged is None


def test_the_large_layouts_are_kept_and_come_back() -> None:
    wall = WallArrangement().with_window("wall", WindowArrangement("100", tuple(CameraId(f"c{n}") for n in range(100))))
    again = WallArrangement.from_json(wall.to_json())
    assert len([c for c in again.window("wall").shown() if c is not None]) == 100
    assert len(again.window("wall").with_layout("64").shown()) == 64
