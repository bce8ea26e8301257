"""The benchmark's cameras (gst_bench_server.py), for a test or by hand: `python -m tests.fakes.bench_server`.

By hand it prints its port and ends with its standard input.
"""

import argparse
import selectors
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from .bench_clips import MAIN, SUB, clip

_SCRIPT = Path(__file__).with_name("gst_bench_server.py")
_STARTS_WITHIN_S = 30.0


class BenchServer:
    """Attributes: `pid`, `port`.

    `key_s`: seconds between key frames. `from_key_frame`: a client need not wait for one.
    """

    def __init__(
        self, cameras: int, *, main: bool = False, port: int = 0, key_s: float = 2.0, from_key_frame: bool = False
    ) -> None:
        command = ["/usr/bin/python3", str(_SCRIPT), "--cameras", str(cameras), "--port", str(port)]
        command += ["--sub", str(clip(replace(SUB, key_s=key_s)))]
        if main:
            command += ["--main", str(clip(replace(MAIN, key_s=key_s)))]
        if from_key_frame:
            command.append("--from-key-frame")
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            line = self._process.stdout.readline() if selector.select(_STARTS_WITHIN_S) else ""
        if not line:
            self.end()
            raise RuntimeError("GStreamer's RTSP server did not start; run `make setup-dev`")
        self.pid = self._process.pid
        self.port = int(line)

    def template(self, name: str = "sub") -> str:
        """For `gwanje bench wall --url-template`; `name` is "sub" or "main"."""
        return f"rtsp://127.0.0.1:{self.port}/cam{{n}}/{name}"

    def uri(self, number: int, name: str = "sub") -> str:
        return self.template(name).replace("{n}", str(number))

    def wait(self) -> None:
        self._process.wait()

    def end(self) -> None:
        """All connections are cut."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.kill()
        self._process.wait(10)
        self._process.stdin.close()
        self._process.stdout.close()


@contextmanager
def bench_server(cameras: int, **options: object) -> Iterator[BenchServer]:
    server = BenchServer(cameras, **options)  # type: ignore[arg-type]
    try:
        yield server
    finally:
        server.end()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.bench_server", description=__doc__)
    parser.add_argument("--cameras", type=int, default=25)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--main", action="store_true", help="full-size streams too")
    parser.add_argument("--key-s", type=float, default=2.0, help="seconds between key frames")
    parser.add_argument("--from-key-frame", action="store_true", help="give each client a key frame at once")
    options = parser.parse_args()
    made = {"main": options.main, "port": options.port, "key_s": options.key_s}
    with bench_server(options.cameras, **made, from_key_frame=options.from_key_frame) as server:
        print(server.port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
