"""`gwanje demo`, headless, as its reader runs it: the figures of the contract and what the picture shows."""

import itertools
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from gwanje.domain.look import STALE_AFTER_S
from tests.e2e import bands

GWANJE = str(Path(sys.executable).with_name("gwanje"))
KEYS = {
    "tiles": int,
    "tiles_live": int,
    "seconds_to_all_live": float,
    "fps_median": float,
    "map_markers": int,
    "ptz_moved": bool,
    "ptz_stopped": bool,
    "audit_rows": int,
    "errors": list,
}
LEAST_DIFFERENCE = 12  # mean difference of two streets in grey levels; two pictures of one street differ by 3 or so
PASSWORD_OF_SIMULATOR = "GWANJE_SIMULATOR_PASSWORD"


@dataclass(frozen=True)
class Ran:
    code: int
    stdout: str
    stderr: str
    screenshot: Path
    report: Path
    passwords: frozenset[str]
    command_lines: frozenset[str]
    left: list[psutil.Process]
    left_files: list[Path]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """One run for all that follows. The cameras' password is read from the simulator's environment meanwhile."""
    folder = tmp_path_factory.mktemp("demo")
    screenshot, report = folder / "demo.png", folder / "demo.json"
    arguments = [
        "demo",
        "--headless",
        "20",
        "--cameras",
        "40",
        "--screenshot",
        str(screenshot),
        "--report",
        str(report),
    ]
    temporary = folder / "tmp"
    temporary.mkdir()
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QTWEBENGINE_DISABLE_SANDBOX")}
    environment["TMPDIR"] = str(temporary)
    with (folder / "out").open("w") as out, (folder / "err").open("w") as err:
        program = subprocess.Popen([GWANJE, *arguments], stdout=out, stderr=err, env=environment)
        passwords, lines, seen = set(), set(), {}
        deadline = time.monotonic() + 150
        try:
            while program.poll() is None:
                assert time.monotonic() < deadline, "the demo does not end"
                for process in _tree(program.pid):
                    seen[process.pid] = process
                    _look_at(process, passwords, lines)
                time.sleep(0.5)
        finally:
            program.kill()
            program.wait()
    _, left = psutil.wait_procs(list(seen.values()), timeout=10)
    return Ran(
        program.returncode,
        (folder / "out").read_text(),
        (folder / "err").read_text(),
        screenshot,
        report,
        frozenset(passwords),
        frozenset(lines),
        left,
        list(temporary.iterdir()),
    )


def _tree(pid: int) -> list[psutil.Process]:
    try:
        program = psutil.Process(pid)
        return [program, *program.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _look_at(process: psutil.Process, passwords: set[str], lines: set[str]) -> None:
    try:
        lines.add(" ".join(process.cmdline()))
        password = process.environ().get(PASSWORD_OF_SIMULATOR)
    except psutil.Error:
        return
    if password:
        passwords.add(password)


@pytest.mark.heavy
def test_it_succeeds_and_reports_what_the_contract_says(ran: Ran):
    assert ran.code == 0, ran.stdout + ran.stderr[-3000:]
    assert ran.stdout.count("\n") == 1 and ran.stdout.endswith("\n")
    report = json.loads(ran.stdout)
    assert list(report) == list(KEYS)
    assert {k: type(v) for k, v in report.items()} == KEYS
    assert json.loads(ran.report.read_text()) == report
    assert report["errors"] == []
    assert (report["tiles"], report["tiles_live"], report["map_markers"]) == (9, 9, 40)
    assert report["ptz_moved"] and report["ptz_stopped"]
    assert 0 < report["seconds_to_all_live"] < 15
    assert 14 <= report["fps_median"] <= 16
    # sign-in, district, layout, nine cameras, one from the map, enlarge, move, back: each requested and closed
    assert report["audit_rows"] >= 32 and report["audit_rows"] % 2 == 0


@pytest.mark.heavy
def test_the_picture_shows_nine_different_moving_streets(ran: Ran):
    with Image.open(ran.screenshot) as image:
        assert image.format == "PNG"
        assert image.size == (1920, 1080)
        grey = np.asarray(image.convert("L"))
    written_ms = int(ran.screenshot.stat().st_mtime * 1000)
    found = bands.find(grey, written_ms - 60_000, written_ms)
    assert len(found) == 9, found
    newest = max(f.unix_ms for f in found)
    assert written_ms - newest < 5_000, "the newest picture on the wall is old"
    # By the product's own measure of stale: a busy machine may be late with a tile, but says so after that.
    assert all(newest - f.unix_ms < 1000 * STALE_AFTER_S for f in found), "a street stands still"
    streets = [f.cut(grey) for f in found]
    height, width = min(s.shape[0] for s in streets), min(s.shape[1] for s in streets)
    for street in streets:
        assert street.mean() > 20 and street.std() > 15, "a street is black"
    for one, other in itertools.combinations(range(9), 2):
        a, b = (streets[i][:height, :width].astype(int) for i in (one, other))
        assert np.abs(a - b).mean() > LEAST_DIFFERENCE, f"tiles {one + 1} and {other + 1} show the same street"


@pytest.mark.heavy
def test_it_leaves_nothing_behind_and_says_nothing_secret(ran: Ran):
    assert ran.left == []
    assert ran.left_files == []
    assert "Traceback" not in ran.stderr
    assert re.search(r"level='(error|critical)'", ran.stderr) is None, ran.stderr
    assert len(ran.passwords) == 1, "the simulator's password was never seen; this test is blind"
    (password,) = ran.passwords
    assert password not in ran.stdout + ran.stderr
    assert not [line for line in ran.command_lines if password in line]
    assert any("gwanje.videowall.engine.worker" in line for line in ran.command_lines)
