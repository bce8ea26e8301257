"""The base map's areas: reading, names, anchors, and which of them hold cameras."""

import json
from pathlib import Path

import pytest

from gwanje.assets import asset
from gwanje.mapview.geography import Area, codes_holding, read_areas, to_collection


@pytest.fixture(scope="module")
def districts() -> tuple[Area, ...]:
    return read_areas(asset("data/seoul/districts.geojson"))


@pytest.fixture(scope="module")
def neighbourhoods() -> tuple[Area, ...]:
    return read_areas(asset("data/seoul/neighbourhoods.geojson"))


def _write(path: Path, coordinates: object, kind: str = "Polygon") -> Path:
    feature = {
        "type": "Feature",
        "properties": {"code": "1", "name": "길동", "name_eng": "Cheonho 2(i)-dong"},
        "geometry": {"type": kind, "coordinates": coordinates},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


def test_seoul_has_25_districts_and_423_neighbourhoods_each_in_a_district(
    districts: tuple[Area, ...], neighbourhoods: tuple[Area, ...]
) -> None:
    assert (len(districts), len(neighbourhoods)) == (25, 423)
    codes = {area.code for area in districts}
    assert {area.code[:5] for area in neighbourhoods} == codes


def test_every_name_is_written_inside_its_own_area(
    districts: tuple[Area, ...], neighbourhoods: tuple[Area, ...]
) -> None:
    assert [area.name for area in (*districts, *neighbourhoods) if not area.contains(*area.anchor)] == []


def test_a_bent_area_is_named_inside_although_its_centroid_lies_outside(tmp_path: Path) -> None:
    u_shape = [[0, 0], [9, 0], [9, 9], [8, 9], [8, 1], [1, 1], [1, 9], [0, 9], [0, 0]]
    (area,) = read_areas(_write(tmp_path / "u.geojson", [u_shape]))
    assert area.contains(*area.anchor)


def test_a_hole_is_outside(tmp_path: Path) -> None:
    outer = [[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]
    hole = [[3, 3], [6, 3], [6, 6], [3, 6], [3, 3]]
    (area,) = read_areas(_write(tmp_path / "hole.geojson", [outer, hole]))
    assert area.contains(1, 1) and not area.contains(4.5, 4.5) and not area.contains(10, 1)


def test_reading_aids_are_left_out_of_english_names(tmp_path: Path) -> None:
    (area,) = read_areas(_write(tmp_path / "a.geojson", [[[0, 0], [1, 0], [1, 1], [0, 0]]]))
    assert (area.name, area.english) == ("길동", "Cheonho 2-dong")


def test_the_districts_that_hold_cameras_are_found(districts: tuple[Area, ...]) -> None:
    seodaemun, gangnam, sea = (126.9368, 37.5791), (127.0473, 37.5172), (126.0, 37.0)
    assert codes_holding(districts, [seodaemun, seodaemun, sea]) == ["11130"]
    assert codes_holding(districts, [gangnam, seodaemun]) == ["11130", "11230"]
    assert codes_holding(districts, []) == []


def test_a_written_collection_is_read_back_the_same(districts: tuple[Area, ...], tmp_path: Path) -> None:
    document = json.loads(json.dumps(to_collection(districts)))
    for feature in document["features"]:
        feature["properties"]["name_eng"] = feature["properties"]["english"]
    path = tmp_path / "again.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert read_areas(path) == districts


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"features": [{}]}', '{"features": [{"properties": 1, "geometry": 2}]}']
)
def test_something_else_is_refused_with_the_name_of_the_file(text: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"wrong\.geojson"):
        read_areas(path)


def test_points_are_no_areas(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Point"):
        read_areas(_write(tmp_path / "point.geojson", [1, 2], "Point"))
