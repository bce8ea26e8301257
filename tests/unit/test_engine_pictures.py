"""Sizes, sameness and pace of pictures, without a stream."""

import numpy as np
import pytest
from av.video.frame import VideoFrame
from hypothesis import given
from hypothesis import strategies as st

from gwanje.videowall.engine.order import Order
from gwanje.videowall.engine.pictures import ChangeDetector, Pace, Scaler, fitted_size


@pytest.mark.parametrize(
    ("native", "aspect", "box", "fitted"),
    [
        ((640, 360), 1.0, (320, 320), (320, 180)),
        ((640, 360), 1.0, (4000, 3000), (640, 360)),
        ((1920, 1080), 1.0, (384, 216), (384, 216)),
        ((704, 576), 12 / 11, (768, 576), (768, 576)),  # PAL pixels are wider than high
        ((640, 360), 1.0, (2, 2), (2, 2)),
    ],
)
def test_fitted_size(native: tuple[int, int], aspect: float, box: tuple[int, int], fitted: tuple[int, int]) -> None:
    assert fitted_size(native, aspect, box) == fitted


@given(st.integers(2, 8000), st.integers(2, 8000), st.integers(2, 8000), st.integers(2, 8000))
def test_a_picture_never_leaves_its_box(width: int, height: int, box_width: int, box_height: int) -> None:
    fitted = fitted_size((width, height), 1.0, (box_width, box_height))
    assert 2 <= fitted[0] <= box_width and 2 <= fitted[1] <= box_height
    assert fitted[0] <= width and fitted[1] <= height


def _frame(luma: np.ndarray) -> VideoFrame:
    """A colourless picture; VideoFrame's own conversion takes even sizes only."""
    height, width = luma.shape
    frame = VideoFrame(width, height, "yuv420p")
    for plane, values in zip(frame.planes, (luma, None, None), strict=True):
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        rows[:] = 128
        if values is not None:
            rows[:height, :width] = values
    return frame


@pytest.mark.parametrize("native", [(192, 108), (1280, 720), (854, 480), (427, 241)])
@pytest.mark.parametrize("share", [1.0, 0.73, 0.5, 0.26])
def test_scaling_gives_bgrx_of_the_asked_size_up_to_the_last_column(native: tuple[int, int], share: float) -> None:
    width, height = round(native[0] * share), round(native[1] * share)
    grey = np.full((native[1], native[0]), 16, np.uint8)
    grey[:, native[0] // 2 :] = 235
    rows = Scaler().scale(_frame(grey), width, height)
    pixels = rows[:, : width * 4].reshape(rows.shape[0], width, 4)
    assert rows.shape[0] == height
    assert pixels[:, : width // 2 - 4, :3].max() < 12
    assert pixels[:, width // 2 + 4 :, :3].min() > 243


def test_sameness_is_seen_and_so_is_a_clock_in_the_corner() -> None:
    detector = ChangeDetector()
    picture = np.random.default_rng(1).integers(16, 235, (360, 640), np.uint8)
    assert detector.is_new(_frame(picture))
    assert not detector.is_new(_frame(picture.copy()))
    picture[340:356, 600:612] ^= 64  # one digit
    assert detector.is_new(_frame(picture))
    assert not detector.is_new(_frame(picture))
    assert detector.is_new(_frame(picture[:180, :320]))


def test_what_an_encoder_makes_of_a_frozen_picture_is_not_new_but_a_slow_change_is() -> None:
    detector = ChangeDetector()
    noise = np.random.default_rng(2)
    picture = np.full((360, 640), 100, np.uint8)
    picture[100:200] = 250
    picture[200:300] = 3
    assert detector.is_new(_frame(picture))
    for _ in range(20):
        refined = np.clip(picture.astype(int) + noise.integers(-6, 7, picture.shape), 0, 255)
        assert not detector.is_new(_frame(refined.astype(np.uint8)))
    dusk = [detector.is_new(_frame(picture - np.minimum(picture, level).astype(np.uint8))) for level in range(1, 31)]
    assert sum(dusk) == 2


def test_pictures_in_time_are_all_shown() -> None:
    pace = Pace()
    assert all(pace.shows(n / 15, 100.0 + n / 15 + (n % 3) * 0.03) for n in range(100))


def test_of_a_burst_only_some_are_shown_and_the_newest_at_the_end() -> None:
    pace = Pace()
    for n in range(30):
        assert pace.shows(n / 15, 100.0 + n / 15)
    burst = [pace.shows(2.0 + n / 15, 105.0 + n * 0.004) for n in range(45)]  # three seconds' worth within 0.2 s
    assert 1 <= sum(burst[:40]) <= 3
    assert all(pace.shows(5.0 + n / 15, 105.2 + n / 15) for n in range(30))


def test_a_lasting_delay_becomes_normal() -> None:
    pace = Pace()
    for n in range(45):
        pace.shows(n / 15, 100.0 + n / 15)
    late = [pace.shows(3.0 + n / 15, 104.0 + n / 15) for n in range(150)]
    assert all(late[-60:])


def test_pictures_never_go_backwards_but_a_camera_may_set_its_clock() -> None:
    pace = Pace()
    assert pace.shows(10.0, 100.0)
    assert not pace.shows(9.93, 100.07)
    assert pace.shows(2.0, 100.14)
    assert pace.shows(None, 100.2)


def test_credentials_go_into_the_location_encoded_and_nowhere_else() -> None:
    order = Order(1, 1, "rtsp://127.0.0.1:554/live?channel=1", 2, 2, 0, "adm in", "p@ss:w/ö%")
    assert order.location() == "rtsp://adm%20in:p%40ss%3Aw%2F%C3%B6%25@127.0.0.1:554/live?channel=1"
    assert "p@ss" not in repr(order) and "adm in" not in repr(order)
    assert Order(1, 1, "rtsp://[::1]/a", 2, 2, 0).location() == "rtsp://[::1]/a"
