"""A shift in which passwords are typed everywhere they can be. Run as a program: PROFILE, the plan as JSON on stdin.

Tells what came of it as one JSON line on standard output, and ends by the Quit action.
"""

import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gwanje.console.boxes import AddCameraBox
from gwanje.console.demo.script import Pause, ScriptRunner, Steps, Until
from gwanje.console.profile import Profile
from gwanje.console.program import Program
from gwanje.domain.commands import AddCamera
from gwanje.domain.source_state import Reason, SourceState
from gwanje.videowall.port import Quality, SourceKey

OPERATOR = "kim"


class Shift:
    """`plan`: operator, wrong_operator, camera, wrong_camera (passwords); main, sub, device (addresses); user."""

    def __init__(self, program: Program, plan: dict[str, Any]) -> None:
        self._core = program.core
        self._window = program.shell.window
        self._plan = plan

    def steps(self) -> Steps:
        yield Until("the window is shown", lambda: self._window.isVisible(), 20)
        yield from self._sign_in()
        yield from self._refused_addresses()
        good = yield from self._add("Secret gate", self._plan["camera"])
        bad = yield from self._add("Locked gate", self._plan["wrong_camera"])
        wall = self._window.desk.wall
        for tile, camera in enumerate((good, bad)):
            wall.setFocus()
            wall.select(tile)
            QTest.keyClicks(wall, str(self._core.directory.cameras[camera].number))
            QTest.keyClick(wall, Qt.Key.Key_Return)
        yield Until("the gate is live", lambda: self._state(good) is SourceState.LIVE, 20)
        yield Until("the other is refused", lambda: self._refused(bad), 20)
        for tile in (0, 1):
            yield from self._move(tile)
        self._window.actions_table.by_name["sign-out"].trigger()
        yield Until("nobody is signed in", lambda: self._core.session.operator is None and self._quiet(), 10)
        rows: list[Any] = []
        self._core.read_log(1000, rows.extend)
        yield Until("the log is read", lambda: bool(rows), 10)
        told = [{"action": r.action, "outcome": str(r.outcome), "reason": r.reason} for r in rows]
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        self._window.actions_table.by_name["quit"].trigger()
        yield Pause(600)

    def _sign_in(self) -> Steps:
        page, plan = self._window.sign_in, self._plan
        yield Until("the first administrator is asked for", page.again.isVisible, 10)
        self._type(plan["operator"], again=plan["wrong_operator"])
        yield Pause(0.1)
        self._type(plan["operator"], again=plan["operator"])
        yield Until("signed in", lambda: self._core.session.operator is not None and self._quiet(), 15)
        self._window.actions_table.by_name["sign-out"].trigger()
        yield Until("signed out", lambda: self._core.session.operator is None and self._quiet(), 10)
        self._type(plan["wrong_operator"])
        yield Until("a wrong password is refused", lambda: self._quiet() and page.enter.isEnabled(), 15)
        self._type(plan["operator"])
        yield Until("signed in again", lambda: self._core.session.operator is not None and self._quiet(), 15)

    def _type(self, password: str, again: str = "") -> None:
        page = self._window.sign_in
        page.operator.setText(OPERATOR)
        page.password.setText(password)
        page.again.setText(again)
        page.enter.click()

    def _box(self) -> AddCameraBox:
        box = self._window.boxes["add-camera"]
        assert isinstance(box, AddCameraBox)
        return box

    def _refused_addresses(self) -> Steps:
        """In the box, and past it."""
        plan, secret = self._plan, self._plan["camera"]
        main = plan["main"].replace("//", f"//{plan['user']}:{secret}@")
        device = plan["device"].replace("//", f"//{plan['user']}:{secret}@")
        self._window.actions_table.by_name["add-camera"].trigger()
        yield Until("the box is open", lambda: self._box().isVisible() and self._quiet(), 10)
        for uri, sub, address in ((main, "", ""), (plan["main"], main, ""), (plan["main"], "", device)):
            box = self._box()
            box.camera_name.setText("Leaky gate")
            box.main_uri.setText(uri)
            box.sub_uri.setText(sub)
            box.device_address.setText(address)
            box.add.click()
            yield Until("refused", self._quiet, 10)
            self._core.dispatch(AddCamera(name="Leaky gate", main_uri=uri, sub_uri=sub, device_address=address))
            yield Until("refused here too", self._quiet, 10)
        self._box().close_button.click()
        yield Until("the box is closed", lambda: not self._box().isVisible() and self._quiet(), 10)

    def _add(self, name: str, password: str) -> Steps:
        plan, known = self._plan, set(self._core.directory.cameras)
        self._window.actions_table.by_name["add-camera"].trigger()
        yield Until("the box is open", lambda: self._box().isVisible(), 10)
        box = self._box()
        for field, text in (
            (box.main_uri, plan["main"]),
            (box.sub_uri, plan["sub"]),
            (box.device_address, plan["device"]),
            (box.user, plan["user"]),
            (box.password, password),
            (box.camera_name, name),
        ):
            field.setText(text)
        box.add.click()
        yield Until(f"{name} is added", lambda: len(self._core.directory.cameras) == len(known) + 1, 10)
        yield Until("it is on record", self._quiet, 10)
        (added,) = set(self._core.directory.cameras) - known
        return added

    def _move(self, tile: int) -> Steps:
        wall = self._window.desk.wall
        wall.setFocus()
        wall.select(tile)
        QTest.keyPress(wall, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        yield Pause(0.5)
        QTest.keyRelease(wall, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        yield Until("the motion has ended", self._quiet, 20)

    def _quiet(self) -> bool:
        return self._core.dispatcher.in_flight == 0 and self._core.recorder.backlog == 0

    def _state(self, camera) -> SourceState:
        return self._core.sources.status(SourceKey(camera, Quality.SUB)).state

    def _refused(self, camera) -> bool:
        return self._core.sources.status(SourceKey(camera, Quality.SUB)).reason is Reason.WRONG_PASSWORD


def main() -> int:
    plan = json.loads(sys.stdin.readline())
    with Program(Profile.at(Path(sys.argv[1])), seat="secrets", language="en") as program:
        runner = ScriptRunner(Shift(program, plan).steps(), lambda: None)
        program.start()
        runner.start()
        code = program.execute()
        for error in runner.errors:
            sys.stderr.write(f"SCRIPT: {error}\n")
        return code or (3 if runner.errors else 0)


if __name__ == "__main__":
    sys.exit(main())
