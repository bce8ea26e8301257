"""What the soak sums up: memory of all processes, and its growth through the ups and downs of a flapping camera."""

import mmap
import os
from dataclasses import replace

import pytest

from tests.soak.memory import Holding, growth_percent, holding

MEGABYTE = 1 << 20
NOTHING = Holding(0, 0, 0, 0, 0, 0, 0)


def run(seconds: int, growth_an_hour: float) -> list[Holding]:
    """Rises quickly for four minutes, then slowly, and by 5 % up and down with each round of the camera."""
    samples = []
    for at in range(10, seconds + 1, 10):
        level = 400 * min(1.0, 0.5 + at / 480) * (1 + growth_an_hour * at / 3600)
        samples.append(replace(NOTHING, at=at, pss=int(level * (1.05 if at % 20 else 1.0) * MEGABYTE)))
    return samples


def test_a_level_that_goes_up_and_down_has_not_grown():
    assert growth_percent(run(1800, 0.0), "pss", 300, 300) == pytest.approx(0, abs=0.01)


def test_growth_is_found_through_the_ups_and_downs():
    assert growth_percent(run(3600, 0.06), "pss", 300, 300) == pytest.approx(5.0, abs=0.5)


@pytest.mark.parametrize("seconds", [0, 200, 590])
def test_a_run_that_is_too_short_says_nothing(seconds: int):
    assert growth_percent(run(seconds, 0.0), "pss", 300, 300) is None


def test_a_memory_file_counts_with_every_other_page():
    before = holding(os.getpid(), 0)
    file = os.memfd_create("gwanje-soak-test")
    try:
        os.ftruncate(file, 32 * MEGABYTE)
        with mmap.mmap(file, 32 * MEGABYTE) as memory:
            memory[:] = b"\1" * len(memory)
            after = holding(os.getpid(), 1)
    finally:
        os.close(file)
    for name in ("rss", "pss", "memfd"):
        assert getattr(after, name) - getattr(before, name) >= 30 * MEGABYTE, name
    assert after.fds > before.fds and after.threads >= 1 and after.processes >= 1
