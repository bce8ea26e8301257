"""Asks before a camera leaves the directory, because its password goes with it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ...domain.cameras import Camera
from ...domain.commands import CloseBox, RemoveCamera
from ..core import ConsoleCore
from .box import Box


class RemoveCameraBox(Box):
    name = "remove-camera"

    def __init__(self, core: ConsoleCore, parent: QWidget) -> None:
        super().__init__(core, self.tr("Remove this camera?"), parent)
        self._camera: Camera | None = None
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.remove = QPushButton(self.tr("Remove"), self)
        self.remove.setObjectName("remove")
        self.remove.clicked.connect(self._remove)
        self.body.addWidget(self._text)
        self.buttons.addWidget(self.remove)

    def set_camera(self, camera: Camera | None) -> None:
        self._camera = camera
        self.remove.setEnabled(camera is not None)
        if camera is None:
            self._text.setText(self.tr("Select its tile first."))
        else:
            text = self.tr(
                "%1 leaves the directory and every tile, and its password is deleted. The log keeps its rows."
            )
            self._text.setText(text.replace("%1", f"{camera.number} {camera.name}"))

    def _remove(self) -> None:
        if self._camera is not None:
            self._core.dispatch(RemoveCamera(camera_id=self._camera.id))
            self._core.dispatch(CloseBox(box=self.name))
