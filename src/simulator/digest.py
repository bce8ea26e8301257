"""HTTP Digest (RFC 2617, MD5) as the camera's side checks it, for RTSP and for HTTP."""

import hashlib
import hmac
import re
import secrets
import time
from enum import Enum

_PART = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')


class Verdict(Enum):
    ACCEPTED = "accepted"
    REFUSED = "refused"
    STALE = "stale"


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def parse(header: str) -> dict[str, str]:
    """The parameters of an Authorization header of scheme Digest; empty for another scheme."""
    scheme, _, rest = header.strip().partition(" ")
    if scheme.lower() != "digest":
        return {}
    return {m[1].lower(): m[2] if m[2] is not None else m[3] for m in _PART.finditer(rest)}


class DigestGuard:
    """Hands out nonces and checks answers. A nonce is good for `lifetime_s`, after that the answer is STALE."""

    def __init__(self, realm: str, *, qop: bool, lifetime_s: float = 300.0) -> None:
        self.realm = realm
        self._qop = qop
        self._lifetime_s = lifetime_s
        self._key = secrets.token_bytes(16)

    def _nonce(self, stamp: str) -> str:
        return stamp + hmac.new(self._key, stamp.encode(), hashlib.sha256).hexdigest()[:24]

    def challenge(self, *, stale: bool = False) -> str:
        """Value of a WWW-Authenticate header."""
        nonce = self._nonce(f"{int(time.monotonic() * 1000):012x}")
        tail = (', qop="auth"' if self._qop else "") + (", stale=true" if stale else "")
        return f'Digest realm="{self.realm}", nonce="{nonce}", algorithm=MD5{tail}'

    def check(
        self, header: str, method: str, user: str, password: str, trusted: frozenset[str] = frozenset()
    ) -> Verdict:
        """Judge an Authorization header. A nonce in `trusted` never grows stale (a connection that used it before)."""
        p = parse(header)
        nonce, uri = p.get("nonce", ""), p.get("uri", "")
        if p.get("username") != user or p.get("realm") != self.realm or not uri or nonce != self._nonce(nonce[:12]):
            return Verdict.REFUSED
        if p.get("algorithm", "MD5").upper() != "MD5":
            return Verdict.REFUSED
        secret = _md5(f"{user}:{self.realm}:{password}")
        request = _md5(f"{method}:{uri}")
        if "qop" in p:
            expected = _md5(f"{secret}:{nonce}:{p.get('nc', '')}:{p.get('cnonce', '')}:{p['qop']}:{request}")
        else:
            expected = _md5(f"{secret}:{nonce}:{request}")
        if not hmac.compare_digest(expected, p.get("response", "")):
            return Verdict.REFUSED
        age_s = time.monotonic() - int(nonce[:12], 16) / 1000
        return Verdict.ACCEPTED if nonce in trusted or age_s <= self._lifetime_s else Verdict.STALE
