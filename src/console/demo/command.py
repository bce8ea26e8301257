"""The demo, in a window for a person or headless for a report."""

import argparse
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import platformdirs
from PySide6.QtWidgets import QApplication

from ...domain.commands import ShowCamera
from ...domain.errors import GwanjeError
from ...simulator.process import SimulatorProcess
from ..cli.surroundings import require_display
from ..profile import Profile
from ..program import Program
from .display import own_display, screen_size
from .scenario import TILES, Report, Scenario, add_district, sign_in
from .script import ScriptRunner, Steps, Until


def demo(args: argparse.Namespace) -> int:
    """`gwanje demo`. Returns the exit code: 1 when headless and something did not go as it should."""
    for file in (args.screenshot, args.report):
        if file is not None and not file.resolve().parent.is_dir():
            raise GwanjeError("the folder is not there", place=str(file), cure="make it first")
    size = screen_size(args.size)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # The demo shows nothing but its own simulated district, so that it may run as root, in a container say;
        # Chromium's sandbox (the map) cannot. `gwanje run` refuses root instead.
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    if args.headless is None:
        return _windowed(args)
    with contextlib.ExitStack() as stack:
        stack.enter_context(own_display(*size))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gwanje-demo-")))
        os.environ.setdefault("GWANJE_SECRETS", "file")  # a passing profile leaves nothing in the user's keyring
        simulator = stack.enter_context(SimulatorProcess(cameras=args.cameras))
        report = _headless(args, Profile.at(folder), simulator)
    text = json.dumps(asdict(report), ensure_ascii=False)
    sys.stdout.write(text + "\n")
    if args.report is not None:
        args.report.write_text(text + "\n", encoding="utf-8")
    good = (
        not report.errors and report.tiles_live == min(TILES, args.cameras) and report.ptz_moved and report.ptz_stopped
    )
    return 0 if good else 1


def _headless(args: argparse.Namespace, profile: Profile, simulator: SimulatorProcess) -> Report:
    with Program(profile, seat="demo", language="ko") as program:
        scenario = Scenario(program.core, program.shell, simulator, args.headless)

        def finish() -> None:
            if args.screenshot is not None and not screenshot(args.screenshot):
                scenario.report.errors.append(f"the picture could not be written to {args.screenshot}")
            program.application.exit(0)

        runner = ScriptRunner(scenario.steps(), finish)
        program.core.start(lambda: _show(program, runner.start))
        program.execute()
        scenario.report.errors.extend(runner.errors)
        return scenario.report


def _show(program: Program, then: Callable[[], None]) -> None:
    """On a display of its own there is no window manager, so the window is given the whole screen."""
    program.shell.start(maximised=False)
    program.shell.window.resize(program.application.primaryScreen().availableSize())
    program.shell.window.move(0, 0)
    then()


def _windowed(args: argparse.Namespace) -> int:
    require_display()
    folder = Path(platformdirs.user_data_dir("gwanje", appauthor=False)) / "demo"
    with (
        SimulatorProcess(cameras=args.cameras) as simulator,
        Program(Profile.at(folder), seat="demo") as program,
    ):
        runner = ScriptRunner(_welcome(program, simulator), lambda: None)
        program.start()
        runner.start()
        code = program.execute()
        if args.screenshot is not None:
            sys.stderr.write("gwanje: --screenshot belongs to --headless\n")
        return code


def _welcome(program: Program, simulator: SimulatorProcess) -> Steps:
    """Sign in, put the first cameras on an empty wall; from then on it is the person's."""
    core, shell = program.core, program.shell
    yield Until("the window is shown", lambda: shell.window.isVisible(), 20)
    yield from sign_in(core, shell.window)
    yield from add_district(core, simulator)
    if not core.wall.arrangement.cameras():
        for camera in sorted(core.directory.cameras.values(), key=lambda c: c.number)[:TILES]:
            core.dispatch(ShowCamera(camera_id=camera.id, via="demo"))


def screenshot(file: Path) -> bool:
    """The whole screen as it is, written as PNG."""
    screen = QApplication.primaryScreen()
    return screen.grabWindow(0).toImage().save(str(file))
