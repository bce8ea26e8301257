"""Wall windows on a real pool of sources, over an engine in memory and a clock that is a number."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from gwanje.domain.wall import WindowArrangement
from gwanje.videowall import Quality, SourceKey, SourcePool, StreamAddress, WallView
from tests.fakes.fake_engine import FakeCamera, FakeEngine
from tests.fakes.fake_wall import CAMERAS


class PoolWall:
    """Every camera of fake_wall.CAMERAS answers. Attributes: pool, engine, cameras (by source), views (by window)."""

    def __init__(self, qtbot: QtBot, most_main: int | None = None) -> None:
        self._qtbot = qtbot
        self.now = 1000.0
        self.engine = FakeEngine(self.clock)
        self.cameras: dict[SourceKey, FakeCamera] = {
            (key := SourceKey(camera, quality)): self.engine.add(f"rtsp://{key.camera_id}/{key.quality}")
            for camera in CAMERAS
            for quality in Quality
        }
        self.pool = SourcePool(self._address, engine=self.engine, clock=self.clock, most_main=most_main)
        self.views: dict[str, WallView] = {}

    def clock(self) -> float:
        return self.now

    def open(self, window: str, shown: WindowArrangement, size: tuple[int, int]) -> WallView:
        view = self.views[window] = WallView(window, self.pool, lambda command: None, clock=self.clock)
        self._qtbot.addWidget(view)
        view.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        view.set_cameras(CAMERAS)
        view.set_arrangement(shown)
        view.resize(*size)
        with self._qtbot.waitExposed(view):
            view.show()
        return view

    def pass_time(self, seconds: float) -> None:
        for _ in range(max(1, round(seconds * 10))):
            self.now += 0.1
            self.pool.tick()
            for view in self.views.values():
                view._look_for_pictures()
            QCoreApplication.processEvents()

    def grey(self, window: str, tile: int) -> int:
        """How bright a tile is painted where no words are; FakeEngine's pictures get brighter with every one."""
        image = self.views[window].painted_image(tile)
        return image.pixelColor(image.width() // 20, image.height() // 5).red()

    def attempts(self, key: SourceKey) -> int:
        return self.cameras[key].attempts

    def _address(self, key: SourceKey, answer: Callable[[StreamAddress | None], None]) -> None:
        answer(self.cameras[key].address)


@contextmanager
def pool_wall(qtbot: QtBot, *, most_main: int | None = None) -> Iterator[PoolWall]:
    made = PoolWall(qtbot, most_main)
    try:
        yield made
    finally:
        for view in made.views.values():
            view.close()
        made.pool.close()
