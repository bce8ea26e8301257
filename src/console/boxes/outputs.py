"""The monitors of this machine, and a full-screen layout on any of them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QWidget

from ...domain.commands import CloseWallWindow, OpenWallWindow
from ...domain.layouts import LAYOUTS
from ...videowall import OutputRegistry
from ..core import ConsoleCore
from .box import Box


class OutputsBox(Box):
    name = "outputs"
    width_px = 640

    def __init__(self, core: ConsoleCore, outputs: OutputRegistry, parent: QWidget) -> None:
        super().__init__(core, self.tr("Monitors"), parent)
        self._outputs = outputs
        hint = QLabel(self.tr("A layout can fill any monitor; it is there again after a restart."), self)
        hint.setObjectName("cardText")
        hint.setWordWrap(True)
        self.body.addWidget(hint)
        self._rows = QWidget(self)
        self.body.addWidget(self._rows)
        outputs.changed.connect(self._rebuild_if_seen)
        core.wall.changed.connect(self._rebuild_if_seen)

    def opened(self) -> None:
        self._rebuild()

    def _rebuild_if_seen(self) -> None:
        if self.isVisible():
            self._rebuild()

    def first_field(self) -> QWidget:
        return self._rows.findChild(QPushButton) or self.close_button

    def _rebuild(self) -> None:
        focused = self.focusWidget()
        here = focused is not None and focused.hasFocus() and self._rows.isAncestorOf(focused)
        kept = focused.objectName() if here else ""
        self.body.removeWidget(self._rows)
        self._rows.deleteLater()
        self._rows = QWidget(self)
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        windows = self._core.wall.arrangement.windows
        connected = {output.identity: output for output in self._outputs.outputs()}
        waiting = [name for name in windows if name not in connected and name != "desk"]
        for row, identity in enumerate([*connected, *waiting]):
            output = connected.get(identity)
            text = output.name if output else self.tr("%1 (not connected, waiting)").replace("%1", identity)
            label = QLabel(text, self._rows)
            label.setTextFormat(Qt.TextFormat.PlainText)  # a monitor's own name
            grid.addWidget(label, row, 0)
            layout = QComboBox(self._rows)
            layout.setObjectName(f"layout-of-{identity}")
            layout.addItems(list(LAYOUTS))
            layout.setAccessibleName(self.tr("Layout"))
            layout.setCurrentText(windows[identity].layout if identity in windows else "4")
            grid.addWidget(layout, row, 1)
            opening = identity not in windows
            button = QPushButton(self.tr("Fill it") if opening else self.tr("Close it"), self._rows)
            button.setObjectName(f"output-{identity}")
            if opening:
                button.clicked.connect(
                    lambda _=False, i=identity, box=layout: self._core.dispatch(
                        OpenWallWindow(output=i, layout=box.currentText())
                    )
                )
            else:
                button.clicked.connect(lambda _=False, i=identity: self._core.dispatch(CloseWallWindow(output=i)))
            grid.addWidget(button, row, 2)
        grid.setColumnStretch(0, 1)
        self.body.addWidget(self._rows)
        self._rows.show()
        self._place()
        again = self._rows.findChild(QWidget, kept) if kept else None
        if again is not None:
            again.setFocus()  # the keyboard stays where it was, on the row that is there now
