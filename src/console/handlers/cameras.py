"""Cameras enter and leave the directory. Passwords go to the secret store first, and never to the database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from uuid import uuid4

from ...domain.cameras import (
    Camera,
    CameraId,
    Department,
    DepartmentId,
    District,
    Site,
    SiteId,
    check_no_credentials,
    check_stream_uri,
)
from ...domain.commands import AddCamera, AddDistrict, Command, RemoveCamera
from ...domain.errors import GwanjeError
from ...domain.ports import Directory, SecretStore
from ..devices import DeviceHub
from ..dispatch import Dispatcher, Done, Lane
from ..state import DirectoryState, WallState

Refresh = Callable[[CameraId], None]
"""Tells the video pool that a camera's address or password changed."""


@dataclass(frozen=True, slots=True)
class _Added:
    district: District
    camera: Camera


class CameraHandlers:
    def __init__(
        self,
        directory: DirectoryState,
        wall: WallState,
        book: Directory,
        secrets: SecretStore,
        hub: DeviceHub,
        database: Lane,
        refresh: Refresh,
    ) -> None:
        self._state = directory
        self._wall = wall
        self._book = book
        self._secrets = secrets
        self._hub = hub
        self._database = database
        self._refresh = refresh

    def register(self, dispatcher: Dispatcher) -> None:
        dispatcher.register(AddCamera, self.add_camera)
        dispatcher.register(AddDistrict, self.add_district)
        dispatcher.register(RemoveCamera, self.remove_camera)

    def add_camera(self, command: Command, done: Done) -> None:
        c = cast(AddCamera, command)
        check_stream_uri(c.main_uri)
        if c.sub_uri:
            check_stream_uri(c.sub_uri)
        check_no_credentials(c.device_address)
        if not c.name.strip():
            raise GwanjeError("a camera needs a name", place="name")

        def work() -> _Added:
            district = self._book.district()
            department, site, camera = _new_camera(c, district)
            if c.password:
                self._secrets.put(camera.secret_key, c.password)
            self._book.put((department,), (site,), (camera,))
            return _Added(self._book.district(), camera)

        def then(added: _Added | None, error: GwanjeError | None) -> None:
            if added is None:
                done(None, error)
                return
            self._take_over(added.district, (added.camera,))
            done({"camera": added.camera.id, "number": added.camera.number}, None)

        self._database.submit(work, then)

    def add_district(self, command: Command, done: Done) -> None:
        c = cast(AddDistrict, command)
        for camera in c.cameras:
            check_stream_uri(camera.main_uri)
            check_no_credentials(camera.sub_uri)
            check_no_credentials(camera.device_address)

        def work() -> District:
            if c.password:
                for camera in c.cameras:
                    self._secrets.put(camera.secret_key, c.password)
            self._book.put(c.departments, c.sites, c.cameras)
            return self._book.district()

        def then(district: District | None, error: GwanjeError | None) -> None:
            if district is None:
                done(None, error)
                return
            self._take_over(district, c.cameras)
            done({"sites": len(c.sites), "cameras": len(c.cameras)}, None)

        self._database.submit(work, then)

    def _take_over(self, district: District, changed: tuple[Camera, ...]) -> None:
        for camera in changed:
            self._hub.forget(camera.id)
        self._state.set_district(district)
        for camera in changed:
            self._refresh(camera.id)

    def remove_camera(self, command: Command, done: Done) -> None:
        camera = self._state.camera(cast(RemoveCamera, command).camera_id)

        def work() -> District:
            self._book.remove_camera(camera.id)
            self._secrets.delete(camera.secret_key)
            return self._book.district()

        def then(district: District | None, error: GwanjeError | None) -> None:
            if district is None:
                done(None, error)
                return
            self._wall.forget_camera(camera.id)
            self._take_over(district, (camera,))
            done({"number": camera.number, "name": camera.name}, None)

        self._database.submit(work, then)


def _new_camera(c: AddCamera, district: District) -> tuple[Department, Site, Camera]:
    """The department and site it belongs to, found by name or made, and the camera with the next free number."""
    department_name = c.department.strip() or "-"
    department = next((d for d in district.departments if d.name == department_name), None) or Department(
        DepartmentId(str(uuid4())), department_name
    )
    site_name = c.site.strip() or c.name.strip()
    site = next((s for s in district.sites if s.name == site_name and s.department_id == department.id), None)
    if site is None:
        site = Site(SiteId(str(uuid4())), site_name, department.id, c.latitude, c.longitude)
    camera = Camera(
        id=CameraId(str(uuid4())),
        number=max((x.number for x in district.cameras), default=0) + 1,
        name=c.name.strip(),
        site_id=site.id,
        purpose=c.purpose.strip(),
        latitude=site.latitude if c.latitude is None else c.latitude,
        longitude=site.longitude if c.longitude is None else c.longitude,
        main_uri=c.main_uri.strip(),
        sub_uri=c.sub_uri.strip(),
        device_address=c.device_address.strip(),
        user=c.user.strip(),
        ptz=bool(c.device_address.strip()),
    )
    return department, site, camera
