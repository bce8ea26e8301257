"""The fixtures that look for what a test left behind have to see it, and to name the line."""

import re
import socket
import subprocess
import sys
import threading

import pytest

from tests.support import leaks, loopback


def test_a_thread_left_behind_is_named_with_its_line() -> None:
    before = leaks.census()
    enough = threading.Event()
    thread = threading.Thread(target=enough.wait, name="forgotten")
    thread.start()
    try:
        (words,) = leaks.left_since(before, patience=0.2)
    finally:
        enough.set()
        thread.join()
    assert re.fullmatch(r"thread 'forgotten' started at tests/unit/test_leaks\.py:\d+", words)
    assert leaks.left_since(before) == []


def test_a_process_left_behind_is_named_with_its_line() -> None:
    before = leaks.census()
    command = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        (words,) = leaks.left_since(before, patience=0.2)
        assert process.stdin
        process.stdin.close()
    assert re.fullmatch(rf"process {process.pid} \(.*\) started at tests/unit/test_leaks\.py:\d+", words)
    assert leaks.left_since(before) == []


def test_a_thread_on_its_way_out_is_waited_for() -> None:
    before = leaks.census()
    threading.Timer(0.1, lambda: None).start()
    assert leaks.left_since(before) == []


def test_a_connection_to_another_machine_is_refused_and_remembered() -> None:
    with pytest.raises(OSError, match=r"may not reach 8\.8\.8\.8"), socket.socket() as line:
        line.connect(("8.8.8.8", 53))
    assert loopback.refused == ["8.8.8.8"]
    loopback.refused.clear()
