"""What a camera asks for when it refuses: a password that it does not know, or a way to send it that FFmpeg has not.

FFmpeg answers Basic and Digest with MD5 only, and says the same of a camera that wants another digest as of one that
was given a wrong password. So the camera is asked once more, without any credentials.
"""

import re
import socket
import ssl
from urllib.parse import urlsplit

from .order import port_of

ANSWER_WITHIN_S = 2.0
_LONGEST = 16384
_HEADER = re.compile(r"(?mi)^WWW-Authenticate:[ \t]*(\w+)[ \t]*(.*?)\r?$")
_ALGORITHM = re.compile(r'(?i)\balgorithm\s*=\s*"?([\w-]*)"?')
_KNOWN = frozenset({"", "md5", "md5-sess"})


def wants_other_digest(uri: str) -> bool:
    """Whether the camera at `uri`, which holds no credentials, can be satisfied only in a way that FFmpeg has not.

    Blocks for ANSWER_WITHIN_S seconds a read or so at most. False where no answer comes.
    """
    try:
        return _is_beyond_ffmpeg(_answer(uri))
    except (OSError, ValueError):
        return False


def _is_beyond_ffmpeg(answer: str) -> bool:
    """FFmpeg takes the last digest that is offered, and Basic where there is none."""
    challenges = _HEADER.findall(answer)
    digests = [rest for scheme, rest in challenges if scheme.lower() == "digest"]
    if not digests:
        return bool(challenges) and not any(scheme.lower() == "basic" for scheme, _ in challenges)
    algorithm = _ALGORITHM.search(digests[-1])
    return algorithm is not None and algorithm[1].lower() not in _KNOWN


def _answer(uri: str) -> str:
    parts = urlsplit(uri)
    host, port = parts.hostname or "", port_of(uri)
    request = f"DESCRIBE {uri} RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\n\r\n"
    with socket.create_connection((host, port), ANSWER_WITHIN_S) as plain:
        connection = _encrypted(plain, host) if parts.scheme == "rtsps" else plain
        connection.sendall(request.encode())
        answer = b""
        while b"\r\n\r\n" not in answer and len(answer) < _LONGEST:
            piece = connection.recv(4096)
            if not piece:
                break
            answer += piece
    return answer.decode(errors="replace")


def _encrypted(plain: socket.socket, host: str) -> ssl.SSLSocket:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # as FFmpeg does it; nothing secret is said here
    return context.wrap_socket(plain, server_hostname=host)
