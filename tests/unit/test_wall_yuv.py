"""I420 pictures as images: the colours of the standards, every size, memory of their own."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from gwanje.videowall.wall.images import as_image, as_picture, copied
from gwanje.videowall.wall.yuv import conversion
from tests.fakes.pictures import BARS_RGB, bars, bgrx, i420, shade


def pixels(image: QImage) -> np.ndarray:
    """Rows, columns, red green blue."""
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return flat[..., 2::-1].astype(int)


@pytest.mark.parametrize("wide_range", [False, True])
@pytest.mark.parametrize("bt709", [False, True])
def test_colour_bars_have_the_colours_of_the_standard(bt709: bool, wide_range: bool) -> None:
    seen = pixels(as_image(bars(640, 360, bt709=bt709, wide_range=wide_range)))
    for number, rgb in enumerate(BARS_RGB):
        assert np.abs(seen[180, number * 80 + 40] - rgb).max() <= 2, f"bar {number}"


@pytest.mark.parametrize("bt709", [False, True])
def test_the_matrix_agrees_with_the_definition(bt709: bool) -> None:
    """White is white and every primary comes back from its own code values."""
    red, blue = (0.2126, 0.0722) if bt709 else (0.299, 0.114)
    factors = conversion(wide_range=False, bt709=bt709)
    for rgb in ((255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (12, 200, 77)):
        r, g, b = (value / 255 for value in rgb)
        luma = red * r + (1 - red - blue) * g + blue * b
        y, u, v = 16 + 219 * luma, 224 * (b - luma) / (2 - 2 * blue), 224 * (r - luma) / (2 - 2 * red)
        level = factors.luma * (y - factors.black)
        back = (
            level + factors.v_red * v,
            level + factors.u_green * u + factors.v_green * v,
            level + factors.u_blue * u,
        )
        assert back == pytest.approx(rgb, abs=0.01)


@pytest.mark.parametrize("size", [(641, 361), (1366, 768), (2, 2), (1, 1), (3, 5)])
def test_odd_sizes_are_converted_whole(size: tuple[int, int]) -> None:
    width, height = size
    half = ((height + 1) // 2, (width + 1) // 2)
    grey = i420(np.full((height, width), 126, np.uint8), np.full(half, 128, np.uint8), np.full(half, 128, np.uint8))
    image = as_image(grey)
    assert image.size() == QSize(width, height)
    assert np.abs(pixels(image) - 128).max() <= 1


def test_extreme_values_are_cut_off_and_do_not_wrap() -> None:
    full, none = np.full((2, 2), 255, np.uint8), np.zeros((1, 1), np.uint8)
    assert pixels(as_image(i420(full, none + 255, none + 255)))[0, 0].tolist()[::2] == [255, 255]
    assert pixels(as_image(i420(full * 0, none, none)))[0, 0].tolist()[::2] == [0, 0]


def test_a_smaller_room_gets_a_smaller_image_of_the_same_picture() -> None:
    picture = shade(640, 360)
    small, large = as_image(picture, QSize(160, 90)), as_image(picture)
    assert small.size() == QSize(160, 90)
    assert np.abs(pixels(small) - pixels(large)[2::4, 2::4]).max() <= 6
    assert as_image(picture, QSize(1280, 720)).size() == QSize(640, 360)


def test_a_copy_outlives_the_memory_of_its_picture() -> None:
    memory = bytearray(b"\x07" * 64)
    picture = copied(replace(bgrx(np.zeros((4, 4, 4), np.uint8)), data=memoryview(memory), sequence=9))
    memory[:] = b"\xff" * len(memory)
    assert pixels(as_image(picture)).max() == 7
    assert picture.sequence == 0
    assert as_picture(picture, 1.0) is picture


def test_a_picture_that_is_too_short_is_refused() -> None:
    whole = shade(64, 64)
    cut = replace(whole, data=whole.data[:100])
    with pytest.raises(ValueError):
        as_image(cut)
