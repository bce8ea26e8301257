"""Korean and English: Qt translations in resources/translations, English in the source."""

from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ...assets import AssetMissingError, asset

LANGUAGES = MappingProxyType({"ko": "한국어", "en": "English"})
_installed: list[QTranslator] = []


def system_language() -> str:
    """ "ko" on a Korean system, else "en"."""
    return "ko" if QLocale.system().language() == QLocale.Language.Korean else "en"


def install_language(language: str) -> None:
    """Translate everything that is built from now on. Raises AssetMissingError when set-up has not compiled it."""
    for translator in _installed:
        QCoreApplication.removeTranslator(translator)
    _installed.clear()
    QLocale.setDefault(QLocale(QLocale.Language.Korean if language == "ko" else QLocale.Language.English))
    if language == "en":
        return
    ours = QTranslator()
    if not ours.load(str(asset(f"translations/gwanje_{language}.qm"))):
        raise AssetMissingError(
            f"the translation for {language!r} cannot be read; run `make setup` (or reinstall gwanje)"
        )
    qt = QTranslator()
    if qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        QCoreApplication.installTranslator(qt)
        _installed.append(qt)
    QCoreApplication.installTranslator(ours)
    _installed.append(ours)
