"""Which stream a view takes: by its pixels, without flapping, and within the number of main streams."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwanje.domain.cameras import Camera, CameraId, SiteId
from gwanje.videowall.policy.streams import StreamPlan, most_main_streams
from gwanje.videowall.port import Importance, Quality, SourceKey

MAIN, SUB = Quality.MAIN, Quality.SUB


def camera(name: str = "c", *, main: bool = True, sub: bool = True) -> Camera:
    streams = ("rtsp://h/m" if main else "", "rtsp://h/s" if sub else "")
    return Camera(CameraId(name), 1, name, SiteId("s"), "p", None, None, *streams)


def quality(plan: StreamPlan, width: int, height: int, importance: Importance = Importance.NORMAL) -> Quality:
    plan.claim("view", camera(), width, height, importance)
    return plan.quality("view")


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (640, 360, SUB),
        (641, 361, MAIN),
        (384, 216, SUB),
        (1920, 1080, MAIN),
        (1920, 300, SUB),  # a wide tile shows a picture that is 300 pixels high between bars
    ],
)
def test_the_smallest_stream_that_need_not_be_enlarged(width: int, height: int, expected: Quality) -> None:
    assert quality(StreamPlan(8), width, height) is expected


def test_the_size_of_a_stream_is_learnt() -> None:
    plan = StreamPlan(8)
    assert quality(plan, 960, 540) is MAIN
    plan.learn(SourceKey(CameraId("c"), SUB), 1280, 720)
    assert plan.quality("view") is SUB
    assert quality(plan, 1300, 740) is MAIN


def test_a_main_stream_that_is_no_larger_is_not_asked_for() -> None:
    plan = StreamPlan(8)
    plan.learn(SourceKey(CameraId("c"), MAIN), 640, 360)
    assert quality(plan, 1920, 1080) is SUB


@pytest.mark.parametrize(("main", "sub", "expected"), [(True, False, MAIN), (False, True, SUB)])
def test_a_camera_with_one_stream_shows_it_at_any_size(main: bool, sub: bool, expected: Quality) -> None:
    plan = StreamPlan(8)
    for width in (160, 1920):
        plan.claim("view", camera(main=main, sub=sub), width, width)
        assert plan.quality("view") is expected


def test_resizing_around_the_edge_does_not_flap() -> None:
    plan, seen = StreamPlan(8), []
    for width in (630, 650, 630, 645, 620, 641, 600):
        seen.append(quality(plan, width, width))
    assert seen == [SUB] + [MAIN] * 6
    assert quality(plan, 570, 320) is SUB
    assert quality(plan, 620, 348) is SUB


@given(st.lists(st.integers(577, 710), max_size=50))
def test_within_the_edge_there_is_at_most_one_change(widths: list[int]) -> None:
    plan = StreamPlan(8)
    seen = [quality(plan, width, 1000) for width in widths]
    assert seen == sorted(seen, key=[SUB, MAIN].index)


def test_another_camera_on_the_view_starts_anew() -> None:
    plan = StreamPlan(8)
    assert quality(plan, 1000, 1000) is MAIN
    plan.claim("view", camera("d"), 620, 620)
    assert plan.quality("view") is SUB


def test_the_enlarged_then_the_alarmed_then_the_largest_have_the_few_main_streams() -> None:
    plan = StreamPlan(3)
    plan.claim("large", camera("a"), 1200, 700)
    plan.claim("larger", camera("b"), 1400, 800)
    plan.claim("selected", camera("c"), 900, 600, Importance.SELECTED)
    plan.claim("alarmed", camera("d"), 800, 500, Importance.ALARMED)
    plan.claim("enlarged", camera("e"), 700, 400, Importance.ENLARGED)
    views = ("enlarged", "alarmed", "larger", "large", "selected")
    assert [plan.quality(view) for view in views] == [MAIN, MAIN, MAIN, SUB, SUB]
    assert [plan.is_limited(view) for view in views] == [False, False, False, True, True]
    plan.release("enlarged")
    assert plan.quality("large") is MAIN


def test_a_demoted_view_of_another_window_is_told_once() -> None:
    plan = StreamPlan(1)
    plan.claim("first", camera("a"), 1000, 1000)
    assert plan.quality("first") is MAIN
    assert not plan.has_changed()
    plan.claim("second", camera("b"), 1000, 1000, Importance.ENLARGED)
    assert plan.quality("second") is MAIN
    assert plan.has_changed()
    assert not plan.has_changed()
    assert plan.quality("first") is SUB


def test_near_equals_do_not_swap() -> None:
    plan = StreamPlan(1)
    plan.claim("first", camera("a"), 1000, 1000)
    plan.quality("first")
    plan.claim("second", camera("b"), 1050, 1000)
    assert (plan.quality("first"), plan.quality("second")) == (MAIN, SUB)


def test_views_of_one_camera_share_a_main_stream() -> None:
    plan = StreamPlan(1)
    for n in range(3):
        plan.claim(n, camera("a"), 1000 + n, 1000)
    assert {plan.quality(n) for n in range(3)} == {MAIN}


def test_cameras_with_a_main_stream_only_count() -> None:
    plan = StreamPlan(2)
    for name in "ab":
        plan.claim(name, camera(name, sub=False), 200, 100)
    plan.claim("view", camera("c"), 1000, 1000)
    assert plan.quality("view") is SUB


def test_the_limit_grows_with_the_machine() -> None:
    assert most_main_streams(1) == 4
    assert most_main_streams(2) == 6
    assert most_main_streams(16) == 48


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(100, 2000), st.sampled_from(Importance)), max_size=40),
    st.integers(0, 5),
)
def test_there_are_never_more_main_streams_than_the_limit(
    claims: list[tuple[int, int, Importance]], limit: int
) -> None:
    plan = StreamPlan(limit)
    cameras = {}
    for view, (number, width, importance) in enumerate(claims):
        cameras[view] = camera(str(number))
        plan.claim(view, cameras[view], width, width, importance)
    main = {cameras[view].id for view in cameras if plan.quality(view) is MAIN}
    assert len(main) <= limit
