"""The program with its windows, arranged as an operator does it. Run as a program: PROFILE PART...

Parts, in order: `arrange` and `rearrange` act; `look` tells what is seen, as one JSON line on standard output; `kept`
waits until all of it is in the database; `quit` ends the program by its action, `hold` waits to be killed.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from gwanje.console.demo.scenario import sign_in
from gwanje.console.demo.script import Pause, ScriptRunner, Steps, Until
from gwanje.console.look import tokens
from gwanje.console.profile import Profile
from gwanje.console.program import Program
from gwanje.console.windows.main_window import MainWindow
from gwanje.domain.source_state import SourceState
from gwanje.domain.wall import DESK
from gwanje.videowall import WallView

SECOND = "connector:DUMMY1"
PLACE = QRect(60, 40, 1150, 640)
OTHER_PLACE = QRect(10, 30, 1200, 680)  # lower than a title bar: Qt moves a window that it restores below that


class Operator:
    def __init__(self, program: Program, parts: list[str]) -> None:
        self._program = program
        self._core = program.core
        self._shell = program.shell
        self._parts = parts
        self._kept: dict[str, object] = {}

    @property
    def _window(self) -> MainWindow:
        return self._shell.window

    def steps(self) -> Steps:
        yield Until("the window is shown", lambda: self._window.isVisible(), 20)
        yield from sign_in(self._core, self._window)
        parts: dict[str, Callable[[], Steps]] = {
            "arrange": self._arrange,
            "rearrange": self._rearrange,
            "look": self._look,
            "kept": self._wait_until_kept,
            "hold": lambda: iter([Pause(600)]),  # type: ignore[dict-item,return-value]
            "quit": self._quit,
        }
        for part in self._parts:
            yield from parts[part]()

    # --- acting ------------------------------------------------------------------------------------------------------

    def _arrange(self) -> Steps:
        yield from self._act("layout-4")
        for tile, number in ((0, 3), (1, 1), (3, 2)):
            yield from self._show(DESK, tile, number)
        self._window.desk.wall.select(1)
        yield from self._act("enlarge")
        for panel, shown in (("map", False), ("statistics", True), ("log", False)):
            if (not self._window.desk.panels[panel].isHidden()) != shown:
                yield from self._act(f"panel-{panel}")
        yield from self._fill_second_output()
        for tile, number in ((0, 4), (2, 5)):
            yield from self._show(SECOND, tile, number)
        yield from self._relook("theme-daylight")
        yield from self._relook("language-ko")
        self._window.setGeometry(PLACE)

    def _rearrange(self) -> Steps:
        yield from self._act("restore")
        yield from self._act("layout-1+5")
        yield from self._show(DESK, 5, 6)
        yield from self._act("panel-map")
        yield from self._show(SECOND, 1, 6)
        view = self._shell.walls.views()[SECOND]
        view.select(0)
        QTest.keyClick(view, Qt.Key.Key_Return)
        yield Until("the tile fills the other monitor", lambda: self._arrangement(SECOND).enlarged == 0, 5)
        yield from self._relook("theme-dim")
        self._window.setGeometry(OTHER_PLACE)

    def _act(self, name: str) -> Steps:
        yield Until("what came before is on record", self._quiet, 10)
        self._window.actions_table.by_name[name].trigger()
        yield Until(f"{name} is done", self._quiet, 10)

    def _relook(self, name: str) -> Steps:
        old = self._window
        yield from self._act(name)
        yield Until(f"{name}: a new window is there", lambda: self._window is not old and self._window.isVisible(), 10)
        yield Pause(0.1)

    def _show(self, window: str, tile: int, number: int) -> Steps:
        """By its number, typed."""
        view = self._window.desk.wall if window == DESK else self._shell.walls.views()[window]
        view.setFocus()
        view.select(tile)
        QTest.keyClicks(view, str(number))
        QTest.keyClick(view, Qt.Key.Key_Return)
        wanted = next(c.id for c in self._core.directory.cameras.values() if c.number == number)
        yield Until(
            f"camera {number} is on tile {tile} of {window}",
            lambda: self._arrangement(window).camera_at(tile) == wanted and self._quiet(),
            10,
        )

    def _fill_second_output(self) -> Steps:
        yield from self._act("outputs")
        name = f"output-{SECOND}"

        def button() -> QPushButton | None:
            return self._window.boxes["outputs"].findChild(QPushButton, name)

        yield Until("the second monitor is offered", lambda: button() is not None, 5)
        offered = button()
        assert offered is not None
        offered.click()
        yield Until("a wall window fills it", lambda: SECOND in self._core.wall.arrangement.windows, 5)
        self._window.boxes["outputs"].close_button.click()
        yield Until("it is on record", self._quiet, 5)

    def _quit(self) -> Steps:
        self._window.actions_table.by_name["quit"].trigger()
        yield Pause(600)

    # --- looking -----------------------------------------------------------------------------------------------------

    def _quiet(self) -> bool:
        return self._core.dispatcher.in_flight == 0 and self._core.recorder.backlog == 0

    def _arrangement(self, window: str):
        return self._core.wall.arrangement.window(window)

    def _views(self) -> dict[str, WallView]:
        return {DESK: self._window.desk.wall, **self._shell.walls.views()}

    def _all_live(self) -> bool:
        reports = [r for v in self._views().values() for r in v.tile_report()]
        return bool(reports) and all(r.state is SourceState.LIVE and r.painted > 0 for r in reports)

    def _look(self) -> Steps:
        yield Until("every tile of every window is live", self._all_live, 25)
        yield Pause(0.3)
        numbers = {c.id: c.number for c in self._core.directory.cameras.values()}
        desk = self._window.desk
        seen = {
            "windows": {
                name: {
                    "layout": w.layout,
                    "cameras": [numbers.get(c, "?") if c else None for c in w.shown()],
                    "enlarged": w.enlarged,
                    "live": sorted(numbers[r.camera_id] for r in self._views()[name].tile_report()),
                }
                for name, w in self._core.wall.arrangement.windows.items()
            },
            "outputs": {
                name: {
                    "visible": w.isVisible(),
                    "place": list(w.geometry().getRect()),
                    "screen": w.screen().name(),
                }
                for name, w in self._shell.walls.windows().items()
            },
            "panels": {name: not dock.isHidden() for name, dock in desk.panels.items()},
            "theme": tokens().window,
            "word": self._window.actions_table.by_name["quit"].text(),
            "place": list(self._window.geometry().getRect()),
            "monitors": len(QApplication.screens()),
        }
        sys.stdout.write(json.dumps(seen) + "\n")
        sys.stdout.flush()

    def _wait_until_kept(self) -> Steps:
        yield Until("it is all in the database", self._is_kept, 10)

    def _is_kept(self) -> bool:
        for key in ("look", "geometry", "layout"):
            self._core.load_setting(key, lambda value, key=key: self._kept.update({key: value}))
        self._core.lanes.database.submit(
            lambda: self._core._records.settings.load("wall", "arrangement"),
            lambda value, _: self._kept.update({"wall": value}),
        )
        window = self._window
        return (
            self._kept.get("geometry") == window.kept_geometry()
            and self._kept.get("layout") == window.desk.kept_layout()
            and self._kept.get("wall") == self._core.wall.arrangement.to_json()
            and self._kept.get("look") is not None
        )


def main() -> int:
    folder, *parts = sys.argv[1:]
    with Program(Profile.at(Path(folder)), seat="restart", language="en") as program:
        runner = ScriptRunner(Operator(program, parts).steps(), lambda: None)
        program.start()
        runner.start()
        code = program.execute()
        for error in runner.errors:
            sys.stderr.write(f"SCRIPT: {error}\n")
        return code or (3 if runner.errors else 0)


if __name__ == "__main__":
    sys.exit(main())
