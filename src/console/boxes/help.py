"""Keys and what the signs mean; and what the program is made of."""

from html import escape

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from ... import __version__
from ...domain.look import STATE_SIGN
from ...videowall import state_word
from ..actions import Actions
from ..core import ConsoleCore
from .box import Box

translate = QCoreApplication.translate


class HelpBox(Box):
    name = "help"
    width_px = 720

    def __init__(self, core: ConsoleCore, actions: Actions, parent: QWidget) -> None:
        super().__init__(core, self.tr("Help and keys"), parent)
        text = QLabel(self._text(actions), self)
        text.setWordWrap(True)
        area = QScrollArea(self)
        area.setWidget(text)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setMinimumHeight(480)
        self.body.addWidget(area)

    def _text(self, actions: Actions) -> str:
        keys = [
            (self.tr("digits, then Enter"), self.tr("show the camera with this number on the selected tile")),
            (self.tr("arrow keys"), self.tr("select another tile")),
            (self.tr("Enter / Esc"), self.tr("enlarge the tile / back to the layout")),
            (self.tr("Space"), self.tr("still picture")),
            (self.tr("Delete"), self.tr("clear the tile")),
            ("R", actions.by_name["retry"].text()),
            ("Home", actions.by_name["ptz-home"].text()),
            ("F10", translate("TopBar", "Menu")),
            (self.tr("Shift + arrow keys"), self.tr("move the camera while held")),
            (self.tr("Shift + Page up / Page down") + ", + / −", self.tr("zoom while held")),
            (self.tr("drag on the enlarged picture"), self.tr("move the camera with the mouse, wheel to zoom")),
        ]
        for _, names in actions.groups:
            for name in names:
                action = actions.by_name[name]
                if not action.shortcut().isEmpty():
                    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                    keys.append((key, action.text()))
        rows = "".join(f"<tr><td><b>{escape(k)}</b>&nbsp;&nbsp;</td><td>{escape(v)}</td></tr>" for k, v in keys)
        signs = "&nbsp;&nbsp; ".join(f"{sign}&nbsp;{escape(state_word(state))}" for state, sign in STATE_SIGN.items())
        return f"<p>{signs}</p><table cellpadding='3'>{rows}</table>"


class AboutBox(Box):
    name = "about"
    width_px = 560

    def __init__(self, core: ConsoleCore, parent: QWidget) -> None:
        super().__init__(core, f"gwanje 관제 {__version__}", parent)
        text = QLabel(
            self.tr("An operator console for CCTV control rooms. Apache-2.0.")
            + "<br><br>"
            + self.tr("Made with Qt (LGPL), FFmpeg, Leaflet, folium, SQLAlchemy and others; NOTICE lists them all.")
            + "<br><br>"
            + self.tr("District outlines: Statistics Korea (KOSTAT), southkorea/seoul-maps."),
            self,
        )
        text.setWordWrap(True)
        self.body.addWidget(text)
