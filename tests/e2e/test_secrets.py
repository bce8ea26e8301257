"""A whole shift leaves no password anywhere: not in a file, a log, a message, a command line or an environment."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import psutil

from gwanje.simulator.process import SimulatorProcess
from tests.e2e import traces

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "operator": "kims-0wn-wörd-関",
    "wrong_operator": "kims-0ld-w%rd",
    "camera": "pa55-w0rd-öß",
    "wrong_camera": "pa55-g0ne-&?",
}
PATIENCE_S = 100


def test_no_password_is_left_anywhere(tmp_path: Path):
    profile, home = tmp_path / "profile", tmp_path / "home"
    profile.mkdir(mode=0o700)
    home.mkdir(mode=0o700)
    for name in ("XDG_RUNTIME_DIR", "TMPDIR"):
        (home / name).mkdir(mode=0o700)
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("XDG_")},
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "XDG_RUNTIME_DIR"),
        "TMPDIR": str(home / "TMPDIR"),
    }
    with SimulatorProcess(cameras=1, password=SECRETS["camera"]) as simulator:
        camera = simulator.district.cameras[0]
        assert camera.ptz
        plan = {
            **SECRETS,
            "main": camera.main_uri,
            "sub": camera.sub_uri,
            "device": camera.device_address,
            "user": simulator.user,
        }
        with (tmp_path / "out").open("w") as out, (tmp_path / "err").open("w") as err:
            program = subprocess.Popen(
                [sys.executable, "-m", "tests.e2e.secrets_program", str(profile)],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=err,
                text=True,
            )
        assert program.stdin is not None
        program.stdin.write(json.dumps(plan) + "\n")
        program.stdin.close()
        in_processes, seen = _watch(program)
    said = (tmp_path / "out").read_text() + (tmp_path / "err").read_text()
    assert program.returncode == 0, said[-3000:]
    assert "SCRIPT:" not in said and "Traceback" not in said
    _assert_the_shift_was_whole(json.loads((tmp_path / "out").read_text()))
    assert any("gwanje.videowall.engine.worker" in line for line in seen), "no decoder was seen"

    assert in_processes == set()
    assert traces.in_bytes(said.encode(), SECRETS) == []
    assert traces.in_files([profile, home], SECRETS) == []
    # The search is not blind: what may stand there is found in the same files.
    assert (profile / "secrets.enc").exists() and (profile / "gwanje.log").stat().st_size > 0
    assert [w.rpartition("/")[2] for w in traces.in_files([profile], {"name": "Secret gate"})] == ["records.db"]


def _watch(program: "subprocess.Popen[str]") -> tuple[set[str], set[str]]:
    """Look at the program and its children, again and again, until it ends: secrets found, command lines seen."""
    found: set[str] = set()
    lines: set[str] = set()
    deadline = time.monotonic() + PATIENCE_S
    try:
        whole = psutil.Process(program.pid)
        while program.poll() is None:
            assert time.monotonic() < deadline, "the shift does not end"
            try:
                tree = [whole, *whole.children(recursive=True)]
            except psutil.NoSuchProcess:
                break
            found |= traces.in_processes(tree, SECRETS)
            for process in tree:
                try:
                    lines.add(" ".join(process.cmdline()))
                except psutil.Error:
                    continue  # it has ended
            time.sleep(0.05)
    finally:
        program.kill()
        program.wait(30)
    return found, lines


def _assert_the_shift_was_whole(rows: list[dict[str, str]]) -> None:
    """What was typed did reach the places where it could have been kept."""
    count = Counter((r["action"], r["outcome"]) for r in rows)
    assert count["session.sign_in", "failed"] == 1
    assert count["session.sign_in", "succeeded"] == 1
    assert count["cameras.add", "failed"] == 3
    assert count["cameras.add", "succeeded"] == 2
    assert count["ptz.move", "succeeded"] == 1
    assert count["ptz.move", "failed"] == 1
    assert all(r["reason"] for r in rows if r["outcome"] == "failed")


def test_the_search_finds_a_secret_in_every_form(tmp_path: Path):
    secret = SECRETS["camera"]
    written = [
        f"rtsp://kim:{secret}@camera/".encode(),
        f"rtsp://kim:{quote(secret)}@camera/".encode(),
        json.dumps({"password": secret}).encode(),
        repr(secret.encode()).encode(),
        secret.encode("latin-1"),
        secret.encode("utf-16-le"),
    ]
    for number, data in enumerate(written):
        (tmp_path / f"{number}.bin").write_bytes(b"before " + data + b" after")
    assert len(traces.in_files([tmp_path], SECRETS)) == len(written)
    sleeper = subprocess.Popen(
        ["sleep", "30"], env={"SECRET": secret}, executable="/bin/sleep", stdin=subprocess.DEVNULL
    )
    try:
        found: set[str] = set()
        deadline = time.monotonic() + 10
        while not found and time.monotonic() < deadline:  # until it has become that program
            found = traces.in_processes([psutil.Process(sleeper.pid)], SECRETS)
    finally:
        sleeper.kill()
        sleeper.wait()
    assert found == {"camera in the environment of sleep"}
