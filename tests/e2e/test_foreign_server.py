"""A camera of a server that is not ours (GStreamer's), added by its address in the window, is seen on the wall."""

from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gwanje.domain.cameras import CameraId
from gwanje.domain.credentials import Credential
from gwanje.domain.source_state import Reason, SourceState
from gwanje.videowall import TileReport
from gwanje.videowall.port import Quality, SourceKey
from tests.e2e import traces
from tests.e2e.whole_console import WholeConsole, whole_console
from tests.fakes.real_camera import real_camera

CREDENTIAL = Credential("viewer", "gst-pa55 wörd/%41")
WRONG = "not-the-pa55word"


def add_camera(qtbot, made: WholeConsole, address: str, user: str = "", password: str = "") -> CameraId:
    """Through the box that Ctrl+N opens, typed, and sent with Return."""
    known = set(made.core.directory.cameras)
    made.window.actions_table.by_name["add-camera"].trigger()
    box = made.window.boxes["add-camera"]
    qtbot.waitUntil(lambda: box.isVisible())
    QTest.keyClicks(box.main_uri, address)
    QTest.keyClicks(box.user, user)
    box.password.setText(password)  # keyClicks types no letters beyond Latin-1
    QTest.keyClicks(box.camera_name, "Foreign gate")
    QTest.keyClick(box.camera_name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(made.core.directory.cameras) == len(known) + 1)
    qtbot.waitUntil(lambda: not box.isVisible())
    assert box.password.text() == ""
    (added,) = set(made.core.directory.cameras) - known
    return added


def show_by_number(made: WholeConsole, camera: CameraId, tile: int = 0) -> None:
    wall = made.window.desk.wall
    wall.setFocus()
    wall.select(tile)
    QTest.keyClicks(wall, str(made.core.directory.cameras[camera].number))
    QTest.keyClick(wall, Qt.Key.Key_Return)


def report_of(made: WholeConsole, camera: CameraId) -> TileReport | None:
    return next((r for r in made.window.desk.wall.tile_report() if r.camera_id == camera), None)


def is_live(made: WholeConsole, camera: CameraId, pictures: int) -> bool:
    report = report_of(made, camera)
    return report is not None and report.state is SourceState.LIVE and report.painted >= pictures


def colours(made: WholeConsole, tile: int) -> set[int]:
    image = made.window.desk.wall.painted_image(tile)
    return {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(20, image.height() - 40, 7)}


@pytest.mark.parametrize(
    ("credential", "options"),
    [
        (None, ("--pattern", "smpte")),
        (CREDENTIAL, ("--scheme", "digest", "--pattern", "smpte")),
        (CREDENTIAL, ("--scheme", "basic", "--pattern", "smpte")),
    ],
    ids=["open", "digest", "basic"],
)
def test_it_is_shown_live_on_a_tile(qtbot, tmp_path: Path, credential: Credential | None, options: tuple[str, ...]):
    folder = tmp_path / "profile"
    with real_camera(credential, *options) as camera, whole_console(qtbot, folder) as made:
        given = (credential.user, credential.password) if credential else ()
        added = add_camera(qtbot, made, camera.address.uri, *given)
        show_by_number(made, added)
        qtbot.waitUntil(lambda: is_live(made, added, pictures=10), timeout=20_000)
        assert len(colours(made, 0)) > 5, "colour bars are many colours"
        where = traces.in_processes(psutil.process_iter(), {"the password": CREDENTIAL.password})
        assert where == set()
        made.core.sources.retry(added)
    left = traces.in_files([folder], {"the password": CREDENTIAL.password})
    assert left == []
    assert (folder / "gwanje.log").exists()
    assert (folder / "secrets.enc").exists() == (credential is not None)


def test_a_wrong_password_is_said_on_the_tile_and_the_right_one_helps(qtbot, tmp_path: Path):
    folder = tmp_path / "profile"
    with real_camera(CREDENTIAL) as camera, whole_console(qtbot, folder) as made:
        wrong = add_camera(qtbot, made, camera.address.uri, CREDENTIAL.user, WRONG)
        show_by_number(made, wrong)
        wall, key = made.window.desk.wall, SourceKey(wrong, Quality.SUB)

        def refused() -> bool:
            keys = (key, SourceKey(wrong, Quality.MAIN))
            return any(made.core.sources.status(k).reason is Reason.WRONG_PASSWORD for k in keys)

        qtbot.waitUntil(refused, timeout=20_000)
        report = report_of(made, wrong)
        assert report is not None and report.state is SourceState.FAILED and report.painted == 0
        qtbot.waitUntil(lambda: "The camera refuses the password" in wall.accessibleDescription())

        right = add_camera(qtbot, made, camera.address.uri, CREDENTIAL.user, CREDENTIAL.password)
        show_by_number(made, right, tile=1)
        qtbot.waitUntil(lambda: is_live(made, right, pictures=10), timeout=20_000)
        assert report_of(made, wrong).state is SourceState.FAILED, "one right password does not open the other camera"
    assert traces.in_files([folder], {"wrong": WRONG, "right": CREDENTIAL.password}) == []


def test_credentials_in_the_address_are_refused_before_they_are_recorded(qtbot, tmp_path: Path):
    folder = tmp_path / "profile"
    with whole_console(qtbot, folder) as made:
        made.window.actions_table.by_name["add-camera"].trigger()
        box = made.window.boxes["add-camera"]
        qtbot.waitUntil(lambda: box.isVisible())
        box.camera_name.setText("Foreign gate")
        for field, address in (
            (box.main_uri, f"rtsp://viewer:{WRONG}@127.0.0.1/live"),
            (box.sub_uri, f"rtsp://viewer:{WRONG}@127.0.0.1/live"),
            (box.device_address, f"http://viewer:{WRONG}@127.0.0.1/onvif/device_service"),
        ):
            box.main_uri.setText("rtsp://127.0.0.1:1/live")
            field.setText(address)
            box.add.click()
            qtbot.waitUntil(made.quiet)
            assert "password" in box._error.text(), field.accessibleName()
            assert WRONG not in box._error.text()
            assert not made.core.directory.cameras
            field.clear()
    assert traces.in_files([folder], {"the password": WRONG}) == []
