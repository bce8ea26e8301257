"""The base map: outlines of districts (gu) and neighbourhoods (dong), read from the shipped GeoJSON. Pure Python."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

Point = tuple[float, float]
"""Longitude and latitude, WGS84 degrees, the order of GeoJSON (RFC 7946, 3.1.1)."""
Polygon = tuple[tuple[Point, ...], ...]
"""An outer ring and its holes."""

DECIMALS = 5
"""About a metre; the source is simplified far more coarsely than that."""


@dataclass(frozen=True, slots=True)
class Area:
    """One district or neighbourhood.

    Attributes:
        code: of Statistics Korea; a neighbourhood's begins with its district's.
        name, english: the names as published, the reading aids of the English one ("2(i)") left out.
        anchor: where the name is written, (longitude, latitude).
    """

    code: str
    name: str
    english: str
    polygons: tuple[Polygon, ...]
    anchor: Point

    def contains(self, longitude: float, latitude: float) -> bool:
        """Whether the point lies inside (even-odd rule over all rings)."""
        return any(_inside(polygon, longitude, latitude) for polygon in self.polygons)

    def to_feature(self) -> dict[str, object]:
        """A GeoJSON feature."""
        return {
            "type": "Feature",
            "properties": {
                "code": self.code,
                "name": self.name,
                "english": self.english,
                "at": [self.anchor[1], self.anchor[0]],
            },
            "geometry": {"type": "MultiPolygon", "coordinates": self.polygons},
        }


def read_areas(path: Path) -> tuple[Area, ...]:
    """Read a FeatureCollection of Polygons and MultiPolygons with the properties code, name and name_eng.

    Raises ValueError, naming the file, when it is something else.
    """
    try:
        return tuple(_area(feature) for feature in json.loads(path.read_text(encoding="utf-8"))["features"])
    except (KeyError, TypeError, IndexError, json.JSONDecodeError) as error:
        raise ValueError(f"{path.name} is not a collection of named areas: {error!r}") from error


def to_collection(areas: Iterable[Area]) -> dict[str, object]:
    """The areas as one GeoJSON document."""
    return {"type": "FeatureCollection", "features": [area.to_feature() for area in areas]}


def codes_holding(areas: Sequence[Area], points: Iterable[Point]) -> list[str]:
    """The codes of the areas in which at least one of the points lies, sorted."""
    found: set[str] = set()
    last: Area | None = None
    for longitude, latitude in points:
        if last is not None and last.contains(longitude, latitude):
            continue
        last = next((area for area in areas if area.contains(longitude, latitude)), None)
        if last is not None:
            found.add(last.code)
    return sorted(found)


def _area(feature: Mapping[str, object]) -> Area:
    properties, geometry = feature["properties"], feature["geometry"]
    if not isinstance(properties, dict) or not isinstance(geometry, dict):
        raise TypeError("a feature without properties or geometry")
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind not in {"Polygon", "MultiPolygon"}:
        raise TypeError(f"geometry of type {kind}")
    polygons = tuple(
        tuple(tuple((round(float(x), DECIMALS), round(float(y), DECIMALS)) for x, y, *_ in ring) for ring in polygon)
        for polygon in ([coordinates] if kind == "Polygon" else coordinates)
    )
    return Area(
        code=str(properties["code"]),
        name=str(properties["name"]),
        english=re.sub(r"\([^)]*\)", "", str(properties["name_eng"])),
        polygons=polygons,
        anchor=_anchor(max((polygon[0] for polygon in polygons), key=lambda ring: abs(_twice_area(ring)))),
    )


def _inside(polygon: Polygon, x: float, y: float) -> bool:
    inside = False
    for ring in polygon:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def _twice_area(ring: Sequence[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def _anchor(ring: Sequence[Point]) -> Point:
    """The centroid; for a bent area whose centroid lies outside, the middle of its widest chord at that latitude."""
    area = _twice_area(ring)
    x0, y0 = ring[0]
    if area == 0:
        return x0, y0
    # Relative to the first corner: the products of raw degrees would cost half of the float's digits.
    cx = cy = total = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        total += cross
        cx += (x1 + x2 - 2 * x0) * cross
        cy += (y1 + y2 - 2 * y0) * cross
    x, y = x0 + cx / (3 * total), y0 + cy / (3 * total)
    if not _inside((tuple(ring),), x, y):
        crossings = sorted(
            (x2 - x1) * (y - y1) / (y2 - y1) + x1 for (x1, y1), (x2, y2) in pairwise(ring) if (y1 > y) != (y2 > y)
        )
        chords = list(zip(crossings[::2], crossings[1::2], strict=False))
        if chords:
            left, right = max(chords, key=lambda chord: chord[1] - chord[0])
            x = (left + right) / 2
    return round(x, DECIMALS), round(y, DECIMALS)
