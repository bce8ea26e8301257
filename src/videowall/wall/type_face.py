"""Fonts of the wall: one family, sizes in pixels, tabular figures."""

from PySide6.QtGui import QFont


def face(base: QFont, pixels: int, *, bold: bool = False) -> QFont:
    """`base` at a size in logical pixels, with figures of equal width so that a counting age does not jitter."""
    font = QFont(base)
    font.setPixelSize(pixels)
    font.setBold(bold)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
