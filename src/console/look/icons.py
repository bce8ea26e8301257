"""One icon set (qtawesome's Phosphor), in the colours of the theme."""

import qtawesome
from PySide6.QtGui import QIcon

from .theme import tokens


def icon(name: str, colour: str = "") -> QIcon:
    """`name` of a Phosphor icon without its prefix, such as "map-pin"."""
    t = tokens()
    return qtawesome.icon(f"ph.{name}", color=colour or t.muted, color_active=t.text, color_disabled=t.line)
