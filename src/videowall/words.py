"""What an operator reads about a source: translated words for states, reasons, ages and what to do."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ..domain.source_state import Reason, SourceState

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
_REASONS = {
    Reason.NONE: "",
    Reason.WRONG_PASSWORD: QT_TRANSLATE_NOOP("words", "The camera refuses the password"),
    Reason.UNSUPPORTED: QT_TRANSLATE_NOOP("words", "The camera sends a kind of video that cannot be shown"),
    Reason.REFUSED: QT_TRANSLATE_NOOP("words", "The camera refuses the connection"),
    Reason.UNREACHABLE: QT_TRANSLATE_NOOP("words", "The camera does not answer"),
    Reason.NO_DATA: QT_TRANSLATE_NOOP("words", "The camera is connected but sends nothing"),
    Reason.SAME_PICTURE: QT_TRANSLATE_NOOP("words", "The camera repeats the same picture"),
    Reason.BROKEN_PICTURES: QT_TRANSLATE_NOOP("words", "The pictures arrive broken"),
    Reason.CONNECTION_LOST: QT_TRANSLATE_NOOP("words", "The connection was lost"),
    Reason.WORKER_LOST: QT_TRANSLATE_NOOP("words", "The decoder stopped and starts again"),
    Reason.NO_ADDRESS: QT_TRANSLATE_NOOP("words", "The camera has no stream address"),
    Reason.NOT_UNDERSTOOD: QT_TRANSLATE_NOOP("words", "The answer of the camera cannot be understood"),
    Reason.KEY_FRAME_AWAITED: QT_TRANSLATE_NOOP("words", "Only key frames are decoded; the next one is awaited"),
}
_RETRY = QT_TRANSLATE_NOOP("words", "Press R or the ↻ button to try again.")
_CURES = {
    Reason.WRONG_PASSWORD: QT_TRANSLATE_NOOP("words", "Have its password corrected, then press R or the ↻ button."),
    Reason.UNSUPPORTED: QT_TRANSLATE_NOOP("words", "Have it set to H.264 or H.265, then press R or the ↻ button."),
    Reason.NO_ADDRESS: QT_TRANSLATE_NOOP("words", "Have a stream address entered for it."),
}


def _tr(text: object) -> str:
    """Qt declares the marked text as an object; it is the string itself."""
    return QCoreApplication.translate("words", str(text)) if text else ""


def state_word(state: SourceState) -> str:
    """One or two words for a state, as on a tile or a marker."""
    return _tr(_STATES[state])


def reason_words(reason: Reason) -> str:
    """Why a source is not live, as a sentence without a full stop; empty for Reason.NONE."""
    return _tr(_REASONS[reason])


def cure_words(reason: Reason) -> str:
    """What the operator can do about a source that has failed, as a sentence."""
    return _tr(_CURES.get(reason, _RETRY))


def age_words(seconds: float) -> str:
    """An age in its largest whole unit: "7 s", "3 min", "2 h". Negative ages count as 0."""
    whole = max(0, int(seconds))
    if whole < 120:
        return QCoreApplication.translate("words", "{n} s").replace("{n}", str(whole))
    if whole < 7200:
        return QCoreApplication.translate("words", "{n} min").replace("{n}", str(whole // 60))
    return QCoreApplication.translate("words", "{n} h").replace("{n}", str(whole // 3600))


def no_new_picture_words(seconds: float) -> str:
    """The label of a picture that no longer advances."""
    return QCoreApplication.translate("words", "no new picture for {age}").replace("{age}", age_words(seconds))
