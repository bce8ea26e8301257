"""`gwanje simulate`: one JSON line on stdout when the district is up; then it runs until it is told to end."""

import asyncio
import json
import logging
import os
import signal
import sys

from .server import Simulator
from .settings import PARENT_VARIABLE, PASSWORD_VARIABLE, TRAINING_PASSWORD

_log = logging.getLogger(__name__)


async def _parent_watch(parent: int, ended: asyncio.Event) -> None:
    """Watching the parent's id works on every system, and whichever thread of the parent started this process."""
    while os.getppid() == parent:  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(1.0)
    ended.set()


async def _serve(simulator: Simulator, parent: int | None) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    if sys.platform == "win32":
        # Windows loops take no signal handlers; Ctrl+C raises KeyboardInterrupt out of the loop instead.
        pass
    else:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, ended.set)
    async with simulator:
        ready = {
            "ready": True,
            "http": simulator.http,
            "rtsp": simulator.rtsp,
            "cameras": len(simulator.endpoints),
            "user": simulator.user,
        }
        sys.stdout.write(json.dumps(ready) + "\n")
        sys.stdout.flush()
        watch = asyncio.create_task(_parent_watch(parent, ended)) if parent else None
        await ended.wait()
        if watch is not None:
            watch.cancel()


def run_simulator(cameras: int, port: int, host: str = "127.0.0.1") -> int:
    """Run a district until SIGTERM or SIGINT; returns the exit code (0, or 1 when the ports are taken).

    The cameras' password comes from GWANJE_SIMULATOR_PASSWORD, else it is the published training password. With
    GWANJE_PARENT_PID set to the parent's process id, the process ends when its parent does.
    """
    parent_text = os.environ.get(PARENT_VARIABLE, "")
    parent = int(parent_text) if parent_text.isdigit() else None
    simulator = Simulator(cameras, port, host, password=os.environ.get(PASSWORD_VARIABLE) or TRAINING_PASSWORD)
    try:
        asyncio.run(_serve(simulator, parent))
    except OSError as error:
        _log.error("the simulator cannot listen at %s, ports %d and %d: %s", host, port, port + 1, error.strerror)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0
