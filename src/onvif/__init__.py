"""Cameras on the wire: the DevicePort of gwanje.domain.devices, answered over ONVIF.

Importing this room is quick and starts nothing: zeep, onvif-zeep and the WSDL files are loaded by the first call to a
camera, or by `preload()`.
"""

from typing import TYPE_CHECKING, Any

from ..domain.cameras import Camera
from ..domain.credentials import Credential
from ..domain.devices import DevicePort
from .timeouts import Timeouts

if TYPE_CHECKING:
    from .device import OnvifDevice

__all__ = ["OnvifDevice", "Timeouts", "open_device", "preload"]


def open_device(camera: Camera, credential: Credential | None, *, timeouts: Timeouts | None = None) -> DevicePort:
    """Return the port of a camera; nothing is sent before its first call. It fits `DeviceFactory`."""
    from .device import OnvifDevice

    return OnvifDevice(camera, credential, timeouts=timeouts or Timeouts())


def preload() -> None:
    """Read the WSDL files now (some tenths of a second of one core), so that the first camera need not wait for it.

    Raises AssetMissingError when set-up has not put them in place. May be called from any thread, any number of times.
    """
    from . import _zeep_adapter

    _zeep_adapter.preload()


def __getattr__(name: str) -> Any:
    if name == "OnvifDevice":
        from .device import OnvifDevice

        return OnvifDevice
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
