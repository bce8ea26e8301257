"""Cameras, the sites where they stand and the departments that own them (docs/glossary.md)."""

from dataclasses import dataclass
from typing import NewType
from urllib.parse import urlsplit

from .errors import GwanjeError

CameraId = NewType("CameraId", str)
SiteId = NewType("SiteId", str)
DepartmentId = NewType("DepartmentId", str)


@dataclass(frozen=True, slots=True)
class Department:
    """The owner of sites."""

    id: DepartmentId
    name: str


@dataclass(frozen=True, slots=True)
class Site:
    """One place with one or more cameras. WGS84 degrees, both None while nobody has placed it on the map."""

    id: SiteId
    name: str
    department_id: DepartmentId
    latitude: float | None
    longitude: float | None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera as the directory knows it.

    Attributes:
        number: what an agent types to call it ("17 Enter"); unique in a centre, at least 1.
        purpose: the stated purpose under which it may be watched and moved; free text is kept as it came.
        latitude, longitude: WGS84 degrees, both None while nobody has placed it.
        bearing: degrees clockwise from north, None when unknown.
        device_address: URL of the ONVIF device service, empty for a camera that is only a stream.
        main_uri, sub_uri: RTSP addresses without credentials; sub_uri is empty where there is only one stream.
        main_profile, sub_profile: ONVIF media profile tokens of the two streams, empty when unknown.
        user: the user name at the camera; the password lies in the SecretStore under `secret_key`.
    """

    id: CameraId
    number: int
    name: str
    site_id: SiteId
    purpose: str
    latitude: float | None
    longitude: float | None
    main_uri: str
    sub_uri: str = ""
    device_address: str = ""
    main_profile: str = ""
    sub_profile: str = ""
    user: str = ""
    ptz: bool = False
    bearing: float | None = None

    @property
    def secret_key(self) -> str:
        """The name under which the SecretStore keeps this camera's password."""
        return f"camera/{self.id}"


@dataclass(frozen=True, slots=True)
class District:
    """Everything that the directory holds, consistent at one moment."""

    departments: tuple[Department, ...] = ()
    sites: tuple[Site, ...] = ()
    cameras: tuple[Camera, ...] = ()


def check_stream_uri(uri: str) -> str:
    """Return `uri` when it is a stream address that may be stored.

    Raises GwanjeError when it is not rtsp(s)://host..., or carries credentials (they belong in the SecretStore).
    """
    try:
        parts = urlsplit(uri.strip())
        port_is_valid = parts.port is None or 0 < parts.port < 65536
    except ValueError:
        raise GwanjeError("this is not a stream address", place="address", cure="write rtsp://host:port/path") from None
    if parts.scheme not in {"rtsp", "rtsps"} or not parts.hostname or not port_is_valid:
        raise GwanjeError("this is not a stream address", place="address", cure="write rtsp://host:port/path")
    return check_no_credentials(uri)


def check_no_credentials(address: str) -> str:
    """Return an address of any kind when nothing in it is a user name or a password. Raises GwanjeError."""
    if address.strip() != without_credentials(address):
        raise GwanjeError(
            "the address contains a user name or a password", place="address", cure="enter them in their own fields"
        )
    return address.strip()


def without_credentials(address: str) -> str:
    """What may be recorded of an address that somebody typed: nothing between "//" and the host.

    A password may hold any sign, also unescaped, so everything up to the last "@" goes; in a path it is written %40.
    """
    before, at, rest = address.strip().rpartition("@")
    scheme, slashes, _ = before.partition("//")
    return scheme + slashes + rest if at and slashes else rest
