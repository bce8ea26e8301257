"""What an operator reads about a source: translated words for states, reasons, ages and what to do."""

from collections.abc import Iterable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ..domain.source_state import Note, Reason, SourceState

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
# A word or two for the strip of a small tile, and the whole of it for a large one and for a screen reader. The order is
# that of what matters more.
_NOTES = {
    Note.DAMAGED: (
        QT_TRANSLATE_NOOP("words", "Damaged"),
        QT_TRANSLATE_NOOP("words", "Damaged: parts may be wrong"),
    ),
    Note.CLOCK_JUMPED: (
        QT_TRANSLATE_NOOP("words", "Clock jump"),
        QT_TRANSLATE_NOOP("words", "The stream's clock jumped"),
    ),
    Note.LATE: (
        QT_TRANSLATE_NOOP("words", "Late"),
        QT_TRANSLATE_NOOP("words", "Late: the pictures are seconds old"),
    ),
    Note.MAIN_UNAVAILABLE: (
        QT_TRANSLATE_NOOP("words", "Sub stream"),
        QT_TRANSLATE_NOOP("words", "Sub stream: the main one does not come"),
    ),
    Note.KEY_FRAMES: (
        QT_TRANSLATE_NOOP("words", "Key frames"),
        QT_TRANSLATE_NOOP("words", "Key frames only: machine overloaded"),
    ),
    Note.HALF_RATE: (
        QT_TRANSLATE_NOOP("words", "Half rate"),
        QT_TRANSLATE_NOOP("words", "Half the pictures: machine overloaded"),
    ),
    Note.MAIN_LIMITED: (
        QT_TRANSLATE_NOOP("words", "Sub stream"),
        QT_TRANSLATE_NOOP("words", "Sub stream: enough main ones are open"),
    ),
}
_WARNINGS = frozenset({Note.DAMAGED, Note.CLOCK_JUMPED, Note.LATE})


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


def ordered(notes: Iterable[Note]) -> tuple[Note, ...]:
    """What matters more first."""
    known = set(notes)
    return tuple(note for note in _NOTES if note in known)


def note_word(note: Note) -> str:
    """A note on a live picture in a word or two, for a tile as small as 192x108."""
    return _tr(_NOTES[note][0])


def note_words(note: Note) -> str:
    """The same with what it means, without a full stop."""
    return _tr(_NOTES[note][1])


def is_warning(note: Note) -> bool:
    """Whether what is seen may be wrong; else it is right, but less than could be seen."""
    return note in _WARNINGS


def snapshot_words(seconds: float) -> str:
    """The label of a camera's snapshot that stands in until the stream has a picture."""
    return QCoreApplication.translate("words", "Snapshot, {age} old: not live").replace("{age}", age_words(seconds))
