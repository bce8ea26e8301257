"""The whole district in one process."""

import asyncio
import logging
import os
import secrets
import socket
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web

from ..domain.cameras import District
from .camera import SimulatedCamera
from .district import USER, make_district
from .encoder import SPECS, LiveStream
from .faults import FaultKind
from .http import HttpSide
from .rtsp import SESSION_TIMEOUT_S, Endpoint, RtspServer
from .settings import PASSWORD_VARIABLE

_log = logging.getLogger(__name__)

_CUTTING_FAULTS = {FaultKind.DROP, FaultKind.REFUSE, FaultKind.WRONG_PASSWORD}


def free_ports(host: str) -> tuple[int, int]:
    """Two neighbouring free ports, the first even. Raises OSError when none are found."""
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind((host, 0))
            port = first.getsockname()[1] & ~1
            first.close()
            try:
                with socket.socket() as again:
                    again.bind((host, port))
                    second.bind((host, port + 1))
            except OSError:
                continue
            return port, port + 1
    raise OSError("no two neighbouring free ports were found")


class Simulator:
    """A district of cameras: HTTP at `port`, RTSP at the port after it.

    `port` 0 takes a free pair. The password of the user "operator" at each camera is `password`, else the environment's
    GWANJE_SIMULATOR_PASSWORD, else a new random one. Use as an async context manager, or start() and close().
    """

    user = USER

    def __init__(
        self,
        cameras: int,
        port: int = 0,
        host: str = "127.0.0.1",
        password: str | None = None,
        session_timeout_s: float = SESSION_TIMEOUT_S,
    ) -> None:
        self._count = cameras
        self._host = host
        self._port = port
        self.password = password or os.environ.get(PASSWORD_VARIABLE) or secrets.token_urlsafe(12)
        self._session_timeout_s = session_timeout_s
        self.http_port = self.rtsp_port = 0
        self.district = District()
        self.endpoints: dict[int, Endpoint] = {}
        # Drawing and encoding leave the interpreter lock for most of their time; more threads than cores gain nothing.
        self._pool = ThreadPoolExecutor(max(2, min(8, os.cpu_count() or 2)), thread_name_prefix="encoder")
        self._rtsp = RtspServer(self.endpoints, session_timeout_s)
        self._runner: web.AppRunner | None = None

    def __repr__(self) -> str:
        return f"Simulator({self._count} cameras, {self.http})"

    @property
    def http(self) -> str:
        return f"http://{self._host}:{self.http_port}"

    @property
    def rtsp(self) -> str:
        return f"rtsp://{self._host}:{self.rtsp_port}"

    async def __aenter__(self) -> "Simulator":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def start(self) -> None:
        """Bind both ports. Raises OSError when one is taken."""
        self.http_port, self.rtsp_port = (self._port, self._port + 1) if self._port else free_ports(self._host)
        self.district = make_district(self._count, self._host, self.http_port, self.rtsp_port)
        for camera in self.district.cameras:
            simulated = SimulatedCamera(camera, self.password)
            streams = {profile: LiveStream(simulated, profile, self._pool) for profile in SPECS}
            self.endpoints[camera.number] = Endpoint(simulated, streams)
        side = HttpSide(self.endpoints, self._pool, self._fault_changed)
        self._runner = web.AppRunner(side.application(), access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self.http_port).start()
            await self._rtsp.start(self._host, self.rtsp_port)
        except OSError:
            await self.close()
            raise
        _log.info("%d cameras at %s and %s", self._count, self.http, self.rtsp)

    async def close(self) -> None:
        await self._rtsp.close()
        for endpoint in self.endpoints.values():
            await asyncio.gather(*(stream.close() for stream in endpoint.streams.values()))
        if self._runner is not None:
            await self._runner.cleanup()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _fault_changed(self, camera: SimulatedCamera) -> None:
        if camera.fault is not None and camera.fault.kind in _CUTTING_FAULTS:
            self._rtsp.end_sessions(camera)
        for stream in self.endpoints[camera.number].streams.values():
            stream.fault_changed()
