"""Streams may say anything about their colours; a picture comes of it all the same."""

import pytest
from av.video.frame import VideoFrame

from gwanje.videowall.engine.pictures import Scaler, with_known_colours
from gwanje.videowall.engine.planar import Planar


@pytest.mark.parametrize("matrix", range(24))
@pytest.mark.parametrize("layout", ["yuv420p", "yuvj422p"])
def test_a_picture_is_made_whatever_matrix_a_stream_claims(layout: str, matrix: int) -> None:
    frame = VideoFrame(160, 96, layout)
    frame.colorspace = matrix
    frame = with_known_colours(frame)
    assert Scaler().scale(frame, 64, 36).shape[0] == 36
    planes, _ = Planar().planes(frame)
    assert len(planes) == 3


def test_a_matrix_that_is_known_is_kept() -> None:
    frame = VideoFrame(160, 96, "yuv420p")
    frame.colorspace = 9
    assert with_known_colours(frame).colorspace == 9
