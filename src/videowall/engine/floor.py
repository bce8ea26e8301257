"""What plain FFmpeg needs for some streams: the floor that a wall is held against.

`python -m gwanje.videowall.engine.floor`: one process, one thread a stream, PyAV: RTSP over TCP is decoded and thrown
away. Nothing is scaled, copied or shown.

The first line of standard input is the order: `streams` (uri, user, password), `open_within_s`, `seconds`. The answer
is one line: `opened` (streams that gave pictures), `pictures` (decoded a second, of all streams), `cpu_percent` (of
one core). Opening is not measured. The process ends with its standard input.
"""

import json
import os
import sys
import threading
import time

import av
import av.error

from .order import Order

_OPTIONS = {"rtsp_transport": "tcp", "allowed_media_types": "video", "timeout": "9000000"}
_SETTLE_S = 1.0
_GOODBYE_S = 1.0


class _Stream(threading.Thread):
    """Attributes: `decoded`, pictures so far; `over` is set from outside."""

    def __init__(self, uri: str, user: str, password: str, open_within_s: float) -> None:
        super().__init__(daemon=True)
        self.decoded = 0
        self.over = False
        self._location = Order(0, 0, uri, 2, 2, 0, user=user, password=password).location()
        self._open_within_s = open_within_s

    def run(self) -> None:
        try:
            # No read timeout of PyAV's: its clock is asked for every few bytes. FFmpeg's own, in the options, is free.
            with av.open(
                self._location, format="rtsp", options=_OPTIONS, timeout=(self._open_within_s, None)
            ) as source:
                video = source.streams.video[0]
                video.codec_context.thread_count = 1
                for packet in source.demux(video):
                    if self.over:
                        return
                    self._decode(packet)
        except (av.error.FFmpegError, OSError, ValueError, IndexError):
            return  # without its text, which carries the password; the stream's pictures are missed in the count

    def _decode(self, packet: av.Packet) -> None:
        try:
            self.decoded += len(packet.decode())
        except av.error.InvalidDataError:
            return


def measure(streams: list[_Stream], open_within_s: float, seconds: float) -> dict[str, float]:
    """Start the streams, wait until each gives pictures or is over, then count."""
    for stream in streams:
        stream.start()
    give_up_at = time.monotonic() + open_within_s
    while any(s.is_alive() and not s.decoded for s in streams) and time.monotonic() < give_up_at:
        time.sleep(0.02)
    opened = sum(s.decoded > 0 for s in streams)
    if not opened:
        return {"opened": 0, "pictures": 0.0, "cpu_percent": 0.0}
    time.sleep(_SETTLE_S)
    began, cpu, before = time.monotonic(), time.process_time(), sum(s.decoded for s in streams)
    time.sleep(seconds)
    elapsed, used = time.monotonic() - began, time.process_time() - cpu
    pictures = sum(s.decoded for s in streams) - before
    return {"opened": opened, "pictures": pictures / elapsed, "cpu_percent": 100 * used / elapsed}


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)


def main() -> None:
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    open_within_s = float(order["open_within_s"])
    streams = [_Stream(**stream, open_within_s=open_within_s) for stream in order["streams"]]
    figures = measure(streams, open_within_s, float(order["seconds"]))
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    for stream in streams:
        stream.over = True
    until = time.monotonic() + _GOODBYE_S
    for stream in streams:
        stream.join(max(0.0, until - time.monotonic()))  # lets it say TEARDOWN
    os._exit(0)


if __name__ == "__main__":
    main()
