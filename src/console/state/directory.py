"""The cameras, sites and departments as last read from the database."""

from PySide6.QtCore import QObject, Signal

from ...domain.cameras import Camera, CameraId, Department, District, Site
from ...domain.errors import NotFoundError


class DirectoryState(QObject):
    """Signals: changed()."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.district = District()
        self.cameras: dict[CameraId, Camera] = {}
        self._by_number: dict[int, Camera] = {}

    def set_district(self, district: District) -> None:
        self.district = district
        self.cameras = {c.id: c for c in district.cameras}
        self._by_number = {c.number: c for c in district.cameras}
        self.changed.emit()

    def camera(self, camera_id: CameraId) -> Camera:
        """Raises NotFoundError."""
        try:
            return self.cameras[camera_id]
        except KeyError:
            raise NotFoundError("this camera is not in the directory any more") from None

    def by_number(self, number: int) -> Camera | None:
        return self._by_number.get(number)

    def site_of(self, camera: Camera) -> Site | None:
        return next((s for s in self.district.sites if s.id == camera.site_id), None)

    def department_of(self, camera: Camera) -> Department | None:
        site = self.site_of(camera)
        return next((d for d in self.district.departments if site and d.id == site.department_id), None)
