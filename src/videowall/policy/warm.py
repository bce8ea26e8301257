"""How long a source that nobody sees any more stays open, so that going back to it is immediate."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

WARM_S = 10.0
MOST_WARM = 32
"""A layout or two. A warm source decodes key frames only, but it still fills the network."""

Key = TypeVar("Key", bound=Hashable)


def gone_cold(unwanted_since: Mapping[Key, float], now: float) -> list[Key]:
    """The sources to suspend now: those unwanted for WARM_S, and the oldest of more than MOST_WARM."""
    newest_first = sorted(unwanted_since, key=lambda key: unwanted_since[key], reverse=True)
    return [key for i, key in enumerate(newest_first) if i >= MOST_WARM or now - unwanted_since[key] >= WARM_S]
