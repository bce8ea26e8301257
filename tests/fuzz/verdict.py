"""Whether a campaign has left anything behind."""

import os

from .campaign import Usage

WARM_AFTER = 0.2
"""Share of the samples in which allocators and FFmpeg's tables fill."""
ON_THEIR_WAY = 2
"""Descriptors or threads that may be about to go, or wait for Python's collector."""
_GROWTH = 1.10
_GROWTH_MB = 10.0
_GLIBC = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "4194304", "MALLOC_TRIM_THRESHOLD_": "8388608"}


def give_memory_back() -> None:
    """To be called before the workers start: what they have freed is given back, so that what grows is a leak.

    Left alone, glibc keeps what the largest picture once took, in an arena for each of many threads.
    """
    os.environ.update(_GLIBC)


def growth(usage: list[Usage]) -> list[str]:
    """What grew from the warmed-up beginning to the end; empty if nothing did."""
    warm = usage[: max(1, round(len(usage) * WARM_AFTER))]
    end = usage[-1]
    said = []
    for name in ("descriptors", "threads"):
        most = max(getattr(one, name) for one in warm)
        if getattr(end, name) > most + ON_THEIR_WAY:
            said.append(f"{name}: {most} became {getattr(end, name)}")
    most_mb = max(one.rss_mb for one in warm)
    if end.rss_mb > most_mb * _GROWTH + _GROWTH_MB:
        said.append(f"memory: {most_mb} MB became {end.rss_mb} MB")
    return said
