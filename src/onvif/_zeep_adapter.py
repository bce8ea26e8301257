"""The only file that knows zeep and onvif-zeep. Of the latter it uses ONVIFService; its ONVIFCamera is not sound.

The WSDL files are read once for the whole process, not once for each camera.
"""

import logging
import os
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from lxml import etree

from ..assets import asset
from ..domain.credentials import Credential
from ..domain.errors import BrokenAnswerError, DeviceError


def _import_quietly() -> Any:
    """Import onvif-zeep without its side effects.

    It calls logging.basicConfig (idle while the root logger has a handler), turns one of zeep's loggers down, and is
    known to delete proxies from the environment.
    """
    root, guard, zeep_log = logging.getLogger(), logging.NullHandler(), logging.getLogger("zeep.client")
    level, environment = zeep_log.level, dict(os.environ)
    root.addHandler(guard)
    try:
        from onvif import ONVIFService
    finally:
        root.removeHandler(guard)
        zeep_log.setLevel(level)
        for name in environment.keys() - os.environ.keys():
            os.environ[name] = environment[name]
    return ONVIFService


log = logging.getLogger(__name__)
# It logs what cameras send, with tracebacks; what matters of that is in our own errors.
logging.getLogger("zeep").setLevel(logging.CRITICAL)

ONVIFService = _import_quietly()

# After the quiet import: onvif-zeep imports zeep itself.
import zeep  # noqa: E402
from zeep.wsdl import Document  # noqa: E402
from zeep.wsse.username import UsernameToken  # noqa: E402

# zeep is half typed; these are called as its documentation says.
_Client: Any = zeep.Client
_Document: Any = Document
_UsernameToken: Any = UsernameToken


@dataclass(frozen=True, slots=True)
class Contract:
    """A service that is spoken here: its short name, namespace, binding and file below resources/vendor/wsdl."""

    name: str
    namespace: str
    binding: str
    wsdl: str


DEVICE = Contract(
    "device", "http://www.onvif.org/ver10/device/wsdl", "DeviceBinding", "ver10/device/wsdl/devicemgmt.wsdl"
)
MEDIA = Contract("media", "http://www.onvif.org/ver10/media/wsdl", "MediaBinding", "ver10/media/wsdl/media.wsdl")
MEDIA2 = Contract("media2", "http://www.onvif.org/ver20/media/wsdl", "Media2Binding", "ver20/media/wsdl/media.wsdl")
PTZ = Contract("ptz", "http://www.onvif.org/ver20/ptz/wsdl", "PTZBinding", "ver20/ptz/wsdl/ptz.wsdl")


class Channel(Protocol):
    """What a service needs of the line to its camera."""

    def post(self, address: str, message: bytes, headers: dict[str, str]) -> bytes:
        """Send an envelope and return the envelope that answers. Raises DeviceError."""

    def token(self) -> tuple[Credential, datetime] | None:
        """Who signs the next message and at which time by the camera's clock; None for an unsigned message."""


class Service:
    """One ONVIF service of one camera."""

    def __init__(self, contract: Contract, address: str, channel: Channel, place: str) -> None:
        self._place = place
        client = _Client(
            _document(contract.wsdl), wsse=_Signature(channel), transport=_Transport(channel), settings=_SETTINGS
        )
        self._service = ONVIFService(
            address,
            None,
            None,
            str(asset(f"vendor/wsdl/{contract.wsdl}")),
            zeep_client=client,
            binding_name=f"{{{contract.namespace}}}{contract.binding}",
        )

    def call(self, operation: str, parameters: dict[str, Any]) -> Any:
        """Return the answer as zeep's value (attributes named as in the schema). Raises DeviceError."""
        # Past ONVIFService's own wrapper: it sends a message a second time when zeep stumbles over the first answer.
        function = getattr(self._service.ws_client, operation)
        failure: DeviceError
        try:
            return function(**parameters)
        except DeviceError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 - whatever a strange answer does to zeep is a broken answer
            log.debug("%s: %s does not fit the schema: %s", self._place, operation, type(error).__name__)
            failure = BrokenAnswerError("the camera's answer does not fit the ONVIF schema", place=self._place)
        # Raised outside the handler, so that the foreign exception (it quotes what was received) is not its context.
        raise failure


def preload() -> None:
    """Read the WSDL files of every service that is spoken here."""
    for contract in (DEVICE, MEDIA, MEDIA2, PTZ):
        _document(contract.wsdl)


class _Transport:
    """zeep's transport, over a channel."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def post_xml(self, address: str, envelope: etree._Element, headers: dict[str, str]) -> "_Response":
        message = etree.tostring(envelope, xml_declaration=True, encoding="utf-8")
        return _Response(self._channel.post(address, message, headers))


class _Response:
    """What zeep reads of a response; the channel has checked it already."""

    status_code = 200
    encoding = "utf-8"

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.headers = {"Content-Type": "application/soap+xml"}


class _Signature:
    """zeep's wsse plugin: WS-UsernameToken with a digest, made anew for each message."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def apply(self, envelope: Any, headers: Any) -> Any:
        signer = self._channel.token()
        if signer is None:
            return envelope, headers
        credential, created = signer
        token = _UsernameToken(
            credential.user, credential.password, use_digest=True, created=created, zulu_timestamp=True
        )
        return token.apply(envelope, headers)

    def verify(self, envelope: Any) -> None:
        """Answers are not signed."""


class _LocalFiles:
    """The transport that reads WSDL files: those that ship with the program and nothing else."""

    def load(self, url: str) -> bytes:
        parts = urlsplit(url)
        path = Path(unquote(parts.path) if parts.scheme == "file" else url).resolve()
        if not path.is_relative_to(asset("vendor/wsdl").resolve()):
            raise FileNotFoundError(f"a WSDL file refers to {url}, which is not beside it")
        return path.read_bytes()


_SETTINGS = zeep.Settings(
    strict=False, xml_huge_tree=False, forbid_dtd=True, forbid_entities=True, forbid_external=True
)
_documents: dict[str, Any] = {}
_documents_lock = threading.Lock()


def _document(wsdl: str) -> Any:
    """The parsed WSDL; parsed by the first that asks while others wait. Raises AssetMissingError."""
    with _documents_lock:
        if wsdl not in _documents:
            path = asset(f"vendor/wsdl/{wsdl}")
            _documents[wsdl] = _Document(str(path), _LocalFiles(), settings=_SETTINGS)
        return _documents[wsdl]
