"""SOAP 1.2 as an ONVIF device speaks it: envelopes, faults and WS-UsernameToken (digest)."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree
from lxml.builder import ElementMaker

from .camera import SimulatedCamera

SOAP = "http://www.w3.org/2003/05/soap-envelope"
TDS = "http://www.onvif.org/ver10/device/wsdl"
TRT = "http://www.onvif.org/ver10/media/wsdl"
TR2 = "http://www.onvif.org/ver20/media/wsdl"
TPTZ = "http://www.onvif.org/ver20/ptz/wsdl"
TT = "http://www.onvif.org/ver10/schema"
TER = "http://www.onvif.org/ver10/error"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
CONTENT_TYPE = "application/soap+xml; charset=utf-8"

_NAMES = {"s": SOAP, "tds": TDS, "trt": TRT, "tr2": TR2, "tptz": TPTZ, "tt": TT, "ter": TER}

s, tds, trt, tr2, tptz, tt = (
    ElementMaker(namespace=_NAMES[p], nsmap=_NAMES) for p in ("s", "tds", "trt", "tr2", "tptz", "tt")
)
"""Element makers, one for each namespace: `tt.Pan("1")`, or `tt("Pan", "1")`."""

Element = etree._Element


class SoapFault(Exception):
    """A fault to answer with: SOAP code (Sender or Receiver), ONVIF subcodes, outermost first, and a text."""

    def __init__(self, reason: str, *subcodes: str, code: str = "Sender", status: int = 400) -> None:
        super().__init__(reason)
        self.reason = reason
        self.subcodes = subcodes
        self.code = code
        self.status = status


def not_authorized() -> SoapFault:
    return SoapFault("Sender not Authorized", "NotAuthorized")


def invalid(reason: str, subcode: str) -> SoapFault:
    """The arguments name something that is not there or not possible."""
    return SoapFault(reason, "InvalidArgVal", subcode)


@dataclass(frozen=True, slots=True)
class Call:
    """One operation on one camera: the body's element, when it came (true Unix seconds, monotonic seconds)."""

    camera: SimulatedCamera
    element: Element
    base_url: str
    unix_s: float
    monotonic_s: float

    def text(self, path: str, default: str = "") -> str:
        """Text below the operation's element; `path` is local names joined by '/'."""
        node = self.node(path)
        return default if node is None else (node.text or "").strip()

    def node(self, path: str) -> Element | None:
        found = self.element.find("/".join("{*}" + part for part in path.split("/")))
        return found if isinstance(found, etree._Element) else None


Operation = Callable[[Call], Element]


def envelope(body: Element) -> bytes:
    return bytes(etree.tostring(s.Envelope(s.Header(), s.Body(body)), xml_declaration=True, encoding="utf-8"))


def fault(error: SoapFault) -> bytes:
    code = s.Code(s.Value(f"s:{error.code}"))
    place = code
    for subcode in error.subcodes:
        inner = s.Subcode(s.Value(f"ter:{subcode}"))
        place.append(inner)
        place = inner
    text = s.Text(error.reason)
    text.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    return envelope(s.Fault(code, s.Reason(text)))


def parse(document: bytes) -> tuple[Element | None, Element]:
    """Header (if any) and the one element of the body. Raises SoapFault when it is not a SOAP 1.2 envelope."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError:
        raise SoapFault("The message is not well formed", "WellFormed") from None
    body = root.find(f"{{{SOAP}}}Body")
    if root.tag != f"{{{SOAP}}}Envelope" or body is None:
        raise SoapFault("The message is not a SOAP 1.2 envelope", "WellFormed")
    operations = [e for e in body if isinstance(e.tag, str)]
    if len(operations) != 1:
        raise SoapFault("The body holds one operation", "WellFormed")
    return root.find(f"{{{SOAP}}}Header"), operations[0]


def has_token(header: Element | None) -> bool:
    return header is not None and header.find(f".//{{{WSSE}}}UsernameToken") is not None


def token_is_good(header: Element, camera: SimulatedCamera, unix_s: float) -> bool:
    """Check a WS-UsernameToken with PasswordDigest (ONVIF Core, 5.9): digest, age by the device's clock, replay."""
    token = header.find(f".//{{{WSSE}}}UsernameToken")
    if token is None:
        return False
    password = token.find(f"{{{WSSE}}}Password")
    user = (token.findtext(f"{{{WSSE}}}Username") or "").strip()
    nonce = (token.findtext(f"{{{WSSE}}}Nonce") or "").strip()
    created = (token.findtext(f"{{{WSU}}}Created") or "").strip()
    if password is None or not (password.get("Type") or "").endswith("#PasswordDigest") or user != camera.user:
        return False
    try:
        raw = base64.b64decode(nonce, validate=True)
        made = datetime.fromisoformat(created)
    except (binascii.Error, ValueError):
        return False
    if made.tzinfo is None:
        made = made.replace(tzinfo=UTC)
    if abs(made.timestamp() - camera.device_time(unix_s)) > camera.token_window_s():
        return False
    digest = hashlib.sha1(raw + created.encode() + camera.password.encode(), usedforsecurity=False).digest()
    given = (password.text or "").strip()
    return hmac.compare_digest(base64.b64encode(digest).decode(), given) and camera.first_use(nonce + created)
