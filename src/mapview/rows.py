"""The cameras of a district as the page needs them."""

from collections.abc import Iterator

from ..domain.cameras import Camera, District


def placed(district: District) -> Iterator[tuple[Camera, float, float]]:
    """Each camera that has a place, with its latitude and longitude (WGS84 degrees), in the order of the numbers."""
    for camera in sorted(district.cameras, key=lambda camera: camera.number):
        if camera.latitude is not None and camera.longitude is not None:
            yield camera, camera.latitude, camera.longitude


def camera_rows(district: District) -> list[dict[str, object]]:
    """One JSON object for each camera that has a place; resources/map/markers.js reads these keys."""
    sites = {site.id: site for site in district.sites}
    departments = {department.id: department.name for department in district.departments}
    rows: list[dict[str, object]] = []
    for camera, latitude, longitude in placed(district):
        site = sites.get(camera.site_id)
        rows.append(
            {
                "id": camera.id,
                "number": camera.number,
                "name": camera.name,
                "department": departments.get(site.department_id, "") if site else "",
                "purpose": camera.purpose,
                "ptz": camera.ptz,
                "bearing": camera.bearing,
                "at": [latitude, longitude],
            }
        )
    return rows
