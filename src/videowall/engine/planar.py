"""Decoded frames as native-size I420, for a surface that scales and colours on the GPU."""

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, VideoReformatter
from numpy.typing import NDArray

from ..port import Pixels
from .pictures import is_bt709
from .slots import BT709, WIDE_RANGE, planes_of

_AS_IT_IS = frozenset({"yuv420p", "yuvj420p"})


class Planar:
    """One for each session."""

    def __init__(self) -> None:
        self._converter = VideoReformatter()

    def planes(self, frame: VideoFrame) -> tuple[list[NDArray[np.uint8]], int]:
        """Y, U and V, whose rows may be padded, and the flags of slots.py that say how to colour them."""
        is_wide = frame.color_range == ColorRange.JPEG or frame.format.name.startswith("yuvj")
        flags = (WIDE_RANGE if is_wide else 0) | (BT709 if is_bt709(frame) else 0)
        if frame.format.name not in _AS_IT_IS:
            kept = ColorRange.JPEG if is_wide else ColorRange.MPEG
            frame = self._converter.reformat(
                frame, format="yuv420p", src_color_range=kept, dst_color_range=kept, threads=1
            )
        sizes = planes_of(Pixels.I420, frame.width, frame.height)
        planes = [
            np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[:rows]
            for plane, (rows, _) in zip(frame.planes, sizes, strict=True)
        ]
        return planes, flags
