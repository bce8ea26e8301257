"""The code band: what is written can be read back from what a screen shows of it."""

import numpy as np
import pytest
from PIL import Image

from gwanje.simulator import codeband


def _picture(width: int, height: int, counter: int, unix_ms: int) -> np.ndarray:
    noise = np.random.default_rng(1).integers(0, 255, (height, width), np.uint8)
    codeband.write(noise, counter, unix_ms)
    return noise


@pytest.mark.parametrize(("counter", "unix_ms"), [(0, 0), (1, 1_795_000_000_123), (0xFFFFFF, (1 << 42) - 1)])
@pytest.mark.parametrize("size", [(640, 360), (1920, 1080)])
def test_what_is_written_is_read(size: tuple[int, int], counter: int, unix_ms: int) -> None:
    assert codeband.read(_picture(*size, counter, unix_ms)) == (counter, unix_ms)


def test_the_counter_wraps() -> None:
    assert codeband.read(_picture(640, 360, (1 << 24) + 5, 7)) == (5, 7)


@pytest.mark.parametrize(
    "size", [(240, 135), (256, 144), (318, 179), (426, 240), (641, 361), (1276, 718), (1920, 1080)]
)
@pytest.mark.parametrize("source", [(640, 360), (1920, 1080)])
@pytest.mark.parametrize("how", [Image.Resampling.BILINEAR, Image.Resampling.NEAREST])
def test_it_survives_scaling(source: tuple[int, int], size: tuple[int, int], how: Image.Resampling) -> None:
    for counter in (123_456, 0xABCDEF, 1):
        scaled = Image.fromarray(_picture(*source, counter, 1_795_555_555_555)).resize(size, how)
        assert codeband.read(np.asarray(scaled)) == (counter, 1_795_555_555_555)


def test_it_survives_dimming_and_range() -> None:
    picture = _picture(640, 360, 77, 88).astype(np.float32)
    assert codeband.read((picture * 0.5).astype(np.uint8)) == (77, 88)
    assert codeband.read(((picture - 16) * 255 / 219).clip(0, 255).astype(np.uint8)) == (77, 88)


def test_no_band_is_not_read() -> None:
    rng = np.random.default_rng(2)
    assert codeband.read(np.full((360, 640), 128, np.uint8)) is None
    assert all(codeband.read(rng.integers(0, 255, (360, 640), np.uint8)) is None for _ in range(20))
    assert codeband.read(np.zeros((20, 40), np.uint8)) is None


def test_a_damaged_band_is_not_read() -> None:
    picture = _picture(640, 360, 77, 88)
    picture[:8, 320:328] = 240 - picture[:8, 320:328]  # one block the other way
    assert codeband.read(picture) is None
