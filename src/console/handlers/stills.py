"""Still pictures on the disk."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from ...domain.errors import GwanjeError


def keep_still(image: QImage, texts: Mapping[str, str], file: Path) -> dict[str, object]:
    """Write a PNG with `texts` inside; returns file, sha256 and bytes for the row. Raises GwanjeError."""
    for key, text in texts.items():
        image.setText(key, text)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    data = content.data()
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.write_bytes(data)
    except OSError as error:
        raise GwanjeError(
            f"the still picture could not be written ({error.strerror})", place=str(file.parent), cure="free some space"
        ) from None
    return {"file": str(file), "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
