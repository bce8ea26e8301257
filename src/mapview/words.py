"""What an operator reads on the map. State words share their context ("words") with the wall, so both say the same."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ..domain.source_state import SourceState

_STATES = {
    SourceState.IDLE: QT_TRANSLATE_NOOP("words", "Not open"),
    SourceState.OPENING: QT_TRANSLATE_NOOP("words", "Opening"),
    SourceState.BUFFERING: QT_TRANSLATE_NOOP("words", "Waiting for a picture"),
    SourceState.LIVE: QT_TRANSLATE_NOOP("words", "Live"),
    SourceState.STALLED: QT_TRANSLATE_NOOP("words", "Stalled"),
    SourceState.RETRYING: QT_TRANSLATE_NOOP("words", "Trying again"),
    SourceState.FAILED: QT_TRANSLATE_NOOP("words", "Failed"),
    SourceState.SUSPENDED: QT_TRANSLATE_NOOP("words", "Not watched"),
}
_PAGE = {
    "map": QT_TRANSLATE_NOOP(
        "MapView", "Map of cameras. Arrows move it, plus and minus zoom, Tab walks the cameras, Enter shows one."
    ),
    "ptz": QT_TRANSLATE_NOOP("MapView", "can be moved"),
    "shown": QT_TRANSLATE_NOOP("MapView", "on the wall"),
    "zoomIn": QT_TRANSLATE_NOOP("MapView", "Zoom in (+)"),
    "zoomOut": QT_TRANSLATE_NOOP("MapView", "Zoom out (-)"),
    "fit": QT_TRANSLATE_NOOP("MapView", "Show all cameras (Home)"),
    "bubble": QT_TRANSLATE_NOOP("MapView", "%1 cameras, most urgent: %2"),
    "empty": QT_TRANSLATE_NOOP("MapView", "No cameras yet. They appear here once they are added."),
}


def page_words() -> dict[str, object]:
    """Every string of the page, translated, and the language that they are in (for the names of places)."""
    states = {state.value: QCoreApplication.translate("words", str(text)) for state, text in _STATES.items()}
    words: dict[str, object] = {key: QCoreApplication.translate("MapView", str(text)) for key, text in _PAGE.items()}
    korean = any("가" <= letter <= "힣" for word in states.values() for letter in word)
    return {**words, "states": states, "language": "ko" if korean else "en"}
