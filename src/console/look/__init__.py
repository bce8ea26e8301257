"""Theme, icons, fonts and languages (docs/look.md)."""

from .icons import icon
from .language import LANGUAGES, install_language, system_language
from .theme import apply_theme, tokens

__all__ = ["LANGUAGES", "apply_theme", "icon", "install_language", "system_language", "tokens"]
