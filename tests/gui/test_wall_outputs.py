"""A wall window on a real X server whose monitor is unplugged, plugged in again and moved."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.fakes.dummy_monitors import dummy_monitors

ROOT = Path(__file__).resolve().parents[2]


def test_a_wall_window_waits_for_its_monitor_and_follows_it(tmp_path: Path):
    with dummy_monitors(tmp_path) as monitors:
        environment = {**os.environ, "DISPLAY": monitors.display, "QT_QPA_PLATFORM": "xcb"}
        program = [sys.executable, "-m", "tests.gui.wall_outputs_program"]
        ran = subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
        assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout)
    assert seen["outputs"] == ["connector:DUMMY0", "connector:DUMMY1"]
    there = {"visible": True, "geometry": [1280, 0, 1280, 720], "wanted": ["c1", "c2"]}
    assert seen["opened"] == there
    assert seen["unplugged"]["visible"] is False
    assert seen["unplugged"]["wanted"] == []
    assert seen["desk stays"] is True
    assert seen["plugged"] == there
    assert seen["moved"] == {**there, "geometry": [0, 720, 1280, 720]}
    assert seen["closed"] == []
