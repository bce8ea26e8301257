"""What is dragged onto and between tiles, as MIME data."""

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QWidget

from ...domain.cameras import CameraId

CAMERA_MIME = "application/x-gwanje-camera"
"""A camera's id in UTF-8; from the tree, the map or a tile."""
TILE_MIME = "application/x-gwanje-tile"
"""The tile a camera is dragged from: tile index, a line feed, window name, in UTF-8."""
_THUMB = QSize(192, 108)


def camera_mime(camera: CameraId) -> QMimeData:
    data = QMimeData()
    data.setData(CAMERA_MIME, camera.encode())
    return data


def tile_mime(camera: CameraId, window: str, tile: int) -> QMimeData:
    data = camera_mime(camera)
    data.setData(TILE_MIME, f"{tile}\n{window}".encode())
    return data


def accepts(data: QMimeData) -> bool:
    return data.hasFormat(CAMERA_MIME) or data.hasFormat(TILE_MIME)


def read_camera(data: QMimeData) -> CameraId | None:
    if not data.hasFormat(CAMERA_MIME):
        return None
    return CameraId(bytes(data.data(CAMERA_MIME).data()).decode("utf-8", "replace"))


def read_tile(data: QMimeData) -> tuple[str, int] | None:
    """(window, tile), or None when the data come from elsewhere or are broken."""
    if not data.hasFormat(TILE_MIME):
        return None
    number, _, window = bytes(data.data(TILE_MIME).data()).decode("utf-8", "replace").partition("\n")
    return (window, int(number)) if number.isdecimal() and window else None


def start_drag(source: QWidget, data: QMimeData, look: QPixmap) -> None:
    """Drag until the button is released; timers and pictures go on meanwhile."""
    drag = QDrag(source)
    drag.setMimeData(data)
    thumb = look.scaled(_THUMB, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    drag.setPixmap(thumb)
    drag.setHotSpot(QPoint(12, 12))
    drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)
