"""What every test stands on: a display, a home and a Qt application of its own, and a look at what it left behind."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.support import leaks, loopback, xvfb

_HOME_VARIABLES = {
    "HOME": ".",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "runtime",
}


def pytest_configure(config: pytest.Config) -> None:
    """Before anything of ours is imported: the environment that the program under test will see."""
    os.environ["GWANJE_SECRETS"] = "file"  # never the developer's own keyring
    os.environ.setdefault("LANG", "C.UTF-8")
    os.environ.pop("WAYLAND_DISPLAY", None)
    if os.geteuid() == 0:
        os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"  # Chromium's sandbox refuses to run as root
    # CI takes the same examples each time; a developer's run looks for new ones.
    hypothesis.settings.register_profile("ci", derandomize=True)
    if os.environ.get("CI"):
        hypothesis.settings.load_profile("ci")
    leaks.watch()
    loopback.guard()


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder of this run, so that no test reads or writes the developer's."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name, part in _HOME_VARIABLES.items():
            place = folder / part
            place.mkdir(mode=0o700, exist_ok=True)
            patch.setenv(name, str(place))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def display(home: Path) -> Iterator[str]:
    """The name of an X display with one 1920x1080 screen, in DISPLAY too. GWANJE_TEST_DISPLAY=:0 uses yours instead."""
    own = os.environ.get("GWANJE_TEST_DISPLAY")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("XAUTHORITY", raising=False)
        if own:
            patch.setenv("DISPLAY", own)
            yield own
            return
        with xvfb.running() as name:
            patch.setenv("DISPLAY", name)
            yield name


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["gwanje-tests"]


@pytest.fixture(scope="session")
def qapp(display: str, qapp_args: list[str], qapp_cls: type) -> Iterator[object]:
    """The one QApplication of this process, with the map's URL scheme registered before it as Qt demands."""
    from PySide6.QtCore import QCoreApplication, Qt

    from gwanje.mapview import prepare_environment, register_scheme

    existing = QCoreApplication.instance()
    if existing is not None:
        raise RuntimeError("a QApplication was made before the qapp fixture; take the fixture instead")
    prepare_environment()
    register_scheme()
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = qapp_cls(qapp_args)
    app.setApplicationName("gwanje-tests")
    app.setQuitOnLastWindowClosed(False)
    gc.disable()  # as in the program: see gwanje.console.collector
    yield app


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
    """What a fixture of wider scope starts outlives the test that asked first, and is that fixture's to end."""
    if fixturedef.scope == "function":
        return (yield)
    before = leaks.census()
    try:
        return (yield)
    finally:
        leaks.allow(leaks.census() - before)


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves a thread or a child process of its own, naming the line that started it."""
    before = leaks.census()
    yield
    if not gc.isenabled():
        gc.collect()  # between tests no destructor is under way
    left = leaks.left_since(before)
    if left:
        pytest.fail("left running: " + "; ".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def nothing_leaves_the_machine() -> Iterator[None]:
    """Fails a test in which something tried to connect to another machine."""
    loopback.refused.clear()
    yield
    if loopback.refused:
        pytest.fail("tried to reach " + ", ".join(loopback.refused), pytrace=False)


def pytest_report_header(config: pytest.Config) -> str:
    return f"gwanje on Python {sys.version.split()[0]}"
