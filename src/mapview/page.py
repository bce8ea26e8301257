"""The map page, built with folium, and every file that it may load. No Qt here; it runs in a worker thread.

folium's own page asks a dozen public servers for scripts. Here its lists name this program's private scheme, only
Leaflet is loaded, there is no tile server, and a content security policy names each inline script by its hash.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..assets import asset
from .geography import Area, read_areas, to_collection

SCHEME = "gwanje"
HOST = "map"
ORIGIN = f"{SCHEME}://{HOST}"
INDEX_PATH = "/index.html"
CHANNEL_PATH = "/qwebchannel.js"
CREDIT = "KOSTAT, southkorea/seoul-maps"

_LEAFLET_IMAGES = (
    "layers-2x.png",
    "layers.png",
    "marker-icon-2x.png",
    "marker-icon.png",
    "marker-shadow.png",
)
_SCRIPTS = ("map/spread.js", "map/signs.js", "map/base.js", "map/markers.js", "map/map.js")
_PAGE_SCRIPTS = ("vendor/leaflet/leaflet.js", CHANNEL_PATH[1:], *_SCRIPTS)
_PAGE_STYLES = ("vendor/leaflet/leaflet.css", "map/map.css")
_ASSETS = (
    "vendor/leaflet/leaflet.js",
    *(f"vendor/leaflet/images/{name}" for name in _LEAFLET_IMAGES),
    *_SCRIPTS,
    *_PAGE_STYLES,
)
_MIME = {".js": b"text/javascript", ".css": b"text/css", ".png": b"image/png", ".html": b"text/html"}
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ServedFile:
    """What the private scheme answers for one path."""

    mime: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Site:
    """The page with its files, by URL path, and the districts that it draws."""

    files: dict[str, ServedFile]
    districts: tuple[Area, ...]


def build_site(channel_script: bytes) -> Site:
    """Read the assets and build the page.

    `channel_script` is Qt's qwebchannel.js. Raises AssetMissingError when set-up has not put Leaflet in place.
    """
    districts = read_areas(asset("data/seoul/districts.geojson"))
    neighbourhoods = read_areas(asset("data/seoul/neighbourhoods.geojson"))
    files = {f"/{name}": ServedFile(_MIME[PurePosixPath(name).suffix], asset(name).read_bytes()) for name in _ASSETS}
    files[CHANNEL_PATH] = ServedFile(_MIME[".js"], channel_script)
    page = build_page(districts, neighbourhoods)
    files[INDEX_PATH] = ServedFile(_MIME[".html"] + b"; charset=utf-8", page.encode())
    return Site(files, districts)


def build_page(districts: Sequence[Area], neighbourhoods: Sequence[Area]) -> str:
    """The HTML of the page: Leaflet, the outlines as quiet layers, and our scripts."""
    import folium
    from branca.element import MacroElement
    from folium.template import Template

    longitudes = [x for area in districts for polygon in area.polygons for x, _ in polygon[0]]
    latitudes = [y for area in districts for polygon in area.polygons for _, y in polygon[0]]
    folium_map = folium.Map(
        location=[(min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2],
        tiles=None,
        zoom_start=11,
        zoom_snap=0.25,
        wheel_px_per_zoom_level=120,
        zoom_control=False,
        keyboard=False,
        # Motion is short or none (docs/look.md); without a GPU a sliding map also costs a whole core.
        zoom_animation=False,
        fade_animation=False,
        marker_zoom_animation=False,
        inertia=False,
        max_bounds_viscosity=1.0,
    )
    folium_map._id = "base"
    # These lists are all that folium puts into the head; ours name the private scheme alone.
    folium_map.default_js = [(name, f"{ORIGIN}/{name}") for name in _PAGE_SCRIPTS]
    folium_map.default_css = [(name, f"{ORIGIN}/{name}") for name in _PAGE_STYLES]
    layers = {}
    for kind, areas in (("district", districts), ("neighbourhood", neighbourhoods)):
        layer = folium.GeoJson(to_collection(areas), smooth_factor=0.5, interactive=False, class_name=f"area {kind}")
        layer._id = kind
        layer.add_to(folium_map)
        layers[kind] = layer.get_name()
    names = ", ".join((folium_map.get_name(), layers["district"], layers["neighbourhood"]))
    start = MacroElement()
    start._template = Template(
        f'{{% macro script(this, kwargs) %}} gwanjeMap.start({names}, "{CREDIT}"); {{% endmacro %}}'
    )
    start.add_to(folium_map)
    return _with_policy(folium_map.get_root().render())


def content_security_policy(page: str) -> str:
    """The strictest policy under which the page works: our scheme, and its inline blocks by their SHA-256."""

    def hashes(kind: str) -> str:
        return " ".join(_hashes(text for tag, text in _INLINE.findall(page) if tag == kind))

    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {ORIGIN} {hashes('script')}",
            f"style-src {ORIGIN} {hashes('style')}",
            f"img-src {ORIGIN} data:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hashes(blocks: Iterable[str]) -> Iterable[str]:
    for text in blocks:
        yield f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _with_policy(page: str) -> str:
    head, tag, rest = page.partition("<head>")
    policy = content_security_policy(page)
    return f'{head}{tag}\n    <meta http-equiv="Content-Security-Policy" content="{policy}">{rest}'
