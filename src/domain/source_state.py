"""The life of a live source, as a pure step function.

`Idle -> Opening -> Buffering -> Live <-> Stalled -> Retrying -> Opening`; `Failed` needs a person; `Suspended` while
nobody can see it. Live means that pictures advance, not that a socket is open.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

STALE_AFTER_S = 1.8
"""Shown as stale within 2 s, the pool's tick and the painting included. The same as look.STALE_AFTER_S."""
RECONNECT_AFTER_S = 8.0
OPEN_WITHIN_S = 15.0
"""The engine has its own, shorter limit; this one holds when the engine or the address book never answers."""
KEY_FRAME_WITHIN_S = 30.0
"""A camera that saves bandwidth may send a key frame every twenty seconds only; nothing can be shown before it."""
FIRST_RETRY_S = 1.0
QUICK_RETRIES = 16
"""For about twelve seconds a camera that cannot be reached is tried each second: most come back soon."""
LONGEST_RECONNECT_S = 4.0
"""Ceiling where nobody could be reached: a try costs a few packets. A hundred cameras behind a switch that restarts
are knocked at some thirty times a second in all, and each is found within these seconds of its return."""
LONGEST_RETRY_S = 30.0
"""Ceiling where each try costs the camera a whole stream, or where something answers that is no camera."""
PASSWORD_RETRY_S = 60.0
"""Cameras lock an account after a handful of wrong passwords within minutes."""
STEADY_AFTER_S = 10.0
"""A source that was live for this long starts its back-off from the beginning."""


class SourceState(StrEnum):
    IDLE = "idle"
    OPENING = "opening"
    BUFFERING = "buffering"
    LIVE = "live"
    STALLED = "stalled"
    RETRYING = "retrying"
    FAILED = "failed"
    SUSPENDED = "suspended"


class Reason(StrEnum):
    """Why a source is not live; the words an operator reads are in src/videowall/words.py."""

    NONE = ""
    WRONG_PASSWORD = "wrong password"  # noqa: S105 - the name of a reason
    UNSUPPORTED = "unsupported"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    NO_DATA = "no data"
    SAME_PICTURE = "same picture"
    BROKEN_PICTURES = "broken pictures"
    CONNECTION_LOST = "connection lost"
    WORKER_LOST = "worker lost"
    NO_ADDRESS = "no address"
    NOT_UNDERSTOOD = "not understood"
    KEY_FRAME_AWAITED = "key frame awaited"
    """Only key frames are decoded, by our own choice, and the camera sends them far apart."""


class Note(StrEnum):
    """What a person has to know about a picture although it is live; words.py has the words."""

    DAMAGED = "damaged"
    """Decoded from incomplete data, or with references missing: parts of it may be wrong."""
    CLOCK_JUMPED = "clock jumped"
    """The time stamps of the stream made a jump: the order of what was seen may be wrong."""
    LATE = "late"
    """The pictures come later than they should by the stream's own clock: what is seen is some seconds old."""
    HALF_RATE = "half rate"
    """The machine is overloaded: every other picture is shown."""
    KEY_FRAMES = "key frames"
    """The machine is overloaded: only key frames are decoded."""
    MAIN_UNAVAILABLE = "main unavailable"
    """The sub stream is shown in a tile that is too large for it, because the main stream does not come."""
    MAIN_LIMITED = "main limited"
    """The sub stream is shown in a tile that is too large for it, because enough main streams are open."""


NOTE_LASTS_S = 2.0
"""Pictures stay marked for so long after the one that was to blame: one picture is too short to be seen."""


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """What is known of a source. Times are monotonic seconds; `picture_at` is when the last *new* picture came."""

    state: SourceState = SourceState.IDLE
    reason: Reason = Reason.NONE
    since: float = 0.0
    picture_at: float | None = None
    notes: frozenset[Note] = frozenset()


class Effect(StrEnum):
    """What the owner of a source has to do after a step, in the order given."""

    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody can see the source."""


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Nobody can see the source any more."""


@dataclass(frozen=True, slots=True)
class Again:
    """A person asks for another try, or the address or the password was changed: open now, whatever was."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The camera has accepted the session; pictures may follow."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The session is over, or could not be opened."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Beat:
    """What the session has brought so far, in monotonic seconds; None while there was none.

    Attributes: `data_at` the last compressed data, `decoded_at` the last picture, `changed_at` the last picture that
    differed from the one before it, `damaged_at` the last picture that is not whole, `jumped_at` the last jump of the
    stream's own clock, `late_at` the last picture that came STALE_AFTER_S or more after its time by that clock.
    """

    data_at: float | None = None
    decoded_at: float | None = None
    changed_at: float | None = None
    damaged_at: float | None = None
    jumped_at: float | None = None
    late_at: float | None = None


@dataclass(frozen=True, slots=True)
class Paced:
    """Whether only key frames are decoded from now on; a new session decodes everything."""

    key_frames_only: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


SourceEvent = Wanted | Unwanted | Again | Opened | Ended | Beat | Paced | Tick


@dataclass(frozen=True, slots=True)
class SourceLife:
    """Everything that the next step depends on. Times are monotonic seconds.

    Attributes:
        data_at, decoded_at, damaged_at, jumped_at, late_at: as in Beat, of the present session.
        changed_at: as in Beat; outlives the session, so that the age of the picture on the screen stays right.
        live_since: when the present session first became live.
        failures: attempts in a row that brought no steady picture.
        not_before: the next attempt of its own accord is not made earlier; infinite where a person is needed.
        refused: the camera has refused the password and has accepted nothing since. Attempts are a minute apart then,
            however the one before ended.
        key_frames_only: pictures may be far apart although nothing is wrong.
    """

    state: SourceState = SourceState.IDLE
    reason: Reason = Reason.NONE
    since: float = 0.0
    data_at: float | None = None
    decoded_at: float | None = None
    changed_at: float | None = None
    live_since: float | None = None
    failures: int = 0
    not_before: float = 0.0
    key_frames_only: bool = False
    refused: bool = False
    damaged_at: float | None = None
    jumped_at: float | None = None
    late_at: float | None = None

    @property
    def status(self) -> SourceStatus:
        return SourceStatus(self.state, self.reason, self.since, self.changed_at, self._notes)

    @property
    def _notes(self) -> frozenset[Note]:
        """Of the picture on the screen: one that was damaged when it stalled stays so."""
        if self.state not in {SourceState.LIVE, SourceState.STALLED} or self.decoded_at is None:
            return frozenset()
        blamed = ((Note.DAMAGED, self.damaged_at), (Note.CLOCK_JUMPED, self.jumped_at), (Note.LATE, self.late_at))
        return frozenset(note for note, at in blamed if at is not None and self.decoded_at - at < NOTE_LASTS_S)


Step = tuple[SourceLife, tuple[Effect, ...]]

IN_SESSION = frozenset({SourceState.OPENING, SourceState.BUFFERING, SourceState.LIVE, SourceState.STALLED})
_NEEDS_A_PERSON = frozenset({Reason.WRONG_PASSWORD, Reason.UNSUPPORTED, Reason.NO_ADDRESS})
_COSTLY = frozenset({Reason.BROKEN_PICTURES, Reason.NOT_UNDERSTOOD})


def retry_delay(failures: int, jitter: float) -> float:
    """Seconds to wait after so many failures in a row: doubled each time up to a ceiling, then 50 to 100 % of it.

    `jitter` is a random number in [0, 1); it keeps a hundred cameras behind one switch from knocking in step.
    """
    return min(LONGEST_RETRY_S, FIRST_RETRY_S * 2.0 ** min(failures, 16)) * (0.5 + 0.5 * jitter)


def reconnect_delay(failures: int, jitter: float) -> float:
    """The same where a try costs a few packets only: quick at first, then steady."""
    return (FIRST_RETRY_S if failures < QUICK_RETRIES else LONGEST_RECONNECT_S) * (0.5 + 0.5 * jitter)


def step(life: SourceLife, event: SourceEvent, now: float, jitter: float = 0.5) -> Step:
    """The life after `event` at monotonic time `now`, and what is to be done. `jitter` is random in [0, 1)."""
    match event:
        case Wanted():
            return _wanted(life, now)
        case Unwanted():
            return _unwanted(life, now)
        case Again():
            if life.state in {SourceState.IDLE, SourceState.SUSPENDED}:
                return replace(life, failures=0, not_before=now), ()
            return _open(replace(life, failures=0, reason=Reason.NONE), now)
        case Opened():
            return _opened(life, now), ()
        case Ended(reason):
            return _ended(life, reason, now, jitter) if life.state in IN_SESSION else (life, ())
        case Beat():
            return _judge(_with_beat(life, event, now), now, jitter)
        case Paced(key_frames_only):
            return replace(life, key_frames_only=key_frames_only), ()
        case Tick():
            return _judge(life, now, jitter)


def _open(life: SourceLife, now: float) -> Step:
    close = (Effect.CLOSE,) if life.state in IN_SESSION else ()
    opening = replace(
        _without_session(life),
        state=SourceState.OPENING,
        since=now,
        # Counts from here however the attempt ends: hidden, cut off or with a dead worker.
        not_before=now + PASSWORD_RETRY_S if life.refused else now,
        key_frames_only=False,
    )
    return opening, (*close, Effect.OPEN)


def _opened(life: SourceLife, now: float) -> SourceLife:
    if life.state not in IN_SESSION:
        return life
    if life.refused:
        life = replace(life, refused=False, not_before=now)
    return replace(life, state=SourceState.BUFFERING, since=now) if life.state is SourceState.OPENING else life


def _without_session(life: SourceLife) -> SourceLife:
    return replace(life, data_at=None, decoded_at=None, damaged_at=None, jumped_at=None, late_at=None, live_since=None)


def _wanted(life: SourceLife, now: float) -> Step:
    if life.state not in {SourceState.IDLE, SourceState.SUSPENDED}:
        return life, ()
    if now >= life.not_before:
        return _open(life, now)
    # Hiding a tile and showing it again is no way around the waiting time.
    waiting = SourceState.FAILED if life.reason in _NEEDS_A_PERSON else SourceState.RETRYING
    return replace(life, state=waiting, since=now), ()


def _unwanted(life: SourceLife, now: float) -> Step:
    if life.state in {SourceState.IDLE, SourceState.SUSPENDED}:
        return life, ()
    close = (Effect.CLOSE,) if life.state in IN_SESSION else ()
    reason = Reason.NONE if life.state in IN_SESSION else life.reason
    if life.refused:
        reason = Reason.WRONG_PASSWORD
    hidden = replace(_without_session(life), state=SourceState.SUSPENDED, reason=reason, since=now, changed_at=None)
    return hidden, close


def _ended(life: SourceLife, reason: Reason, now: float, jitter: float) -> Step:
    steady = life.live_since is not None and now - life.live_since >= STEADY_AFTER_S
    failures = 0 if steady else life.failures
    if reason in _NEEDS_A_PERSON:
        state = SourceState.FAILED
        not_before = now + PASSWORD_RETRY_S if reason is Reason.WRONG_PASSWORD else float("inf")
    else:
        state = SourceState.RETRYING
        # A lost worker is our fault, not the camera's: at once, unless it is this source that keeps killing workers.
        at_once = reason is Reason.WORKER_LOST and failures == 0
        wait = retry_delay(failures, jitter) if reason in _COSTLY else reconnect_delay(failures, jitter)
        not_before = now if at_once else now + wait
    ended = replace(
        _without_session(life),
        state=state,
        reason=reason,
        since=now,
        failures=failures + 1,
        not_before=max(not_before, life.not_before) if life.refused else not_before,
        refused=life.refused or reason is Reason.WRONG_PASSWORD,
    )
    return ended, (Effect.CLOSE,)


def _with_beat(life: SourceLife, beat: Beat, now: float) -> SourceLife:
    if life.state not in IN_SESSION:
        return life

    def latest(known: float | None, told: float | None) -> float | None:
        if told is None:
            return known
        return min(told, now) if known is None else max(known, min(told, now))

    decoded_at = latest(life.decoded_at, beat.decoded_at)
    # The first picture of all is a new one.
    changed_at = latest(life.changed_at, beat.changed_at if life.changed_at or beat.changed_at else decoded_at)
    return replace(
        life,
        data_at=latest(life.data_at, beat.data_at),
        decoded_at=decoded_at,
        changed_at=changed_at,
        damaged_at=latest(life.damaged_at, beat.damaged_at),
        jumped_at=latest(life.jumped_at, beat.jumped_at),
        late_at=latest(life.late_at, beat.late_at),
    )


def _judge(life: SourceLife, now: float, jitter: float) -> Step:
    match life.state:
        case SourceState.RETRYING | SourceState.FAILED:
            return _open(life, now) if now >= life.not_before else (life, ())
        case SourceState.OPENING | SourceState.BUFFERING if life.decoded_at is None:
            return _judge_waiting(life, now, jitter)
        case SourceState.OPENING | SourceState.BUFFERING | SourceState.LIVE | SourceState.STALLED:
            return _judge_pictures(life, now, jitter)
    return life, ()


def _judge_waiting(life: SourceLife, now: float, jitter: float) -> Step:
    waited = now - life.since
    if life.state is SourceState.OPENING:
        return _ended(life, Reason.UNREACHABLE, now, jitter) if waited >= OPEN_WITHIN_S else (life, ())
    if now - max(life.since, life.data_at or life.since) >= RECONNECT_AFTER_S:
        return _ended(life, Reason.NO_DATA, now, jitter)
    if waited >= KEY_FRAME_WITHIN_S:
        return _ended(life, Reason.BROKEN_PICTURES, now, jitter)
    return life, ()


def _judge_pictures(life: SourceLife, now: float, jitter: float) -> Step:
    decoded_at = life.decoded_at if life.decoded_at is not None else life.since
    changed_at = life.changed_at if life.changed_at is not None else decoded_at
    gap = now - decoded_at
    if gap >= STALE_AFTER_S:
        data_flows = life.data_at is not None and now - life.data_at < STALE_AFTER_S
        if data_flows and life.key_frames_only and gap < KEY_FRAME_WITHIN_S:
            # Old, so not live; but neither the camera nor the connection has failed.
            return _enter(life, SourceState.STALLED, Reason.KEY_FRAME_AWAITED, now), ()
        reason = Reason.BROKEN_PICTURES if data_flows else Reason.NO_DATA
        if gap >= RECONNECT_AFTER_S:
            return _ended(life, reason, now, jitter)
        return _enter(life, SourceState.STALLED, reason, now), ()
    if now - changed_at >= STALE_AFTER_S:
        return _enter(life, SourceState.STALLED, Reason.SAME_PICTURE, now), ()
    live_since = life.live_since if life.live_since is not None else now
    # Pictures may be seen before the news that the camera has accepted.
    return replace(_enter(_opened(life, now), SourceState.LIVE, Reason.NONE, now), live_since=live_since), ()


def _enter(life: SourceLife, state: SourceState, reason: Reason, now: float) -> SourceLife:
    since = life.since if life.state is state else now
    return replace(life, state=state, reason=reason, since=since)
