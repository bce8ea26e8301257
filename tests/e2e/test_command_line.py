"""The command line as a person or a script meets it: exit codes, one clear line, no traceback."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

import gwanje
from gwanje.records import database_url, open_records
from gwanje.records.schema import schema_version

GWANJE = str(Path(sys.executable).with_name("gwanje"))


def run(*arguments: str, **changes: str) -> "subprocess.CompletedProcess[str]":
    """With these changes to the environment; an empty value takes a variable away."""
    environment = {k: v for k, v in {**os.environ, **changes}.items() if v}
    return subprocess.run([GWANJE, *arguments], capture_output=True, text=True, timeout=60, env=environment)


def assert_one_clear_line(ran: "subprocess.CompletedProcess[str]", *words: str) -> None:
    assert ran.returncode == 1, ran.stderr
    assert ran.stdout == ""
    said = [line for line in ran.stderr.splitlines() if not line.startswith("timestamp=")]
    assert len(said) == 1, ran.stderr
    assert said[0].startswith("gwanje: ")
    for word in words:
        assert word in said[0]


def test_version():
    ran = run("--version")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"gwanje {gwanje.__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("fly",),
        ("run", "--colour", "red"),
        ("demo", "--cameras", "0"),
        ("demo", "--cameras", "many"),
        ("demo", "--headless", "-1"),
        ("demo", "--headless", "nan"),
        ("simulate", "--port", "70000"),
        ("simulate", "--cameras"),
        ("bench",),
        ("bench", "wall", "--tiles", "4"),
        ("bench", "wall", "--url-template", "rtsp://h/{n}"),
        ("bench", "wall", "--tiles", "0", "--url-template", "rtsp://h/{n}"),
        ("bench", "wall", "--tiles", "101", "--url-template", "rtsp://h/{n}"),
        ("bench", "wall", "--tiles", "4", "--url-template", "rtsp://h/live"),
        ("bench", "wall", "--tiles", "4", "--url-template", "http://h/{n}"),
        ("bench", "wall", "--tiles", "4", "--url-template", "rtsp://h/{n}", "--engine", "steam"),
        ("bench", "wall", "--tiles", "4", "--url-template", "rtsp://h/{n}", "--seconds", "0"),
        ("bench", "wall", "--tiles", "4", "--url-template", "rtsp://h/{n}", "--size", "large"),
        ("bench", "wall", "--tiles", "4", "--url-template", "rtsp://h/{n}", "--user", "kim"),
        ("source",),
        ("source", "watch"),
        ("source", "watch", "rtsp://h/live", "--password-stdin"),
        ("source", "watch", "h/live"),
        ("source", "watch", "rtsp://h/live", "--seconds", "nan"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_2_and_says_how_it_is_used(arguments: tuple[str, ...]):
    ran = run(*arguments)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.startswith("usage: gwanje")
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("source", "watch", "http://kim:pa55w0rd@127.0.0.1/live"),
        ("source", "watch", "rtsp://127.0.0.1/live", "rtsp://kim:pa55w0rd@127.0.0.1/live"),
        ("source", "watch", "rtsp://127.0.0.1/live", "--seconds", "rtsp://kim:pa55w0rd@127.0.0.1/live"),
        ("bench", "wall", "--tiles", "4", "--url-template", "rtsp://kim:pa55w0rd@127.0.0.1/live"),
    ],
)
def test_an_error_about_an_address_does_not_repeat_its_password(arguments: tuple[str, ...]):
    ran = run(*arguments)
    assert ran.returncode == 2
    assert ran.stdout == "" and ran.stderr.startswith("usage: gwanje")
    assert "pa55w0rd" not in ran.stderr and "Traceback" not in ran.stderr


def test_help_names_every_command():
    ran = run("--help")
    assert ran.returncode == 0
    assert {"run", "demo", "simulate", "bench", "source", "records", "operators"} <= set(ran.stdout.split())


# --- run -------------------------------------------------------------------------------------------------------------


def test_a_file_that_is_no_database(tmp_path: Path):
    file = tmp_path / "letter.db"
    file.write_text("Dear control room, " * 100)
    before = file.read_bytes()
    ran = run("run", "--profile", str(tmp_path / "p"), "--database", f"sqlite:///{file}")
    assert_one_clear_line(ran, str(file), "not a database")
    assert file.read_bytes() == before


def test_a_database_of_a_newer_version(tmp_path: Path):
    open_records(database_url(tmp_path)).close()
    file = tmp_path / "records.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"UPDATE {schema_version.name} SET version_num = '9999'")
        connection.commit()
    ran = run("run", "--profile", str(tmp_path))
    assert_one_clear_line(ran, str(file), "newer version", "9999")


@pytest.mark.parametrize(
    "url", ["nonsense", "sqlite:////proc/none/records.db", "postgresql://kim:pa55w0rd@127.0.0.1:1/x"]
)
def test_a_database_that_cannot_be_reached(tmp_path: Path, url: str):
    ran = run("run", "--profile", str(tmp_path), "--database", url)
    assert_one_clear_line(ran)
    assert "pa55w0rd" not in ran.stderr


def test_a_profile_that_cannot_be_made(tmp_path: Path):
    (tmp_path / "file").write_text("")
    ran = run("run", "--profile", str(tmp_path / "file" / "profile"))
    assert_one_clear_line(ran, "file/profile", "--profile")


def test_without_a_display(tmp_path: Path):
    ran = run("run", "--profile", str(tmp_path), DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert_one_clear_line(ran, "display")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can see that root is refused")
def test_root_is_refused(tmp_path: Path):
    ran = run("run", "--profile", str(tmp_path / "p"), QTWEBENGINE_DISABLE_SANDBOX="")
    assert_one_clear_line(ran, "root")
    assert not (tmp_path / "p").exists()


def test_run_ends_in_order_when_it_is_told_to(tmp_path: Path):
    """SIGTERM while the sign-in page is shown."""
    program = subprocess.Popen([GWANJE, "run", "--profile", str(tmp_path)], stderr=subprocess.PIPE, text=True)
    try:
        _until_shown(program, tmp_path)
        program.send_signal(signal.SIGTERM)
        _, said = program.communicate(timeout=30)
    finally:
        program.kill()
    assert program.returncode == 0, said
    assert "Traceback" not in said
    assert not (tmp_path / "records.db-wal").exists(), "the database was not closed"


def _until_shown(program: "subprocess.Popen[str]", folder: Path) -> None:
    """The window keeps where it stands half a second after it is shown."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert program.poll() is None, program.communicate()
        if (folder / "records.db").exists():
            with closing(sqlite3.connect(f"file:{folder}/records.db?mode=ro", uri=True)) as connection:
                try:
                    kept = connection.execute("SELECT key FROM settings").fetchall()
                except sqlite3.OperationalError:
                    kept = []
            if ("geometry",) in kept:
                return
        time.sleep(0.05)
    raise AssertionError("the window was never shown")


# --- demo ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--screenshot", "--report"])
def test_demo_into_a_folder_that_is_not_there(tmp_path: Path, option: str):
    ran = run("demo", "--headless", "5", option, str(tmp_path / "missing" / "file.png"))
    assert_one_clear_line(ran, "missing", "folder")


def test_demo_with_a_size_that_is_none():
    assert_one_clear_line(run("demo", "--headless", "5", "--size", "large"), "large", "1920x1080")


def test_demo_without_a_display_names_the_way_out():
    ran = run("demo", DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert_one_clear_line(ran, "--headless")


# --- simulate --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_simulate_says_when_it_is_ready_and_ends_when_told(ending: signal.Signals):
    simulator = subprocess.Popen(
        [GWANJE, "simulate", "--cameras", "3", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert simulator.stdout is not None
        ready = json.loads(simulator.stdout.readline())
        simulator.send_signal(ending)
        rest, said = simulator.communicate(timeout=30)
    finally:
        simulator.kill()
    assert ready["ready"] is True and ready["cameras"] == 3
    assert ready["http"].startswith("http://127.0.0.1:") and ready["rtsp"].startswith("rtsp://127.0.0.1:")
    assert simulator.returncode == 0
    assert rest == "" and "Traceback" not in said


def test_simulate_at_a_port_that_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = run("simulate", "--cameras", "1", "--port", str(taken.getsockname()[1]))
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert str(taken) not in ran.stderr and "cannot listen" in ran.stderr and "Traceback" not in ran.stderr
