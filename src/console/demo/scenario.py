"""What the headless demo does, by the same keys, clicks and fields that a person uses, and what it measures.

Every figure is read from the running program (what was painted, what stands in the database) or from the camera.
"""

import statistics
import time
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ...domain.cameras import Camera
from ...domain.commands import AddDistrict
from ...domain.errors import GwanjeError
from ...domain.source_state import SourceState
from ...simulator.process import SimulatorProcess
from ...videowall.port import Quality
from ..core import ConsoleCore
from ..dispatch import Action
from ..windows import ConsoleShell
from ..windows.main_window import MainWindow
from .script import Pause, Steps, Until

TILES = 9
HOLD_S = 1.5
SETTLE_S = 0.6
MEASURE_S = 5.0
OPERATOR = "demo"
PASSWORD = "gwanje-demo"  # noqa: S105 - of a training profile that holds nothing but simulated cameras


@dataclass(slots=True)
class Report:
    """The figures of the contract (README, Command line)."""

    tiles: int = 0
    tiles_live: int = 0
    seconds_to_all_live: float | None = None
    fps_median: float = 0.0
    map_markers: int = 0
    ptz_moved: bool = False
    ptz_stopped: bool = False
    audit_rows: int = 0
    errors: list[str] = field(default_factory=list)


class Scenario:
    def __init__(self, core: ConsoleCore, shell: ConsoleShell, simulator: SimulatorProcess, seconds: float) -> None:
        self.report = Report()
        self._core = core
        self._shell = shell
        self._simulator = simulator
        self._ends_at = time.monotonic() + seconds
        self._said: dict[str, Any] = {}
        self._asking = False
        core.dispatcher.finished.connect(self._note)
        core.notice.connect(self.report.errors.append)

    @property
    def _window(self) -> MainWindow:
        return self._shell.window

    def _note(self, action: Action) -> None:
        if action.error is not None:
            self.report.errors.append(f"{action.command.action}: {action.error}")

    # --- the whole ---------------------------------------------------------------------------------------------------

    def steps(self) -> Steps:
        yield Until("the window is shown", lambda: self._window.isVisible(), 20)
        yield from sign_in(self._core, self._window)
        yield from add_district(self._core, self._simulator)
        cameras = sorted(self._core.directory.cameras.values(), key=lambda c: c.number)
        yield from self._fill(cameras)
        yield from self._show_from_map(cameras)
        yield from self._enlarge_and_move(cameras)
        yield from self._measure()
        left = self._ends_at - time.monotonic()
        if left > 0:
            yield Pause(left)
        yield from self._count()

    # --- the parts ---------------------------------------------------------------------------------------------------

    def _fill(self, cameras: list[Camera]) -> Steps:
        """Nine tiles by number, as an agent types them."""
        wall = self._window.desk.wall
        self._window.actions_table.by_name["layout-9"].trigger()
        yield Until("the layout of nine is there", lambda: self._window.desk.arrangement().layout == "9", 5)
        wall.setFocus()
        began = time.monotonic()
        for tile, camera in enumerate(cameras[:TILES]):
            wall.select(tile)
            QTest.keyClicks(wall, str(camera.number))
            QTest.keyClick(wall, Qt.Key.Key_Return)
            yield Until(
                f"camera {camera.number} is on tile {tile + 1}",
                lambda tile=tile, camera=camera: self._window.desk.arrangement().camera_at(tile) == camera.id,  # type: ignore[misc]
                5,
            )
        expected = min(TILES, len(cameras))
        if (yield Until("all tiles are live", lambda: self._live() >= expected, 30)):
            painted = [r.first_painted_at for r in wall.tile_report() if r.first_painted_at is not None]
            self.report.seconds_to_all_live = round(max(painted) - began, 3)

    def _show_from_map(self, cameras: list[Camera]) -> Steps:
        """A click on a marker of the page."""
        desk = self._window.desk
        marked: list[int] = []
        yield Until("the map is drawn", lambda: self._asked(desk.map.marker_count, marked) >= len(cameras), 30)
        if len(cameras) <= TILES:
            return
        camera = cameras[TILES]
        desk.wall.select(TILES - 1)
        desk.map.activate(camera.id)
        yield Until(
            f"camera {camera.number} came from the map to the wall",
            lambda: camera.id in desk.arrangement().shown() and self._is_live(camera),
            15,
        )

    def _enlarge_and_move(self, cameras: list[Camera]) -> Steps:
        """Enter enlarges onto the main stream; Shift with an arrow key turns the camera while it is held."""
        desk = self._window.desk
        tile = next((i for i, c in enumerate(cameras[:TILES]) if c.ptz), None)
        if tile is None:
            self.report.errors.append("none of the shown cameras can be moved")
            return
        camera = cameras[tile]
        desk.wall.setFocus()
        desk.wall.select(tile)
        QTest.keyClick(desk.wall, Qt.Key.Key_Return)
        yield Until("the tile is enlarged", lambda: desk.arrangement().enlarged == tile, 5)
        yield Until("the main stream is painted", lambda: self._quality(camera) is Quality.MAIN, 15)
        yield from self._ask(camera)
        before = self._said.get("position")
        QTest.keyPress(desk.wall, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        yield Until("the camera says that it moves", lambda: self._hear(camera) and bool(self._said.get("moving")), 5)
        yield Pause(HOLD_S)
        QTest.keyRelease(desk.wall, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        stopped = yield Until(
            "the camera says that it stands", lambda: self._hear(camera) and not self._said.get("moving", True), 5
        )
        yield from self._ask(camera)
        there = self._said.get("position")
        self.report.ptz_moved = there != before
        yield Pause(SETTLE_S)
        yield from self._ask(camera)
        self.report.ptz_stopped = bool(stopped) and not self._said.get("moving") and self._said.get("position") == there
        QTest.keyClick(desk.wall, Qt.Key.Key_Escape)
        yield Until("the tile is back in the layout", lambda: desk.arrangement().enlarged is None, 5)
        yield Until("all tiles are live again", lambda: self._live() >= min(TILES, len(cameras)), 15)

    def _measure(self) -> Steps:
        """Pictures painted on each tile over some seconds."""
        wall = self._window.desk.wall
        before = {r.tile: (r.painted, r.camera_id) for r in wall.tile_report()}
        began = time.monotonic()
        yield Pause(MEASURE_S)
        seconds = time.monotonic() - began
        rates = [
            (r.painted - before[r.tile][0]) / seconds
            for r in wall.tile_report()
            if before.get(r.tile, (0, None))[1] == r.camera_id
        ]
        self.report.fps_median = round(statistics.median(rates), 2) if rates else 0.0

    def _count(self) -> Steps:
        desk = self._window.desk
        self.report.tiles = len(desk.arrangement().shown())
        self.report.tiles_live = self._live()
        markers: list[int] = []
        rows: list[int] = []
        desk.map.marker_count(markers.append)
        self._core.read_log(1_000_000, lambda found: rows.append(len(found)))
        yield Until("the figures are read", lambda: bool(markers) and bool(rows), 10)
        self.report.map_markers = markers[-1] if markers else 0
        self.report.audit_rows = rows[-1] if rows else 0

    # --- looking -----------------------------------------------------------------------------------------------------

    def _live(self) -> int:
        return sum(r.state is SourceState.LIVE and r.painted > 0 for r in self._window.desk.wall.tile_report())

    def _is_live(self, camera: Camera) -> bool:
        reports = self._window.desk.wall.tile_report()
        return any(r.camera_id == camera.id and r.state is SourceState.LIVE and r.painted > 0 for r in reports)

    def _quality(self, camera: Camera) -> Quality | None:
        reports = self._window.desk.wall.tile_report()
        return next((r.quality for r in reports if r.camera_id == camera.id), None)

    def _hear(self, camera: Camera) -> bool:
        """Ask the camera how it stands, off the Qt thread; whether an answer to an earlier question has come."""
        heard = bool(self._said)
        if not self._asking:
            self._asking = True

            def answered(said: dict[str, Any] | None, error: GwanjeError | None) -> None:
                self._asking = False
                self._said = said or {}

            self._core.lanes.files.submit(lambda: self._simulator.control(camera.number), answered)
        return heard

    def _ask(self, camera: Camera) -> Steps:
        """The same, from scratch: what the camera says is about now."""
        yield Until("an earlier question is answered", lambda: not self._asking, 5)
        self._said = {}
        yield Until("the camera tells how it stands", lambda: self._hear(camera), 5)

    @staticmethod
    def _asked(ask, answers: list[int]) -> int:
        """Ask the page again; the newest answer so far."""
        ask(answers.append)
        return answers[-1] if answers else 0


def sign_in(core: ConsoleCore, window: MainWindow) -> Steps:
    """Through the page; a new profile asks for its first administrator."""
    page = window.sign_in
    known: list[bool] = []
    core.has_operators(known.append)
    yield Until("the records answer", lambda: bool(known), 20)
    page.operator.setText(OPERATOR)
    page.password.setText(PASSWORD)
    page.again.setText(PASSWORD)
    page.enter.click()
    yield Until("an operator is signed in", lambda: core.session.operator is not None, 20)


def add_district(core: ConsoleCore, simulator: SimulatorProcess) -> Steps:
    """The simulator's cameras into the directory; those that are there already get their new addresses."""
    district = simulator.district
    core.dispatch(
        AddDistrict(
            source="simulator",
            departments=district.departments,
            sites=district.sites,
            cameras=district.cameras,
            password=simulator.password,
        )
    )
    wanted = {c.id: c.main_uri for c in district.cameras}

    def there() -> bool:
        known = core.directory.cameras
        return all(i in known and known[i].main_uri == uri for i, uri in wanted.items())

    yield Until("the district is in the directory", there, 30)
