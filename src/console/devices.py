"""The open device ports, two for each camera, and their passwords. For the lanes: every call may block."""

import threading

from ..domain.cameras import Camera, CameraId
from ..domain.credentials import Credential
from ..domain.devices import DeviceFactory, DevicePort
from ..domain.errors import UnsupportedError
from ..domain.ports import SecretStore


class DeviceHub:
    """Thread-safe."""

    def __init__(self, factory: DeviceFactory, secrets: SecretStore) -> None:
        self._factory = factory
        self._secrets = secrets
        self._lock = threading.Lock()
        self._ports: dict[CameraId, DevicePort] = {}
        self._help_ports: dict[CameraId, DevicePort] = {}
        self._credentials: dict[CameraId, Credential | None] = {}

    def credential(self, camera: Camera) -> Credential | None:
        """User and password of the camera, None when it has neither."""
        with self._lock:
            if camera.id in self._credentials:
                return self._credentials[camera.id]
        password = self._secrets.get(camera.secret_key)
        credential = Credential(camera.user, password or "") if camera.user or password else None
        with self._lock:
            self._credentials[camera.id] = credential
        return credential

    def port(self, camera: Camera) -> DevicePort:
        """For the camera's lane.

        Raises UnsupportedError for a camera without a device service (added by stream address only).
        """
        return self._open(camera, self._ports)

    def help_port(self, camera: Camera) -> DevicePort:
        """The same for camera_help.py: a snapshot that takes its time must not hold up what an operator does."""
        return self._open(camera, self._help_ports)

    def _open(self, camera: Camera, ports: dict[CameraId, DevicePort]) -> DevicePort:
        if not camera.device_address:
            raise UnsupportedError(
                "this camera was added by its stream address and has no ONVIF service", place=camera.name
            )
        credential = self.credential(camera)
        with self._lock:
            if camera.id not in ports:
                ports[camera.id] = self._factory(camera, credential)
            return ports[camera.id]

    def forget(self, camera_id: CameraId) -> None:
        """The camera changed or is gone: the next call opens it anew."""
        with self._lock:
            ports = [self._ports.pop(camera_id, None), self._help_ports.pop(camera_id, None)]
            self._credentials.pop(camera_id, None)
        for port in ports:
            if port is not None:
                port.close()

    def close(self) -> None:
        with self._lock:
            ports = [*self._ports.values(), *self._help_ports.values()]
            self._ports.clear()
            self._help_ports.clear()
            self._credentials.clear()
        for port in ports:
            port.close()
