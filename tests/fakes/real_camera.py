"""A camera for the tests: GStreamer's RTSP server in a process of its own (gst_rtsp_server.py), and its misfortunes."""

import os
import selectors
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gwanje.domain.credentials import Credential
from gwanje.videowall.port import StreamAddress

_SCRIPT = Path(__file__).with_name("gst_rtsp_server.py")
NATIVE = (640, 360)
RATE = 15


class RealCamera:
    """Plays a moving ball on /live. Needs Debian's python3-gi and gir1.2-gst-rtsp-server-1.0."""

    def __init__(self, credential: Credential | None = None, *options: str) -> None:
        self._credential = credential
        command = ["/usr/bin/python3", str(_SCRIPT), "--rate", str(RATE), *options]
        if credential is not None:
            command += ["--user", credential.user]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdin is not None and self._process.stdout is not None
        if credential is not None:
            self._order(credential.password)
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            line = self._process.stdout.readline() if selector.select(20) else ""
        if not line:
            self.end()
            raise RuntimeError("GStreamer's RTSP server did not start; run `make setup-dev`")
        self.port = int(line)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def address(self) -> StreamAddress:
        return StreamAddress(f"rtsp://127.0.0.1:{self.port}/live", self._credential)

    def fall_silent(self) -> None:
        """The connection stays, nothing is sent."""
        os.kill(self.pid, signal.SIGSTOP)

    def speak_again(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def freeze(self) -> None:
        """Keeps sending, always the same picture."""
        self._order("pattern red")

    def move_again(self) -> None:
        self._order("pattern ball")

    def change_size(self, size: str) -> None:
        """From the next picture on, say "320x240"."""
        self._order(f"size {size}")

    def die(self) -> None:
        """All connections are cut."""
        self._process.kill()
        self._process.wait(10)

    def end(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait(10)
        self._process.stdin.close()
        self._process.stdout.close()

    def _order(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()


@contextmanager
def real_camera(credential: Credential | None = None, *options: str) -> Iterator[RealCamera]:
    camera = RealCamera(credential, *options)
    try:
        yield camera
    finally:
        camera.end()


class RawServer:
    """Accepts connections and answers each request with the same bytes, or with silence. Counts the requests."""

    def __init__(self, answer: bytes | None) -> None:
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port: int = self._listener.getsockname()[1]
        self.requests = 0
        self._thread = threading.Thread(target=self._serve, name="raw-server")
        self._thread.start()

    @property
    def address(self) -> StreamAddress:
        return StreamAddress(f"rtsp://127.0.0.1:{self.port}/live")

    def end(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._listener.close()
        for connection in self._open:
            connection.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.settimeout(2)
            try:
                if connection.recv(4096):
                    self.requests += 1
                if self._answer is None:
                    self._open.append(connection)
                    continue
                connection.sendall(self._answer)
            except OSError:
                pass  # the other side has gone
            connection.close()


@contextmanager
def raw_server(answer: bytes | None) -> Iterator[RawServer]:
    server = RawServer(answer)
    try:
        yield server
    finally:
        server.end()


def unused_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
