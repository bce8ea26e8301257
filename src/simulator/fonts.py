"""Fonts with Korean letters, wherever the system keeps them."""

import logging
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_log = logging.getLogger(__name__)

_KOREAN = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-{weight}.ttc", 1),  # face 1 of the collection is Korean
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-{weight}.ttc", 1),
    ("/usr/share/fonts/truetype/nanum/NanumGothic{nanum}.ttf", 0),
    ("/Library/Fonts/AppleGothic.ttf", 0),
    ("C:/Windows/Fonts/malgun{windows}.ttf", 0),
)
_LATIN = ("/usr/share/fonts/truetype/dejavu/DejaVuSans{dejavu}.ttf",)


@lru_cache(maxsize=64)
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font of that size in pixels. Without a Korean one the letters come out as boxes, and a warning says why."""
    found = _file(bold)
    if found is None:
        return ImageFont.load_default(size)
    path, index = found
    return ImageFont.truetype(path, size, index=index)


@lru_cache(maxsize=2)
def _file(bold: bool) -> tuple[str, int] | None:
    words = {
        "weight": "Bold" if bold else "Regular",
        "nanum": "Bold" if bold else "",
        "windows": "bd" if bold else "",
        "dejavu": "-Bold" if bold else "",
    }
    for pattern, index in _KOREAN:
        path = pattern.format(**words)
        if Path(path).exists():
            return path, index
    _log.warning("no Korean font was found; install fonts-noto-cjk or fonts-nanum")
    for pattern in _LATIN:
        path = pattern.format(**words)
        if Path(path).exists():
            return path, 0
    return None
