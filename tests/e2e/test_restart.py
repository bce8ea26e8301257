"""The console comes back as it was left, after Quit and after kill -9: on a real X server with two monitors."""

import json
import os
import selectors
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil

from gwanje.records import database_url, open_records, open_secret_store
from gwanje.simulator.process import SimulatorProcess
from tests.e2e.restart_program import OTHER_PLACE, PLACE, SECOND
from tests.fakes.dummy_monitors import dummy_monitors

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60


def run(profile: Path, display: str, *parts: str, killed: bool = False) -> list[dict[str, Any]]:
    """Run the program through these parts; what each `look` saw."""
    errors = profile.parent / "stderr.txt"
    with errors.open("w") as stderr:
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.restart_program", str(profile), *parts],
            cwd=ROOT,
            env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
    seen = []
    try:
        assert program.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(program.stdout, selectors.EVENT_READ)
            for _ in range(parts.count("look")):
                line = program.stdout.readline() if selector.select(PATIENCE_S) else ""
                assert line, errors.read_text()[-3000:]
                seen.append(json.loads(line))
        if killed:
            children = psutil.Process(program.pid).children(recursive=True)
            program.send_signal(signal.SIGKILL)
            program.wait(30)
            _, alive = psutil.wait_procs(children, timeout=15)
            assert alive == []
        else:
            assert program.wait(PATIENCE_S) == 0, errors.read_text()[-3000:]
        assert "SCRIPT:" not in errors.read_text() and "Traceback" not in errors.read_text()
    finally:
        program.kill()
        program.wait(30)
        if program.stdout is not None:
            program.stdout.close()
    return seen


def test_everything_is_there_again_after_quit_and_after_kill_9(tmp_path: Path):
    profile = tmp_path / "profile"
    profile.mkdir(mode=0o700)
    with SimulatorProcess(cameras=6) as simulator, dummy_monitors(tmp_path) as monitors:
        _put_district(profile, simulator)
        (left,) = run(profile, monitors.display, "arrange", "kept", "look", "quit")
        assert left["windows"] == {
            "desk": {"layout": "4", "cameras": [3, 1, None, 2], "enlarged": 1, "live": [1]},
            SECOND: {"layout": "4", "cameras": [4, None, 5, None], "enlarged": None, "live": [4, 5]},
        }
        on_second = {SECOND: {"visible": True, "place": [1280, 0, 1280, 720], "screen": "DUMMY1"}}
        assert left["outputs"] == on_second
        assert left["panels"] == {"cameras": True, "map": False, "ptz": True, "statistics": True, "log": False}
        assert left["place"] == list(PLACE.getRect())
        assert left["word"] == "종료"

        found, left_again = run(profile, monitors.display, "look", "rearrange", "kept", "look", "hold", killed=True)
        assert found == left
        assert left_again["windows"] == {
            "desk": {"layout": "1+5", "cameras": [3, 1, None, 2, None, 6], "enlarged": None, "live": [1, 2, 3, 6]},
            SECOND: {"layout": "4", "cameras": [4, 6, 5, None], "enlarged": 0, "live": [4]},
        }
        assert left_again["outputs"] == on_second
        assert left_again["panels"]["map"] is True
        assert left_again["theme"] != left["theme"]
        assert left_again["place"] == list(OTHER_PLACE.getRect())

        (found_after_kill,) = run(profile, monitors.display, "look", "quit")
        assert found_after_kill == left_again


def _put_district(profile: Path, simulator: SimulatorProcess) -> None:
    records, secrets = open_records(database_url(profile)), open_secret_store(profile)
    district = simulator.district
    records.directory.put(district.departments, district.sites, district.cameras)
    for camera in district.cameras:
        secrets.put(camera.secret_key, simulator.password)
    records.close()
