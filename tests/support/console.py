"""A console with windows over fakes: records and secrets in memory, cameras in memory, pictures in memory."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from gwanje.console.collector import QtThreadCollector
from gwanje.console.core import ConsoleCore
from gwanje.console.profile import Profile
from gwanje.console.windows import ConsoleShell
from gwanje.console.windows.main_window import MainWindow
from gwanje.domain.audit import AuditEntry, Outcome
from gwanje.domain.cameras import Camera, CameraId, Department, DepartmentId, District, Site, SiteId
from gwanje.domain.operators import Role
from tests.fakes.fake_device import FakeDevice
from tests.fakes.fake_player import FakeClipPlayer
from tests.fakes.fake_sources import FakeSources
from tests.fakes.memory_records import MemoryRecords
from tests.fakes.memory_secrets import MemorySecretStore

PASSWORD = "correct horse battery"
CLIP = "/clips/crossing.mp4"
EVERY_ROLE = frozenset({Role.AGENT, Role.SUPERVISOR, Role.ADMINISTRATOR})


def small_district(cameras: int = 12) -> District:
    """Two departments, a site for every two cameras; each third camera is PTZ, the first among them."""
    departments = (Department(DepartmentId("d1"), "안전총괄과"), Department(DepartmentId("d2"), "Traffic"))
    sites = tuple(
        Site(SiteId(f"s{i}"), f"Site {i}", departments[i % 2].id, 37.57 + i / 500, 126.93 + i / 400)
        for i in range((cameras + 1) // 2)
    )
    return District(
        departments,
        sites,
        tuple(
            Camera(
                id=CameraId(f"c{n}"),
                number=n,
                name=f"Crossing {n}",
                site_id=sites[(n - 1) // 2].id,
                purpose="crime prevention" if n % 2 else "traffic",
                latitude=sites[(n - 1) // 2].latitude,
                longitude=sites[(n - 1) // 2].longitude,
                main_uri=f"rtsp://127.0.0.1:1/cam{n}/main",
                sub_uri=f"rtsp://127.0.0.1:1/cam{n}/sub",
                device_address=f"http://127.0.0.1:1/cam{n}/onvif/device_service",
                user="operator",
                ptz=n % 3 == 1,
            )
            for n in range(1, cameras + 1)
        ),
    )


class PoolOfFakes(FakeSources):
    """What ConsoleCore asks of a pool beyond the Sources protocol."""

    def refresh(self, camera_id: CameraId) -> None:
        self.calls.append(("refresh", camera_id))

    def close(self) -> None:
        self.calls.append(("close",))


@dataclass
class TestConsole:
    """Attributes: what the parts saw; `devices` by camera id; `quits`, how often the program was asked to end."""

    __test__ = False
    core: ConsoleCore
    shell: ConsoleShell
    records: MemoryRecords
    secrets: MemorySecretStore
    sources: PoolOfFakes
    devices: dict[str, FakeDevice] = field(default_factory=dict)
    quits: list[None] = field(default_factory=list)
    clips: FakeClipPlayer = field(default_factory=lambda: FakeClipPlayer({}))

    @property
    def window(self) -> MainWindow:
        return self.shell.window

    def rows(self) -> list[AuditEntry]:
        return self.records.audit.read(limit=100_000)

    def outcomes(self, action: Any) -> list[Outcome]:
        return [r.outcome for r in self.rows() if r.action_id == action.id]

    def quiet(self) -> bool:
        """Whether every dispatched action has its outcome on record."""
        recorder = self.core.recorder
        return self.core.dispatcher.in_flight == 0 and recorder.backlog == 0


@contextmanager
def console(
    qtbot: Any, folder: Path, *, roles: frozenset[Role] = EVERY_ROLE, cameras: int = 12, signed_in: bool = True
) -> Iterator[TestConsole]:
    """Shown, with a district and (unless told otherwise) an operator "kim" signed in."""
    from gwanje.domain.commands import SignIn

    clips = FakeClipPlayer({CLIP: 50})
    records, secrets, sources = MemoryRecords(), MemorySecretStore(), PoolOfFakes()
    district = small_district(cameras)
    records.directory.put(district.departments, district.sites, district.cameras)
    records.operators.add("kim", PASSWORD, roles)
    devices: dict[str, FakeDevice] = {}

    def open_device(camera: Camera, credential: object) -> FakeDevice:
        return devices.setdefault(camera.id, FakeDevice(camera, credential, clock=time.monotonic))

    collector = QtThreadCollector()
    # The end of the program would end every later event loop of the test process as well.
    quits: list[None] = []
    with mock.patch("gwanje.console.core.quit_application", lambda: quits.append(None)):
        core = ConsoleCore(
            Profile.at(folder),
            records,
            secrets,
            open_device,
            seat="desk 1",
            make_sources=lambda _: sources,
            make_player=lambda: clips,
        )
    shell = ConsoleShell(core, QApplication.instance(), language="en")
    made = TestConsole(core, shell, records, secrets, sources, devices, quits, clips)
    try:
        core.start(lambda: shell.start(maximised=False))
        qtbot.waitUntil(lambda: made.window.isVisible() and len(core.directory.cameras) == cameras)
        if signed_in:
            core.dispatch(SignIn(name="kim", password=PASSWORD))
            qtbot.waitUntil(lambda: core.session.operator is not None and made.quiet())
        yield made
        qtbot.waitUntil(made.quiet, timeout=10_000)
    finally:
        shell.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        core.close()
        QApplication.processEvents()
        # Here and now, on the Qt thread; see gwanje.console.collector.
        shiboken6.delete(shell)
        shiboken6.delete(core)
        collector.close()
        gc.collect()
