"""Live pictures: sources and their states, the walls that paint them, the outputs that walls fill.

The names below are loaded when they are first asked for: a decoder process imports this package too and must not
load Qt's widgets.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from .port import AddressBook, Picture, Quality, SourceKey, Sources, SourceStatistics, StreamAddress

if TYPE_CHECKING:
    from .outputs import Output, OutputRegistry, WallWindow, WallWindows
    from .sources import SourcePool
    from .wall import CAMERA_MIME, Canvases, PtzControl, TileFigures, TileReport, WallView, choose_surface
    from .words import age_words, cure_words, no_new_picture_words, reason_words, state_word

_WHERE = {
    "CAMERA_MIME": "wall",
    "Canvases": "wall",
    "choose_surface": "wall",
    "PtzControl": "wall",
    "TileFigures": "wall",
    "TileReport": "wall",
    "WallView": "wall",
    "Output": "outputs",
    "OutputRegistry": "outputs",
    "SourcePool": "sources",
    "WallWindow": "outputs",
    "WallWindows": "outputs",
    "age_words": "words",
    "cure_words": "words",
    "no_new_picture_words": "words",
    "reason_words": "words",
    "state_word": "words",
}

__all__ = [
    "CAMERA_MIME",
    "AddressBook",
    "Canvases",
    "Output",
    "OutputRegistry",
    "Picture",
    "PtzControl",
    "Quality",
    "SourceKey",
    "SourcePool",
    "SourceStatistics",
    "Sources",
    "StreamAddress",
    "TileFigures",
    "TileReport",
    "WallView",
    "WallWindow",
    "WallWindows",
    "age_words",
    "choose_surface",
    "cure_words",
    "no_new_picture_words",
    "reason_words",
    "state_word",
]


def __getattr__(name: str) -> object:
    if name in _WHERE:
        return getattr(import_module(f".{_WHERE[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
