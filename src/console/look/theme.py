"""Turns the design tokens into a Qt palette and one style sheet."""

from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ...assets import asset
from ...domain.look import BASE_TEXT_PX, THEMES, Tokens

FONT_FAMILIES = ("Noto Sans KR", "Noto Sans CJK KR", "Pretendard", "NanumGothic", "Malgun Gothic")
_current = THEMES["dim"]


def tokens() -> Tokens:
    """The tokens of the theme in force."""
    return _current


def apply_theme(application: QApplication, name: str) -> Tokens:
    """Dress the whole application; an unknown name gives the dim room."""
    global _current
    _current = THEMES.get(name, THEMES["dim"])
    application.setStyle("Fusion")
    application.setFont(_font())
    application.setPalette(_palette(_current))
    sheet = Template(asset("style/console.qss").read_text(encoding="utf-8"))
    application.setStyleSheet(sheet.substitute({k: getattr(_current, k) for k in Tokens.__slots__}))
    return _current


def _font() -> QFont:
    families = set(QFontDatabase.families())
    font = QFont([f for f in FONT_FAMILIES if f in families] or QApplication.font().families())
    font.setPixelSize(BASE_TEXT_PX)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: t.window,
        QPalette.ColorRole.WindowText: t.text,
        QPalette.ColorRole.Base: t.panel,
        QPalette.ColorRole.AlternateBase: t.raised,
        QPalette.ColorRole.Text: t.text,
        QPalette.ColorRole.PlaceholderText: t.muted,
        QPalette.ColorRole.Button: t.raised,
        QPalette.ColorRole.ButtonText: t.text,
        QPalette.ColorRole.ToolTipBase: t.raised,
        QPalette.ColorRole.ToolTipText: t.text,
        QPalette.ColorRole.Highlight: t.accent,
        QPalette.ColorRole.HighlightedText: t.window,
        QPalette.ColorRole.Link: t.accent,
        QPalette.ColorRole.Mid: t.line,
        QPalette.ColorRole.Dark: t.line,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(t.outline))
    return palette
