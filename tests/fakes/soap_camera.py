"""A small ONVIF camera on a socket, with the faults that cameras in the field have, for tests of the ONVIF room.

with SoapCamera(Quirks(media2=False)) as camera:
    device = open_device(camera.directory_entry(), camera.credential)
"""

import base64
import hashlib
import hmac
import socket
import threading
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xml.etree import ElementTree

from gwanje.domain.cameras import Camera, CameraId, SiteId
from gwanje.domain.credentials import Credential
from tests.fakes.soap_answers import NAMESPACES, PASSWORD, USER, Quirks, SoapAnswers, SoapFaultError

JPEG = b"\xff\xd8\xff\xe0" + bytes(200) + b"\xff\xd9"
_ENVELOPE = "http://www.w3.org/2003/05/soap-envelope"
_WSSE = "{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd}"
_WSU = "{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd}"


class SoapCamera(SoapAnswers):
    """The camera; runs while it is entered. `operations` lists what was asked, in order, refused ones too."""

    def __init__(self, quirks: Quirks | None = None) -> None:
        super().__init__(quirks or Quirks())
        self.operations: list[str] = []
        self.requests: list[tuple[str, str]] = []
        self.released = threading.Event()
        camera = self

        class Handler(_Handler):
            soap = camera

        self._server = _Server(("127.0.0.1", 0), Handler)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def credential(self) -> Credential:
        return Credential(USER, PASSWORD)

    def directory_entry(self, **changes: Any) -> Camera:
        entry: dict[str, Any] = {
            "id": CameraId("cam1"),
            "number": 1,
            "name": "Gate 1",
            "site_id": SiteId("site1"),
            "purpose": "crime prevention",
            "latitude": 37.58,
            "longitude": 126.94,
            "main_uri": "rtsp://127.0.0.1:8554/main",
            "device_address": f"http://127.0.0.1:{self.port}/onvif/device_service",
        }
        return Camera(**(entry | changes))

    def __enter__(self) -> "SoapCamera":
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="soap-camera", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are no news."""


class _Handler(BaseHTTPRequestHandler):
    soap: SoapCamera
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:
        pass

    def handle(self) -> None:
        if self.soap.quirks.silent:
            self.soap.released.wait()
            return
        super().handle()

    def do_GET(self) -> None:
        self.soap.requests.append(("GET", self.path))
        if not self._http_signed({"digest", "any", "token"}, basic=self.soap.quirks.auth == "basic"):
            return
        if "snapshot" in self.soap.quirks.raw:
            self._raw(self.soap.quirks.raw["snapshot"])
        elif self.path.startswith("/snapshot/"):
            self._reply(200, JPEG, "image/jpeg")
        else:
            self._reply(404, b"", "text/plain")

    def do_POST(self) -> None:
        quirks = self.soap.quirks
        content = self.rfile.read(int(self.headers["Content-Length"]))
        envelope = ElementTree.fromstring(content)
        request = envelope[-1][0]
        namespace, _, operation = request.tag[1:].partition("}")
        service = next(s for s, n in NAMESPACES.items() if n == namespace)
        self.soap.operations.append(operation)
        self.soap.requests.append(("POST", self.path))
        if quirks.delay_s:
            self.soap.released.wait(quirks.delay_s)
        if operation in quirks.silent_operations:
            self.soap.released.wait()
            self.close_connection = True
            return
        open_to_all = operation == "GetSystemDateAndTime" and quirks.tells_time and quirks.auth != "digest"
        try:
            if not open_to_all and not self._signed(envelope):
                return
            if operation in quirks.raw:
                self._raw(quirks.raw[operation])
                return
            if operation in quirks.missing_operations:
                self._missing(quirks.missing_operations[operation])
                return
            body, status = self.soap.answer(service, operation, request), 200
        except SoapFaultError as fault:
            body, status = fault.body, 400
        self._reply(status, _wrap(body), "application/soap+xml; charset=utf-8")

    def _missing(self, how: str) -> None:
        if how == "fault":
            raise SoapFaultError("ter:ActionNotSupported", "Optional Action Not Implemented")
        if how == "empty":
            self._reply(200, b"", "application/soap+xml")
        elif how == "404":
            self._reply(404, b"<html>not found</html>", "text/html")
        else:
            self._raw(b"")

    def _signed(self, envelope: ElementTree.Element) -> bool:
        quirks = self.soap.quirks
        token = envelope.find(f".//{_WSSE}UsernameToken")
        if quirks.auth != "digest" and token is not None:
            if self._token_is_good(token):
                return True
            raise SoapFaultError(*quirks.refusal)
        if quirks.auth in ("token", "basic"):
            raise SoapFaultError(*quirks.refusal)
        return self._http_signed({"digest", "any"})

    def _token_is_good(self, token: ElementTree.Element) -> bool:
        created = token.findtext(f"{_WSU}Created") or ""
        nonce = base64.b64decode(token.findtext(f"{_WSSE}Nonce") or "")
        digest = hashlib.sha1(nonce + created.encode() + PASSWORD.encode()).digest()
        told = datetime.strptime(created, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        return (
            token.findtext(f"{_WSSE}Username") == USER
            and hmac.compare_digest(base64.b64encode(digest).decode(), token.findtext(f"{_WSSE}Password") or "")
            and abs((told - self.soap.now()).total_seconds()) <= self.soap.quirks.token_window_s
        )

    def _http_signed(self, digest: set[str], *, basic: bool = False) -> bool:
        """Whether the HTTP request is signed; else a 401 has been sent."""
        said = self.headers.get("Authorization", "")
        if basic:
            if said == "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode():
                return True
            self._challenge('Basic realm="camera"')
            return False
        if self.soap.quirks.auth in digest and self._digest_is_good(said):
            return True
        algorithm = self.soap.quirks.digest_algorithm
        self._challenge(f'Digest realm="camera", nonce="abc", qop="auth", algorithm={algorithm}, opaque="o"')
        return False

    def _challenge(self, value: str) -> None:
        self._reply(401, b"", "text/plain", {"WWW-Authenticate": value})

    def _digest_is_good(self, said: str) -> bool:
        if not said.startswith("Digest "):
            return False
        raw = said.encode("latin-1").decode()
        given = dict(part.strip().split("=", 1) for part in raw[7:].split(", "))
        given = {k: v.strip('"') for k, v in given.items()}
        function = hashlib.sha256 if self.soap.quirks.digest_algorithm == "SHA-256" else hashlib.md5

        def h(text: str) -> str:
            return function(text.encode()).hexdigest()

        secret, request = h(f"{USER}:camera:{PASSWORD}"), h(f"{self.command}:{self.path}")
        expected = h(f"{secret}:abc:{given.get('nc')}:{given.get('cnonce')}:auth:{request}")
        return given.get("username") == USER and given.get("uri") == self.path and given.get("response") == expected

    def _raw(self, content: bytes) -> None:
        self.close_connection = True
        self.wfile.write(content)
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_WR)

    def _reply(self, status: int, content: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response_only(status)
        if self.soap.quirks.tells_date:
            self.send_header("Date", format_datetime(self.soap.now(), usegmt=True))
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def _wrap(body: str) -> bytes:
    spaces = (
        'xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:ter="http://www.onvif.org/ver10/error" '
        f'xmlns:tds="{NAMESPACES["device"]}" xmlns:trt="{NAMESPACES["media"]}" xmlns:tr2="{NAMESPACES["media2"]}" '
        f'xmlns:tptz="{NAMESPACES["ptz"]}"'
    )
    return (
        f'<?xml version="1.0"?><s:Envelope xmlns:s="{_ENVELOPE}" {spaces}><s:Body>{body}</s:Body></s:Envelope>'.encode()
    )
