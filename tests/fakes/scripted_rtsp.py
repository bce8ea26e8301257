"""An RTSP server whose every answer and packet is the test's to choose. `Camera` is the well-behaved one to start from.

A *script* is a coroutine function that is given each new connection and does with it what it likes.
"""

import asyncio
import re
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, cycle

from gwanje.videowall.port import StreamAddress
from tests.fakes.rtsp_exchange import Exchange, Numbering, exchange, interleaved
from tests.support.loop_server import LoopServer

_HEAD = {
    "OPTIONS": "Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN\r\n",
    "SETUP": "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 4711\r\n",
    "PLAY": "Session: 4711\r\n",
    "GET_PARAMETER": "Session: 4711\r\n",
    "TEARDOWN": "Session: 4711\r\n",
}


class Connection:
    """One client. All methods raise OSError or asyncio.IncompleteReadError when it has gone."""

    def __init__(self, server: "ScriptedRtsp", reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server = server
        self._reader = reader
        self._writer = writer
        self._unread: list[str] = []

    @property
    def port(self) -> int:
        return self._server.port

    def unread(self, request: str) -> None:
        """`request` gives it once more."""
        self._unread.append(request)

    async def request(self) -> str:
        """The text of the next one; what the client sends of RTCP is passed over."""
        if self._unread:
            return self._unread.pop()
        while (first := await self._reader.readexactly(1)) == b"$":
            _, *length = await self._reader.readexactly(3)
            await self._reader.readexactly(int.from_bytes(bytes(length), "big"))
        request = (first + await self._reader.readuntil(b"\r\n\r\n")).decode(errors="replace")
        self._server.requests.append(request)
        return request

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def answer(self, request: str, sdp: bytes) -> None:
        """What a good server says."""
        method = request.split(" ", 1)[0]
        body = sdp if method == "DESCRIBE" else b""
        head = _HEAD.get(method, "")
        if body:
            head = f"Content-Type: application/sdp\r\nContent-Base: {request.split(' ')[1]}/\r\n"
        await self.send(
            with_number(f"RTSP/1.0 200 OK\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode(), request) + body
        )

    def reset(self) -> None:
        self._server.reset(self._writer)


Script = Callable[[Connection], Awaitable[None]]


def with_number(answer: bytes, request: str) -> bytes:
    """The answer with the CSeq that the request has, in its second line."""
    number = re.search(r"(?mi)^CSeq:\s*(\d+)", request)
    status, rest = answer.split(b"\r\n", 1)
    return status + b"\r\nCSeq: " + (number[1] if number else "0").encode() + b"\r\n" + rest


class Camera:
    """A script: plays its pictures to each client, at their rate, with no need of a password."""

    def __init__(self, sdp: bytes, pictures: Callable[[], Iterable[list[bytes]]], rate: float) -> None:
        self._sdp = sdp
        self._pictures = pictures
        self._rate = rate

    async def __call__(self, connection: Connection) -> None:
        playing: asyncio.Task[None] | None = None
        try:
            while True:
                request = await connection.request()
                await connection.answer(request, self._sdp)
                if request.startswith("PLAY") and playing is None:
                    playing = asyncio.create_task(self._play(connection))
        finally:
            if playing is not None:
                playing.cancel()

    async def _play(self, connection: Connection) -> None:
        loop = asyncio.get_running_loop()
        due, number = loop.time(), Numbering(self._rate)
        try:
            for picture in self._pictures():
                await connection.send(b"".join(interleaved(packet) for packet in number(picture)))
                due += 1 / self._rate
                await asyncio.sleep(max(0.0, due - loop.time()))
        except OSError:
            pass  # the client has gone
        else:
            connection.reset()


def recorded_camera(name: str, *, rate: float | None = None) -> Camera:
    """Plays an exchange (see rtsp_exchange) again and again, without an end."""
    recorded = exchange(name)
    return Camera(recorded.sdp, lambda: cycle(recorded.pictures), rate or recorded.rate)


def changing_camera(before: Exchange, pictures: int, after: Exchange) -> Camera:
    """Says that it plays `before`, and goes on with `after` within the session, once so many pictures are sent."""

    def stream() -> Iterator[list[bytes]]:
        endless = cycle(before.pictures)
        return chain((next(endless) for _ in range(pictures)), cycle(after.pictures))

    return Camera(before.sdp, stream, before.rate)


class ScriptedRtsp(LoopServer):
    """Attributes: `script` may be changed for the connections to come. `requests`: the text of the last thousand."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: deque[str] = deque(maxlen=1000)
        super().__init__()

    @property
    def address(self) -> StreamAddress:
        return StreamAddress(f"rtsp://127.0.0.1:{self.port}/live")

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self.script(Connection(self, reader, writer))


@contextmanager
def scripted_rtsp(script: Script) -> Iterator[ScriptedRtsp]:
    server = ScriptedRtsp(script)
    try:
        yield server
    finally:
        server.end()
