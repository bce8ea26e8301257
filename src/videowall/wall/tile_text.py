"""What a tile says, from what is known of its source. No painting here."""

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ...domain.cameras import Camera
from ...domain.look import STALE_AFTER_S
from ...domain.source_state import Note, SourceState, SourceStatus
from .. import words


@dataclass(frozen=True, slots=True)
class TileText:
    """The words of one tile; equal texts look alike, so this is what decides whether a tile is drawn anew.

    Attributes:
        number, name: of the camera. ptz: whether it can be moved. holder: who holds its controls, or empty.
        state: as shown: a source that says "live" without a new picture for STALE_AFTER_S is shown as stalled.
        state_words: the state with its age where it has one.
        stale: the picture on the tile no longer advances.
        hint: how to move it and how to go back, on the enlarged tile only.
        headline, advice: over the picture or in its place; empty while the tile is live.
        notes: what has to be known about a live picture, what matters more first.
    """

    number: str
    name: str
    ptz: bool
    holder: str
    state: SourceState
    state_words: str
    stale: bool
    hint: str = ""
    headline: str = ""
    advice: str = ""
    notes: tuple[Note, ...] = ()


def shown_state(status: SourceStatus, now: float) -> SourceState:
    """A frozen tile never looks live, whatever its source says."""
    overdue = status.picture_at is not None and now - status.picture_at > STALE_AFTER_S
    return SourceState.STALLED if status.state is SourceState.LIVE and overdue else status.state


def tile_text(
    camera: Camera,
    status: SourceStatus,
    now: float,
    *,
    captured_at: float | None = None,
    snapshot_at: float | None = None,
    notes: Collection[Note] = (),
    holder: str = "",
    hint: str = "",
) -> TileText:
    """Say what `status` means at `now` for a tile whose picture is from `captured_at` (monotonic s) or missing.

    Where the camera's snapshot stands in for a picture, `snapshot_at` is its time. `notes` are those to be shown, which
    may last longer than the ones of `status`.
    """
    state = shown_state(status, now)
    stale = state is not SourceState.LIVE
    state_words = words.state_word(state)
    headline = advice = ""
    if stale:
        # A source that was opened anew knows no picture yet; the one on the tile is older.
        last = captured_at if status.picture_at is None else status.picture_at
        last = last if snapshot_at is None else None
        age = now - (status.since if last is None else last)
        reason = words.reason_words(status.reason)
        if state in (SourceState.STALLED, SourceState.RETRYING):
            state_words = f"{state_words} {words.age_words(age)}"
        if state is SourceState.FAILED:
            headline = reason or words.state_word(state)
            advice = words.cure_words(status.reason)
        elif snapshot_at is not None:
            headline = words.snapshot_words(now - snapshot_at)
            advice = reason or _waiting(state) or words.state_word(state)
        elif captured_at is not None:
            headline, advice = words.no_new_picture_words(age), reason
        else:
            headline = words.state_word(state)
            advice = reason or _waiting(state)
    return TileText(
        str(camera.number),
        camera.name,
        camera.ptz,
        holder,
        state,
        state_words,
        stale,
        hint,
        headline,
        advice,
        () if stale else words.ordered(notes),
    )


def _waiting(state: SourceState) -> str:
    if state is SourceState.BUFFERING:
        return QCoreApplication.translate("tile", "connected; the first whole picture comes within seconds")
    return ""


def empty_tile_words() -> str:
    """An empty tile says how to fill it."""
    return QCoreApplication.translate("tile", "Drag a camera here, or type its number and Enter")


def spoken(text: TileText) -> str:
    """The tile as a screen reader says it."""
    notes = (words.note_words(note) for note in text.notes)
    parts = (text.number, text.name, text.state_words, *notes, text.headline, text.advice)
    return ", ".join(p for p in parts if p)


def unknown_camera_words() -> str:
    """The arrangement names a camera that the directory does not hold (any more)."""
    return QCoreApplication.translate(
        "tile", "This camera is no longer in the directory. Press Delete to clear the tile"
    )


def enlarged_hint(*, ptz: bool) -> str:
    """What can be done with the tile that fills the window."""
    if ptz:
        return QCoreApplication.translate("tile", "Pull the picture to move · wheel to zoom · Home · Esc goes back")
    return QCoreApplication.translate("tile", "Esc goes back")
