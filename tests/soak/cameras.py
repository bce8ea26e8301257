"""A camera that comes and goes: its server is killed and started again at the same port."""

import contextlib
import threading

from tests.fakes.bench_server import BenchServer
from tests.fakes.real_camera import unused_port


class FlappingCamera:
    """Five seconds there, five seconds gone. Attributes: `uri`; `flaps`, how often it went."""

    def __init__(self, every_s: float = 5.0) -> None:
        self.flaps = 0
        self._every_s = every_s
        self._over = threading.Event()
        self._server: BenchServer | None = BenchServer(1, port=unused_port())
        self._port = self._server.port
        self.uri = self._server.uri(1)
        self._thread = threading.Thread(target=self._flap, name="flapping-camera")
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()
        if self._server is not None:
            self._server.end()

    def _flap(self) -> None:
        while not self._over.wait(self._every_s):
            if self._server is not None:
                self._server.end()
                self._server = None
                self.flaps += 1
                continue
            with contextlib.suppress(RuntimeError):  # the port is not free yet: the next round will do
                self._server = BenchServer(1, port=self._port)
