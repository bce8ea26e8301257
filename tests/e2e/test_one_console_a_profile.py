"""Two consoles never share a profile; one that died is no obstacle."""

import os
import signal
import subprocess
import sys
from pathlib import Path

_RUN = """
import sys
from pathlib import Path
from gwanje.console.profile import Profile
from gwanje.console.program import Program
from gwanje.domain.errors import GwanjeError
try:
    with Program(Profile.at(Path(sys.argv[1]))) as program:
        print("running", flush=True)
        sys.stdin.read()
except GwanjeError as error:
    print(f"refused: {error}", flush=True)
"""


def _start(profile: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, str(profile)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _end(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=30)


def test_a_second_console_on_a_profile_is_refused_and_a_dead_one_is_followed(tmp_path: Path) -> None:
    first = _start(tmp_path)
    assert _said(first) == "running"
    second = _start(tmp_path)
    said = _said(second)
    _end(second)
    assert said.startswith("refused:")
    assert str(tmp_path) in said
    assert "--profile" in said
    os.kill(first.pid, signal.SIGKILL)
    _end(first)
    third = _start(tmp_path)
    assert _said(third) == "running"
    _end(third)
    fourth = _start(tmp_path)
    assert _said(fourth) == "running"
    _end(fourth)
