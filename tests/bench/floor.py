"""The streams, and what plain FFmpeg needs to decode them: the floor that the product is held against."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from gwanje.simulator.process import SimulatorProcess

_DECODE = """
import sys, threading, time, av
urls, ends = sys.stdin.read().split(), time.monotonic() + float(sys.argv[1]) + 3
def decode(url):
    with av.open(url, options={"rtsp_transport": "tcp"}, timeout=(5, 5)) as source:
        source.streams.video[0].codec_context.thread_count = 1
        for frame in source.decode(video=0):
            if time.monotonic() > ends:
                return
threads = [threading.Thread(target=decode, args=(u,)) for u in urls]
[t.start() for t in threads]
print("started", flush=True)
[t.join() for t in threads]
"""


@contextmanager
def served(tiles: int) -> Iterator[SimulatorProcess]:
    with SimulatorProcess(cameras=tiles) as simulator:
        yield simulator


def cpu_seconds(pids: list[int]) -> float:
    total = 0.0
    for pid in pids:
        try:
            times = psutil.Process(pid).cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


def decode_only(simulator: SimulatorProcess, seconds: float) -> float:
    """CPU of one process that decodes all sub streams and throws the pictures away, as % of one core."""
    credentials = f"{simulator.user}:{simulator.password}@"
    urls = [c.sub_uri.replace("rtsp://", f"rtsp://{credentials}") for c in simulator.district.cameras]
    decoder = subprocess.Popen(
        [sys.executable, "-c", _DECODE, str(seconds)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert decoder.stdin is not None
    assert decoder.stdout is not None
    decoder.stdin.write("\n".join(urls))
    decoder.stdin.close()
    decoder.stdout.readline()
    time.sleep(3)  # opening is not measured, here as little as with the wall
    began, before = time.monotonic(), cpu_seconds([decoder.pid])
    time.sleep(seconds - 0.5)
    used = cpu_seconds([decoder.pid]) - before
    elapsed = time.monotonic() - began
    decoder.wait(30)
    decoder.stdout.close()
    return 100 * used / elapsed
