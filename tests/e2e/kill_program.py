"""A console that works as fast as it can until it is killed. Run as a program: PROFILE SEED core|windows, password on
standard input.

Its lines on standard output, each written before anything that follows from it:
    ready ARRANGEMENT       what it found kept when it had started
    wall ARRANGEMENT        the arrangement changed (and is not yet kept)
    ack SEQ ID OUTCOME ...  one for each row that the recorder said is on disk
"""

import json
import os
import random
import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from gwanje.console.core import ConsoleCore
from gwanje.console.dispatch import Action
from gwanje.console.profile import Profile
from gwanje.domain.audit import AuditEntry
from gwanje.domain.cameras import Camera
from gwanje.domain.commands import (
    ApplyLayout,
    ClearTile,
    Command,
    EnlargeTile,
    GoToPtzHome,
    MovePtz,
    ShowCamera,
    SignIn,
    StopPtz,
    SwapTiles,
)
from gwanje.domain.ptz import PtzVelocity
from tests.fakes.fake_device import FakeDevice

IN_FLIGHT = 8
OPERATOR = "kim"


def tell(*lines: str) -> None:
    data = "".join(f"{line}\n" for line in lines).encode()
    while data:
        data = data[os.write(1, data) :]


class Operator:
    """Signs in, then keeps several commands in flight; a motion is held for a moment."""

    def __init__(self, core: ConsoleCore, seed: int, password: str) -> None:
        self._core = core
        self._random = random.Random(seed)
        self._password = password
        core.recorder.written.connect(self._written)
        core.wall.changed.connect(lambda a: tell(f"wall {json.dumps(a.to_json())}"))
        core.dispatcher.finished.connect(self._finished)

    def begin(self) -> None:
        tell(f"ready {json.dumps(self._core.wall.arrangement.to_json())}")
        self._core.dispatch(SignIn(name=OPERATOR, password=self._password))

    def _written(self, rows: list[AuditEntry]) -> None:
        tell(*(f"ack {r.seq} {r.id} {r.outcome} {r.action_id}" for r in rows))

    def _finished(self, action: Action) -> None:
        if isinstance(action.command, SignIn):
            if self._core.session.operator is None and action.error is not None:
                raise SystemExit(f"not signed in: {action.error}")
            QTimer.singleShot(0, lambda: [self._another() for _ in range(IN_FLIGHT)])
        else:
            QTimer.singleShot(0, self._another)

    def _another(self) -> None:
        command = self._command()
        action = self._core.dispatch(command)
        if isinstance(command, MovePtz):
            QTimer.singleShot(self._random.randrange(30), lambda: self._core.dispatcher.release(action))

    def _command(self) -> Command:
        camera = self._random.choice(sorted(self._core.directory.cameras))
        mobile = self._random.choice(sorted(c.id for c in self._core.directory.cameras.values() if c.ptz))
        tile, other = self._random.randrange(4), self._random.randrange(4)
        return self._random.choice(
            [
                ApplyLayout(window="desk", layout=self._random.choice(["4", "9", "16"])),
                ShowCamera(camera_id=camera, tile=tile),
                ShowCamera(camera_id=camera, tile=tile),
                ClearTile(window="desk", tile=tile),
                SwapTiles(window="desk", tile=tile, other_window="desk", other_tile=other),
                EnlargeTile(window="desk", tile=tile),
                MovePtz(camera_id=mobile, velocity=PtzVelocity(0.5, 0.0, 0.0)),
                StopPtz(camera_id=mobile),
                GoToPtzHome(camera_id=mobile),
            ]
        )


def fake_device(camera: Camera, credential: object) -> FakeDevice:
    return FakeDevice(camera, clock=time.monotonic)


def without_windows(profile: Profile, seed: int, password: str) -> None:
    from gwanje.records import database_url, open_records, open_secret_store

    application = QCoreApplication(["kill"])
    records, secrets = open_records(database_url(profile.folder)), open_secret_store(profile.folder)
    core = ConsoleCore(profile, records, secrets, fake_device, seat="kill")
    operator = Operator(core, seed, password)
    core.start(operator.begin)
    application.exec()


def with_windows(profile: Profile, seed: int, password: str) -> None:
    from gwanje.console import program as composition

    composition.open_device = fake_device  # type: ignore[assignment]
    with composition.Program(profile, seat="kill", language="en") as program:
        operator = Operator(program.core, seed, password)

        def show() -> None:
            program.shell.start(maximised=False)
            operator.begin()

        program.core.start(show)
        program.execute()


def main() -> None:
    folder, seed, kind = sys.argv[1:]
    password = sys.stdin.readline().rstrip("\n")
    run = with_windows if kind == "windows" else without_windows
    run(Profile.at(Path(folder)), int(seed), password)


if __name__ == "__main__":
    main()
