"""A change of layout on real streams and real workers: no black tile that had a picture before."""

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gwanje.domain.source_state import SourceState
from gwanje.videowall import SourcePool, WallView
from tests.fakes.fake_wall import CAMERAS, arrangement
from tests.fakes.real_camera import real_camera


def _has_picture(image: QImage) -> bool:
    """The camera shows a ball on black; a tile without a picture is dark, but nowhere black."""
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return float((rows[4 : image.height() // 4, : image.width()] < 8).mean()) > 0.3


@pytest.mark.heavy
def test_nine_then_twenty_five_then_nine_and_the_first_again_when_they_were_cold(qtbot: QtBot) -> None:
    with real_camera() as camera:
        pool = SourcePool(lambda key, answer: answer(camera.address), workers=2)
        view = WallView("desk", pool, lambda command: None)
        qtbot.addWidget(view)
        view.set_cameras(CAMERAS)
        view.resize(1280, 720)
        try:
            with qtbot.waitExposed(view):
                view.show()

            def shown() -> list[bool]:
                count = len(view.arrangement.grid.cells)
                return [_has_picture(view.painted_image(tile)) for tile in range(count)]

            def all_live() -> bool:
                return all(r.state is SourceState.LIVE and r.painted for r in view.tile_report())

            view.set_arrangement(arrangement("9", *range(1, 10)))
            assert not any(shown()), "this test would not see a black tile"
            qtbot.waitUntil(all_live, timeout=20_000)
            view.set_arrangement(arrangement("25", *range(25, 0, -1)))
            assert shown() == [False] * 16 + [True] * 9
            qtbot.waitUntil(all_live, timeout=30_000)
            view.set_arrangement(arrangement("9", *range(1, 10)))
            assert all(shown())
            pool.forget_unseen()
            assert pool.status(view._tiles[0].feed.shown).state is SourceState.LIVE
            view.set_arrangement(arrangement("25", *range(25, 0, -1)))
            assert all(shown()), "kept pictures of sources that were closed"
            assert any(view.text_of(tile).stale for tile in range(16)), "and they do not pass for live"
            qtbot.waitUntil(all_live, timeout=30_000)
        finally:
            view.close()
            pool.close()
