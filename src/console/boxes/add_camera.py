"""One camera, by its stream address."""

from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton, QWidget

from ...domain.audit import Outcome
from ...domain.cameras import check_stream_uri
from ...domain.commands import AddCamera, CloseBox
from ...domain.errors import GwanjeError
from ..core import ConsoleCore
from ..dispatch import Action
from ..error_words import error_words
from .box import Box


class AddCameraBox(Box):
    name = "add-camera"

    def __init__(self, core: ConsoleCore, parent: QWidget) -> None:
        super().__init__(core, self.tr("Add a camera"), parent)
        self._action: Action | None = None
        form = QFormLayout()
        form.setSpacing(8)
        self.main_uri = self._field(form, self.tr("Stream address"), "rtsp://192.0.2.10:554/stream1")
        self.sub_uri = self._field(form, self.tr("Small stream (optional)"), "rtsp://192.0.2.10:554/stream2")
        self.device_address = self._field(
            form, self.tr("ONVIF address (optional)"), "http://192.0.2.10/onvif/device_service"
        )
        self.user = self._field(form, self.tr("User"), "")
        self.password = self._field(form, self.tr("Password"), "")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.camera_name = self._field(form, self.tr("Name"), self.tr("Crossing, north side"))
        self.site = self._field(form, self.tr("Site"), "")
        self.department = self._field(form, self.tr("Department"), "")
        self.purpose = self._field(form, self.tr("Purpose"), self.tr("crime prevention"))
        self._error = QLabel(self)
        self._error.setObjectName("cardError")
        self._error.setWordWrap(True)
        self._error.setTextFormat(Qt.TextFormat.PlainText)
        self.add = QPushButton(self.tr("Add"), self)
        self.add.setObjectName("primary")
        self.add.clicked.connect(self._add)
        self.buttons.addWidget(self.add)
        self.body.addLayout(form)
        self.body.addWidget(self._error)
        QWidget.setTabOrder(self.purpose, self.close_button)
        QWidget.setTabOrder(self.close_button, self.add)
        core.dispatcher.finished.connect(self._finished)

    def _field(self, form: QFormLayout, label: str, example: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(example)
        field.setMaxLength(1000)
        field.setAccessibleName(label)
        field.returnPressed.connect(lambda: self._add())
        form.addRow(label, field)
        return field

    def first_field(self) -> QWidget:
        return self.main_uri

    def opened(self) -> None:
        self._error.clear()

    def closed(self) -> None:
        self.password.clear()  # it does not wait in a closed box for whoever opens it next

    def _add(self) -> None:
        if self._action is not None:
            return  # a second Enter is not a second camera
        self._error.clear()
        try:
            # Told here at once; credentials inside an address must not even reach the requested row.
            check_stream_uri(self.main_uri.text())
            if self.sub_uri.text().strip():
                check_stream_uri(self.sub_uri.text())
            _check_device_address(self.device_address.text().strip())
        except GwanjeError as error:
            self._error.setText(f"✕ {error_words(error)}")
            self._place()
            return
        action = self._action = self._core.dispatch(
            AddCamera(
                name=self.camera_name.text(),
                main_uri=self.main_uri.text(),
                sub_uri=self.sub_uri.text(),
                device_address=self.device_address.text(),
                site=self.site.text(),
                department=self.department.text(),
                purpose=self.purpose.text(),
                user=self.user.text(),
                password=self.password.text(),
            )
        )
        if action.outcome is not Outcome.REQUESTED:  # refused on the spot: that was told before it had a name here
            self._finished(action)

    def _finished(self, action: Action) -> None:
        if action is not self._action:
            return
        self._action = None
        if action.outcome is not Outcome.SUCCEEDED:
            self._error.setText(f"✕ {error_words(action.error)}")
            self._place()
            return
        for field in self.findChildren(QLineEdit):
            field.clear()
        self._core.dispatch(CloseBox(box=self.name))


def _check_device_address(address: str) -> None:
    """Raise GwanjeError unless it is empty, or http(s)://host... without credentials."""
    if not address:
        return
    cure = "write http://host:port/onvif/device_service"
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise GwanjeError("the ONVIF address cannot be dialled", place="address", cure=cure) from None
    if parts.username is not None or parts.password is not None:
        raise GwanjeError(
            "the address contains a user name or a password", place="address", cure="enter them in their own fields"
        )
    if not usable:
        raise GwanjeError("the ONVIF address cannot be dialled", place="address", cure=cure)
