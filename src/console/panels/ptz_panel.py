"""Moving the selected camera: hold to move, let go to stop; presets and home."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDockWidget,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...domain.cameras import Camera, CameraId
from ...domain.commands import GoToPtzHome, GoToPtzPreset, StopPtz, StorePtzPreset
from ...domain.operators import Permission
from ...domain.ptz import PtzPreset, PtzVelocity
from ..core import ConsoleCore
from ..look import icon, tokens
from ..words import purpose_word
from .plain_text import one_line

_DIRECTIONS = (
    ("arrow-up-left", -1, 1), ("arrow-up", 0, 1), ("arrow-up-right", 1, 1),
    ("arrow-left", -1, 0), ("", 0, 0), ("arrow-right", 1, 0),
    ("arrow-down-left", -1, -1), ("arrow-down", 0, -1), ("arrow-down-right", 1, -1),
)  # fmt: skip


class HoldButton(QToolButton):
    """Moves while it is held, by mouse or by Space or Enter; lets go when the focus or the window goes."""

    def __init__(self, panel: "PtzPanel", pan: float, tilt: float, zoom: float) -> None:
        super().__init__(panel)
        self._panel = panel
        self._way = (pan, tilt, zoom)
        self.setObjectName("ptzButton")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pressed.connect(self._begin)
        self.released.connect(panel.end)

    def _begin(self) -> None:
        self._panel.begin(*self._way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.setDown(True)
            self._begin()
        elif not event.isAutoRepeat():
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.setDown(False)
            self._panel.end()
        elif not event.isAutoRepeat():
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._panel.end()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._panel.end()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.EnabledChange and not self.isEnabled():
            self._panel.end()
        super().changeEvent(event)


class StopButton(QToolButton):
    """Acts at the press, by mouse, Space or Enter."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


class PtzPanel(QWidget):
    """About one camera at a time: that of the selected tile."""

    def __init__(self, core: ConsoleCore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._camera: Camera | None = None
        self._moving = False
        self._dock: QDockWidget | None = None
        self._name = QLabel(self)
        self._name.setObjectName("ptzCamera")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._state = QLabel(self)
        self._state.setObjectName("ptzState")
        self._state.setWordWrap(True)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._speed = QSlider(Qt.Orientation.Horizontal, self)
        self._speed.setRange(10, 100)
        self._speed.setValue(50)
        self._speed.setAccessibleName(self.tr("Speed"))
        self._speed.setToolTip(self.tr("Speed"))
        self._presets = QComboBox(self)
        self._presets.setAccessibleName(self.tr("PTZ presets"))
        self._go = QPushButton(self.tr("Go"), self)
        self._go.setObjectName("ptz-go")
        self._home = QPushButton(icon("house"), self.tr("Home"), self)
        self._home.setObjectName("ptz-home-button")
        self._new_name = QLineEdit(self)
        self._new_name.setPlaceholderText(self.tr("Name of a new PTZ preset"))
        self._new_name.setMaxLength(64)
        self._store = QPushButton(self.tr("Store"), self)
        self._store.setObjectName("ptz-store")
        self._buttons: list[HoldButton] = []
        self._build()
        self._go.clicked.connect(self._go_to_preset)
        self._home.clicked.connect(lambda: self._camera and core.dispatch(GoToPtzHome(camera_id=self._camera.id)))
        self._store.clicked.connect(self._store_preset)
        self._new_name.returnPressed.connect(self._store_preset)
        core.ptz_handlers.presets_changed.connect(self._presets_read)
        core.motions.moving_changed.connect(self._show_moving)
        core.session.changed.connect(self._update_state)
        self.set_camera(None)

    def _build(self) -> None:
        pad = QGridLayout()
        pad.setSpacing(4)
        names = (
            self.tr("Up left"), self.tr("Up"), self.tr("Up right"),
            self.tr("Left"), self.tr("Stop"), self.tr("Right"),
            self.tr("Down left"), self.tr("Down"), self.tr("Down right"),
        )  # fmt: skip
        for i, ((picture, pan, tilt), name) in enumerate(zip(_DIRECTIONS, names, strict=True)):
            button: QToolButton
            if picture:
                button = HoldButton(self, pan, tilt, 0)
                button.setIcon(icon(picture, tokens().text))
                self._buttons.append(button)
                button.setToolTip(self.tr("%1: hold to move, let go to stop").replace("%1", name))
            else:
                button = self._stop = StopButton(self)
                button.setObjectName("ptzStop")
                button.setText("■")
                button.setToolTip(self.tr("Stop the camera now"))
                button.pressed.connect(self._stop_now)
            button.setAccessibleName(name)
            pad.addWidget(button, i // 3, i % 3)
        zoom = QVBoxLayout()
        zoom.setSpacing(4)
        for picture, way, name in (
            ("magnifying-glass-plus", 1, self.tr("Zoom in")),
            ("magnifying-glass-minus", -1, self.tr("Zoom out")),
        ):
            button = HoldButton(self, 0, 0, way)
            button.setIcon(icon(picture, tokens().text))
            button.setAccessibleName(name)
            button.setToolTip(self.tr("%1: hold to move, let go to stop").replace("%1", name))
            self._buttons.append(button)
            zoom.addWidget(button)
        zoom.addStretch()
        controls = QHBoxLayout()
        controls.setSpacing(12)
        controls.addLayout(pad)
        controls.addLayout(zoom)
        side = QVBoxLayout()
        side.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(self._presets, 1)
        row.addWidget(self._go)
        side.addWidget(QLabel(self.tr("Speed"), self))
        side.addWidget(self._speed)
        side.addLayout(row)
        side.addWidget(self._home)
        side.addStretch()
        controls.addLayout(side, 1)
        store = QHBoxLayout()
        store.addWidget(self._new_name, 1)
        store.addWidget(self._store)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._name)
        layout.addLayout(controls)
        layout.addLayout(store)
        layout.addWidget(self._state)
        layout.addStretch()

    def showEvent(self, event: QShowEvent) -> None:
        """Behind another tab the panel stays "visible" to Qt: only its dock tells that it cannot be seen any more."""
        super().showEvent(event)
        at = self.parentWidget()
        while at is not None and not isinstance(at, QDockWidget):
            at = at.parentWidget()
        if at is not self._dock and isinstance(at, QDockWidget):
            self._dock = at
            at.visibilityChanged.connect(self._dock_seen)

    def _dock_seen(self, seen: bool) -> None:
        if not seen:
            self.end()

    # --- which camera ------------------------------------------------------------------------------------------------

    def set_camera(self, camera: Camera | None) -> None:
        if camera != self._camera:
            self.end()
            self._camera = camera
            self._moving = camera is not None and camera.id in self._core.motions.moving
            self._presets.clear()
            if camera is not None and camera.ptz:
                self._core.ptz_handlers.read_presets(camera.id)
        self._name.setText(f"{camera.number}  {one_line(camera.name)}" if camera else self.tr("No camera selected"))
        self._update_state()

    def _update_state(self) -> None:
        camera, operator = self._camera, self._core.session.operator
        movable = camera is not None and camera.ptz and bool(camera.device_address)
        allowed = operator is not None and operator.may(Permission.MOVE_PTZ)
        may_store = operator is not None and operator.may(Permission.STORE_PTZ_PRESET)
        for widget in (*self._buttons, self._stop, self._speed, self._home):
            widget.setEnabled(movable and allowed)
        has_presets = self._presets.count() > 0
        self._presets.setEnabled(movable and allowed and has_presets)
        self._go.setEnabled(movable and allowed and has_presets)
        self._store.setEnabled(movable and may_store)
        self._new_name.setEnabled(movable and may_store)
        if camera is None:
            self._state.setText(self.tr("Select a tile to move its camera."))
        elif not movable:
            self._state.setText(self.tr("This camera cannot be moved."))
        elif not allowed:
            self._state.setText(self.tr("Your role does not allow moving cameras."))
        elif self._moving:
            self._state.setText("✥ " + self.tr("Moving"))
        else:
            purpose = purpose_word(camera.purpose) or "-"
            self._state.setText(self.tr("Purpose: %1. Move it for this purpose only.").replace("%1", purpose))

    # --- moving ------------------------------------------------------------------------------------------------------

    def begin(self, pan: float, tilt: float, zoom: float) -> None:
        if self._camera is not None:
            speed = self._speed.value() / 100
            self._core.ptz.begin(self._camera.id, PtzVelocity(pan * speed, tilt * speed, zoom * speed))

    def end(self) -> None:
        self._core.ptz.end()

    def _stop_now(self) -> None:
        if self._camera is not None:
            self._core.dispatch(StopPtz(camera_id=self._camera.id))

    def _show_moving(self, camera_id: str, moving: bool) -> None:
        if self._camera is not None and camera_id == self._camera.id:
            self._moving = moving
            self._update_state()

    # --- presets -----------------------------------------------------------------------------------------------------

    def _presets_read(self, camera_id: str, presets: tuple[PtzPreset, ...]) -> None:
        if self._camera is None or camera_id != self._camera.id:
            return
        chosen = self._presets.currentData()
        self._presets.clear()
        for preset in presets:
            self._presets.addItem(one_line(preset.name or preset.token), preset.token)
        self._presets.setCurrentIndex(max(0, self._presets.findData(chosen)))
        self._update_state()

    def _go_to_preset(self) -> None:
        if self._camera is not None and self._presets.currentData() is not None:
            token, name = self._presets.currentData(), self._presets.currentText()
            self._core.dispatch(GoToPtzPreset(camera_id=CameraId(self._camera.id), token=token, name=name))

    def _store_preset(self) -> None:
        if self._camera is not None:
            self._core.dispatch(StorePtzPreset(camera_id=self._camera.id, name=self._new_name.text()))
            self._new_name.clear()
