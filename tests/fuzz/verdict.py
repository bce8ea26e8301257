"""Whether a campaign has left anything behind."""

from .campaign import Usage

WARM_AFTER = 0.2
"""Share of the samples in which allocators and FFmpeg's tables fill."""
_GROWTH = 1.10
_GROWTH_MB = 10.0


def growth(usage: list[Usage]) -> list[str]:
    """What grew from the warmed-up beginning to the end; empty if nothing did."""
    warm = usage[: max(1, round(len(usage) * WARM_AFTER))]
    end = usage[-1]
    said = []
    for name in ("descriptors", "threads"):
        most = max(getattr(one, name) for one in warm)
        if getattr(end, name) > most:
            said.append(f"{name}: {most} became {getattr(end, name)}")
    most_mb = max(one.rss_mb for one in warm)
    if end.rss_mb > most_mb * _GROWTH + _GROWTH_MB:
        said.append(f"memory: {most_mb} MB became {end.rss_mb} MB")
    return said
