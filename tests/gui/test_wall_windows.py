"""Wall windows follow the arrangement and the monitors."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from pytestqt.qtbot import QtBot

from gwanje.domain.commands import CloseWallWindow, Command
from gwanje.domain.wall import WallArrangement
from gwanje.videowall import Output, OutputRegistry, WallWindows
from tests.fakes.fake_sources import FakeSources
from tests.fakes.fake_wall import CAMERAS, arrangement, main

HDMI = "connector:HDMI-1"


class PluggedOutputs(QObject):
    """An OutputRegistry whose monitors are plugged by the test; all of them are Qt's one screen."""

    changed = Signal()

    def __init__(self, *identities: str) -> None:
        super().__init__()
        self._there = set(identities)

    def plug(self, identity: str) -> None:
        self._there.add(identity)
        self.changed.emit()

    def unplug(self, identity: str) -> None:
        self._there.discard(identity)
        self.changed.emit()

    def screen(self, identity: str) -> QScreen | None:
        return QGuiApplication.primaryScreen() if identity in self._there else None

    def output(self, identity: str) -> Output | None:
        screen = self.screen(identity)
        return None if screen is None else Output(identity, "Monitor 2", screen.geometry(), 1.0, False)


class Room:
    def __init__(self, *plugged: str) -> None:
        self.outputs = PluggedOutputs(*plugged)
        self.sources = FakeSources()
        self.commands: list[Command] = []
        self.windows = WallWindows(self.outputs, self.sources, self.commands.append)  # type: ignore[arg-type]
        self.windows.set_cameras(CAMERAS)


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    made = Room(HDMI)
    yield made
    made.windows.close_all()


WALL = WallArrangement().with_window(HDMI, arrangement("4", 1, 2))


def test_a_window_opens_full_screen_without_a_frame(qtbot: QtBot, room: Room):
    room.windows.apply(WALL)
    window = room.windows.windows()[HDMI]
    assert window.isVisible()
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint
    qtbot.waitUntil(lambda: window.geometry() == window.screen().geometry())
    # A quarter of 1920x1080 is more than a sub stream of 640x360 fills.
    qtbot.waitUntil(lambda: room.sources.wanted() == {main(1), main(2)})
    assert set(room.sources.views) == {(HDMI, 0), (HDMI, 1)}
    assert room.windows.views()[HDMI].window_name == HDMI


def test_the_desk_is_not_opened_a_second_time(room: Room):
    room.windows.apply(WallArrangement())
    assert room.windows.windows() == {}


def test_a_window_that_left_the_arrangement_is_closed_and_asks_for_nothing(room: Room):
    room.windows.apply(WALL)
    window = room.windows.windows()[HDMI]
    room.windows.apply(WALL.without_window(HDMI))
    assert not window.isVisible()
    assert not room.sources.views


def test_a_window_waits_while_its_output_is_away_and_returns_with_what_it_showed(qtbot: QtBot, room: Room):
    room.windows.apply(WALL)
    window = room.windows.windows()[HDMI]
    room.outputs.unplug(HDMI)
    assert not window.isVisible()
    assert not room.sources.views
    room.windows.apply(WALL.with_window(HDMI, arrangement("4", 3)))
    assert not window.isVisible()
    room.outputs.plug(HDMI)
    assert window.isVisible()
    qtbot.waitUntil(lambda: room.sources.wanted() == {main(3)})


def test_an_arrangement_for_an_output_that_is_not_there_opens_when_it_comes(qtbot: QtBot):
    room = Room()
    room.windows.apply(WALL)
    assert not room.windows.windows()[HDMI].isVisible()
    room.outputs.plug(HDMI)
    assert room.windows.windows()[HDMI].isVisible()
    room.windows.close_all()


def test_escape_does_not_close_a_wall_and_f11_and_ctrl_w_ask_to(qtbot: QtBot, room: Room):
    room.windows.apply(WALL)
    window = room.windows.windows()[HDMI]
    qtbot.waitExposed(window)
    qtbot.keyClick(window.view, Qt.Key.Key_Escape)
    assert room.commands == []
    assert window.isVisible()
    qtbot.keyClick(window.view, Qt.Key.Key_F11)
    qtbot.keyClick(window.view, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert room.commands == [CloseWallWindow(output=HDMI)] * 2
    assert window.isVisible(), "it is the arrangement that closes it"


TWO_MONITORS = """
import json, sys
from PySide6.QtWidgets import QApplication
from gwanje.videowall import OutputRegistry
app = QApplication([])
registry = OutputRegistry()
found = [(o.identity, o.name, o.geometry.getRect(), registry.screen(o.identity).name())
         for o in registry.outputs()]
sys.stdout.write(json.dumps(found))
"""


def test_monitors_are_listed_from_left_to_right_with_their_own_names(tmp_path: Path):
    monitors = {
        "screens": [
            {"name": "RIGHT", "x": 1920, "y": 0, "width": 2560, "height": 1440, "logicalDpi": 96, "dpr": 1},
            {"name": "LEFT", "x": 0, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "dpr": 1},
        ]
    }
    config = tmp_path / "monitors.json"
    config.write_text(json.dumps(monitors))
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"}
    found = subprocess.run(
        [sys.executable, "-c", TWO_MONITORS], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(found.stdout) == [
        ["connector:LEFT", "Monitor 1: LEFT, 1920 × 1080", [0, 0, 1920, 1080], "LEFT"],
        ["connector:RIGHT", "Monitor 2: RIGHT, 2560 × 1440", [1920, 0, 2560, 1440], "RIGHT"],
    ]


def test_the_registry_lists_the_screen_of_this_display(qtbot: QtBot):
    registry = OutputRegistry()
    (only,) = registry.outputs()
    assert only.primary
    assert registry.screen(only.identity) is QGuiApplication.primaryScreen()
    assert registry.output("nowhere") is None
    assert registry.screen("nowhere") is None
