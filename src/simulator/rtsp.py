"""The RTSP server (RFC 2326): TCP interleaved, digest, keep-alive, one session per connection."""

import asyncio
import base64
import contextlib
import logging
import random
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from . import rtp
from .camera import SimulatedCamera
from .digest import Verdict, parse
from .encoder import LiveStream, parameter_sets
from .faults import FaultKind

_log = logging.getLogger(__name__)

SESSION_TIMEOUT_S = 60.0
_REPORT_EVERY_S = 5.0
_LARGEST_HEAD = 16 * 1024
_LARGEST_BODY = 64 * 1024
_MOST_BUFFERED = 4 * 1024 * 1024
_METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER, TEARDOWN"
_REASONS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    406: "Not Acceptable",
    454: "Session Not Found",
    455: "Method Not Valid in This State",
    459: "Aggregate Operation Not Allowed",
    461: "Unsupported Transport",
    501: "Not Implemented",
    503: "Service Unavailable",
    551: "Option not supported",
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A camera with its streams by profile."""

    camera: SimulatedCamera
    streams: Mapping[str, LiveStream]


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    uri: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class _Response:
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class _BadRequestError(Exception):
    pass


class RtspServer:
    """Accepts connections for all cameras of a district."""

    def __init__(self, endpoints: Mapping[int, Endpoint], session_timeout_s: float = SESSION_TIMEOUT_S) -> None:
        self.endpoints = endpoints
        self.session_timeout_s = session_timeout_s
        self._connections: set[_Connection] = set()
        self._server: asyncio.Server | None = None
        self._watch: asyncio.Task[None] | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; returns the port that was bound."""
        self._server = await asyncio.start_server(self._accept, host, port, limit=_LARGEST_HEAD)
        self._watch = asyncio.create_task(self._end_silent_sessions())
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
        if self._server is not None:
            self._server.close()
        for connection in tuple(self._connections):
            connection.end()
        if self._server is not None:
            await self._server.wait_closed()

    def end_sessions(self, camera: SimulatedCamera) -> None:
        """Cut every connection that has a session with the camera."""
        for connection in tuple(self._connections):
            if connection.camera is camera:
                connection.end()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = _Connection(self, reader, writer)
        self._connections.add(connection)
        try:
            await connection.serve()
        finally:
            self._connections.discard(connection)

    async def _end_silent_sessions(self) -> None:
        while True:
            await asyncio.sleep(min(1.0, self.session_timeout_s / 4))
            now = time.monotonic()
            for connection in tuple(self._connections):
                connection.check(now)


class _Connection:
    """One TCP connection. It is the Viewer of its stream while it plays."""

    def __init__(self, server: RtspServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server = server
        self._reader = reader
        self._writer = writer
        self._endpoint: Endpoint | None = None
        self._stream: LiveStream | None = None
        self._session = ""
        self._sender: rtp.RtpSender | None = None
        self._playing = False
        self._heard_at = time.monotonic()
        self._reported_at = 0.0
        self._waits_for_key = True
        self._ends_at: float | None = None
        self._nonces: frozenset[str] = frozenset()
        self._damage = random.Random()  # noqa: S311 - a fault, not a secret

    @property
    def camera(self) -> SimulatedCamera | None:
        return self._endpoint.camera if self._endpoint else None

    # --- requests ---------------------------------------------------------------------------------------------------

    async def serve(self) -> None:
        try:
            while (request := await self._next_request()) is not None:
                response = self._answer(request)
                if response is None:
                    break
                self._send(request, response)
                if request.method == "PLAY" and response.status == 200:
                    self._start()
                with contextlib.suppress(ConnectionError):
                    await self._writer.drain()
                if response.status == 503:
                    break
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            pass  # the other side went away, or does not speak RTSP
        except _BadRequestError:
            self._writer.write(b"RTSP/1.0 400 Bad Request\r\nCSeq: 0\r\n\r\n")
        finally:
            self._forget_session()
            self._writer.close()

    async def _next_request(self) -> _Request | None:
        while True:
            first = await self._reader.readexactly(1)
            self._heard_at = time.monotonic()
            if first == b"$":
                size = int.from_bytes((await self._reader.readexactly(3))[1:], "big")
                await self._reader.readexactly(size)
            elif first not in b"\r\n":
                break
        head = first + await self._reader.readuntil(b"\r\n\r\n")
        lines = head.decode("utf-8", "replace").split("\r\n")
        parts = lines[0].split(" ")
        if len(parts) != 3 or not parts[2].startswith("RTSP/"):
            raise _BadRequestError
        headers = {}
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if colon:
                headers[name.strip().lower()] = value.strip()
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > _LARGEST_BODY:
            raise _BadRequestError
        await self._reader.readexactly(int(length))
        return _Request(parts[0].upper(), parts[1], headers)

    def _send(self, request: _Request, response: _Response) -> None:
        lines = [f"RTSP/1.0 {response.status} {_REASONS[response.status]}", f"CSeq: {request.headers.get('cseq', '0')}"]
        lines += [f"{name}: {value}" for name, value in response.headers.items()]
        if response.body:
            lines.append(f"Content-Length: {len(response.body)}")
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + response.body)

    def _find(self, uri: str) -> tuple[Endpoint, LiveStream] | None:
        parts = urlsplit(uri).path.strip("/").split("/")
        if len(parts) not in (2, 3) or not parts[0].startswith("cam") or not parts[0][3:].isdigit():
            return None
        endpoint = self._server.endpoints.get(int(parts[0][3:]))
        if endpoint is None or parts[1] not in endpoint.streams or parts[2:] not in ([], ["track1"]):
            return None
        return endpoint, endpoint.streams[parts[1]]

    def _answer(self, request: _Request) -> _Response | None:
        if request.method == "OPTIONS" and request.uri == "*":
            return _Response(headers={"Public": _METHODS})
        found = self._find(request.uri)
        if found is None:
            return _Response(404)
        endpoint, stream = found
        if endpoint.camera.has_fault(FaultKind.REFUSE):
            return _Response(503)
        if "require" in request.headers:
            return _Response(551, {"Unsupported": request.headers["require"]})
        if request.method == "OPTIONS":
            return _Response(headers={"Public": _METHODS})
        refused = self._refuse(endpoint.camera, request)
        if refused is not None:
            return refused
        match request.method:
            case "DESCRIBE":
                return self._describe(request, endpoint.camera, stream)
            case "SETUP":
                return self._setup(request, endpoint, stream)
            case "PLAY" | "PAUSE" | "GET_PARAMETER" | "SET_PARAMETER" | "TEARDOWN":
                return self._within_session(request)
        return _Response(501, {"Public": _METHODS})

    def _refuse(self, camera: SimulatedCamera, request: _Request) -> _Response | None:
        header = request.headers.get("authorization", "")
        verdict = camera.rtsp_guard.check(header, request.method, camera.user, camera.password, self._nonces)
        if verdict is Verdict.ACCEPTED:
            self._nonces |= {parse(header).get("nonce", "")}
            return None
        challenge = camera.rtsp_guard.challenge(stale=verdict is Verdict.STALE)
        return _Response(401, {"WWW-Authenticate": challenge})

    # --- methods ----------------------------------------------------------------------------------------------------

    def _describe(self, request: _Request, camera: SimulatedCamera, stream: LiveStream) -> _Response:
        accept = request.headers.get("accept", "application/sdp")
        if "application/sdp" not in accept and "*/*" not in accept:
            return _Response(406)
        sps, pps = parameter_sets(stream.spec)
        host = self._writer.get_extra_info("sockname")[0]
        family = "IP6" if ":" in host else "IP4"
        sprop = ",".join(base64.b64encode(n).decode() for n in (sps, pps))
        sdp = "\r\n".join(
            (
                "v=0",
                f"o=- {camera.number} 1 IN {family} {host}",
                f"s=camera {camera.number} {stream.profile}",
                "t=0 0",
                "a=control:*",
                "a=range:npt=now-",
                f"m=video 0 RTP/AVP {rtp.PAYLOAD_TYPE}",
                f"c=IN {family} {'::' if family == 'IP6' else '0.0.0.0'}",  # noqa: S104 - SDP for "not known here"
                f"a=rtpmap:{rtp.PAYLOAD_TYPE} H264/{rtp.CLOCK_HZ}",
                f"a=fmtp:{rtp.PAYLOAD_TYPE} packetization-mode=1;profile-level-id={sps[1:4].hex().upper()};"
                f"sprop-parameter-sets={sprop}",
                f"a=framerate:{stream.spec.fps}",
                "a=recvonly",
                "a=control:track1",
                "",
            )
        )
        headers = {"Content-Type": "application/sdp", "Content-Base": request.uri.rstrip("/") + "/"}
        return _Response(headers=headers, body=sdp.encode())

    def _setup(self, request: _Request, endpoint: Endpoint, stream: LiveStream) -> _Response:
        if self._session and request.headers.get("session", "").split(";")[0] not in ("", self._session):
            return _Response(454)
        if self._playing or (self._stream is not None and self._stream is not stream):
            return _Response(455 if self._playing else 459)
        for offer in request.headers.get("transport", "").split(","):
            options = [o.strip() for o in offer.split(";")]
            if options[0].upper() != "RTP/AVP/TCP" or "multicast" in options:
                continue
            given = next((o.partition("=")[2] for o in options if o.startswith("interleaved=")), "0-1")
            low, _, high = given.partition("-")
            if not low.isdigit() or int(low) > 254 or (high and (not high.isdigit() or int(high) > 255)):
                continue
            channel, rtcp = int(low), int(high) if high else int(low) + 1
            ssrc = secrets.randbits(32)
            self._session = self._session or secrets.token_hex(8)
            self._endpoint, self._stream = endpoint, stream
            self._sender = rtp.RtpSender(ssrc, secrets.randbits(16), channel, rtcp)
            transport = f'RTP/AVP/TCP;unicast;interleaved={channel}-{rtcp};ssrc={ssrc:08X};mode="PLAY"'
            return _Response(headers={"Transport": transport, "Session": self._session_header()})
        return _Response(461)

    def _session_header(self) -> str:
        return f"{self._session};timeout={max(1, round(self._server.session_timeout_s))}"

    def _within_session(self, request: _Request) -> _Response:
        given = request.headers.get("session", "").split(";")[0]
        if request.method in ("GET_PARAMETER", "SET_PARAMETER") and not given:
            return _Response()
        if not self._session or given != self._session or self._sender is None or self._endpoint is None:
            return _Response(454)
        headers = {"Session": self._session_header()}
        if request.method == "PLAY":
            # The first picture may have been taken at the tick just past.
            start = rtp.timestamp(time.time() - (1 / self._stream.spec.fps if self._stream else 0.0))
            url = request.uri.rstrip("/") + ("" if request.uri.rstrip("/").endswith("track1") else "/track1")
            headers["Range"] = "npt=now-"
            headers["RTP-Info"] = f"url={url};seq={self._sender.sequence};rtptime={start}"
        elif request.method == "PAUSE":
            self._stop()
        elif request.method == "TEARDOWN":
            self._forget_session()
            headers = {}
        return _Response(headers=headers)

    # --- media ------------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        if self._playing or self._stream is None or self._endpoint is None:
            return
        self._playing, self._waits_for_key, self._reported_at = True, True, 0.0
        self._stream.add(self)

    def _stop(self) -> None:
        if self._playing and self._stream is not None:
            self._stream.remove(self)
        self._playing = False

    def _forget_session(self) -> None:
        self._stop()
        self._session, self._sender, self._stream, self._endpoint = "", None, None, None

    def end(self) -> None:
        """Cut the connection now, without a word."""
        self._stop()
        self._writer.transport.abort()

    def check(self, now: float) -> None:
        """End what was not heard of for too long, and what the drop fault has sentenced."""
        overdue = self._session and now - self._heard_at > self._server.session_timeout_s
        if overdue or (self._ends_at is not None and now >= self._ends_at):
            self.end()

    def deliver(self, frame: rtp.EncodedFrame) -> None:
        if self._sender is None or self._endpoint is None or self._writer.transport.is_closing():
            return
        now = time.monotonic()
        if self._ends_at is not None and now >= self._ends_at:
            self.end()
            return
        fault = self._endpoint.camera.fault
        if fault is not None and fault.kind is FaultKind.SILENCE:
            self._waits_for_key = True
            return
        if self._waits_for_key and not frame.key:
            if fault is None and self._stream is not None:
                self._stream.request_key_frame()
            return
        if self._writer.transport.get_write_buffer_size() > _MOST_BUFFERED:
            # The viewer does not keep up: leave pictures out, and go on at an IDR.
            self._waits_for_key = True
            return
        self._waits_for_key = False
        if fault is not None and fault.kind is FaultKind.DROP and self._ends_at is None:
            self._ends_at = now + fault.after_s
        chunks = self._sender.frame(frame)
        if fault is not None and fault.kind is FaultKind.CORRUPT:
            chunks = self._damaged(chunks, fault.ratio)
        if now - self._reported_at >= _REPORT_EVERY_S:
            self._reported_at = now
            chunks.insert(0, self._sender.report(frame.at, frame.timestamp))
        self._writer.write(b"".join(chunks))

    def _damaged(self, chunks: list[bytes], ratio: float) -> list[bytes]:
        """Flip bytes in that share of the payloads; the framing stays whole."""
        for i in range(1, len(chunks), 2):
            if self._damage.random() < ratio:
                payload = bytearray(chunks[i])
                for _ in range(max(1, len(payload) // 40)):
                    payload[self._damage.randrange(min(2, len(payload) - 1), len(payload))] ^= self._damage.randint(
                        1, 255
                    )
                chunks[i] = bytes(payload)
        return chunks
