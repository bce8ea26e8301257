"""The simulator's streams, read by FFmpeg's tools and by a client of our own on the socket."""

import asyncio
import hashlib
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import requests
from requests.auth import HTTPDigestAuth

from gwanje.domain.ptz import PtzPosition
from gwanje.simulator import codeband
from gwanje.simulator.digest import DigestGuard, parse
from gwanje.simulator.process import SimulatorProcess
from gwanje.simulator.server import Simulator


@pytest.fixture(scope="module")
def simulator() -> Iterator[SimulatorProcess]:
    with SimulatorProcess(6) as running:
        yield running


def url(simulator: SimulatorProcess, number: int, profile: str) -> str:
    host = simulator.rtsp.removeprefix("rtsp://")
    return f"rtsp://{simulator.user}:{simulator.password}@{host}/cam{number}/{profile}"


def pictures(address: str, count: int) -> Iterator[tuple[float, np.ndarray]]:
    """Decoded grey pictures with the Unix time at which each was there."""
    # Not fflags=nobuffer: with it FFmpeg throws the first key frame away.
    quick = {"probesize": "32", "analyzeduration": "0", "fpsprobesize": "0"}
    with av.open(address, options={"rtsp_transport": "tcp", **quick}, timeout=(10, 10)) as container:
        for n, frame in enumerate(container.decode(video=0)):
            yield time.time(), frame.to_ndarray(format="gray")
            if n + 1 == count:
                return


@pytest.mark.parametrize(("profile", "size", "rate"), [("sub", "640,360", "15/1"), ("main", "1920,1080", "25/1")])
def test_ffprobe_has_nothing_to_say(simulator: SimulatorProcess, profile: str, size: str, rate: str) -> None:
    command = ["ffprobe", "-v", "warning", "-rtsp_transport", "tcp", "-of", "csv=p=0"]
    command += ["-show_entries", "stream=codec_name,width,height,r_frame_rate", url(simulator, 1, profile)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == f"h264,{size},{rate}"


@pytest.mark.parametrize(("profile", "pictures_expected"), [("sub", 45), ("main", 75)])
def test_ffmpeg_decodes_three_seconds_without_an_error(
    simulator: SimulatorProcess, profile: str, pictures_expected: int
) -> None:
    command = ["ffmpeg", "-v", "warning", "-xerror", "-err_detect", "explode", "-rtsp_transport", "tcp", "-progress"]
    command += ["pipe:1", "-i", url(simulator, 2, profile), "-t", "3", "-fps_mode", "passthrough", "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    decoded = int(re.findall(r"frame=\s*(\d+)", done.stdout)[-1])
    assert pictures_expected * 0.6 <= decoded <= pictures_expected + 2


@pytest.mark.parametrize("profile", ["sub", "main"])
def test_counter_and_clock_come_back_out_of_the_pictures(simulator: SimulatorProcess, profile: str) -> None:
    bands = []
    for there, grey in pictures(url(simulator, 3, profile), 40):
        band = codeband.read(grey)
        assert band is not None
        bands.append((there, band))
    counters = [band.counter for _, band in bands]
    assert counters == list(range(counters[0], counters[0] + 40))
    times = [band.unix_ms for _, band in bands]
    assert times == sorted(set(times))
    for there, band in bands[-10:]:
        assert -50 < there * 1000 - band.unix_ms < 2000


def test_two_viewers_share_one_encoder(simulator: SimulatorProcess) -> None:
    one, other = pictures(url(simulator, 4, "sub"), 40), pictures(url(simulator, 4, "sub"), 5)
    next(one)
    seen = [codeband.read(grey) for _, grey in other]
    rest = {codeband.read(grey) for _, grey in one}
    assert set(seen) <= rest


def test_nothing_runs_while_nobody_watches(simulator: SimulatorProcess) -> None:
    list(pictures(url(simulator, 5, "sub"), 3))
    wait_for(lambda: simulator.control(5)["viewers"] == {"main": 0, "sub": 0})
    before = simulator.control(5)["frames_sent"]["sub"]
    assert before >= 3
    several_pictures_later = time.monotonic() + 0.5
    wait_for(lambda: time.monotonic() > several_pictures_later)
    assert simulator.control(5)["frames_sent"]["sub"] <= before + 1


def test_something_moves_in_every_street(simulator: SimulatorProcess) -> None:
    for number in (1, 2, 3):
        shots = [grey[40:].astype(np.int16) for _, grey in pictures(url(simulator, number, "sub"), 31)]
        changed = np.abs(shots[-1] - shots[0]) > 25
        assert 50 < changed.sum() < changed.size / 2


def test_streets_differ(simulator: SimulatorProcess) -> None:
    shots = [next(iter(pictures(url(simulator, n, "sub"), 1)))[1][40:].astype(np.int16) for n in range(1, 7)]
    for i, a in enumerate(shots):
        for b in shots[i + 1 :]:
            assert np.abs(a - b).mean() > 12


def test_the_view_pans_and_zooms(simulator: SimulatorProcess) -> None:
    def look(pan: float, zoom: float) -> np.ndarray:
        body = (
            '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>'
            '<AbsoluteMove xmlns="http://www.onvif.org/ver20/ptz/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema">'
            f'<ProfileToken>main</ProfileToken><Position><tt:PanTilt x="{pan}" y="0"/><tt:Zoom x="{zoom}"/></Position>'
            "</AbsoluteMove></s:Body></s:Envelope>"
        )
        address = simulator.district.cameras[0].device_address
        auth = HTTPDigestAuth(simulator.user, simulator.password)
        assert requests.post(address, body, auth=auth, timeout=10).status_code == 200
        wait_for(lambda: simulator.control(1)["moving"] is False)
        return next(iter(pictures(url(simulator, 1, "sub"), 1)))[1][60:].astype(np.float32)

    middle, right, near = look(0.0, 0.0), look(0.5, 0.0), look(0.0, 0.6)
    assert simulator.control(1)["position"]["zoom"] == pytest.approx(0.6)
    assert np.abs(middle - right).mean() > 12
    assert np.abs(middle - near).mean() > 12
    # Half of the pan range is half of the way to the edge: the picture is shifted by a quarter of the panorama's rest.
    shift = round(0.5 * (2000 - 1000) / 2 * 640 / 1000)
    moved = np.abs(middle[:150, shift:] - right[:150, :-shift])
    assert np.median(moved) < 8


# --- on the socket ----------------------------------------------------------------------------------------------------


def wait_for(condition: Any, seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


class Client:
    """A small RTSP client that shows everything."""

    def __init__(self, base: str, user: str, password: str) -> None:
        host, port = base.removeprefix("rtsp://").split(":")
        self.base, self.user, self.password = base, user, password
        self.socket = socket.create_connection((host, int(port)), timeout=10)
        self.file = self.socket.makefile("rb")
        self.cseq = 0
        self.challenge = ""
        self.packets: list[tuple[int, bytes]] = []

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self.socket.close()

    def _authorization(self, method: str, address: str) -> str:
        def md5(text: str) -> str:
            return hashlib.md5(text.encode()).hexdigest()

        p = parse(self.challenge)
        secret, request = md5(f"{self.user}:{p['realm']}:{self.password}"), md5(f"{method}:{address}")
        response = md5(f"{secret}:{p['nonce']}:{request}")
        return (
            f'Authorization: Digest username="{self.user}", realm="{p["realm"]}", nonce="{p["nonce"]}", '
            f'uri="{address}", response="{response}"\r\n'
        )

    def ask(self, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        address = self.base + path
        for _ in range(2):
            self.cseq += 1
            text = f"{method} {address} RTSP/1.0\r\nCSeq: {self.cseq}\r\n"
            text += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
            if self.challenge:
                text += self._authorization(method, address)
            self.socket.sendall((text + "\r\n").encode())
            status, answered, body = self._response()
            assert answered["cseq"] == str(self.cseq)
            if status != 401 or self.challenge == answered["www-authenticate"]:
                break
            if self.challenge and "stale=true" not in answered["www-authenticate"]:
                break
            self.challenge = answered["www-authenticate"]
        return status, answered, body

    def _response(self) -> tuple[int, dict[str, str], bytes]:
        while True:
            first = self.file.read(1)
            if not first:
                raise ConnectionError("closed")
            if first == b"$":
                self._packet()
                continue
            line = (first + self.file.readline()).decode()
            headers = {}
            while (more := self.file.readline().decode().strip()) != "":
                name, _, value = more.partition(":")
                headers[name.lower()] = value.strip()
            return int(line.split()[1]), headers, self.file.read(int(headers.get("content-length", 0)))

    def _packet(self) -> None:
        channel, high, low = self.file.read(3)
        self.packets.append((channel, self.file.read(high << 8 | low)))

    def packet(self) -> tuple[int, bytes]:
        while not self.packets:
            first = self.file.read(1)
            if not first:
                raise ConnectionError("closed")
            assert first == b"$"
            self._packet()
        return self.packets.pop(0)

    def play(self, path: str) -> str:
        assert self.ask("DESCRIBE", path)[0] == 200
        status, headers, _ = self.ask("SETUP", f"{path}/track1", Transport="RTP/AVP/TCP;unicast;interleaved=0-1")
        assert status == 200
        session = headers["session"].split(";")[0]
        status, headers, _ = self.ask("PLAY", path, Session=session)
        assert status == 200 and "seq=" in headers["rtp-info"]
        return session


@pytest.fixture
def client(simulator: SimulatorProcess) -> Iterator[Client]:
    with Client(simulator.rtsp, simulator.user, simulator.password) as connected:
        yield connected


def test_options_and_describe(client: Client) -> None:
    status, headers, _ = client.ask("OPTIONS", "/cam1/sub")
    assert status == 200 and {"SETUP", "PLAY", "GET_PARAMETER"} <= set(headers["public"].split(", "))
    status, headers, sdp = client.ask("DESCRIBE", "/cam1/sub")
    assert status == 200 and headers["content-type"] == "application/sdp"
    assert b"a=rtpmap:96 H264/90000" in sdp and b"sprop-parameter-sets=Z" in sdp and b"m=audio" not in sdp


def test_what_is_refused(client: Client) -> None:
    assert client.ask("DESCRIBE", "/cam99/sub")[0] == 404
    assert client.ask("DESCRIBE", "/cam1/other")[0] == 404
    assert client.ask("RECORD", "/cam1/sub")[0] == 501
    assert client.ask("SETUP", "/cam1/sub/track1", Transport="RTP/AVP;unicast;client_port=5000-5001")[0] == 461
    assert client.ask("PLAY", "/cam1/sub", Session="nosuch")[0] == 454


def test_a_wrong_password_is_refused(simulator: SimulatorProcess) -> None:
    with Client(simulator.rtsp, simulator.user, "wrong") as client:
        assert client.ask("DESCRIBE", "/cam1/sub")[0] == 401
    with Client(simulator.rtsp, "somebody", simulator.password) as client:
        assert client.ask("DESCRIBE", "/cam1/sub")[0] == 401


def test_a_newcomer_gets_a_report_and_a_whole_picture_first(simulator: SimulatorProcess) -> None:
    with (
        Client(simulator.rtsp, simulator.user, simulator.password) as first,
        Client(simulator.rtsp, simulator.user, simulator.password) as second,
    ):
        first.play("/cam6/sub")
        first.packet()
        asked = time.time()
        second.play("/cam6/sub")
        channel, report = second.packet()
        assert channel == 1 and report[1] == 200
        captured = int.from_bytes(report[8:12], "big") - 2_208_988_800 + int.from_bytes(report[12:16], "big") / 2**32
        kinds = [second.packet()[1][12] & 0x1F for _ in range(3)]
        assert kinds[:2] == [7, 8] and kinds[2] in (5, 28)
        assert asked - 0.2 <= captured <= time.time()


def test_pause_play_and_teardown(client: Client) -> None:
    session = client.play("/cam5/sub")
    client.packet()
    assert client.ask("PAUSE", "/cam5/sub", Session=session)[0] == 200
    client.packets.clear()
    assert client.ask("GET_PARAMETER", "/cam5/sub", Session=session)[0] == 200
    assert client.packets == []
    assert client.ask("PLAY", "/cam5/sub", Session=session)[0] == 200
    client.packet()
    assert client.ask("SET_PARAMETER", "/cam5/sub", Session=session)[0] == 200
    assert client.ask("TEARDOWN", "/cam5/sub", Session=session)[0] == 200
    assert client.ask("GET_PARAMETER", "/cam5/sub", Session=session)[0] == 454


def test_what_is_no_rtsp_does_no_harm(simulator: SimulatorProcess) -> None:
    host, port = simulator.rtsp.removeprefix("rtsp://").split(":")
    for garbage in (
        b"GET / HTTP/1.1\r\n\r\n",
        b"\0" * 40_000,
        b"DESCRIBE x\r\n\r\n",
        b"A B RTSP/1.0\r\nContent-Length: 9999999\r\n\r\n",
    ):
        with socket.create_connection((host, int(port)), timeout=10) as raw:
            raw.sendall(garbage)
            raw.shutdown(socket.SHUT_WR)
            while raw.recv(4096):
                pass
    assert simulator.control(1)["number"] == 1


def test_silent_sessions_end_and_kept_ones_live() -> None:
    async def run() -> None:
        loop = asyncio.get_running_loop()
        async with Simulator(2, port=0, session_timeout_s=1.0) as simulator:

            def silent() -> float:
                with Client(simulator.rtsp, simulator.user, simulator.password) as client:
                    client.play("/cam1/sub")
                    begun = time.monotonic()
                    with pytest.raises((ConnectionError, ValueError)):
                        while True:
                            client.packet()
                    return time.monotonic() - begun

            def kept() -> int:
                with Client(simulator.rtsp, simulator.user, simulator.password) as client:
                    session, begun, count = client.play("/cam2/sub"), time.monotonic(), 0
                    while time.monotonic() - begun < 3.0:
                        assert client.ask("GET_PARAMETER", "/cam2/sub", Session=session)[0] == 200
                        client.packet()
                        count += 1
                    return count

            lived, count = await asyncio.gather(loop.run_in_executor(None, silent), loop.run_in_executor(None, kept))
            assert 0.8 < lived < 3.0
            assert count > 15

    asyncio.run(run())


def test_a_stale_nonce_is_told_from_a_wrong_password() -> None:
    async def run() -> None:
        loop = asyncio.get_running_loop()
        async with Simulator(1, port=0) as simulator:
            camera = simulator.endpoints[1].camera
            camera.rtsp_guard = DigestGuard("gwanje camera 1", qop=False, lifetime_s=-1.0)

            def ask() -> tuple[int, dict[str, str]]:
                with Client(simulator.rtsp, simulator.user, simulator.password) as client:
                    client.challenge = camera.rtsp_guard.challenge()
                    status, headers, _ = client.ask("DESCRIBE", "/cam1/sub")
                    return status, headers

            status, headers = await loop.run_in_executor(None, ask)
            assert status == 401 and "stale=true" in headers["www-authenticate"]

    asyncio.run(run())


# --- the process ------------------------------------------------------------------------------------------------------


def test_the_password_is_in_no_process_list(simulator: SimulatorProcess) -> None:
    assert simulator.password.encode() not in Path(f"/proc/{simulator.pid}/cmdline").read_bytes()
    assert simulator.password not in repr(simulator)


def test_a_hundred_idle_cameras_take_next_to_nothing() -> None:
    with SimulatorProcess(100) as district:

        def cpu_ticks() -> int:
            fields = Path(f"/proc/{district.pid}/stat").read_text().rsplit(")", 1)[1].split()
            return int(fields[11]) + int(fields[12])

        assert len(district.controls()) == 100
        before, begun = cpu_ticks(), time.monotonic()
        wait_for(lambda: time.monotonic() - begun > 3.0)
        assert (cpu_ticks() - before) / 100 / (time.monotonic() - begun) < 0.03


def test_it_ends_with_its_parent() -> None:
    code = (
        "import os, sys\n"
        "from gwanje.simulator.process import SimulatorProcess\n"
        "s = SimulatorProcess(1); s.start(); print(s.pid, flush=True); os._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    pid = int(done.stdout)

    def gone() -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
        except FileNotFoundError:
            return True

    wait_for(gone)


def test_a_taken_port_is_an_exit_code(simulator: SimulatorProcess) -> None:
    port = simulator.http.rsplit(":", 1)[1]
    command = [sys.executable, "-m", "gwanje.simulator", "--cameras", "1", "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot listen" in done.stderr


def test_positions_of_the_head_are_domain_values(simulator: SimulatorProcess) -> None:
    position = PtzPosition(**simulator.control(1)["position"])
    assert -1 <= position.pan <= 1 and 0 <= position.zoom <= 1
