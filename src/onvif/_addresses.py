"""Which address is really dialled. Cameras tell inner addresses: the dialled host is kept."""

from urllib.parse import SplitResult, urlsplit, urlunsplit

from ..domain.cameras import check_stream_uri
from ..domain.errors import BrokenAnswerError, GwanjeError, UnreachableError

DEFAULT_PATH = "/onvif/device_service"


def device_address(text: str, place: str) -> str:
    """Return the URL of a device service, without credentials; scheme and path may be left out.

    Raises UnreachableError when there is no such URL in `text`.
    """
    text = text.strip()
    parts = _split(text if "://" in text else f"http://{text}")
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UnreachableError(
            "the ONVIF address cannot be dialled", place=place, cure="write http://host:port/onvif/device_service"
        )
    path = parts.path if parts.path not in {"", "/"} else DEFAULT_PATH
    return urlunsplit((parts.scheme, _netloc(parts.hostname, parts.port), path, parts.query, ""))


def service_address(dialled: str, told: str, place: str) -> str:
    """Return the address of a service or a snapshot: path and query as told; scheme, host and port as dialled."""
    here, there = urlsplit(dialled), _split(told.strip())
    if there is None or there.scheme not in {"http", "https", ""}:
        raise BrokenAnswerError("the camera tells an address that is none", place=place)
    return urlunsplit((here.scheme, here.netloc, there.path or "/", there.query, ""))


def stream_address(dialled: str, told: str, place: str) -> str:
    """Return the RTSP address: scheme, port, path and query as told, host as dialled, credentials dropped."""
    host, there = urlsplit(dialled).hostname, _split(told.strip())
    if there is None or host is None:
        raise BrokenAnswerError("the camera tells a stream address that is none", place=place)
    uri = urlunsplit((there.scheme, _netloc(host, there.port), there.path, there.query, ""))
    try:
        return check_stream_uri(uri)
    except GwanjeError:
        pass
    raise BrokenAnswerError("the camera tells a stream address that is none", place=place)


def _split(url: str) -> SplitResult | None:
    """urlsplit, or None where it (or its port) is malformed."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _netloc(host: str, port: int | None) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port is None else f"{name}:{port}"
