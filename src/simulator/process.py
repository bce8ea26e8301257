"""A district in a process of its own, for the demo and the tests."""

import contextlib
import json
import os
import queue
import secrets
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from typing import IO, Any, Self
from urllib.parse import urlsplit

from ..domain.cameras import District
from ..domain.credentials import Credential
from ..domain.errors import GwanjeError
from .district import USER, make_district
from .settings import PARENT_VARIABLE, PASSWORD_VARIABLE

_CONTROL_TIMEOUT_S = 10.0
_END_TIMEOUT_S = 10.0


class SimulatorProcess:
    """Starts `python -m gwanje.simulator` and waits until it is ready; ends it on exit. It never outlives this process.

    Attributes (after the start):
        http, rtsp: base addresses. password, user, credential: for every camera. district: what the cameras are.
        pid: of the process, 0 while there is none.
    """

    user = USER

    def __init__(self, cameras: int, port: int = 0, password: str | None = None, ready_timeout_s: float = 30.0) -> None:
        self.cameras = cameras
        self._port = port
        self.password = password or secrets.token_urlsafe(12)
        self._ready_timeout_s = ready_timeout_s
        self._process: subprocess.Popen[str] | None = None
        self.http = self.rtsp = ""
        self.district = District()

    def __repr__(self) -> str:
        return f"SimulatorProcess({self.cameras} cameras, {self.http or 'not started'})"

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    @property
    def credential(self) -> Credential:
        return Credential(self.user, self.password)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Raises GwanjeError when it does not come up in time."""
        command = [sys.executable, "-m", "gwanje.simulator", "--cameras", str(self.cameras), "--port", str(self._port)]
        environment = {**os.environ, PASSWORD_VARIABLE: self.password, PARENT_VARIABLE: str(os.getpid())}
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=_read_line, args=(self._process.stdout, lines), daemon=True).start()
        try:
            ready = json.loads(lines.get(timeout=self._ready_timeout_s))
        except (queue.Empty, json.JSONDecodeError):
            self.stop()
            raise GwanjeError("the simulator did not start", cure="its messages are on stderr") from None
        self.http, self.rtsp = ready["http"], ready["rtsp"]
        http, rtsp = urlsplit(self.http), urlsplit(self.rtsp)
        self.district = make_district(self.cameras, http.hostname or "", http.port or 0, rtsp.port or 0)

    def stop(self) -> None:
        """End the process and wait for it. Nothing happens when there is none."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_END_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            with contextlib.suppress(OSError):
                process.stdout.close()

    # --- control ----------------------------------------------------------------------------------------------------

    def control(self, number: int) -> dict[str, Any]:
        """What the camera of that number says of itself (position, moves, stops, viewers, frames sent, fault)."""
        facts = self._ask("GET", f"/control/cameras/{number}")
        assert isinstance(facts, dict)
        return facts

    def controls(self) -> list[dict[str, Any]]:
        """The same for every camera, by number."""
        facts = self._ask("GET", "/control/cameras")
        assert isinstance(facts, list)
        return facts

    def set_fault(self, number: int, kind: str, **figures: float) -> None:
        """Switch a fault on (see FaultKind). Raises GwanjeError when the simulator refuses it."""
        self._ask("PUT", f"/control/cameras/{number}/fault", {"kind": kind, **figures})

    def clear_fault(self, number: int) -> None:
        self._ask("DELETE", f"/control/cameras/{number}/fault")

    def _ask(self, method: str, path: str, document: object = None) -> Any:
        body = None if document is None else json.dumps(document).encode()
        request = urllib.request.Request(self.http + path, body, method=method)  # noqa: S310 - loopback
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=_CONTROL_TIMEOUT_S) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise GwanjeError(error.read().decode("utf-8", "replace"), place="simulator") from None
        except OSError as error:
            raise GwanjeError(f"the simulator does not answer: {error}", place="simulator") from None


def _read_line(stream: IO[str], lines: "queue.Queue[str]") -> None:
    lines.put(stream.readline())
