"""PTZ beside the held motion: presets and home."""

from typing import cast

from PySide6.QtCore import QObject, Signal

from ...domain.cameras import Camera, CameraId
from ...domain.commands import Command, GoToPtzHome, GoToPtzPreset, MovePtz, StopPtz, StorePtzPreset
from ...domain.errors import GwanjeError
from ...domain.ptz import PtzPreset
from ..devices import DeviceHub
from ..dispatch import Dispatcher, Done, Lanes
from ..ptz import PtzMotions
from ..state import DirectoryState


class PtzHandlers(QObject):
    """Signals:

    presets_changed(str camera_id, tuple[PtzPreset, ...]): read from the camera.
    """

    presets_changed = Signal(str, object)

    def __init__(self, motions: PtzMotions, directory: DirectoryState, hub: DeviceHub, lanes: Lanes) -> None:
        super().__init__()
        self._motions = motions
        self._directory = directory
        self._hub = hub
        self._lanes = lanes

    def register(self, dispatcher: Dispatcher) -> None:
        dispatcher.register(MovePtz, self._motions)
        dispatcher.register(StopPtz, self._motions.stop)
        dispatcher.register(GoToPtzPreset, self.go_to_preset)
        dispatcher.register(GoToPtzHome, self.go_home)
        dispatcher.register(StorePtzPreset, self.store_preset)

    def go_to_preset(self, command: Command, done: Done) -> None:
        c = cast(GoToPtzPreset, command)
        camera = self._directory.camera(c.camera_id)
        self._lanes.camera(camera.id).submit(
            lambda: self._hub.port(camera).go_to_ptz_preset(c.token), lambda _, error: done(None, error)
        )

    def go_home(self, command: Command, done: Done) -> None:
        camera = self._directory.camera(cast(GoToPtzHome, command).camera_id)
        self._lanes.camera(camera.id).submit(
            lambda: self._hub.port(camera).go_to_ptz_home(), lambda _, error: done(None, error)
        )

    def store_preset(self, command: Command, done: Done) -> None:
        c = cast(StorePtzPreset, command)
        camera = self._directory.camera(c.camera_id)
        if not c.name.strip():
            raise GwanjeError("a PTZ preset needs a name", place=camera.name)

        def stored(preset: PtzPreset | None, error: GwanjeError | None) -> None:
            done({"token": preset.token} if preset else None, error)
            self.read_presets(camera.id)

        self._lanes.camera(camera.id).submit(lambda: self._hub.port(camera).store_ptz_preset(c.name.strip()), stored)

    def read_presets(self, camera_id: CameraId) -> None:
        """Ask the camera for its presets; the answer comes by `presets_changed`, an empty one when it cannot tell.

        Reading is not an action of the operator, so it has no row.
        """
        camera = self._directory.cameras.get(camera_id)
        if camera is None or not camera.ptz or not camera.device_address:
            self.presets_changed.emit(camera_id, ())
            return

        def read(at: Camera = camera) -> tuple[PtzPreset, ...]:
            return self._hub.port(at).ptz_presets()

        self._lanes.camera(camera_id).submit(
            read, lambda presets, _: self.presets_changed.emit(camera_id, presets or ())
        )
