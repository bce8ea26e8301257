"""A proxy between a session and a real RTSP server: hears every request, and can lose or change RTP packets.

TCP (interleaved) and UDP alike. All in one thread; what it is told to do may be changed at any time.
"""

import random
import re
import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from gwanje.domain.credentials import Credential
from gwanje.videowall.port import StreamAddress

_CLIENT_PORTS = re.compile(rb"client_port=(\d+)-(\d+)")


@dataclass
class _Link:
    """One direction of a connection, with what was read and not yet passed on."""

    source: socket.socket
    target: socket.socket
    to_server: bool
    rest: bytearray = field(default_factory=bytearray)


class RtspProxy:
    """Stands in front of `port` of this machine.

    Attributes:
        requests: the text of every request. packets: RTP packets that were passed on. lost: those that were not.
        answer: given a request, the answer in the server's place (without CSeq), or None to ask the server.
        rtp: given an RTP packet of the server, the packets that the client gets.
        sdp: given the server's SDP, the one that the client gets.
    """

    def __init__(self, port: int) -> None:
        self.requests: list[str] = []
        self.packets = self.lost = 0
        self.answer: Callable[[str], bytes | None] = lambda request: None
        self.rtp: Callable[[bytes], list[bytes]] = lambda packet: [packet]
        self.sdp: Callable[[str], str] = lambda sdp: sdp
        self._server = ("127.0.0.1", port)
        self._selector = selectors.DefaultSelector()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        self._waker, self._wake = socket.socketpair()
        self._selector.register(self._waker, selectors.EVENT_READ, None)
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._run, name="rtsp-proxy")
        self._thread.start()

    def address(self, credential: Credential | None = None) -> StreamAddress:
        return StreamAddress(f"rtsp://127.0.0.1:{self.port}/live", credential)

    def methods(self) -> list[str]:
        return [request.split(" ", 1)[0] for request in tuple(self.requests)]

    def lead_to(self, port: int) -> None:
        """From the next connection on, another server stands behind."""
        self._server = ("127.0.0.1", port)

    def lose_packets(self, share: float = 0.04, seed: int = 1) -> None:
        """Each RTP packet is lost with this probability; always the same ones of a stream."""
        chance = random.Random(seed)
        self.rtp = lambda packet: [] if chance.random() < share else [packet]

    def lose_no_more(self) -> None:
        self.rtp = lambda packet: [packet]

    def jump_clock(self, seconds: float) -> None:
        """The time stamps of video go on from `seconds` later (or earlier) than they were."""
        ticks = round(seconds * 90000)

        def moved(packet: bytes) -> list[bytes]:
            stamp = (int.from_bytes(packet[4:8], "big") + ticks) % (1 << 32)
            return [packet[:4] + stamp.to_bytes(4, "big") + packet[8:]]

        self.rtp = moved

    def end(self) -> None:
        self._wake.send(b".")
        self._thread.join(10)
        for key in tuple(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()
        self._wake.close()

    def _run(self) -> None:
        while True:
            for key, _ in self._selector.select():
                if key.data is None:
                    return
                try:
                    key.data()
                except OSError:
                    self._forget(key.fileobj)  # type: ignore[arg-type]

    def _forget(self, *sockets: socket.socket) -> None:
        for one in sockets:
            if one.fileno() >= 0:
                self._selector.unregister(one)
                one.close()

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        try:
            server = socket.create_connection(self._server, 5)
        except OSError:
            client.close()
            return
        for link in (_Link(client, server, True), _Link(server, client, False)):
            link.source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
            self._selector.register(link.source, selectors.EVENT_READ, lambda link=link: self._read(link))

    def _read(self, link: _Link) -> None:
        data = b""
        try:
            data = link.source.recv(1 << 16)
        finally:
            if not data:
                self._forget(link.source, link.target)
        link.rest += data
        while piece := _take(link.rest):
            for passed in self._passed(link, piece):
                link.target.sendall(passed)

    def _passed(self, link: _Link, piece: bytes) -> list[bytes]:
        if piece[0] == ord("$"):
            if link.to_server or piece[1] % 2:
                return [piece]
            kept = self._filter(piece[4:])
            return [piece[:2] + len(packet).to_bytes(2, "big") + packet for packet in kept]
        if not link.to_server:
            return [_with_body(piece, self.sdp) if b"application/sdp" in piece else piece]
        request = piece.decode(errors="replace")
        self.requests.append(request)
        answer = self.answer(request)
        if answer is not None:
            number = re.search(r"(?mi)^CSeq:\s*(\d+)", request)
            assert number is not None
            status, rest = answer.split(b"\r\n", 1)
            link.source.sendall(status + b"\r\nCSeq: " + number[1].encode() + b"\r\n" + rest)
            return []
        return [_CLIENT_PORTS.sub(self._relay, piece)]

    def _filter(self, packet: bytes) -> list[bytes]:
        kept = self.rtp(packet)
        self.packets += len(kept)
        self.lost += not kept
        return kept

    def _relay(self, ports: re.Match[bytes]) -> bytes:
        """Two UDP ports of ours in place of the client's."""
        ours = []
        for kind, port in enumerate((int(ports[1]), int(ports[2]))):
            relay = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            relay.bind(("127.0.0.1", 0))
            ours.append(relay.getsockname()[1])

            def pass_on(relay: socket.socket = relay, port: int = port, kind: int = kind) -> None:
                packet = relay.recv(1 << 16)
                for kept in [packet] if kind else self._filter(packet):
                    relay.sendto(kept, ("127.0.0.1", port))

            self._selector.register(relay, selectors.EVENT_READ, pass_on)
        return b"client_port=%d-%d" % tuple(ours)


def _take(data: bytearray) -> bytes:
    """The first whole message or interleaved packet, removed from `data`; nothing if there is none yet."""
    if not data:
        return b""
    if data[0] == ord("$"):
        end = 4 + int.from_bytes(data[2:4], "big") if len(data) >= 4 else 4
    else:
        head = data.find(b"\r\n\r\n")
        if head < 0:
            return b""
        length = re.search(rb"(?mi)^Content-Length:\s*(\d+)", data[:head])
        end = head + 4 + (int(length[1]) if length else 0)
    if len(data) < end:
        return b""
    piece = bytes(data[:end])
    del data[:end]
    return piece


def _with_body(answer: bytes, change: Callable[[str], str]) -> bytes:
    head, body = answer.split(b"\r\n\r\n", 1)
    body = change(body.decode()).encode()
    head = re.sub(rb"(?mi)^Content-Length:.*$", b"Content-Length: %d\r" % len(body), head)
    return head + b"\r\n\r\n" + body


@contextmanager
def rtsp_proxy(port: int) -> Iterator[RtspProxy]:
    proxy = RtspProxy(port)
    try:
        yield proxy
    finally:
        proxy.end()
