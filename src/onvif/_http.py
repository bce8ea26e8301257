"""One camera's HTTP connection: bounded in time and size, without proxies or redirects, with Digest and Basic."""

import logging
import re
import ssl
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import requests
import urllib3.exceptions
from requests.auth import HTTPDigestAuth, _basic_auth_str
from requests.utils import parse_dict_header

from ..domain.credentials import Credential
from ..domain.errors import BrokenAnswerError, DeviceError, UnreachableError, UnsupportedError, WrongPasswordError
from ._clock import offset_from_header
from ._deadline import DeadlineAdapter
from ._failures import ClosedError
from .timeouts import Timeouts

log = logging.getLogger(__name__)
# It logs addresses, and those that cameras tell for their snapshots may hold a password.
logging.getLogger("urllib3").setLevel(logging.ERROR)

_CHUNK = 65536
_ALGORITHMS = {"MD5", "MD5-SESS", "SHA", "SHA-256", "SHA-512"}
_CHALLENGE = re.compile(r"^\s*(digest|basic)\b\s*(.*)$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back. `challenges` maps the lower-case scheme of each WWW-Authenticate header to its parameters."""

    status: int
    content: bytes
    content_type: str = ""
    challenges: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class HttpLine:
    """Requests to one camera, one at a time.

    Attributes: `date_offset_s` is the camera's clock minus ours by its latest Date header, None where it sent none.
    """

    def __init__(self, place: str, credential: Credential | None, timeouts: Timeouts) -> None:
        self._place = place
        self._credential = credential
        self._timeouts = timeouts
        self._session = requests.Session()
        # Cameras stand in the local network: no proxy from the environment, and no other password out of ~/.netrc.
        self._session.trust_env = False
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, DeadlineAdapter(timeouts.answer_s))
        # Plain bytes only: a compressed answer could unfold into more than the limit.
        self._session.headers.update({"User-Agent": "gwanje", "Accept-Encoding": "identity"})
        self._digest = _Digest(credential) if credential else None
        self._challenge: dict[str, str] | None = None
        self._basic = False
        self.date_offset_s: float | None = None

    def exchange(
        self,
        method: str,
        url: str,
        *,
        limit: int,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        schemes: Collection[str] = (),
    ) -> HttpAnswer:
        """Send a request and return the answer, whatever its status, with at most `limit` bytes of body.

        `schemes` are the ways of HTTP sign-in that may be used ("digest", "basic"); without them a 401 is returned.
        Raises UnreachableError, BrokenAnswerError, and with `schemes` WrongPasswordError and UnsupportedError.
        """
        answer = self._send(method, url, body, headers or {}, limit, self._authorization(method, url, schemes))
        if answer.status != 401 or not schemes:
            return answer
        self._take_challenge(answer, schemes)
        answer = self._send(method, url, body, headers or {}, limit, self._authorization(method, url, schemes))
        if answer.status == 401:
            self._challenge, self._basic = None, False
            raise WrongPasswordError("the camera refuses the user name or the password", place=self._place)
        return answer

    def close(self) -> None:
        self._session.close()

    def _take_challenge(self, answer: HttpAnswer, schemes: Collection[str]) -> None:
        if self._credential is None:
            raise WrongPasswordError("the camera asks for a user name and a password", place=self._place)
        digest = answer.challenges.get("digest", {})
        if "digest" in schemes and digest.get("realm") is not None and digest.get("nonce"):
            self._challenge = dict(digest)
        elif "basic" in schemes and "basic" in answer.challenges:
            self._basic = True
        else:
            raise UnsupportedError("the camera asks for a way of signing in that is not known here", place=self._place)

    def _authorization(self, method: str, url: str, schemes: Collection[str]) -> bytes | None:
        if self._credential is None or self._digest is None:
            return None
        if "digest" in schemes and self._challenge:
            header = self._digest.header(self._challenge, method, url)
            if header is None:
                raise UnsupportedError("the camera asks for a kind of Digest that is not known here", place=self._place)
            return header.encode()
        if "basic" in schemes and self._basic:
            user, password = self._credential.user.encode(), self._credential.password.encode()
            return _basic_auth_str(user, password).encode()
        return None

    def _send(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: Mapping[str, str],
        limit: int,
        authorization: bytes | None,
    ) -> HttpAnswer:
        sent: dict[str, str | bytes] = dict(headers)
        if authorization is not None:
            sent["Authorization"] = authorization
        try:
            response = self._session.request(
                method,
                url,
                data=body,
                headers=sent,
                timeout=(self._timeouts.connect_s, self._timeouts.read_s),
                stream=True,
                allow_redirects=False,
            )
            with closing(response):
                content = self._read(response, limit)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            log.debug("%s: %s failed: %s", self._place, method, type(error).__name__)
            failure = self._failure(error)
        else:
            offset = offset_from_header(response.headers.get("Date"), datetime.now(UTC))
            self.date_offset_s = offset if offset is not None else self.date_offset_s
            content_type = response.headers.get("Content-Type", "")
            return HttpAnswer(response.status_code, content, content_type, _challenges(response))
        # Raised here and not in the handler: the foreign exception (its text holds the URL) is not even its context.
        raise failure

    def _read(self, response: requests.Response, limit: int) -> bytes:
        parts: list[bytes] = []
        size = 0
        while part := response.raw.read1(_CHUNK, decode_content=False):
            size += len(part)
            if size > limit:
                raise BrokenAnswerError(f"the camera answers with more than {limit} bytes", place=self._place)
            parts.append(part)
        return b"".join(parts)

    def _failure(self, error: Exception) -> DeviceError:
        causes = _chain(error)
        if any(isinstance(e, ssl.SSLCertVerificationError) for e in causes):
            return UnreachableError(
                "the camera's TLS certificate is not trusted",
                place=self._place,
                cure="install its authority, or use http",
            )
        if any(isinstance(e, requests.exceptions.SSLError | ssl.SSLError) for e in causes):
            return UnreachableError("no secure connection can be made", place=self._place, cure="try http")
        if any(isinstance(e, urllib3.exceptions.NameResolutionError) for e in causes):
            return UnreachableError("the camera's name is not known", place=self._place)
        if any(isinstance(e, ConnectionRefusedError) for e in causes):
            return UnreachableError("nothing takes the connection", place=self._place)
        if any(_is_timeout(e) for e in causes):
            return UnreachableError("the camera does not answer in time", place=self._place)
        if any(isinstance(e, ConnectionResetError | BrokenPipeError) for e in causes):
            return ClosedError("the camera closes the connection without an answer", place=self._place)
        if any(isinstance(e, urllib3.exceptions.ProtocolError) for e in causes):
            return BrokenAnswerError("the camera's answer is not HTTP, or breaks off", place=self._place)
        if any(isinstance(e, requests.ConnectionError | OSError) for e in causes if not _is_requests_own(e)):
            return UnreachableError("the camera cannot be reached", place=self._place)
        return BrokenAnswerError("the camera's answer is not HTTP", place=self._place)


class _Digest(HTTPDigestAuth):
    """requests' Digest, driven by hand: its own hook would read a refusal's body without limit or deadline."""

    def __init__(self, credential: Credential) -> None:
        super().__init__(credential.user, credential.password)

    def header(self, challenge: dict[str, str], method: str, url: str) -> str | None:
        """The Authorization header, None when the challenge asks for an unknown algorithm or protection."""
        requests_own: Any = self  # its stubs do not know these
        requests_own.init_per_thread_state()
        requests_own._thread_local.chal = challenge
        header: str | None = requests_own.build_digest_header(method, url)
        return header


def _challenges(response: requests.Response) -> dict[str, dict[str, str]]:
    """The challenge of each scheme; of several Digest ones the first whose algorithm is known here."""
    found: dict[str, dict[str, str]] = {}
    parse: Any = parse_dict_header
    for value in response.raw.headers.getlist("WWW-Authenticate"):
        match = _CHALLENGE.match(value)
        if match is None:
            continue
        scheme = match[1].lower()
        parameters = {k.lower(): v or "" for k, v in parse(match[2]).items()}
        if scheme not in found or not _is_known(found[scheme]):
            found[scheme] = parameters
    return found


def _is_known(challenge: Mapping[str, str]) -> bool:
    return challenge.get("algorithm", "MD5").upper() in _ALGORITHMS


def _chain(error: BaseException) -> list[BaseException]:
    """The error, what it wraps (`args`, `reason`) and what it was raised from, each once."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting and len(found) < 20:
        e = waiting.pop()
        if isinstance(e, BaseException) and not any(e is f for f in found):
            found.append(e)
            waiting += [*e.args, getattr(e, "reason", None), e.__cause__, e.__context__]
    return found


def _is_timeout(error: BaseException) -> bool:
    """urllib3's NewConnectionError (no route, for instance) derives from its timeouts, and requests follows it."""
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return False
    return isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError)


def _is_requests_own(error: BaseException) -> bool:
    """RequestException derives from OSError; only its connection errors are about the network."""
    return isinstance(error, requests.RequestException) and not isinstance(error, requests.ConnectionError)
