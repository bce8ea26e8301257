"""Whatever a camera sends as its snapshot: a small picture comes out, or nothing."""

import io
import random
import struct

import pytest
from PIL import Image
from PySide6.QtGui import QImage

from gwanje.videowall.opening import decode_snapshot
from gwanje.videowall.opening.decode import BOX, MOST_BYTES, MOST_PIXELS, MOST_SCANS


def jpeg(width: int, height: int, colour: tuple[int, int, int] = (200, 120, 40), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG", **options)
    return out.getvalue()


def test_a_snapshot_keeps_its_colours_and_its_shape():
    image = decode_snapshot(jpeg(640, 360))
    assert image is not None
    assert (image.width(), image.height()) == (640, 360)
    assert image.format() is QImage.Format.Format_RGB32
    red, green, blue, _ = image.pixelColor(100, 100).getRgb()
    assert max(abs(red - 200), abs(green - 120), abs(blue - 40)) <= 4


@pytest.mark.parametrize(("width", "height"), [(4000, 3000), (1920, 1080), (300, 4000), (6000, 2)])
def test_a_large_one_is_made_small(width: int, height: int):
    image = decode_snapshot(jpeg(width, height))
    assert image is not None
    assert image.width() <= BOX[0]
    assert image.height() <= BOX[1]


def test_grey_and_progressive_ones_are_taken():
    out = io.BytesIO()
    Image.new("L", (320, 180), 99).save(out, "JPEG")
    assert decode_snapshot(out.getvalue()) is not None
    assert decode_snapshot(jpeg(320, 180, progressive=True)) is not None


def other(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 36)).save(out, kind)
    return out.getvalue()


def claiming(data: bytes, width: int, height: int) -> bytes:
    """The same JPEG, but its header tells another size."""
    at = data.index(b"\xff\xc0")
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


def test_what_is_no_honest_jpeg_is_nothing():
    good = jpeg(640, 360)
    assert MOST_PIXELS < 65500 * 65500
    for bad in (
        b"",
        b"\xff\xd8",
        b"\xff\xd8" + bytes(10_000),
        b"<html>404</html>",
        other("PNG"),
        other("GIF"),
        b"\xff\xd8" + other("PNG"),
        good + bytes(MOST_BYTES),
        good[: len(good) // 3],
        claiming(good, 65500, 65500),
        good + b"\xff\xda" * (MOST_SCANS + 1),
    ):
        assert decode_snapshot(bad) is None, bad[:40]


def test_a_thousand_broken_ones_do_no_harm():
    good, dice = jpeg(160, 90, quality=60), random.Random(1)
    for _ in range(1000):
        broken = bytearray(good)
        for _ in range(dice.randint(1, 12)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        image = decode_snapshot(bytes(broken[: dice.randint(2, len(broken))]))
        assert image is None or (0 < image.width() <= BOX[0] and 0 < image.height() <= BOX[1])
