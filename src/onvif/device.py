"""The DevicePort over ONVIF."""

import threading

from ..domain.cameras import Camera
from ..domain.credentials import Credential
from ..domain.devices import DeviceInfo, MediaProfile
from ..domain.errors import BrokenAnswerError, UnsupportedError
from ..domain.ptz import PtzPosition, PtzPreset, PtzStatus, PtzVelocity
from ._addresses import device_address, stream_address
from ._line import Line
from ._media import Media
from ._ptz import Ptz
from ._zeep_adapter import DEVICE
from .timeouts import Timeouts

_JPEG = b"\xff\xd8"


class OnvifDevice:
    """One camera. Nothing is sent before the first call.

    Two lines (HTTP connections with their own state) lead to the camera: one for everything, and one for `stop_ptz`
    alone, so that a stop goes out at once while another call still waits for its answer.
    """

    def __init__(self, camera: Camera, credential: Credential | None, *, timeouts: Timeouts) -> None:
        self._camera = camera
        self._place = camera.name or camera.id
        self._credential = credential
        self._timeouts = timeouts
        self._lanes: tuple[_Lane, _Lane] | None = None
        self._making = threading.Lock()
        self._stopping = threading.Lock()
        self._stops = 0

    # --- who it is ----------------------------------------------------------------------------------------------------

    def info(self) -> DeviceInfo:
        line = self._lane.line
        services = tuple(sorted(line.services()))
        answer = line.call(DEVICE, "GetDeviceInformation")
        manufacturer, model, firmware, serial = (
            str(getattr(answer, name, None) or "")
            for name in ("Manufacturer", "Model", "FirmwareVersion", "SerialNumber")
        )
        return DeviceInfo(manufacturer, model, firmware, serial, line.clock_offset_s(), services)

    # --- streams ------------------------------------------------------------------------------------------------------

    def profiles(self) -> tuple[MediaProfile, ...]:
        return self._lane.media.profiles()

    def stream_uri(self, profile_token: str) -> str:
        lane = self._lane
        return stream_address(lane.address, lane.media.stream_uri(profile_token), self._place)

    def snapshot(self, profile_token: str) -> bytes:
        lane = self._lane
        picture = lane.line.download(lane.media.snapshot_uri(profile_token))
        if not picture.startswith(_JPEG):
            raise BrokenAnswerError("the camera's snapshot is not a JPEG", place=self._place)
        return picture

    def request_key_frame(self, profile_token: str) -> None:
        self._lane.media.request_key_frame(profile_token)

    # --- PTZ ----------------------------------------------------------------------------------------------------------

    def move_ptz(self, velocity: PtzVelocity, timeout_s: float) -> None:
        lane, stops = self._lane, self._stops
        token = lane.ptz_token()
        if velocity.still:
            lane.ptz.stop(token)
            return
        try:
            if self._stops == stops:
                lane.ptz.move(token, velocity, timeout_s)
        finally:
            if self._stops != stops:
                # A stop was sent meanwhile; the camera may have got it before the move, so it gets another one.
                lane.ptz.stop(token)

    def move_ptz_to(self, position: PtzPosition) -> None:
        lane = self._lane
        lane.ptz.move_to(lane.ptz_token(), position)

    def stop_ptz(self) -> None:
        self._stops += 1
        main, stop = self._both_lanes()
        with self._stopping:
            stop.adopt(main)
            stop.ptz.stop(stop.ptz_token())

    def ptz_status(self) -> PtzStatus:
        lane = self._lane
        return lane.ptz.status(lane.ptz_token())

    def ptz_presets(self) -> tuple[PtzPreset, ...]:
        lane = self._lane
        return lane.ptz.presets(lane.ptz_token())

    def go_to_ptz_preset(self, token: str) -> None:
        lane = self._lane
        lane.ptz.go_to_preset(lane.ptz_token(), token)

    def store_ptz_preset(self, name: str) -> PtzPreset:
        lane = self._lane
        return lane.ptz.store_preset(lane.ptz_token(), name)

    def go_to_ptz_home(self) -> None:
        lane = self._lane
        lane.ptz.go_home(lane.ptz_token())

    def close(self) -> None:
        """End the connections; may be called more than once. A later call opens them again."""
        with self._making:
            for lane in self._lanes or ():
                lane.line.close()

    # --- lanes --------------------------------------------------------------------------------------------------------

    @property
    def _lane(self) -> "_Lane":
        return self._both_lanes()[0]

    def _both_lanes(self) -> tuple["_Lane", "_Lane"]:
        with self._making:
            if self._lanes is None:
                if not self._camera.device_address:
                    raise UnsupportedError("this camera is known by its stream alone", place=self._place)
                address = device_address(self._camera.device_address, self._place)
                self._lanes = (self._new_lane(address), self._new_lane(address))
            return self._lanes

    def _new_lane(self, address: str) -> "_Lane":
        line = Line(address, self._place, self._credential, self._timeouts)
        return _Lane(line, address, self._place, self._camera.main_profile)


class _Lane:
    """A line with the services that are spoken over it."""

    def __init__(self, line: Line, address: str, place: str, main_profile: str) -> None:
        self.line = line
        self.address = address
        self.media = Media(line, place)
        self.ptz = Ptz(line, place)
        self._place = place
        self._main_profile = main_profile
        self._ptz_token: str | None = None

    def ptz_token(self) -> str:
        """The media profile through which PTZ is driven: the camera's main one if it can, else the first that can.

        Asked once. Raises UnsupportedError when the camera cannot be moved.
        """
        if self._ptz_token is None:
            if "ptz" not in self.line.services():
                raise UnsupportedError("this camera cannot be moved", place=self._place)
            tokens = [p.token for p in self.media.profiles() if p.ptz]
            tokens = tokens or [p.token for p in self.media.profiles_of_media1() if p.ptz]
            if not tokens:
                raise UnsupportedError("this camera cannot be moved", place=self._place)
            self._ptz_token = self._main_profile if self._main_profile in tokens else tokens[0]
        return self._ptz_token

    def adopt(self, other: "_Lane") -> None:
        """Take over what the other lane has found out, so that nothing needs to be asked first."""
        known = other.line.knowledge()
        if known is not None:
            self.line.adopt(known)
        self._ptz_token = other._ptz_token or self._ptz_token
