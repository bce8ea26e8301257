"""Streams as cameras really send them: codecs, transports, encryption, refusals, and changes while they play."""

import datetime
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from PySide6.QtCore import QCoreApplication

from gwanje.domain.credentials import Credential
from gwanje.domain.source_state import Reason
from gwanje.videowall.engine.ffmpeg import FfmpegEngine
from gwanje.videowall.engine.port import SessionCounted, SessionEnded
from gwanje.videowall.engine.reader import ANSWER_WITHIN_S
from gwanje.videowall.port import Picture, SourceStatistics, StreamAddress, Transport
from tests.fakes.lossy_camera import LossyCamera
from tests.fakes.pool_bench import pool_bench
from tests.fakes.real_camera import RATE, raw_server, real_camera
from tests.fakes.rtsp_proxy import rtsp_proxy

pytestmark = pytest.mark.usefixtures("qapp")
WITH_B_FRAMES = ("--profile", "main", "--encoder", "x264enc speed-preset=veryfast bframes=2 rc-lookahead=10")


class Bench:
    """One engine, one session at a time, and what became of it."""

    def __init__(self, hardware: str = "") -> None:
        self.engine = FfmpegEngine(1, hardware=hardware)
        self.session = 0

    def open(self, address: StreamAddress, width: int = 320, height: int = 180) -> None:
        self.engine.close(self.session)
        self.session += 1
        self.ends: list[Reason] = []
        self.statistics = SourceStatistics()
        self.engine.open(self.session, address, width, height)

    def until(self, condition: Callable[[], Any], seconds: float = 15.0) -> Any:
        deadline = time.monotonic() + seconds
        while True:
            QCoreApplication.processEvents()
            for event in self.engine.poll():
                if isinstance(event, SessionEnded):
                    self.ends.append(event.reason)
                elif isinstance(event, SessionCounted) and event.session == self.session:
                    self.statistics = event.statistics
            if found := condition():
                return found
            assert time.monotonic() < deadline, f"not within {seconds} s; {self.ends} {self.statistics}"
            time.sleep(0.005)

    def picture(self, after: int = 0) -> Picture:
        def newer() -> Picture | None:
            newest = self.engine.picture(self.session)
            return newest if newest is not None and newest.sequence > after else None

        picture = self.until(newer)
        assert isinstance(picture, Picture)
        return picture

    def end(self) -> Reason:
        self.until(lambda: self.ends)
        return self.ends[0]


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    try:
        yield made
    finally:
        made.engine.shut_down()


@pytest.mark.parametrize(
    ("options", "codec"),
    [(WITH_B_FRAMES, "h264"), (("--codec", "h265"), "hevc"), (("--codec", "mjpeg"), "mjpeg")],
)
def test_every_picture_of_every_codec_is_shown(bench: Bench, options: tuple[str, ...], codec: str) -> None:
    with real_camera(None, *options) as camera:
        bench.open(camera.address)
        first = bench.picture()
        last = bench.picture(first.sequence + 2 * RATE)
        bench.until(lambda: bench.statistics.frames > RATE)
        assert bench.statistics.codec == codec
        assert not bench.statistics.damaged
        assert (last.width, last.height) == (320, 180)


@pytest.mark.parametrize("codec", ["h264", "h265"])
def test_parameter_sets_that_come_in_the_stream_only(bench: Bench, codec: str) -> None:
    with real_camera(None, "--codec", codec) as camera, rtsp_proxy(camera.port) as proxy:
        described: list[str] = []

        def bare(sdp: str) -> str:
            kept = "\r\n".join(line for line in sdp.split("\r\n") if "sprop" not in line)
            described.append(sdp)
            return kept

        proxy.sdp = bare
        bench.open(proxy.address())
        assert not bench.picture().damaged
        assert "sprop" in described[0]


@pytest.mark.parametrize("codec", ["h264", "h265", "mjpeg"])
def test_another_size_while_it_plays(bench: Bench, codec: str) -> None:
    with real_camera(None, "--codec", codec) as camera:
        bench.open(camera.address, 1000, 1000)
        assert (bench.picture().width, bench.picture().height) == (640, 360)
        camera.change_size("320x240")
        bench.until(lambda: (bench.picture().width, bench.picture().height) == (320, 240))
        bench.until(lambda: (bench.statistics.width, bench.statistics.height) == (320, 240))
        assert not bench.ends


def test_a_camera_that_comes_back_with_another_codec() -> None:
    with (
        pool_bench(1) as pool,
        real_camera() as before,
        real_camera(None, "--codec", "h265") as after,
        rtsp_proxy(before.port) as proxy,
    ):
        key = pool.show("gate", proxy.address())
        pool.until(lambda: pool.is_live(key) and pool.pool.statistics(key).codec == "h264")
        proxy.lead_to(after.port)
        before.die()
        pool.until(lambda: pool.is_live(key) and pool.pool.statistics(key).codec == "hevc")


def test_packets_of_another_kind_than_was_described_make_it_ask_again() -> None:
    """As some cameras do when their encoder is set up anew: the session stays, its packets mean something else."""
    with pool_bench(1) as pool, real_camera() as camera, rtsp_proxy(camera.port) as proxy:
        key = pool.show("gate", proxy.address())
        pool.until(lambda: pool.is_live(key))
        proxy.rtp = lambda packet: [packet[:1] + bytes([packet[1] & 0x80 | 98]) + packet[2:]]
        pool.until(lambda: not pool.is_live(key), 5)
        described = proxy.methods().count("DESCRIBE")
        pool.until(lambda: proxy.methods().count("DESCRIBE") > described, 15)
        proxy.lose_no_more()
        pool.until(lambda: pool.is_live(key), 20)


@pytest.mark.parametrize(
    ("offered", "asked", "used"),
    [
        ("both", Transport.AUTO, "tcp"),
        ("udp", Transport.AUTO, "udp"),
        ("both", Transport.UDP, "udp"),
        ("tcp", Transport.UDP, ""),
        ("udp", Transport.TCP, ""),
    ],
)
def test_transports(bench: Bench, offered: str, asked: Transport, used: str) -> None:
    with real_camera(None, "--protocols", offered) as camera:
        bench.open(replace(camera.address, transport=asked))
        if not used:
            assert bench.end() is Reason.UNSUPPORTED
            return
        bench.until(lambda: bench.statistics.transport)
        assert bench.statistics.transport == used
        bench.picture()


def test_losses_on_the_way_are_counted_over_udp_too(bench: Bench) -> None:
    camera = LossyCamera()
    try:
        bench.open(replace(camera.address, transport=Transport.UDP))
        bench.picture()
        camera.lose_packets(0.1)
        bench.until(lambda: bench.statistics.lost > 3 and bench.statistics.damaged > 3)
        assert bench.statistics.lost <= camera.link.lost
        camera.lose_no_more()
        bench.until(lambda: not bench.picture().damaged)
    finally:
        camera.end()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Signed by itself, for another name: what cameras have."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "IPC-4711")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=2))
        .not_valid_after(now - datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    place = tmp_path_factory.mktemp("tls") / "camera.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    place.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + private)
    return place


@pytest.mark.parametrize("scheme", ["basic", "digest"])
def test_encrypted_and_with_a_password(bench: Bench, certificate: Path, scheme: str) -> None:
    credential = Credential("adm in", "p@ss:w/ö rd")
    with real_camera(credential, "--certificate", str(certificate), "--scheme", scheme) as camera:
        address = replace(camera.address, uri=camera.address.uri.replace("rtsp:", "rtsps:"), transport=Transport.UDP)
        bench.open(address)
        bench.picture()
        bench.until(lambda: bench.statistics.transport)
        assert bench.statistics.transport == "tcp", "inside the encrypted connection, whatever was asked for"
        bench.open(replace(address, credential=Credential("adm in", "wrong")))
        assert bench.end() is Reason.WRONG_PASSWORD


@pytest.mark.parametrize(("algorithm", "told"), [("SHA-256", Reason.UNSUPPORTED), ("MD5", Reason.WRONG_PASSWORD)])
def test_a_digest_that_cannot_be_answered_is_no_wrong_password(bench: Bench, algorithm: str, told: Reason) -> None:
    challenge = f'WWW-Authenticate: Digest realm="camera", nonce="4711", algorithm={algorithm}'
    with real_camera() as camera, rtsp_proxy(camera.port) as proxy:
        proxy.answer = lambda request: f"RTSP/1.0 401 Unauthorized\r\n{challenge}\r\n\r\n".encode()
        bench.open(proxy.address(Credential("viewer", "right or not")))
        assert bench.end() is told
        assert not [r for r in proxy.requests if "right" in r]


def test_sound_is_never_asked_for_and_the_session_is_kept_alive(bench: Bench) -> None:
    with real_camera(None, "--sound", "--timeout", "4") as camera, rtsp_proxy(camera.port) as proxy:
        described: list[str] = []
        proxy.sdp = lambda sdp: described.append(sdp) or sdp  # type: ignore[func-returns-value]
        bench.open(proxy.address())
        bench.picture()
        bench.until(lambda: proxy.methods().count("GET_PARAMETER") >= 2)
        assert "m=audio" in described[0]
        assert proxy.methods().count("SETUP") == 1
        assert not bench.ends


def test_what_is_closed_while_the_camera_says_nothing_is_gone_soon(bench: Bench) -> None:
    def threads() -> int:
        return psutil.Process(bench.engine.worker_pids()[0]).num_threads()

    with raw_server(None) as silent, real_camera() as camera:
        bench.open(camera.address)
        bench.picture()
        few = threads() - 1
        camera.fall_silent()
        try:
            for number in range(100, 105):
                bench.engine.open(number, silent.address, 320, 180)
            bench.until(lambda: threads() >= few + 6)
            for number in (*range(100, 105), bench.session):
                bench.engine.close(number)
            bench.until(lambda: threads() <= few, ANSWER_WITHIN_S)
        finally:
            camera.speak_again()


@pytest.mark.parametrize("transport", [Transport.TCP, Transport.UDP])
def test_what_is_closed_while_the_camera_sends_rubbish_is_gone_soon(bench: Bench, transport: Transport) -> None:
    """FFmpeg throws such packets away without giving the thread back."""
    camera = LossyCamera()
    try:
        bench.open(replace(camera.address, transport=transport))
        bench.picture()
        process = psutil.Process(bench.engine.worker_pids()[0])
        few = process.num_threads() - 1
        camera.link.rtp = lambda packet: [packet[:1] + bytes([packet[1] & 0x80 | 98]) + packet[2:]]
        bench.until(lambda: time.monotonic() - (bench.engine.beat(bench.session).data_at or 0.0) > 0.5)
        bench.engine.close(bench.session)
        bench.until(lambda: process.num_threads() <= few, ANSWER_WITHIN_S)
    finally:
        camera.end()


def test_a_silence_that_ends_goes_on_in_the_same_session_and_its_last_picture_is_no_sign_of_life(bench: Bench) -> None:
    with real_camera() as camera:
        bench.open(camera.address)
        bench.picture()
        camera.fall_silent()
        silent_at = time.monotonic()
        try:
            bench.until(lambda: time.monotonic() - silent_at > ANSWER_WITHIN_S + 1.0)
            beat = bench.engine.beat(bench.session)
            assert beat.decoded_at is not None and beat.decoded_at - silent_at < 1.5
            last = bench.picture()
        finally:
            camera.speak_again()
        bench.picture(last.sequence + RATE)
        assert not bench.ends and not bench.statistics.damaged


def test_hardware_that_is_not_there_is_done_without() -> None:
    bench = Bench(hardware="auto")
    try:
        with real_camera() as camera:
            bench.open(camera.address)
            bench.picture()
            bench.until(lambda: bench.statistics.frames > 1)
            assert bench.statistics.codec == "h264"
    finally:
        bench.engine.shut_down()
