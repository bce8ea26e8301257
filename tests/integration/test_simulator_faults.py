"""Each fault of the simulator, as a client meets it."""

import re
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import av
import numpy as np
import pytest
import requests
from requests.auth import HTTPDigestAuth

from gwanje.simulator import codeband
from gwanje.simulator.process import SimulatorProcess


@pytest.fixture(scope="module")
def running() -> Iterator[SimulatorProcess]:
    with SimulatorProcess(1) as process:
        yield process


@pytest.fixture
def simulator(running: SimulatorProcess) -> Iterator[SimulatorProcess]:
    yield running
    running.clear_fault(1)


def wait_for(condition: Callable[[], object], seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def open_stream(simulator: SimulatorProcess, read_s: float = 10.0) -> "av.container.InputContainer":
    address = f"rtsp://{simulator.user}:{simulator.password}@{simulator.rtsp.removeprefix('rtsp://')}/cam1/sub"
    # Not fflags=nobuffer: with it FFmpeg throws the first key frame away.
    quick = {"probesize": "32", "analyzeduration": "0", "fpsprobesize": "0"}
    return av.open(address, options={"rtsp_transport": "tcp", **quick}, timeout=(10, read_s))


def frames(container: "av.container.InputContainer") -> Iterator[np.ndarray]:
    for frame in container.decode(video=0):
        yield frame.to_ndarray(format="gray")


def post(simulator: SimulatorProcess, operation: str) -> requests.Response:
    body = (
        '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>'
        f'<{operation} xmlns="http://www.onvif.org/ver10/device/wsdl"/></s:Body></s:Envelope>'
    )
    auth = HTTPDigestAuth(simulator.user, simulator.password)
    return requests.post(simulator.district.cameras[0].device_address, body, auth=auth, timeout=10)


def test_freeze_sends_the_same_picture_and_thaws(simulator: SimulatorProcess) -> None:
    with open_stream(simulator) as container:
        stream = frames(container)
        next(stream)
        simulator.set_fault(1, "freeze")
        bands = [codeband.read(next(stream)) for _ in range(30)]
        assert len(set(bands[-20:])) == 1 and bands[-1] is not None
        sent = simulator.control(1)["frames_sent"]["sub"]
        simulator.clear_fault(1)
        wait_for(lambda: codeband.read(next(stream)) != bands[-1])
        assert simulator.control(1)["frames_sent"]["sub"] > sent


def test_silence_keeps_the_connection_and_sends_nothing(simulator: SimulatorProcess) -> None:
    with open_stream(simulator, read_s=1.5) as container:
        stream = frames(container)
        next(stream)
        simulator.set_fault(1, "silence")
        with pytest.raises(av.FFmpegError):
            while True:
                next(stream)
        assert simulator.control(1)["viewers"]["sub"] == 1


def test_after_silence_it_goes_on(simulator: SimulatorProcess) -> None:
    with open_stream(simulator) as container:
        stream = frames(container)
        next(stream)
        simulator.set_fault(1, "silence")
        quiet_since = time.monotonic()
        wait_for(lambda: time.monotonic() > quiet_since + 0.5)
        simulator.clear_fault(1)
        assert codeband.read([next(stream) for _ in range(10)][-1]) is not None


def test_drop_cuts_what_plays_and_what_comes_after(simulator: SimulatorProcess) -> None:
    with open_stream(simulator) as container:
        stream = frames(container)
        next(stream)
        simulator.set_fault(1, "drop", after_s=0.5)
        with pytest.raises((av.FFmpegError, StopIteration)):
            while True:
                next(stream)
    wait_for(lambda: simulator.control(1)["viewers"]["sub"] == 0)
    count = 0
    with open_stream(simulator) as container, pytest.raises((av.FFmpegError, StopIteration)):
        stream = frames(container)
        while True:
            next(stream)
            count += 1
    assert 1 <= count < 30


def test_refuse_answers_503(simulator: SimulatorProcess) -> None:
    simulator.set_fault(1, "refuse")
    with pytest.raises(av.FFmpegError):
        open_stream(simulator)
    assert post(simulator, "GetHostname").status_code == 503


def test_wrong_password_refuses_everybody(simulator: SimulatorProcess) -> None:
    simulator.set_fault(1, "wrong_password")
    with pytest.raises(av.HTTPUnauthorizedError):
        open_stream(simulator)
    assert post(simulator, "GetHostname").status_code == 401
    simulator.clear_fault(1)
    assert post(simulator, "GetHostname").status_code == 200


def test_wrong_clock_is_an_hour_off(simulator: SimulatorProcess) -> None:
    def hour() -> int:
        found = re.search(r"UTCDateTime>.*?Hour>(\d+)<", post(simulator, "GetSystemDateAndTime").text, re.S)
        assert found is not None
        return int(found[1])

    before = hour()
    simulator.set_fault(1, "wrong_clock")
    assert (hour() - before) % 24 in (1, 2)


def test_slow_answers_late_and_sends_at_a_crawl(simulator: SimulatorProcess) -> None:
    simulator.set_fault(1, "slow", delay_s=1.0, fps=2.0)
    begun = time.monotonic()
    assert post(simulator, "GetHostname").status_code == 200
    assert time.monotonic() - begun >= 1.0
    with open_stream(simulator) as container:
        stream = frames(container)
        bands = [codeband.read(next(stream)) for _ in range(4)]
    gaps = [b.unix_ms - a.unix_ms for a, b in pairwise(bands) if a and b]
    assert len(gaps) == 3 and all(gap > 350 for gap in gaps)


def test_corrupt_damages_pictures_and_keeps_the_connection(simulator: SimulatorProcess) -> None:
    simulator.set_fault(1, "corrupt", ratio=0.5)
    with open_stream(simulator) as container:
        clean = sum(
            not frame.is_corrupt and codeband.read(frame.to_ndarray(format="gray")) is not None
            for frame in some(container)
        )
        assert clean < 54, "of 60 packets nine in ten came through"
    wait_for(lambda: simulator.control(1)["viewers"]["sub"] == 0)
    assert simulator.control(1)["fault"]["kind"] == "corrupt"


def some(container: "av.container.InputContainer") -> Iterator[av.VideoFrame]:
    """What can be decoded within 60 packets, errors passed over."""
    for n, packet in enumerate(container.demux(video=0)):
        try:
            for frame in packet.decode():
                assert isinstance(frame, av.VideoFrame)
                yield frame
        except av.InvalidDataError:
            pass
        if n >= 60:
            return
