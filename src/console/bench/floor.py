"""Plain decoding of the streams, in a process of its own, while no wall runs."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.errors import GwanjeError
from ...videowall.port import StreamAddress

_MODULE = "gwanje.videowall.engine.floor"
_PATIENCE_S = 15.0


@dataclass(frozen=True, slots=True)
class Floor:
    """`opened`: streams that gave pictures. `pictures`: decoded a second, of all. `cpu_percent`: of one core."""

    opened: int
    pictures: float
    cpu_percent: float

    def mean(self, other: "Floor") -> "Floor":
        """Of two measurements, one before and one after, so that a busy moment does not flatter."""
        return Floor(
            min(self.opened, other.opened),
            (self.pictures + other.pictures) / 2,
            (self.cpu_percent + other.cpu_percent) / 2,
        )


def measure_floor(addresses: Sequence[StreamAddress], seconds: float, open_within_s: float) -> Floor:
    """Blocks for the time of the measurement. Raises GwanjeError when the decoding process breaks off."""
    streams = [
        {
            "uri": a.uri,
            "user": a.credential.user if a.credential else "",
            "password": a.credential.password if a.credential else "",
        }
        for a in addresses
    ]
    order = json.dumps({"streams": streams, "open_within_s": open_within_s, "seconds": seconds})
    process = subprocess.Popen(  # noqa: S603 - our own program; nothing secret on its command line
        [sys.executable, "-P", "-m", _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # FFmpeg's own words carry addresses
        text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(order + "\n")
        process.stdin.flush()  # and kept open: the process ends with it
        answer = json.loads(process.stdout.readline())
        process.wait(_PATIENCE_S)
    except (ValueError, OSError, subprocess.TimeoutExpired):
        raise GwanjeError("plain decoding broke off", place="floor", cure="measure again") from None
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
    return Floor(answer["opened"], answer["pictures"], answer["cpu_percent"])
