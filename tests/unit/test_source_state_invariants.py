"""What holds for a source whatever happens, in whatever order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gwanje.domain.source_state import (
    IN_SESSION,
    LONGEST_RETRY_S,
    PASSWORD_RETRY_S,
    Again,
    Beat,
    Effect,
    Ended,
    Opened,
    Reason,
    SourceEvent,
    SourceLife,
    SourceState,
    Tick,
    Unwanted,
    Wanted,
    step,
)

ACCEPTED = {SourceState.BUFFERING, SourceState.LIVE}
_AGES = st.none() | st.floats(-5.0, 20.0)
_ENDS = st.sampled_from([reason for reason in Reason if reason is not Reason.NONE])
_EVENTS = st.one_of(
    st.just(("wanted",)),
    st.just(("unwanted",)),
    st.just(("again",)),
    st.just(("opened",)),
    st.just(("tick",)),
    st.tuples(st.just("ended"), _ENDS),
    st.tuples(st.just("beat"), _AGES, _AGES, _AGES, _AGES, _AGES),
    st.tuples(st.just("fresh")),
)
_HISTORY = st.lists(st.tuples(st.floats(0.0, 10.0), _EVENTS, st.floats(0.0, 0.999)), max_size=60)


def _event(what: tuple[object, ...], now: float) -> SourceEvent:
    match what:
        case ("ended", Reason() as reason):
            return Ended(reason)
        case ("beat", *ages):
            return Beat(*(None if age is None else now - float(str(age)) for age in ages))
        case ("fresh",):
            return Beat(now, now, now)
        case (name,):
            return {"wanted": Wanted(), "unwanted": Unwanted(), "again": Again(), "opened": Opened(), "tick": Tick()}[
                str(name)
            ]
    raise AssertionError(what)


@settings(max_examples=400, deadline=None)
@given(_HISTORY)
def test_invariants(history: list[tuple[float, tuple[object, ...], float]]) -> None:
    life, now, open_sessions = SourceLife(), 100.0, 0
    password_tried_at: float | None = None  # since the camera refused it
    for elapsed, what, jitter in history:
        now += elapsed
        event = _event(what, now)
        before = life
        life, effects = step(life, event, now, jitter)

        for effect in effects:
            open_sessions += 1 if effect is Effect.OPEN else -open_sessions
        assert open_sessions in (0, 1), "a session is closed before the next one is opened"
        assert (open_sessions == 1) == (life.state in IN_SESSION)

        if isinstance(event, Beat | Tick) and life.state is SourceState.LIVE:
            assert life.status.picture_at is not None and now - life.status.picture_at < 2.0
            assert life.decoded_at is not None and now - life.decoded_at < 2.0
        assert life.status.picture_at is None or life.status.picture_at <= now

        if isinstance(event, Again):
            password_tried_at = password_tried_at and -PASSWORD_RETRY_S  # a person wants it
        if Effect.OPEN in effects and password_tried_at is not None:
            assert now - password_tried_at >= PASSWORD_RETRY_S - 1e-6, "whatever came in between"
            password_tried_at = now
        if before.state in IN_SESSION and isinstance(event, Ended) and event.reason is Reason.WRONG_PASSWORD:
            password_tried_at = now
            assert life.not_before - now >= PASSWORD_RETRY_S - 1e-6
        elif life.state is SourceState.RETRYING and before.state is not SourceState.RETRYING:
            longest = PASSWORD_RETRY_S if password_tried_at is not None else LONGEST_RETRY_S
            assert 0 <= life.not_before - now <= longest
        if life.state in ACCEPTED:
            password_tried_at = None

        assert not life.status.notes or life.state in {SourceState.LIVE, SourceState.STALLED}

        assert (life.reason is Reason.NONE) or life.state is not SourceState.LIVE
        assert life.state not in {SourceState.STALLED, SourceState.RETRYING, SourceState.FAILED} or life.reason
        if life.state is SourceState.SUSPENDED:
            assert isinstance(event, Unwanted) or before.state is SourceState.SUSPENDED


@settings(max_examples=200, deadline=None)
@given(_HISTORY)
def test_time_alone_never_makes_a_source_live_and_repeats_nothing(
    history: list[tuple[float, tuple[object, ...], float]],
) -> None:
    life, now = SourceLife(), 100.0
    for elapsed, what, jitter in history:
        now += elapsed
        life, _ = step(life, _event(what, now), now, jitter)
    once, _ = step(life, Tick(), now)
    assert once.state is not SourceState.LIVE or life.decoded_at is not None
    if once.state in IN_SESSION and life.state in IN_SESSION:
        assert step(once, Tick(), now) == (once, ())
