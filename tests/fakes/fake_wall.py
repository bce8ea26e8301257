"""What stands around a wall in its tests: a directory, a dispatcher and a PTZ control that remember."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gwanje.domain.cameras import Camera, CameraId, SiteId
from gwanje.domain.commands import Command
from gwanje.domain.ptz import PtzVelocity
from gwanje.domain.wall import DESK, WindowArrangement
from gwanje.videowall import Canvases, Quality, SourceKey, WallView
from tests.fakes.fake_sources import FakeSources, Frame, plain

CAMERAS = {
    CameraId(f"c{n}"): Camera(
        CameraId(f"c{n}"), n, f"Street {n}", SiteId("s"), "p", 37.5, 126.9, "rtsp://h/m", "rtsp://h/s", ptz=n % 2 == 1
    )
    for n in range(1, 31)
}
"""Camera "cN" has the number N; those with an odd number can be moved."""


def cid(number: int) -> CameraId:
    return CameraId(f"c{number}")


def sub(number: int) -> SourceKey:
    return SourceKey(cid(number), Quality.SUB)


def main(number: int) -> SourceKey:
    return SourceKey(cid(number), Quality.MAIN)


def arrangement(layout: str, *numbers: int, enlarged: int | None = None) -> WindowArrangement:
    """0 leaves a tile empty."""
    return WindowArrangement(layout, tuple(cid(n) if n else None for n in numbers), enlarged)


class RecordingPtz:
    """A PtzControl; `calls` are ("begin", camera, velocity), ("adjust", velocity), ("end",)."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def begin(self, camera_id: CameraId, velocity: PtzVelocity) -> None:
        self.calls.append(("begin", camera_id, velocity))

    def adjust(self, velocity: PtzVelocity) -> None:
        self.calls.append(("adjust", velocity))

    def end(self) -> None:
        self.calls.append(("end",))

    def names(self) -> list[object]:
        return [call[0] for call in self.calls]


class Bench:
    """A wall on the screen with everything around it.

    Attributes: view, sources, ptz, and `commands`, what the wall dispatched.
    """

    def __init__(
        self,
        qtbot: QtBot,
        shown: WindowArrangement,
        *,
        window: str = DESK,
        size: tuple[int, int],
        canvases: Canvases | None = None,
    ) -> None:
        self._qtbot = qtbot
        self.sources = FakeSources()
        self.ptz = RecordingPtz()
        self.commands: list[Command] = []
        self.view = WallView(window, self.sources, self.commands.append, ptz=self.ptz, canvases=canvases)
        self.view.set_cameras(CAMERAS)
        self.view.set_arrangement(shown)
        self.view.resize(*size)

    def show(self) -> None:
        with self._qtbot.waitExposed(self.view):
            self.view.show()
        self.view.activateWindow()
        self.view.setFocus()
        self._qtbot.waitUntil(self.view.hasFocus)

    def push(self, key: SourceKey, bgr: tuple[int, int, int] = (40, 120, 200)) -> None:
        """A new plain picture of the size that is wanted."""
        width, height = self.sources.size_of(key)
        self.sources.push(key, plain(width, height, bgr))

    def push_frame(self, key: SourceKey, frame: Frame) -> None:
        self.sources.push(key, frame)

    def painted(self, tile: int) -> int:
        return next((r.painted for r in self.view.tile_report() if r.tile == tile), 0)

    def wait_painted(self, tile: int, count: int = 1) -> None:
        self._qtbot.waitUntil(lambda: self.painted(tile) >= count)

    def glass(self) -> NDArray[np.int16]:
        """What is on the screen in device pixels: rows, columns, red green blue."""
        image = self.view.canvas.grabbed().convertToFormat(QImage.Format.Format_RGB32)
        flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
        return flat[..., 2::-1].astype(np.int16)

    def colour(self, tile: int, x: float = 0.5, y: float = 0.2) -> tuple[int, int, int]:
        """Red, green and blue of a point of the tile as painted; x and y from 0 to 1."""
        image = self.view.painted_image(tile)
        at = image.pixelColor(int(x * (image.width() - 1)), int(y * (image.height() - 1)))
        return at.red(), at.green(), at.blue()


@contextmanager
def bench(
    qtbot: QtBot,
    shown: WindowArrangement,
    *,
    window: str = DESK,
    size: tuple[int, int] = (960, 540),
    canvases: Canvases | None = None,
) -> Iterator[Bench]:
    """A wall that is shown, has the keyboard and is closed at the end."""
    made = Bench(qtbot, shown, window=window, size=size, canvases=canvases)
    qtbot.addWidget(made.view)
    made.show()
    yield made
    made.view.close()
