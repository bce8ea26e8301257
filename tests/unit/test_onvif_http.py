"""What becomes of the failures of an HTTP exchange, and HTTP Digest by the standard's own example."""

import re
import socket
import ssl

import pytest
import requests
import urllib3.exceptions
from urllib3.connectionpool import HTTPConnectionPool

from gwanje.domain.credentials import Credential
from gwanje.domain.errors import BrokenAnswerError, DeviceError, UnreachableError
from gwanje.onvif import Timeouts
from gwanje.onvif._failures import ClosedError
from gwanje.onvif._http import HttpLine, _Digest

POOL = HTTPConnectionPool("camera")
SECRET = "http://user:secret@camera/"


def wrapped(cause: Exception) -> requests.ConnectionError:
    """As requests raises it: around urllib3's MaxRetryError, which has the cause as its reason."""
    return requests.ConnectionError(urllib3.exceptions.MaxRetryError(POOL, SECRET, cause))


def chained(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected", "words"),
    [
        (requests.ConnectTimeout(SECRET), UnreachableError, "in time"),
        (requests.ReadTimeout(SECRET), UnreachableError, "in time"),
        (urllib3.exceptions.ReadTimeoutError(POOL, SECRET, "x"), UnreachableError, "in time"),
        (TimeoutError(SECRET), UnreachableError, "in time"),
        (wrapped(urllib3.exceptions.NameResolutionError("camera", POOL, socket.gaierror())), UnreachableError, "name"),
        (
            wrapped(chained(urllib3.exceptions.NewConnectionError(POOL, "x"), ConnectionRefusedError())),
            UnreachableError,
            "nothing takes",
        ),
        (
            wrapped(chained(urllib3.exceptions.NewConnectionError(POOL, "x"), OSError(113, "No route to host"))),
            UnreachableError,
            "cannot be reached",
        ),
        (requests.exceptions.SSLError(ssl.SSLCertVerificationError(SECRET)), UnreachableError, "certificate"),
        (
            requests.ConnectionError(urllib3.exceptions.ProtocolError("aborted", ConnectionResetError(104, "x"))),
            ClosedError,
            "closes",
        ),
        (
            requests.ConnectionError(urllib3.exceptions.ProtocolError("aborted", ValueError())),
            BrokenAnswerError,
            "HTTP",
        ),
        (
            urllib3.exceptions.ProtocolError("broken", urllib3.exceptions.IncompleteRead(1, 2)),
            BrokenAnswerError,
            "breaks off",
        ),
        (requests.exceptions.InvalidURL(SECRET), BrokenAnswerError, "HTTP"),
        (requests.exceptions.InvalidHeader(SECRET), BrokenAnswerError, "HTTP"),
    ],
)
def test_a_failure_has_its_error(error: Exception, expected: type[DeviceError], words: str) -> None:
    failure = HttpLine("Gate", None, Timeouts())._failure(error)
    assert type(failure) is expected
    assert words in str(failure) and "secret" not in str(failure)
    assert failure.place == "Gate"


@pytest.mark.parametrize(
    ("algorithm", "hashed"),
    [("MD5", 32), ("md5", 32), ("SHA-256", 64), ("MD5-sess", 32), (None, 32)],
)
def test_digest_in_the_algorithm_that_is_asked_for(algorithm: str | None, hashed: int) -> None:
    challenge = {"realm": "camera", "nonce": "abc", "qop": "auth"} | ({"algorithm": algorithm} if algorithm else {})
    header = _Digest(Credential("user", "pass")).header(challenge, "GET", "http://camera/a?b=c")
    assert header is not None
    assert re.search(rf'response="[0-9a-f]{{{hashed}}}"', header) and 'uri="/a?b=c"' in header


def test_digest_by_the_example_of_rfc_2069() -> None:
    """Without qop the response is determined by the challenge alone (RFC 2069 as corrected by its erratum 749)."""
    challenge = {"realm": "testrealm@host.com", "nonce": "dcd98b7102dd2f0e8b11d0f600bfb0c093"}
    header = _Digest(Credential("Mufasa", "CircleOfLife")).header(
        challenge, "GET", "http://www.nowhere.org/dir/index.html"
    )
    assert header is not None and 'response="1949323746fe6a43ef61f9606e7febea"' in header


@pytest.mark.parametrize("challenge", [{"algorithm": "SHA-3000"}, {"qop": "auth-int"}])
def test_digest_in_ways_that_are_not_known(challenge: dict[str, str]) -> None:
    digest = _Digest(Credential("user", "pass"))
    assert digest.header({"realm": "r", "nonce": "n"} | challenge, "GET", "http://camera/") is None
