"""What the console asks a worker for: one attempt at one stream."""

from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit, urlunsplit

from ..port import Pixels, Transport

_PORTS = {"rtsp": 554, "rtsps": 322}


def port_of(uri: str) -> int:
    """Where the camera listens; 0 where the address makes no sense."""
    try:
        parts = urlsplit(uri)
        return parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return 0


@dataclass(frozen=True, slots=True)
class Order:
    """The uri holds no credentials; they are put together in memory only.

    Attributes:
        row: the session's row on the board. width, height: the box that the pictures have to fit into.
        sequence: the first picture gets the next number. engine: which kind of session decodes it.
        hardware: what decodes if it can ("auto" is whatever is found), "" for the processor.
    """

    session: int
    row: int
    uri: str
    width: int
    height: int
    sequence: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    transport: Transport = Transport.AUTO
    pixels: Pixels = Pixels.BGRX
    engine: str = "ffmpeg"
    hardware: str = ""

    def location(self) -> str:
        """The address with the credentials in it, percent-encoded (RFC 3986, 3.2.1), as FFmpeg wants them."""
        if not self.user:
            return self.uri
        parts = urlsplit(self.uri)
        userinfo = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        return urlunsplit(parts._replace(netloc=f"{userinfo}@{parts.netloc.rpartition('@')[2]}"))
