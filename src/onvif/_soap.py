"""What a camera answers to SOAP, checked before zeep sees it: well-formed, of sane size, no DTD, and no fault."""

from lxml import etree

from ..domain.errors import BrokenAnswerError, DeviceError, UnsupportedError
from ._failures import DigestWantedError, EmptyAnswerError, FaultError, RefusedError
from ._http import HttpAnswer

ANSWER_LIMIT = 4 * 1024 * 1024
_REFUSALS = {
    "NotAuthorized",
    "FailedAuthentication",
    "FailedCheck",
    "InvalidSecurity",
    "InvalidSecurityToken",
    "MessageExpired",
    "SenderNotAuthorized",
    "Unauthorized",
}
_EXPIRED_WORDS = ("expired", "timestamp", "clock", "time skew")
_REFUSED_WORDS = ("not authorized", "notauthorized", "unauthorized", "authentication", "authorization failed")


def check_answer(answer: HttpAnswer, expected: str, place: str) -> bytes:
    """Return the envelope of a successful answer, which holds an element `expected` ("{namespace}name").

    Raises DigestWantedError, RefusedError, FaultError, EmptyAnswerError, UnsupportedError or BrokenAnswerError.
    """
    if answer.status == 401 and "digest" in answer.challenges:
        raise DigestWantedError("the camera asks for HTTP Digest", place=place)
    root = _parse(answer.content)
    fault = None if root is None else root.find("{*}Body/{*}Fault")
    if fault is not None:
        raise _fault(fault, answer.status, place)
    if answer.status in (401, 403):
        raise RefusedError(place)
    if 300 <= answer.status < 400:
        raise BrokenAnswerError(
            "the camera sends us to another address", place=place, cure="enter that address as the camera's own"
        )
    if answer.status in (404, 405, 501):
        raise UnsupportedError("there is no such ONVIF service at this address", place=place)
    if answer.status not in (200, 202):
        raise BrokenAnswerError(f"the camera answers with HTTP status {answer.status}", place=place)
    if not answer.content.strip():
        raise EmptyAnswerError("the camera has no answer to this", place=place)
    if root is None:
        raise BrokenAnswerError("the camera's answer is not SOAP", place=place)
    if root.find(f"{{*}}Body/{expected}") is None:
        raise BrokenAnswerError("the camera answers something else than it was asked", place=place)
    return answer.content


def _parse(content: bytes) -> etree._Element | None:
    """The root element when this is an Envelope without a DTD, else None. Nothing is expanded, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    is_envelope = isinstance(root.tag, str) and etree.QName(root).localname == "Envelope"
    return root if is_envelope and not root.getroottree().docinfo.doctype else None


def _fault(fault: etree._Element, status: int, place: str) -> DeviceError:
    """SOAP 1.1 and 1.2 alike. The camera's own words are read, never passed on: they may hold anything."""
    codes: list[str] = []
    words: list[str] = []
    for element in fault.iter(etree.Element):
        name, text = etree.QName(element).localname, (element.text or "").strip()
        if name in ("Value", "faultcode"):
            code = text.rpartition(":")[2]
            codes += [code] if code.isalnum() and len(code) <= 40 else []
        elif name in ("Text", "faultstring"):
            words.append(text.lower())
    said = " ".join(words)
    expired = "MessageExpired" in codes or any(word in said for word in _EXPIRED_WORDS)
    refused = status in (401, 403) or not _REFUSALS.isdisjoint(codes) or any(word in said for word in _REFUSED_WORDS)
    if refused:
        return RefusedError(place, expired=expired)
    return FaultError(tuple(codes), place)
