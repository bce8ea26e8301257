"""The page's placing of signs (resources/map/spread.js), run by Qt's script engine."""

import json
import math
import random

import pytest
from PySide6.QtQml import QJSEngine
from PySide6.QtWidgets import QApplication

from gwanje.assets import asset

Point = tuple[float, float]


@pytest.fixture
def engine(qapp: QApplication) -> QJSEngine:
    engine = QJSEngine()
    result = engine.evaluate(asset("map/spread.js").read_text(encoding="utf-8"), "spread.js")
    assert not result.isError(), result.toString()
    return engine


def _call(engine: QJSEngine, expression: str) -> object:
    result = engine.evaluate(f"JSON.stringify({expression})")
    assert not result.isError(), result.toString()
    return json.loads(result.toString())


def _layout(engine: QJSEngine, points: list[Point], slot: int = 26, most: int | None = 7) -> list[dict[str, object]]:
    groups = _call(engine, f"gwanjeSpread.layout({json.dumps(points)}, {slot}, {'Infinity' if most is None else most})")
    assert isinstance(groups, list)
    return groups


def _points(seed: int, count: int, extent: float) -> list[Point]:
    dice = random.Random(seed)
    return [(dice.uniform(0, extent), dice.uniform(0, extent)) for _ in range(count)]


@pytest.mark.parametrize("count", [1, 2, 3, 6, 7, 8, 19, 20, 60])
def test_spread_signs_keep_their_distance_and_stay_within_reach(engine: QJSEngine, count: int) -> None:
    places = _call(engine, f"gwanjeSpread.offsets({count}, 26)")
    reach = _call(engine, f"gwanjeSpread.reach({count}, 26)")
    assert isinstance(places, list) and isinstance(reach, float | int)
    assert len(places) == count
    nearest = min((math.dist(a, b) for i, a in enumerate(places) for b in places[:i]), default=26)
    assert nearest >= 26 - 1e-6
    assert max(math.hypot(*place) for place in places) + 13 <= reach + 1e-6


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("most", [7, None])
def test_every_camera_is_in_one_group_and_no_two_groups_overlap(engine: QJSEngine, seed: int, most: int | None) -> None:
    points = _points(seed, 150, extent=300 + 400 * seed)
    groups = _layout(engine, points, most=most)
    assert sorted(i for group in groups for i in group["members"]) == list(range(len(points)))
    for i, a in enumerate(groups):
        assert a["bubble"] == (most is not None and len(a["members"]) > most)
        for b in groups[:i]:
            assert math.dist((a["x"], a["y"]), (b["x"], b["y"])) >= a["reach"] + b["reach"] - 1e-6


def test_a_group_stands_in_the_middle_of_its_members(engine: QJSEngine) -> None:
    points = _points(3, 100, 900)
    for group in _layout(engine, points):
        members = [points[i] for i in group["members"]]
        assert group["x"] == pytest.approx(sum(x for x, _ in members) / len(members), abs=1)
        assert group["y"] == pytest.approx(sum(y for _, y in members) / len(members), abs=1)


def test_cameras_that_stand_apart_stay_where_they_are(engine: QJSEngine) -> None:
    points = [(0.0, 0.0), (100.0, 0.0), (0.0, 100.0)]
    groups = _layout(engine, points)
    assert [(g["x"], g["y"], g["members"]) for g in groups] == [(*p, [i]) for i, p in enumerate(points)]


def test_groups_come_in_the_order_of_their_first_camera(engine: QJSEngine) -> None:
    firsts = [group["members"][0] for group in _layout(engine, _points(5, 200, 700))]
    assert firsts == sorted(firsts)


def test_a_crowd_at_one_place_becomes_a_bubble_and_is_spread_at_the_last_zoom(engine: QJSEngine) -> None:
    crowd = [(50.0, 50.0)] * 40
    assert [g["bubble"] for g in _layout(engine, crowd)] == [True]
    (group,) = _layout(engine, crowd, most=None)
    assert not group["bubble"] and len(group["members"]) == 40


def test_nothing_gives_nothing(engine: QJSEngine) -> None:
    assert _layout(engine, []) == []
