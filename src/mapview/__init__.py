"""The map: cameras on an offline base map, in a web view that can reach nothing but this program's own files.

Order at start: `prepare_environment()` and `register_scheme()` before QApplication exists, then `MapView(...)`.
Importing this package loads neither QtWebEngine nor folium; the names below load what they need when first used.
"""

from typing import TYPE_CHECKING

from .environment import prepare_environment

if TYPE_CHECKING:
    from .scheme import register_scheme
    from .view import MapView

__all__ = ["MapView", "prepare_environment", "register_scheme"]


def __getattr__(name: str) -> object:
    if name == "MapView":
        from .view import MapView

        return MapView
    if name == "register_scheme":
        from .scheme import register_scheme

        return register_scheme
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
