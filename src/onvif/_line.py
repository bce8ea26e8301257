"""One conversation with one camera: which services it has, what its clock says, and how it wants to be signed to."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from ..domain.credentials import Credential
from ..domain.errors import (
    BrokenAnswerError,
    ClockSkewError,
    DeviceError,
    UnsupportedError,
    WrongPasswordError,
)
from ._addresses import service_address
from ._clock import offset_from_answer
from ._failures import ClosedError, DigestWantedError, RefusedError
from ._http import HttpLine
from ._soap import ANSWER_LIMIT, check_answer
from ._zeep_adapter import DEVICE, Contract, Service
from .timeouts import Timeouts

log = logging.getLogger(__name__)

SNAPSHOT_LIMIT = 32 * 1024 * 1024
# Two measurements of a clock in whole seconds differ by up to one; tokens are refused from five on.
_SAME_CLOCK_S = 1.5
_SKEW_S = 5.0
_NAMESPACE = re.compile(r"^http://www\.onvif\.org/(ver\d\d)/(\w+)/wsdl/?$")
# Answers after which another way to ask is worth trying; whoever cannot be reached is not asked again.
NOT_THERE = (UnsupportedError, BrokenAnswerError, ClosedError)
# Sent once only, because a second one would do more than the first.
_ONCE = frozenset({"SetPreset"})


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What one line has found out and another may take over: addresses by short service name, clock, way of signing."""

    services: Mapping[str, str]
    offset_s: float
    digest: bool


class Line:
    """Blocking calls to one camera, from one thread at a time. The first call finds out what the others need."""

    def __init__(self, address: str, place: str, credential: Credential | None, timeouts: Timeouts) -> None:
        self._address = address
        self._place = place
        self._credential = credential
        self._http = HttpLine(place, credential, timeouts)
        self._clients: dict[str, Service] = {}
        self._services: Mapping[str, str] | None = None
        self._offset_s: float | None = None
        self._digest = False
        self._unsigned = False
        self._expected = ""

    # --- what the device asks -----------------------------------------------------------------------------------------

    def call(self, contract: Contract, operation: str, **parameters: Any) -> Any:
        """Return the answer to an operation. Raises the DeviceError family."""
        if contract.name not in self.services():
            raise UnsupportedError(f"the camera has no {contract.name} service", place=self._place)
        return self._signed(contract, operation, parameters)

    def download(self, told: str) -> bytes:
        """Return what lies at an address that the camera told, fetched from the host that was dialled."""
        url = service_address(self._address, told, self._place)
        answer = self._http.exchange("GET", url, limit=SNAPSHOT_LIMIT, schemes=("digest", "basic"))
        if answer.status == 403:
            raise WrongPasswordError("the camera refuses the user name or the password", place=self._place)
        if answer.status in (404, 405, 501):
            raise UnsupportedError("the camera has nothing at the address that it told", place=self._place)
        if answer.status != 200:
            raise BrokenAnswerError(f"the camera answers with HTTP status {answer.status}", place=self._place)
        return answer.content

    def services(self) -> Mapping[str, str]:
        """Short name ("device", "media2", "ptz", ...) and dialled address of every service."""
        if self._services is None:
            self.clock_offset_s()
            self._services = self._find_services()
        return self._services

    def clock_offset_s(self) -> float:
        """The camera's clock minus ours, 0 when it cannot be told. Asked once."""
        if self._offset_s is None:
            asked = self._ask_offset()
            told = asked if asked is not None else self._http.date_offset_s
            self._offset_s = told if told is not None else 0.0
        return self._offset_s

    def knowledge(self) -> Knowledge | None:
        """What this line knows, None before its first success."""
        services, offset = self._services, self._offset_s
        return None if services is None or offset is None else Knowledge(services, offset, self._digest)

    def adopt(self, known: Knowledge) -> None:
        """Take over what another line to the same camera has found out."""
        self._services, self._offset_s, self._digest = known.services, known.offset_s, known.digest

    def close(self) -> None:
        self._http.close()

    # --- Channel: what the services ask -------------------------------------------------------------------------------

    def post(self, address: str, message: bytes, headers: dict[str, str]) -> bytes:
        schemes = ("digest",) if self._digest and not self._unsigned else ()
        answer = self._http.exchange(
            "POST", address, body=message, headers=headers, limit=ANSWER_LIMIT, schemes=schemes
        )
        return check_answer(answer, self._expected, self._place)

    def token(self) -> tuple[Credential, datetime] | None:
        if self._credential is None or self._digest or self._unsigned:
            return None
        return self._credential, datetime.now(UTC) + timedelta(seconds=self._offset_s or 0.0)

    # --- finding out --------------------------------------------------------------------------------------------------

    def _ask_offset(self) -> float | None:
        """Ask the time without credentials, as every camera should allow; some want HTTP Digest even for that."""
        before = datetime.now(UTC)
        try:
            answer = self._unsigned_time()
        except DigestWantedError:
            self._digest = self._credential is not None
            answer = self._send(DEVICE, "GetSystemDateAndTime", {}) if self._digest else None
        except (RefusedError, *NOT_THERE):
            answer = None
        now = datetime.now(UTC)
        return offset_from_answer(answer, before + (now - before) / 2)

    def _unsigned_time(self) -> Any:
        self._unsigned = True
        try:
            return self._send(DEVICE, "GetSystemDateAndTime", {})
        finally:
            self._unsigned = False

    def _find_services(self) -> dict[str, str]:
        """The union of GetServices and GetCapabilities, either of which may miss some; the first is trusted more."""
        found: dict[str, str] = {}
        failures: list[DeviceError] = []
        for ask in (self._ask_services, self._ask_capabilities):
            try:
                told = ask()
            except NOT_THERE as failure:
                failures.append(failure)
                continue
            for name, address in told.items():
                try:
                    found.setdefault(name, service_address(self._address, address, self._place))
                except BrokenAnswerError:
                    log.warning("%s: the %s service has no usable address", self._place, name)
        if len(failures) == 2:
            raise failures[0]
        found["device"] = self._address
        return found

    def _ask_services(self) -> dict[str, str]:
        answer = self._signed(DEVICE, "GetServices", {"IncludeCapability": False})
        told: dict[str, str] = {}
        for service in answer or ():
            name = short_name(service.Namespace)
            if name and service.XAddr:
                told.setdefault(name, str(service.XAddr))
        return told

    def _ask_capabilities(self) -> dict[str, str]:
        answer = self._signed(DEVICE, "GetCapabilities", {"Category": ["All"]})
        extension = getattr(answer, "Extension", None)
        told: dict[str, str] = {}
        for holder, names in (
            (answer, ("Analytics", "Events", "Imaging", "Media", "PTZ")),
            (extension, ("DeviceIO", "Recording", "Search", "Replay", "Receiver")),
        ):
            for name in names:
                address = getattr(getattr(holder, name, None), "XAddr", None)
                if address:
                    told[name.lower()] = str(address)
        return told

    # --- signing ------------------------------------------------------------------------------------------------------

    def _signed(self, contract: Contract, operation: str, parameters: dict[str, Any]) -> Any:
        """Send with the token, with Digest when the camera wants that, and with another clock when it refuses."""
        tried = [self.clock_offset_s()]
        expired = False
        for _ in range(4):
            try:
                return self._send(contract, operation, parameters)
            except DigestWantedError:
                if self._credential is None:
                    break
                self._digest = True
            except RefusedError as refused:
                expired = refused.expired
                other = self._another_offset(tried)
                if other is None:
                    break
                tried.append(other)
                self._offset_s = other
        raise self._blame(expired)

    def _another_offset(self, tried: list[float]) -> float | None:
        """A clock offset that was not tried yet: the camera's clock asked again, else that of its HTTP server."""
        if self._digest or self._credential is None or len(tried) > 2:
            return None
        for offset in (self._ask_offset(), self._http.date_offset_s):
            if offset is not None and all(abs(offset - t) > _SAME_CLOCK_S for t in tried):
                return offset
        return None

    def _blame(self, expired: bool) -> DeviceError:
        if self._credential is None:
            return WrongPasswordError("the camera asks for a user name and a password", place=self._place)
        header = self._http.date_offset_s
        if not self._digest and (expired or (header is not None and abs(header - (self._offset_s or 0.0)) > _SKEW_S)):
            return ClockSkewError(
                "the camera refuses the credentials because its clock and ours differ",
                place=self._place,
                cure="set the camera's clock, or let it ask a time server",
            )
        return WrongPasswordError("the camera refuses the user name or the password", place=self._place)

    def _send(self, contract: Contract, operation: str, parameters: dict[str, Any]) -> Any:
        client = self._client(contract)
        self._expected = f"{{{contract.namespace}}}{operation}Response"
        try:
            return client.call(operation, parameters)
        except ClosedError:
            if operation in _ONCE:
                raise
        # A kept connection may have been closed at the very moment it was used again.
        return client.call(operation, parameters)

    def _client(self, contract: Contract) -> Service:
        if contract.name not in self._clients:
            address = self._address if contract is DEVICE else self.services()[contract.name]
            self._clients[contract.name] = Service(contract, address, self, self._place)
        return self._clients[contract.name]


def short_name(namespace: object) -> str:
    """ "http://www.onvif.org/ver20/media/wsdl" -> "media2"; empty for a namespace that is not ONVIF's."""
    match = _NAMESPACE.match(namespace) if isinstance(namespace, str) else None
    if match is None:
        return ""
    name = match[2].lower()
    return "media2" if (match[1], name) == ("ver20", "media") else name
