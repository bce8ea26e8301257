"""A made-up district of cameras inside the real boundary of Seodaemun-gu, the same on every run."""

import json
import random
from functools import cache
from itertools import pairwise
from uuid import NAMESPACE_URL, uuid5

from ..assets import asset
from ..domain.cameras import Camera, CameraId, Department, DepartmentId, District, Site, SiteId

USER = "operator"
MAIN, SUB = "main", "sub"

Ring = list[tuple[float, float]]

_NAMESPACE = uuid5(NAMESPACE_URL, "urn:gwanje:simulator")

# Seven departments with the purposes they place cameras for, and how many of ten sites are theirs.
_DEPARTMENTS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("스마트정보과", ("crime prevention",), 4.0),
    ("아동청소년과", ("child protection",), 1.6),
    ("청소행정과", ("waste dumping",), 1.1),
    ("교통행정과", ("illegal parking", "traffic"), 1.4),
    ("안전치수과", ("disaster",), 0.8),
    ("푸른도시과", ("fire watch", "facility"), 0.7),
    ("문화체육과", ("heritage", "theft"), 0.4),
)

# Streets that run through each neighbourhood.
_STREETS: dict[str, tuple[str, ...]] = {
    "연희동": ("연희로", "연희맛로", "증가로", "성산로"),
    "신촌동": ("신촌로", "연세로", "명물길", "이화여대길"),
    "북아현동": ("북아현로", "신촌로", "이화여대2길"),
    "충현동": ("충정로", "경기대로", "서소문로"),
    "북가좌2동": ("응암로", "증가로", "가재울로"),
    "북가좌1동": ("거북골로", "증가로", "수색로"),
    "남가좌2동": ("거북골로", "가재울미래로", "모래내로"),
    "남가좌1동": ("가재울로", "수색로", "모래내로"),
    "홍은2동": ("홍은중앙로", "가좌로", "증가로"),
    "홍은1동": ("세검정로", "홍은중앙로", "포방터길"),
    "홍제2동": ("모래내로", "통일로", "홍연길"),
    "홍제3동": ("통일로", "세무서길", "홍제원길"),
    "홍제1동": ("통일로", "홍제천로", "모래내로"),
    "천연동": ("독립문로", "통일로", "영천시장길"),
}
_SPOTS: dict[str, tuple[str, ...]] = {
    "crime prevention": ("골목", "교차로", "버스정류장", "놀이터 앞", "주민센터 앞"),
    "child protection": ("초등학교 앞", "어린이집 앞", "통학로", "어린이공원"),
    "waste dumping": ("재활용정거장", "골목 안", "전봇대 앞"),
    "illegal parking": ("횡단보도", "상가 앞", "이면도로"),
    "traffic": ("교차로", "사거리", "삼거리"),
    "disaster": ("홍제천 산책로", "빗물펌프장", "하천 진입로"),
    "fire watch": ("등산로 입구", "산불감시 초소"),
    "facility": ("공원", "체육시설", "쉼터"),
    "heritage": ("문화재 앞", "역사공원"),
    "theft": ("자전거보관소", "주차장"),
}


def _rings(geometry: dict[str, object]) -> list[Ring]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(float(p[0]), float(p[1])) for p in polygon[0]] for polygon in polygons]  # type: ignore[attr-defined]


@cache
def boundary() -> list[Ring]:
    """Outer rings of Seodaemun-gu as (longitude, latitude) in WGS84 degrees."""
    document = json.loads(asset("data/seoul/districts.geojson").read_text("utf-8"))
    return next(_rings(f["geometry"]) for f in document["features"] if f["properties"]["name"] == "서대문구")


@cache
def _neighbourhoods() -> list[tuple[str, list[Ring]]]:
    document = json.loads(asset("data/seoul/neighbourhoods.geojson").read_text("utf-8"))
    return [
        (f["properties"]["name"], _rings(f["geometry"]))
        for f in document["features"]
        if f["properties"]["name"] in _STREETS and f["properties"]["code"].startswith("1113")
    ]


def inside(longitude: float, latitude: float, rings: list[Ring]) -> bool:
    """Whether a point lies in one of the rings (even-odd rule)."""
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            if (y1 > latitude) != (y2 > latitude) and longitude < x1 + (latitude - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1


def _place(rng: random.Random, rings: list[Ring], taken: Ring) -> tuple[float, float]:
    """A point inside the neighbourhood and the district, away from the other sites as far as that is possible."""
    points = [p for ring in rings for p in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    best, best_distance = None, -1.0
    found = 0
    while found < 8:
        x, y = rng.uniform(west, east), rng.uniform(south, north)
        if not (inside(x, y, rings) and inside(x, y, boundary())):
            continue
        found += 1
        distance = min(((x - a) ** 2 + (y - b) ** 2 for a, b in taken), default=1.0)
        if distance > best_distance:
            best, best_distance = (x, y), distance
    assert best is not None
    return round(best[0], 6), round(best[1], 6)


def is_ptz(number: int) -> bool:
    """Whether the camera of that number can pan, tilt and zoom: the first, and every third after it."""
    return number % 3 == 1


def make_district(cameras: int, host: str, http_port: int, rtsp_port: int) -> District:
    """Build `cameras` cameras, numbered from 1, about 2.4 to a site, all reached at `host`.

    Names, places and ids depend on nothing but the number; the first N cameras of a larger district are the same
    wherever they do not share a site with the (N+1)th. Raises ValueError when `cameras` is below 1.
    """
    if cameras < 1:
        raise ValueError("a district has at least one camera")
    rng = random.Random("gwanje district 1")  # noqa: S311 - scenery, not a secret
    departments = tuple(
        Department(DepartmentId(str(uuid5(_NAMESPACE, f"department/{name}"))), name) for name, _, _ in _DEPARTMENTS
    )
    sites: list[Site] = []
    found: list[Camera] = []
    taken: Ring = []
    names: set[str] = set()
    neighbourhoods = _neighbourhoods()
    while len(found) < cameras:
        dong, rings = neighbourhoods[(len(sites) * 5) % len(neighbourhoods)]
        which = (
            len(sites)
            if len(sites) < len(departments)
            else rng.choices(range(len(departments)), [share for _, _, share in _DEPARTMENTS])[0]
        )
        purpose = rng.choice(_DEPARTMENTS[which][1])
        longitude, latitude = _place(rng, rings, taken)
        taken.append((longitude, latitude))
        street, house = rng.choice(_STREETS[dong]), rng.randint(2, 240)
        spot = rng.choice(_SPOTS[purpose])
        while f"{street} {house} {spot}" in names:
            house += 1
        name = f"{street} {house} {spot}"
        names.add(name)
        site = Site(
            SiteId(str(uuid5(_NAMESPACE, f"site/{len(sites) + 1}"))),
            name,
            departments[which].id,
            latitude,
            longitude,
            f"서울특별시 서대문구 {street} {house} ({dong})",
        )
        sites.append(site)
        count = rng.choices((1, 2, 3, 4, 5), (26, 32, 22, 12, 8))[0]
        bearing = rng.uniform(0, 360)
        for place in range(1, min(count, cameras - len(found)) + 1):
            number = len(found) + 1
            device = f"http://{host}:{http_port}/cam{number}/onvif/device_service"
            stream = f"rtsp://{host}:{rtsp_port}/cam{number}"
            found.append(
                Camera(
                    id=CameraId(str(uuid5(_NAMESPACE, f"camera/{number}"))),
                    number=number,
                    name=name if count == 1 else f"{name} {place}",
                    site_id=site.id,
                    purpose=purpose,
                    latitude=latitude,
                    longitude=longitude,
                    main_uri=f"{stream}/{MAIN}",
                    sub_uri=f"{stream}/{SUB}",
                    device_address=device,
                    main_profile=MAIN,
                    sub_profile=SUB,
                    user=USER,
                    ptz=is_ptz(number),
                    bearing=round((bearing + (place - 1) * 360 / count) % 360, 1),
                )
            )
    return District(departments, tuple(sites), tuple(found))
