"""Makes tests/fakes/exchanges anew: `python -m tests.fakes.record_exchange`. FFmpeg plays real servers, we listen."""

import re
from contextlib import ExitStack

import av

from gwanje.domain.credentials import Credential
from gwanje.simulator.process import SimulatorProcess
from tests.fakes.faulty_link import faulty_link
from tests.fakes.real_camera import real_camera
from tests.fakes.rtsp_exchange import Exchange

_METHODS = ("OPTIONS", "DESCRIBE", "SETUP", "PLAY")
_ENCODER = ("--encoder", "x264enc tune=zerolatency speed-preset=ultrafast bitrate=100")
_SERVERS = {
    "gst-h264": ("--size", "160x96", *_ENCODER),
    "gst-h264-larger": ("--size", "320x192", *_ENCODER),
    "gst-h265": ("--size", "160x96", "--codec", "h265"),
    "gst-mjpeg": ("--size", "160x96", "--codec", "mjpeg"),
}
_RATE = 15
_PICTURES = {"gst-mjpeg": 8}


def main() -> None:
    for name, options in _SERVERS.items():
        with real_camera(None, *options) as camera:
            _record(name, camera.port, "/live")
    with real_camera(Credential("viewer", "sesame"), *_SERVERS["gst-h264"]) as camera:
        _record("gst-digest", camera.port, "/live", "viewer:sesame@", 2)
    with SimulatorProcess(1) as district:
        port = int(district.rtsp.rsplit(":", 1)[1])
        _record("simulator-h264", port, "/cam1/sub", f"{district.user}:{district.password}@", 6)


def _record(name: str, port: int, path: str, user: str = "", pictures: int = 2 * _RATE) -> None:
    pictures = _PICTURES.get(name, pictures)
    with ExitStack() as stack:
        link = stack.enter_context(faulty_link(port))
        container = stack.enter_context(
            av.open(
                f"rtsp://{user}127.0.0.1:{link.port}{path}",
                options={"rtsp_transport": "tcp", "probesize": "32", "analyzeduration": "0", "fpsprobesize": "0"},
            )
        )
        packets = container.demux(video=0)
        for _ in range(pictures + 2):
            next(packets)
        heard = bytes(link.heard[-1])
        codec = container.streams.video[0].codec_context.name
    answers, media = _split(heard)
    made = Exchange(codec, _RATE, tuple(answers), tuple(media))
    kept = [packet for picture in made.pictures[:pictures] for packet in picture]
    Exchange(codec, _RATE, _methods(answers), tuple(kept)).save(name)


def _split(heard: bytes) -> tuple[list[bytes], list[bytes]]:
    answers, media = [], []
    while heard:
        if heard[0] == ord("$"):
            end = 4 + int.from_bytes(heard[2:4], "big")
            if len(heard) < end:
                break
            if heard[1] == 0:
                media.append(heard[4:end])
        else:
            head = heard.find(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length:\s*(\d+)", heard[:head])
            end = head + 4 + (int(length[1]) if length else 0)
            answers.append(heard[:end])
        heard = heard[end:]
    return answers, media


def _methods(answers: list[bytes]) -> tuple[tuple[str, bytes], ...]:
    """FFmpeg asks in this order; a refusal is followed by the same question with the password."""
    named, asked = [], iter(_METHODS)
    method = next(asked)
    for answer in answers:
        named.append((method, answer))
        if b" 401 " not in answer.split(b"\r\n", 1)[0]:
            method = next(asked, "TEARDOWN")
    return tuple(named)


if __name__ == "__main__":
    main()
