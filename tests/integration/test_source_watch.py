"""`gwanje source watch` against a server that is not ours."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gwanje.domain.credentials import Credential
from tests.fakes.real_camera import RealCamera, real_camera, unused_port

GWANJE = str(Path(sys.executable).with_name("gwanje"))
CREDENTIAL = Credential("viewer", "gst-pa55 wörd/%41")
TYPED = CREDENTIAL.password + "\n"
IN_URL = "viewer:gst-pa55%20w%C3%B6rd%2F%2541@"


def watch(*arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    command = [GWANJE, "source", "watch", *arguments]
    return subprocess.run(command, input=typed, capture_output=True, text=True, timeout=90)


def facts(ran: "subprocess.CompletedProcess[str]") -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The changes of state and the last line, each with exactly the fields of the contract."""
    *changes, last = [json.loads(line) for line in ran.stdout.splitlines()]
    assert all(list(change) == ["t", "state", "reason"] for change in changes)
    assert list(last) == ["frames", "bytes", "codec", "width", "height"]
    times = [change["t"] for change in changes]
    assert times == sorted(times) and times[0] >= 0
    return changes, last


def until_live(camera: RealCamera, *arguments: str) -> "subprocess.Popen[str]":
    """A watch without an end that has said live."""
    command = [GWANJE, "source", "watch", camera.address.uri, "--json", *arguments]
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    for line in program.stdout:
        if json.loads(line).get("state") == "live":
            return program
    raise AssertionError("the output ended before it was live")


def test_every_change_of_state_and_what_came_in_all():
    with real_camera(CREDENTIAL) as camera:
        arguments = ("--user", CREDENTIAL.user, "--password-stdin", "--seconds", "5", "--json")
        ran = watch(camera.address.uri, *arguments, typed=TYPED)
    changes, last = facts(ran)
    assert ran.returncode == 0, ran.stderr
    states = [change["state"] for change in changes]
    assert states[0] == "opening" and states[-1] == "live"
    assert all(change["reason"] == "" for change in changes)
    assert last["frames"] > 0 and last["bytes"] > last["frames"]
    assert (last["codec"], last["width"], last["height"]) == ("h264", 640, 360)


@pytest.mark.parametrize("signalled", [signal.SIGINT, signal.SIGTERM])
def test_until_it_is_told_to_end(signalled: signal.Signals):
    with real_camera() as camera:
        program = until_live(camera)
        program.send_signal(signalled)
        rest, _ = program.communicate(timeout=30)
    assert program.returncode == 0
    assert json.loads(rest.splitlines()[-1])["frames"] > 0


def test_the_password_may_stand_in_the_address_and_is_never_said():
    with real_camera(CREDENTIAL) as camera:
        ran = watch(camera.address.uri.replace("//", f"//{IN_URL}"), "--seconds", "5", "--json")
    assert ran.returncode == 0, ran.stderr
    assert facts(ran)[0][-1]["state"] == "live"
    assert "pa55" not in ran.stdout + ran.stderr


def test_a_wrong_password():
    with real_camera(CREDENTIAL) as camera:
        arguments = ("--user", CREDENTIAL.user, "--password-stdin", "--seconds", "4", "--json")
        ran = watch(camera.address.uri, *arguments, typed="another-pa55word\n")
    changes, last = facts(ran)
    assert ran.returncode == 1
    assert (changes[-1]["state"], changes[-1]["reason"]) == ("failed", "wrong password")
    assert (last["frames"], last["bytes"], last["codec"]) == (0, 0, "")
    assert "pa55" not in ran.stdout + ran.stderr


def test_nobody_there():
    ran = watch(f"rtsp://127.0.0.1:{unused_port()}/live", "--seconds", "3", "--json")
    changes, _ = facts(ran)
    assert ran.returncode == 1
    assert ("retrying", "refused") in {(change["state"], change["reason"]) for change in changes}


def test_in_words():
    ran = watch(f"rtsp://127.0.0.1:{unused_port()}/live", "--seconds", "3")
    assert ran.returncode == 1
    assert "state retrying" in ran.stdout and "reason refused" in ran.stdout
    assert ran.stdout.splitlines()[-1].startswith("frames 0")
