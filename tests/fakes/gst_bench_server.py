"""Many cameras of a server that is not ours: GStreamer's, with Debian's Python. Run with /usr/bin/python3.

    gst_bench_server.py --cameras N --sub FILE.clip [--main FILE.clip] [--port P] [--from-key-frame]

Serves /cam1/sub .. /camN/sub and, with --main, /cam1/main .. /camN/main. Prints its port, and ends with its standard
input. The clips (see bench_clips.py) are sent as they are, again and again, each camera at its own moment, so that a
hundred of them cost little. A client joins where the camera just is, and has to wait for the next key frame; with
--from-key-frame it is given one at once.
"""

import argparse
import heapq
import json
import sys
import threading
import time
from pathlib import Path

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

_PIPELINE = (
    "( appsrc name=camera is-live=true format=time do-timestamp=false block=false max-buffers=90 leaky-type=downstream"
    " ! rtph264pay name=pay0 pt=96 config-interval=-1 aggregate-mode=zero-latency )"
)


class Clip:
    """Access units, length-prefixed, without parameter sets: those are in the caps, so a client may join anywhere."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as source:
            head = json.loads(source.readline())
            stored = [source.read(size) for size in head["sizes"]]
        self.rate = head["rate"]
        self.keys = sorted(head["keys"])
        parameters = {nal[0] & 31: nal for nal in _nals(stored[0])}
        self.units = [_length_prefixed(unit) for unit in stored]
        self.caps = Gst.Caps.from_string(
            f"video/x-h264,stream-format=avc,alignment=au,width={head['width']},height={head['height']},"
            f"framerate={self.rate}/1,codec_data=(buffer){_avcc(parameters[7], parameters[8]).hex()}"
        )


def _nals(unit: bytes) -> list[bytes]:
    parts = unit.replace(b"\0\0\0\1", b"\0\0\1").split(b"\0\0\1")
    return [part for part in parts if part]


def _length_prefixed(unit: bytes) -> bytes:
    pictures = [nal for nal in _nals(unit) if nal[0] & 31 in (1, 5)]
    return b"".join(len(nal).to_bytes(4, "big") + nal for nal in pictures)


def _avcc(sps: bytes, pps: bytes) -> bytes:
    """ISO/IEC 14496-15, 5.2.4.1: the decoder configuration record."""
    sizes = (len(sps).to_bytes(2, "big"), len(pps).to_bytes(2, "big"))
    return b"\1" + sps[1:4] + b"\xff\xe1" + sizes[0] + sps + b"\1" + sizes[1] + pps


class Client:
    """One client's camera. Picture k of the clip is due at `began` + k / rate, for every client of a camera alike."""

    def __init__(self, clip: Clip, began: float, source: Gst.Element, from_key_frame: bool) -> None:
        self._clip, self._source = clip, source
        self._began = began
        # The picture that was last due goes out at once: GStreamer answers DESCRIBE when it has seen one.
        self._index = int((time.monotonic() - began) * clip.rate)
        self._shift = 0
        if from_key_frame:
            here = self._index % len(clip.units)
            self._shift = max((key for key in clip.keys if key <= here), default=0) - here
        self._first = self._index
        self.gone = False

    @property
    def due(self) -> float:
        return self._began + self._index / self._clip.rate

    def send(self) -> bool:
        """The next picture. False when nobody is there any more."""
        if self.gone:
            return False
        data = self._clip.units[(self._index + self._shift) % len(self._clip.units)]
        buffer = Gst.Buffer.new_wrapped(data)
        # From zero, when the pipeline begins to play. Asking for its clock would be a race with its being prepared.
        buffer.pts = buffer.dts = (self._index - self._first) * Gst.SECOND // self._clip.rate
        buffer.duration = Gst.SECOND // self._clip.rate
        self._index += 1
        return self._source.emit("push-buffer", buffer) == Gst.FlowReturn.OK


class Pacer(threading.Thread):
    """Sends every client's pictures when they are due."""

    def __init__(self) -> None:
        super().__init__(name="pacer", daemon=True)
        self._new: list[Client] = []
        self._wake = threading.Condition()

    def add(self, client: Client) -> None:
        with self._wake:
            self._new.append(client)
            self._wake.notify()

    def run(self) -> None:
        due: list[tuple[float, int, Client]] = []
        while True:
            with self._wake:
                pause = due[0][0] - time.monotonic() if due else None
                if not self._new and (pause is None or pause > 0):
                    self._wake.wait(pause)
                arrived, self._new = self._new, []
            for client in arrived:
                heapq.heappush(due, (client.due, id(client), client))
            while due and due[0][0] <= time.monotonic():
                _, _, client = heapq.heappop(due)
                if client.send():
                    heapq.heappush(due, (client.due, id(client), client))


def _mount(
    mounts: GstRtspServer.RTSPMountPoints, path: str, clip: Clip, began: float, pacer: Pacer, from_key_frame: bool
) -> None:
    factory = GstRtspServer.RTSPMediaFactory.new()
    factory.set_launch(_PIPELINE)
    # A pipeline for each client: GStreamer 1.22 aborts now and then when several clients start a shared one together.
    factory.set_shared(False)

    def configured(_: object, media: GstRtspServer.RTSPMedia) -> None:
        source = media.get_element().get_by_name("camera")
        source.set_property("caps", clip.caps)
        client = Client(clip, began, source, from_key_frame)
        media.connect("unprepared", lambda _: setattr(client, "gone", True))
        pacer.add(client)

    factory.connect("media-configure", configured)
    mounts.add_factory(path, factory)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cameras", type=int, required=True)
    parser.add_argument("--sub", type=Path, required=True)
    parser.add_argument("--main", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--from-key-frame", action="store_true")
    options = parser.parse_args()
    Gst.init(None)
    server = GstRtspServer.RTSPServer.new()
    server.set_address("127.0.0.1")
    server.set_service(str(options.port))
    server.set_backlog(256)
    # A thread for each client, as if each were a device of its own; by default one client waits for the other.
    threads = GstRtspServer.RTSPThreadPool.new()
    threads.set_max_threads(-1)
    server.set_thread_pool(threads)
    pacer = Pacer()
    mounts = server.get_mount_points()
    for name, file in (("sub", options.sub), ("main", options.main)):
        if file is None:
            continue
        clip = Clip(file)
        length = len(clip.units) / clip.rate
        for number in range(1, options.cameras + 1):
            # Cameras are not in step: each begins its clip, and each of its pictures, at another moment.
            began = time.monotonic() - length * (number * 0.618034 % 1)
            _mount(mounts, f"/cam{number}/{name}", clip, began, pacer, options.from_key_frame)
    pacer.start()
    if not server.attach(None):
        sys.exit(f"port {options.port} is taken")
    loop = GLib.MainLoop()

    def told(*_: object) -> bool:
        if sys.stdin.readline():
            return True
        loop.quit()
        return False

    def forget_the_lost(*_: object) -> bool:
        """Sessions of clients that went without a word; GStreamer leaves that to its user."""
        server.get_session_pool().cleanup()
        return True

    GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, told)
    GLib.timeout_add_seconds(10, forget_the_lost)
    sys.stdout.write(f"{server.get_bound_port()}\n")
    sys.stdout.flush()
    loop.run()


if __name__ == "__main__":
    main()
