"""`gwanje records` and `gwanje operators` as an administrator or a script meets them."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

GWANJE = str(Path(sys.executable).with_name("gwanje"))
PASSWORD = "a-password-nobody-may-find"


def run(profile: Path, *arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    command = [GWANJE, *arguments, "--profile", str(profile)]
    return subprocess.run(command, input=typed, capture_output=True, text=True, timeout=120, env=dict(os.environ))


def test_accounts_are_made_listed_and_helped(tmp_path: Path) -> None:
    made = run(
        tmp_path,
        *("operators", "add", "김민수", "--role", "police-officer", "--role", "agent", "--password-stdin"),
        typed=f"{PASSWORD}\n",
    )
    assert (made.returncode, made.stdout) == (0, "김민수: agent, police officer\n")
    listed = run(tmp_path, "operators", "list", "--json")
    assert json.loads(listed.stdout) == [{"name": "김민수", "roles": ["agent", "police officer"]}]
    again = run(tmp_path, "operators", "add", "김민수", "--role", "agent", "--password-stdin", typed=f"{PASSWORD}\n")
    short = run(tmp_path, "operators", "reset", "김민수", "--password-stdin", typed="short\n")
    nobody = run(tmp_path, "operators", "reset", "이", "--password-stdin", typed=f"{PASSWORD}\n")
    untyped = run(tmp_path, "operators", "reset", "김민수")
    for failed, words in [(again, "of this name"), (short, "too short"), (nobody, "no operator"), (untyped, "nobody")]:
        assert failed.returncode == 1
        assert failed.stderr.startswith("gwanje: ") and failed.stderr.count("\n") == 1 and words in failed.stderr
    assert run(tmp_path, "operators", "reset", "김민수", "--password-stdin", typed=f"{PASSWORD}2\n").returncode == 0
    with closing(sqlite3.connect(tmp_path / "records.db")) as connection:
        rows = connection.execute("SELECT action, outcome FROM audit ORDER BY seq").fetchall()
        everything = "\n".join(connection.iterdump())
    assert [outcome for _, outcome in rows] == ["requested", "succeeded"] + 3 * ["requested", "failed"] + [
        "requested",
        "succeeded",
    ]
    assert {action for action, _ in rows} == {"operators.add", "operators.reset"}
    assert PASSWORD not in everything
    no_role = run(tmp_path, "operators", "add", "x", "--role", "emperor")
    assert no_role.returncode == 2


def test_the_records_are_checked_signed_copied_and_put_back(tmp_path: Path) -> None:
    profile, file = tmp_path / "p", tmp_path / "p/records.db"
    assert run(profile, "records", "verify").returncode == 1  # nothing there, nothing made
    assert not file.exists()
    run(profile, "operators", "add", "kim", "--role", "administrator", "--password-stdin", typed=f"{PASSWORD}\n")
    sound = run(profile, "records", "verify", "--json")
    assert sound.returncode == 0
    assert json.loads(sound.stdout) == {"rows": 2, "consoles": 1, "intact": True, "first_broken": None, "broken": []}
    signed = run(profile, "records", "checkpoint", str(tmp_path / "c"))
    assert signed.returncode == 0
    key = signed.stdout.split()[-1]
    assert run(profile, "records", "backup", str(tmp_path / "b")).returncode == 0
    assert run(profile, "records", "upgrade").returncode == 0
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER audit_is_never_updated")
        connection.execute("UPDATE audit SET details = '{}' WHERE seq = 2")
        row = connection.execute("SELECT id, console FROM audit WHERE seq = 2").fetchone()
    broken = run(profile, "records", "verify", "--json")
    assert broken.returncode == 1
    expected = {"kind": "edited", "console": row[1], "number": 2, "seq": 2, "id": row[0]}
    found = json.loads(broken.stdout)
    assert (found["intact"], found["first_broken"], found["broken"]) == (False, expected, [expected])
    told = run(profile, "records", "verify")
    assert told.returncode == 1 and "NOT INTACT" in told.stdout and "edited" in told.stdout and row[0] in told.stdout
    back = run(profile, "records", "restore", str(tmp_path / "b"))
    assert back.returncode == 0
    kept = Path(back.stdout.split(" kept in ")[1].strip())
    assert kept.exists()
    checked = run(profile, "records", "verify", "--checkpoint", str(tmp_path / "c"), "--key", key)
    assert (checked.returncode, checked.stdout) == (0, "2 rows of 1 consoles: intact\n")


def test_a_url_with_a_password_is_not_repeated(tmp_path: Path) -> None:
    for what in (["verify"], ["upgrade"], ["backup", str(tmp_path / "b")], ["checkpoint", str(tmp_path / "c")]):
        ran = run(tmp_path, "records", *what, "--database", f"oracle://kim:{PASSWORD}@db.example/x")
        assert ran.returncode == 1
        assert PASSWORD not in ran.stderr + ran.stdout and "Traceback" not in ran.stderr
