"""A wall of 25 simulated cameras over the console's own core: something to see at once, never called live too soon."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gwanje.console.core import ConsoleCore
from gwanje.console.profile import Profile
from gwanje.domain.cameras import Camera
from gwanje.domain.source_state import SourceState
from gwanje.domain.wall import DESK, WindowArrangement
from gwanje.onvif import open_device, preload
from gwanje.simulator.process import SimulatorProcess
from gwanje.videowall import WallView
from gwanje.videowall.words import snapshot_words
from tests.fakes.memory_records import MemoryRecords
from tests.fakes.memory_secrets import MemorySecretStore

pytestmark = pytest.mark.heavy

TILES = 25
SILENT = range(1, 6)
AT_ONCE_S = 1.0
SLACK = 10.0
"""The machine that runs the tests also draws the 25 streets and encodes them, beside other tests."""


@pytest.fixture(scope="module")
def district() -> Iterator[SimulatorProcess]:
    """Its cameras have looked at their streets already, as cameras on poles have: drawing one takes a while."""
    preload()
    with SimulatorProcess(TILES) as running:
        for camera in running.district.cameras:
            port = open_device(camera, running.credential)
            assert port.snapshot(camera.sub_profile)
            port.close()
        yield running


class Wall:
    """The desk's wall on the screen; nothing is shown on it yet."""

    def __init__(self, qtbot: QtBot, district: SimulatorProcess, folder: Path) -> None:
        self.qtbot = qtbot
        self.cameras: tuple[Camera, ...] = district.district.cameras
        secrets = MemorySecretStore()
        for camera in self.cameras:
            secrets.put(camera.secret_key, district.password)
        self.core = ConsoleCore(Profile.at(folder), MemoryRecords(), secrets, open_device)
        self.core.directory.set_district(district.district)
        self.view = WallView(DESK, self.core.sources, lambda _: None)
        qtbot.addWidget(self.view)
        self.view.resize(1600, 900)
        self.view.set_cameras(self.core.directory.cameras)
        with qtbot.waitExposed(self.view):
            self.view.show()

    def show_all(self) -> float:
        """Returns when, in monotonic seconds."""
        self.view.set_arrangement(WindowArrangement(str(TILES), tuple(camera.id for camera in self.cameras)))
        return time.monotonic()

    def painted(self) -> set[int]:
        return {report.tile for report in self.view.tile_report() if report.painted}

    def says_snapshot(self, tile: int) -> bool:
        text = self.view.text_of(tile)
        return text is not None and text.headline in {snapshot_words(age) for age in range(60)}

    def shows_something(self, tile: int) -> bool:
        return tile in self.painted() or self.says_snapshot(tile)


@pytest.fixture
def wall(qtbot: QtBot, district: SimulatorProcess, tmp_path: Path) -> Iterator[Wall]:
    made = Wall(qtbot, district, tmp_path)
    yield made
    made.view.close()
    made.core.close()


def test_all_tiles_show_a_picture_at_once(wall: Wall, record_property: Callable[[str, object], None]) -> None:
    begun = wall.show_all()
    wall.qtbot.waitUntil(
        lambda: all(wall.shows_something(tile) for tile in range(TILES)), timeout=int(SLACK * AT_ONCE_S * 1000)
    )
    took = time.monotonic() - begun
    record_property("seconds_to_a_picture_on_every_tile", round(took, 2))
    print(f"a picture on each of {TILES} tiles after {took:.2f} s")
    wall.qtbot.waitUntil(lambda: len(wall.painted()) == TILES, timeout=20_000)
    snapshot = wall.core.sources.opening.snapshot
    wall.qtbot.waitUntil(lambda: not any(snapshot(camera.id) for camera in wall.cameras), timeout=5_000)


def test_a_camera_whose_stream_is_late_shows_its_snapshot_and_never_calls_it_live(
    wall: Wall, district: SimulatorProcess
) -> None:
    for number in SILENT:
        district.set_fault(number, "silence")
    silent = [tile for tile, camera in enumerate(wall.cameras) if camera.number in SILENT]
    try:
        begun = wall.show_all()
        wall.qtbot.waitUntil(lambda: all(wall.says_snapshot(tile) for tile in silent), timeout=15_000)
        print(f"the snapshots of {len(silent)} silent cameras after {time.monotonic() - begun:.2f} s")
        for tile in silent:
            text = wall.view.text_of(tile)
            assert text.stale
            assert text.state in (SourceState.OPENING, SourceState.BUFFERING)
            assert tile not in wall.painted(), "a snapshot is no picture of the stream"
            image = wall.view.painted_image(tile)
            greys = [image.pixelColor(x, 12).lightness() for x in range(10, image.width() - 10, 7)]
            assert max(greys) - min(greys) > 12, "the snapshot is to be seen, dimmed and hatched"
    finally:
        for number in SILENT:
            district.clear_fault(number)
    wall.qtbot.waitUntil(lambda: len(wall.painted()) == TILES, timeout=40_000)
    wall.qtbot.waitUntil(lambda: not any(wall.says_snapshot(tile) for tile in range(TILES)), timeout=5_000)
