"""An HTTP answer has one deadline for all of it. requests' own timeouts bound each read alone, so that a camera which
drips its headers byte by byte could hold a call for ever."""

import http.client
import io
import socket
import time
from functools import cache
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class DeadlineAdapter(HTTPAdapter):
    """requests' adapter, with `answer_s` seconds for an answer, header and body; one connection at a time.

    It closes its connections when it is told to: requests leaves them to the garbage collector.
    """

    def __init__(self, answer_s: float) -> None:
        self._answer_s = answer_s
        super().__init__(pool_connections=1, pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._answer_s)

    def close(self) -> None:
        pools = self.poolmanager.pools
        for pool in [pools.get(key) for key in pools.keys()]:  # noqa: SIM118 - this mapping cannot be iterated
            if pool is not None:
                pool.close()
        super().close()


class _TimedReader(io.RawIOBase):
    """Reads from a socket until the deadline (monotonic seconds), never longer than the socket's own timeout."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, deadline: float) -> None:
        self._raw = raw
        self._sock = sock
        self._read_s = sock.gettimeout()
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer is not complete in time")
        self._sock.settimeout(left if self._read_s is None else min(left, self._read_s))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


@cache
def _pools(answer_s: float) -> dict[str, Any]:
    class Response(http.client.HTTPResponse):
        def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
            super().__init__(sock, *args, **kwargs)
            buffered: Any = self.fp
            reader = _TimedReader(buffered.detach(), sock, time.monotonic() + answer_s)
            self.fp = io.BufferedReader(reader)

    class Connection(HTTPConnection):
        response_class = Response

    class SecureConnection(HTTPSConnection):
        response_class = Response

    class Pool(HTTPConnectionPool):
        ConnectionCls = Connection

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = SecureConnection

    return {"http": Pool, "https": SecurePool}
