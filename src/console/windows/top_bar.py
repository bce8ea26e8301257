"""The head of the window: name, layouts, the search box, panels, the menu. All of it from the actions' table."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from ...domain.layouts import LAYOUTS
from ..actions import PANELS, Actions
from ..look import icon


class TopBar(QFrame):
    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setFixedHeight(40)
        brand = QLabel("gwanje 관제", self)
        brand.setObjectName("brand")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 8, 4)
        layout.setSpacing(4)
        layout.addWidget(brand)
        for name in LAYOUTS:
            button = self._button(actions, f"layout-{name}")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            actions.by_name[f"layout-{name}"].setIconText(name)
            button.setMinimumWidth(32)
            layout.addWidget(button)
        layout.addSpacing(8)
        layout.addWidget(self._button(actions, "undo"))
        layout.addStretch()
        find = self._button(actions, "palette")
        find.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        actions.by_name["palette"].setIconText(self.tr("Find anything  Ctrl+K"))
        find.setMinimumWidth(240)
        layout.addWidget(find)
        layout.addStretch()
        for panel in PANELS:
            layout.addWidget(self._button(actions, f"panel-{panel}"))
        layout.addSpacing(8)
        layout.addWidget(self._button(actions, "full-screen"))
        layout.addWidget(self._menu(actions))

    def _button(self, actions: Actions, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(actions.by_name[name])
        button.setObjectName(f"top-{name}")
        button.setAccessibleName(actions.by_name[name].text())
        return button

    def _menu(self, actions: Actions) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon("list"))
        button.setToolTip(self.tr("Menu (F10)"))
        button.setAccessibleName(self.tr("Menu"))
        button.setObjectName("menu-button")
        button.setShortcut("F10")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for i, (title, names) in enumerate(actions.groups):
            if i < len(actions.groups) - 1:
                part = menu.addMenu(title)
            else:
                menu.addSeparator()
                part = menu
            for name in names:
                part.addAction(actions.by_name[name])
        button.setMenu(menu)
        return button
