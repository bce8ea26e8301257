"""A camera's JPEG becomes a small picture, whatever the camera sent. For any thread but the Qt thread."""

import io
import logging

from PIL import Image
from PySide6.QtGui import QImage

log = logging.getLogger(__name__)
# It tells every marker that it meets.
logging.getLogger("PIL").setLevel(logging.INFO)

MOST_BYTES = 16 * 2**20
MOST_PIXELS = 64_000_000
"""The largest sensors on poles have some 33 million pixels."""
MOST_SCANS = 64
"""A progressive JPEG is decoded once per scan: thousands of tiny ones would hold a processor for minutes."""
BOX = (640, 360)
"""It is shown dimmed and for a moment: a larger one would be memory for nothing."""
_BEGIN = b"\xff\xd8"
_SCAN = b"\xff\xda"


def decode_snapshot(jpeg: bytes) -> QImage | None:
    """The picture, scaled down into BOX; None for what is no JPEG, is broken, or is too large to be honest."""
    if not jpeg.startswith(_BEGIN) or len(jpeg) > MOST_BYTES or jpeg.count(_SCAN) > MOST_SCANS:
        return None
    # Not Qt's reader: it fills up what is missing, and writes a line to the log for every oddity.
    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            image.draft("RGB", BOX)  # a part of the resolution only, which is much less work
            image.thumbnail(BOX)
            small = image.convert("RGB")
    except Exception as error:  # noqa: BLE001 - whatever strange bytes do to the decoder, there is no picture
        log.debug("a snapshot cannot be decoded: %s", type(error).__name__)
        return None
    pixels = small.tobytes("raw", "BGRX")
    return QImage(pixels, small.width, small.height, small.width * 4, QImage.Format.Format_RGB32).copy()
