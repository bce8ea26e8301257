"""What must hold of a directory before it is written."""

import math
from collections.abc import Collection, Mapping, Sequence
from urllib.parse import urlsplit

from ..domain.cameras import Camera, Department, Site
from ..domain.errors import RecordsError


def check_district(
    known_departments: Collection[str],
    known_sites: Collection[str],
    numbers: Mapping[str, int],
    departments: Sequence[Department],
    sites: Sequence[Site],
    cameras: Sequence[Camera],
) -> None:
    """Raise RecordsError when these rows do not fit those that are there.

    `known_*` are the ids that are there already, `numbers` the number of each camera that is there, by its id.
    """
    department_ids = {*known_departments, *(d.id for d in departments)}
    for site in sites:
        if site.department_id not in department_ids:
            raise RecordsError("its department is not in the directory", place=f"site {site.name!r}")
        _check_position(site.latitude, site.longitude, f"site {site.name!r}")
    site_ids = {*known_sites, *(s.id for s in sites)}
    for camera in cameras:
        place = f"camera {camera.number}"
        if camera.site_id not in site_ids:
            raise RecordsError("its site is not in the directory", place=place)
        if not 1 <= camera.number < 2**63:
            raise RecordsError("a camera's number is a whole number from 1", place=place)
        _check_position(camera.latitude, camera.longitude, place)
        if camera.bearing is not None and not math.isfinite(camera.bearing):
            raise RecordsError("the bearing is not a number", place=place)
        for uri in (camera.main_uri, camera.sub_uri, camera.device_address):
            _check_no_credentials(uri, place)
    holders: dict[int, str] = {}
    after: dict[str, int] = {**numbers, **{str(c.id): c.number for c in cameras}}
    for camera_id, number in after.items():
        if holders.setdefault(number, camera_id) != camera_id:
            raise RecordsError("two cameras would have this number", place=f"camera {number}", cure="give another one")


def _check_position(latitude: float | None, longitude: float | None, place: str) -> None:
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        raise RecordsError("latitude and longitude go together", place=place)
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        raise RecordsError("latitude and longitude are not numbers", place=place)


def _check_no_credentials(uri: str, place: str) -> None:
    # The last line of defence: forms and imports check it first, with a message for the person who typed it.
    try:
        parts = urlsplit(uri)
        found = parts.username is not None or parts.password is not None
    except ValueError:
        found = "@" in uri
    if found:
        raise RecordsError(
            "its address contains a user name or a password", place=place, cure="enter them in their own fields"
        )
