"""What only the GPU canvas does: averaging, uploading little, giving up. Drawn by Mesa's software here."""

import json
import logging
import os
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gwanje.videowall import Canvases
from gwanje.videowall.port import Pixels
from gwanje.videowall.wall.canvas import RasterCanvas, gl_pictures
from gwanje.videowall.wall.canvas.gl import GpuError
from gwanje.videowall.wall.canvas.gl_frame import Frame
from gwanje.videowall.wall.canvas.gpu import GpuCanvas
from tests.fakes.fake_sources import plain
from tests.fakes.fake_wall import Bench, arrangement, bench, sub
from tests.fakes.pictures import bars, i420

ORANGE, ORANGE_RGB = (40, 120, 200), (200, 120, 40)


@pytest.fixture
def gpu(qapp: QApplication) -> Canvases:
    return Canvases(gpu=True)


def _stripes(width: int, height: int, shift: int):
    """Single columns of white on black: what shimmers when a scaler leaves out pixels."""
    grey = np.full(((height + 1) // 2, (width + 1) // 2), 128, np.uint8)
    luma = np.where((np.arange(width) + shift) % 2 == 0, 235, 16).astype(np.uint8)
    return i420(np.ones((height, 1), np.uint8) * luma, grey, grey)


def test_fine_stripes_become_an_even_grey_that_stays(qtbot: QtBot, gpu: Canvases):
    """At 4:1 and at 3.5:1, and moved by a pixel."""
    with bench(qtbot, arrangement("1", 1), size=(480, 270), canvases=gpu) as wall:
        # At 3.5:1 a device pixel has one column of white more or less, whatever averages them.
        pictures = ((1920, 1080, 0, 3), (1920, 1080, 1, 3), (1680, 945, 0, 20))
        for count, (width, height, shift, by) in enumerate(pictures, start=1):
            wall.sources.put(sub(1), _stripes(width, height, shift))
            wall.wait_painted(0, count)
            seen = wall.glass()[10:200, 10:-10]
            assert np.abs(seen - 127).max() <= by, f"{width}x{height}, moved by {shift}"


@pytest.mark.parametrize("ratio", ["2", "1.5"])
def test_both_canvases_agree_at_other_pixel_ratios(display: str, ratio: str):
    """The ratio holds for a whole program, so it is one of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.wall_canvas_program"],
        env=os.environ | {"QT_SCALE_FACTOR": ratio},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["ratio"] == float(ratio)
    assert said["same_size"]
    assert said["contrast"] > 20
    assert said["largest"] <= 2
    assert said["one_to_one"] == [True, True]


def test_only_pictures_that_changed_go_to_the_gpu(qtbot: QtBot, gpu: Canvases, monkeypatch: pytest.MonkeyPatch):
    with bench(qtbot, arrangement("4", 1, 2, 3, 4), size=(640, 360), canvases=gpu) as wall:
        for n in (1, 2, 3, 4):
            wall.sources.put(sub(n), bars(320, 180))
            wall.wait_painted(n - 1)
        uploaded = []
        original = gl_pictures.PictureTextures.upload
        monkeypatch.setattr(
            gl_pictures.PictureTextures,
            "upload",
            lambda self, gl, picture: (uploaded.append(picture), original(self, gl, picture))[1],
        )
        wall.view.select(2)
        wall.view.refresh()
        wall.sources.put(sub(3), bars(320, 180))
        wall.wait_painted(2, 2)
        assert {id(picture) for picture in uploaded} == {id(wall.sources.picture(sub(3)))}


def test_a_gpu_that_fails_is_given_up_in_all_windows_and_pictures_go_on(
    qtbot: QtBot, gpu: Canvases, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    with (
        bench(qtbot, arrangement("1", 1), size=(320, 180), canvases=gpu) as one,
        bench(qtbot, arrangement("1", 2), size=(320, 180), canvases=gpu) as other,
    ):
        for wall, n in ((one, 1), (other, 2)):
            wall.sources.put(sub(n), bars(320, 180))
            wall.wait_painted(0)
        assert gpu.pixels is Pixels.I420
        monkeypatch.setattr(Frame, "draw", _lost)
        with caplog.at_level(logging.WARNING), qtbot.waitSignal(gpu.changed):
            one.sources.put(sub(1), bars(320, 180))
        assert gpu.pixels is Pixels.BGRX
        assert "painted without the GPU from now on: the GPU is lost" in caplog.text
        for wall, n in ((one, 1), (other, 2)):
            assert isinstance(wall.view.canvas, RasterCanvas)
            wall.sources.put(sub(n), bars(320, 180))  # what decodes has not heard of it yet
            wall.wait_painted(0, 2)
            wall.push_frame(sub(n), plain(320, 180, ORANGE))
            wall.wait_painted(0, 3)
            qtbot.waitUntil(lambda wall=wall: np.abs(wall.glass()[60, 160] - ORANGE_RGB).max() <= 2)


def _lost(*_: object) -> None:
    raise GpuError("the GPU is lost")


def test_a_gpu_that_gives_no_more_frames_is_noticed(qtbot: QtBot, gpu: Canvases, caplog: pytest.LogCaptureFixture):
    """Its last frame would look like a live wall for ever."""
    with bench(qtbot, arrangement("1", 1), size=(320, 180), canvases=gpu) as wall:
        wall.sources.put(sub(1), bars(320, 180))
        wall.wait_painted(0)
        assert isinstance(wall.view.canvas, GpuCanvas)
        wall.view.canvas.setUpdatesEnabled(False)
        with caplog.at_level(logging.WARNING), qtbot.waitSignal(gpu.changed, timeout=15_000):
            wall.sources.put(sub(1), bars(320, 180))
        assert "no frame for two seconds" in caplog.text
        wall.wait_painted(0, 2)


def test_a_wall_without_changes_is_no_failure(qtbot: QtBot, gpu: Canvases):
    with bench(qtbot, arrangement("1", 1), size=(320, 180), canvases=gpu) as wall:
        wall.sources.put(sub(1), bars(320, 180))
        wall.wait_painted(0)
        canvas = wall.view.canvas
        _look_often(canvas)
        wall.view.hide()
        canvas.refresh()
        _look_often(canvas)
        assert wall.view.canvas is canvas
        assert gpu.pixels is Pixels.I420


def test_slow_frames_are_no_failure(qtbot: QtBot, gpu: Canvases):
    """On a busy machine something is always waited for; what counts is that frames come."""
    with bench(qtbot, arrangement("1", 1), size=(320, 180), canvases=gpu) as wall:
        canvas = wall.view.canvas
        for count in range(1, 9):
            wall.sources.put(sub(1), bars(320, 180))
            wall.wait_painted(0, count)
            canvas.refresh()
            canvas._look_for_frames()
        assert wall.view.canvas is canvas


def _look_often(canvas: GpuCanvas) -> None:
    for _ in range(10):
        QApplication.processEvents()
        canvas._look_for_frames()


def test_shaders_that_do_not_compile_leave_the_processor_to_paint(
    qtbot: QtBot, gpu: Canvases, monkeypatch: pytest.MonkeyPatch
):
    def broken() -> None:
        raise GpuError("a shader does not compile")

    monkeypatch.setattr("gwanje.videowall.wall.canvas.gl_frame.PictureShaders", broken)
    with bench(qtbot, arrangement("1", 1), size=(320, 180), canvases=gpu) as wall:
        qtbot.waitUntil(lambda: isinstance(wall.view.canvas, RasterCanvas))
        wall.push(sub(1), ORANGE)
        wall.wait_painted(0)


def test_a_picture_shorter_than_its_size_never_reaches_the_driver(qtbot: QtBot, gpu: Canvases):
    """OpenGL would read on in the memory behind it."""
    with bench(qtbot, arrangement("1", 1), size=(320, 180), canvases=gpu) as wall:
        wall.sources.put(sub(1), bars(320, 180))
        wall.wait_painted(0)
        textures = gl_pictures.PictureTextures()
        short = bars(320, 180)
        with pytest.raises(ValueError, match="shorter"):
            textures.upload(None, type(short)(short.data[:-1], 320, 180, 1, 0.0, 0.0, pixels=Pixels.I420))


def test_windows_that_close_give_their_textures_back(qtbot: QtBot, gpu: Canvases, monkeypatch: pytest.MonkeyPatch):
    """They are shared by all contexts of the program, and would stay for its whole life."""
    destroyed: list[Frame] = []
    original = Frame._give_back
    monkeypatch.setattr(Frame, "_give_back", lambda self: (destroyed.append(self), original(self))[1])
    with bench(qtbot, arrangement("1", 1), size=(320, 180), canvases=gpu) as wall:
        wall.sources.put(sub(1), bars(320, 180))
        wall.wait_painted(0)
        frame = wall.view.canvas._frame
    _delete(wall)
    assert frame in destroyed
    assert not frame._textures


def _delete(wall: Bench) -> None:
    import shiboken6

    shiboken6.delete(wall.view.canvas)
