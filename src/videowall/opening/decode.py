"""A camera's JPEG becomes a small picture, whatever the camera sent. For any thread but the Qt thread."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

MOST_BYTES = 16 * 2**20
MOST_PIXELS = 64_000_000
"""The largest sensors on poles have some 33 million pixels."""
MOST_SCANS = 64
"""A progressive JPEG is decoded once per scan: thousands of tiny ones would hold a processor for minutes."""
BOX = QSize(960, 540)
"""It is shown dimmed and for a moment: a larger one would be memory for nothing."""
_BEGIN = b"\xff\xd8"
_SCAN = b"\xff\xda"


def decode_snapshot(jpeg: bytes) -> QImage | None:
    """The picture, scaled down into BOX; None for what is no JPEG, is broken, or is too large to be honest."""
    if not jpeg.startswith(_BEGIN) or len(jpeg) > MOST_BYTES or jpeg.count(_SCAN) > MOST_SCANS:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(jpeg))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    reader.setAutoDetectImageFormat(False)
    size = reader.size()
    if size.isEmpty() or size.width() * size.height() > MOST_PIXELS:
        return None
    if size.width() > BOX.width() or size.height() > BOX.height():
        reader.setScaledSize(size.scaled(BOX, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull() or reader.error() is not QImageReader.ImageReaderError.UnknownError:
        return None
    return image.convertToFormat(QImage.Format.Format_RGB32)
