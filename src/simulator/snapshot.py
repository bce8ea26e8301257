"""A still picture of what a camera sees now."""

import io
import time

import av
import numpy as np

from .camera import SimulatedCamera
from .planes import Planes
from .renderer import Renderer

_JPEG_QUALITY = 85


def planes_of(frame: av.VideoFrame) -> Planes:
    """Writable views of the frame's planes, without the padding."""
    y, u, v = (
        np.frombuffer(memoryview(p), np.uint8).reshape(p.height, p.line_size)[:, : p.width] for p in frame.planes
    )
    return Planes(y, u, v)


def snapshot(camera: SimulatedCamera, width: int, height: int) -> bytes:
    """A JPEG of that size."""
    now = time.time()
    frame = av.VideoFrame(width, height, "yuv420p")
    renderer = Renderer(camera.scene(), width, height)
    renderer.draw(planes_of(frame), camera.head.position(time.monotonic()), now, camera.device_time(now), 0)
    out = io.BytesIO()
    frame.to_image().save(out, "JPEG", quality=_JPEG_QUALITY)
    return out.getvalue()
