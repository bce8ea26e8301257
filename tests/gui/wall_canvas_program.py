"""Paints one wall on both canvases at the ratio of QT_SCALE_FACTOR; prints how they differ, as a line of JSON."""

import json
import sys
import time

import numpy as np
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from gwanje.domain.source_state import Reason, SourceState
from gwanje.domain.wall import DESK
from gwanje.videowall import Canvases, WallView
from tests.fakes.fake_sources import FakeSources, plain, street
from tests.fakes.fake_wall import CAMERAS, arrangement, sub

WITHIN_S = 30.0


def main() -> None:
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(sys.argv)
    now = time.monotonic()
    images = [painted(application, Canvases(gpu=gpu), now) for gpu in (False, True)]
    ratio = images[0].devicePixelRatio()
    raster, gpu = (pixels(image) for image in images)
    if len(sys.argv) > 1:
        for image, name in zip(images, ("raster", "gpu"), strict=True):
            image.save(f"{sys.argv[1]}/{name}.png")
    same_size = raster.shape == gpu.shape
    print(
        json.dumps(
            {
                "ratio": ratio,
                "size": [raster.shape[1], raster.shape[0]],
                "same_size": same_size,
                "contrast": float(raster.std()),
                "largest": int(np.abs(raster - gpu).max()) if same_size else None,
                "one_to_one": [checkered(raster), checkered(gpu)],
            }
        )
    )


def painted(application: QApplication, canvases: Canvases, now: float) -> QImage:
    sources = FakeSources()
    view = WallView(DESK, sources, lambda command: None, canvases=canvases, clock=lambda: now)
    view.set_cameras(CAMERAS)
    view.set_arrangement(arrangement("4", 1, 2, 3))
    view.resize(481, 271)
    view.show()
    wait(application, lambda: len(sources.wanted()) == 3)
    width, height = sources.size_of(sub(1))
    sources.push(sub(1), checks(width, height), at=now)
    sources.push(sub(2), street(width, height, seed=2, at=1.0, scene="day"), at=now)
    sources.push(sub(3), plain(320, 240, (40, 120, 200)), at=now)
    wait(application, lambda: all(report.painted for report in view.tile_report()))
    sources.set_state(sub(2), SourceState.STALLED, Reason.NO_DATA, ago=300)
    wait(application, lambda: view.text_of(1).stale)
    view._texts.stop()
    for _ in range(20):
        application.processEvents()
    image = view.canvas.grabbed()
    view.close()
    shiboken6.delete(view)
    return image


def checks(width: int, height: int) -> np.ndarray:
    frame = np.zeros((height, width, 4), np.uint8)
    frame[::2, ::2] = frame[1::2, 1::2] = 255
    return frame


def checkered(seen: np.ndarray) -> bool:
    """Whether the checks of the first tile are on the glass, pixel for pixel."""
    part = seen[20:60, 20:60, 0]
    return set(np.unique(part)) == {0, 255} and bool((part[:, 1:] != part[:, :-1]).all())


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].astype(int)


def wait(application: QApplication, until) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not until():
        if time.monotonic() > deadline:
            raise TimeoutError(until)
        application.processEvents()
        time.sleep(0.002)


if __name__ == "__main__":
    main()
