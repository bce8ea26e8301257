"""The life of a source, step by step. The clock is a number."""

from dataclasses import replace

import pytest

from gwanje.domain import look, source_state
from gwanje.domain.source_state import (
    QUICK_RETRIES,
    Again,
    Beat,
    Effect,
    Ended,
    Note,
    Opened,
    Reason,
    SourceEvent,
    SourceLife,
    SourceState,
    Tick,
    Unwanted,
    Wanted,
    retry_delay,
    step,
)


def lived(*happened: tuple[float, SourceEvent]) -> SourceLife:
    life = SourceLife()
    for now, event in happened:
        life, _ = step(life, event, now)
    return life


LIVE = lived((0.0, Wanted()), (0.1, Opened()), (1.0, Beat(1.0, 1.0, 1.0)))


def test_stale_means_the_same_as_on_the_screen() -> None:
    assert source_state.STALE_AFTER_S == look.STALE_AFTER_S


def test_the_way_to_live() -> None:
    life, effects = step(SourceLife(), Wanted(), 5.0)
    assert (life.state, effects) == (SourceState.OPENING, (Effect.OPEN,))
    life, effects = step(life, Opened(), 5.1)
    assert (life.state, effects) == (SourceState.BUFFERING, ())
    life, effects = step(life, Beat(6.0, None, None), 6.0)
    assert (life.state, effects) == (SourceState.BUFFERING, ())
    life, effects = step(life, Beat(6.2, 6.2, 6.2), 6.3)
    assert (life.state, life.reason, effects) == (SourceState.LIVE, Reason.NONE, ())
    assert (life.status.since, life.status.picture_at) == (6.3, 6.2)


@pytest.mark.parametrize(
    ("beat", "reason"),
    [
        (Beat(1.0, 1.0, 1.0), Reason.NO_DATA),
        (Beat(3.4, 3.4, 1.0), Reason.SAME_PICTURE),
        (Beat(3.4, 1.0, 1.0), Reason.BROKEN_PICTURES),
    ],
)
def test_no_new_picture_for_almost_two_seconds_is_a_stall_and_says_why(beat: Beat, reason: Reason) -> None:
    life, effects = step(LIVE, replace(beat, data_at=min(beat.data_at or 0, 2.7)), 2.79)
    assert life.state is SourceState.LIVE
    life, effects = step(LIVE, beat, 3.5)
    assert (life.state, life.reason, effects) == (SourceState.STALLED, reason, ())
    assert life.status.picture_at == 1.0
    life, _ = step(life, Beat(3.6, 3.6, 3.6), 3.6)
    assert (life.state, life.reason) == (SourceState.LIVE, Reason.NONE)


def test_the_reason_of_a_stall_may_change_while_its_begin_stays() -> None:
    stalled, _ = step(LIVE, Beat(3.4, 3.4, 1.0), 3.5)
    silent, _ = step(stalled, Beat(3.4, 3.4, 1.0), 5.5)
    assert (silent.state, silent.reason, silent.since) == (SourceState.STALLED, Reason.NO_DATA, stalled.since)


def test_a_long_silence_is_ended_and_tried_again() -> None:
    stalled, _ = step(LIVE, Tick(), 8.9)
    assert stalled.state is SourceState.STALLED
    life, effects = step(stalled, Tick(), 9.0)
    assert (life.state, life.reason, effects) == (SourceState.RETRYING, Reason.NO_DATA, (Effect.CLOSE,))
    assert life.status.picture_at == 1.0  # still on the screen, with its age
    life, effects = step(life, Tick(), 10.0)
    assert (life.state, life.reason, effects) == (SourceState.OPENING, Reason.NO_DATA, (Effect.OPEN,))


def test_a_camera_that_repeats_itself_is_not_opened_again_and_again() -> None:
    life, effects = step(LIVE, Beat(60.0, 60.0, 1.0), 60.0)
    assert (life.state, life.reason, effects) == (SourceState.STALLED, Reason.SAME_PICTURE, ())


def test_waiting_for_a_key_frame_is_longer_than_waiting_for_data() -> None:
    buffering = lived((0.0, Wanted()), (0.0, Opened()))
    assert step(buffering, Tick(), 8.0)[0].reason is Reason.NO_DATA
    assert step(buffering, Beat(20.0, None, None), 20.0)[0].state is SourceState.BUFFERING
    assert step(buffering, Beat(30.0, None, None), 30.0)[0].reason is Reason.BROKEN_PICTURES


def test_an_opening_that_nobody_answers() -> None:
    life, effects = step(lived((0.0, Wanted())), Tick(), 15.0)
    assert (life.state, life.reason, effects) == (SourceState.RETRYING, Reason.UNREACHABLE, (Effect.CLOSE,))


QUICK = [1.0] * QUICK_RETRIES + [4.0, 4.0]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (Reason.REFUSED, QUICK),
        (Reason.UNREACHABLE, QUICK),
        (Reason.CONNECTION_LOST, QUICK),
        (Reason.NO_DATA, QUICK),
        (Reason.BROKEN_PICTURES, [1, 2, 4, 8, 16, 30, 30]),
        (Reason.NOT_UNDERSTOOD, [1, 2, 4, 8, 16, 30, 30]),
    ],
)
def test_retries_wait_longer_each_time_up_to_a_ceiling(reason: Reason, expected: list[float]) -> None:
    waits = []
    life, now = lived((0.0, Wanted())), 0.0
    for _ in expected:
        life, _ = step(life, Ended(reason), now, jitter=0.999999)
        waits.append(round(life.not_before - now, 2))
        now = life.not_before
        life, effects = step(life, Tick(), now)
        assert effects == (Effect.OPEN,)
    assert waits == expected


def test_jitter_spreads_between_half_and_the_whole_wait() -> None:
    assert retry_delay(3, 0.0) == 4.0
    assert retry_delay(3, 0.5) == 6.0


def test_a_steady_session_starts_the_back_off_anew_but_a_short_one_does_not() -> None:
    shaken = replace(LIVE, failures=4)
    assert step(shaken, Ended(Reason.CONNECTION_LOST), 5.0)[0].failures == 5
    assert step(shaken, Ended(Reason.CONNECTION_LOST), 11.0)[0].failures == 1


def test_a_wrong_password_waits_a_minute_even_when_the_tile_is_hidden_and_shown() -> None:
    failed = lived((0.0, Wanted()), (1.0, Ended(Reason.WRONG_PASSWORD)))
    assert failed.state is SourceState.FAILED
    assert step(failed, Tick(), 60.9)[1] == ()
    hidden, _ = step(failed, Unwanted(), 2.0)
    shown, effects = step(hidden, Wanted(), 3.0)
    assert (shown.state, shown.reason, effects) == (SourceState.FAILED, Reason.WRONG_PASSWORD, ())
    assert step(shown, Tick(), 61.0)[1] == (Effect.OPEN,)


REFUSED = lived((0.0, Wanted()), (1.0, Ended(Reason.WRONG_PASSWORD)))


def test_a_refused_password_is_tried_once_a_minute_however_the_try_ends() -> None:
    trying, effects = step(REFUSED, Tick(), 61.0)
    assert effects == (Effect.OPEN,)
    for reason in (Reason.WORKER_LOST, Reason.CONNECTION_LOST, Reason.REFUSED):
        ended, _ = step(trying, Ended(reason), 61.5)
        assert (ended.state, ended.reason) == (SourceState.RETRYING, reason)
        assert step(ended, Tick(), 120.9)[1] == ()
        assert step(ended, Tick(), 121.0)[1] == (Effect.OPEN,)


def test_a_try_that_nobody_waited_for_counts_too() -> None:
    trying, _ = step(REFUSED, Tick(), 61.0)
    hidden, effects = step(trying, Unwanted(), 61.1)
    assert (hidden.state, hidden.reason, effects) == (SourceState.SUSPENDED, Reason.WRONG_PASSWORD, (Effect.CLOSE,))
    shown, effects = step(hidden, Wanted(), 62.0)
    assert (shown.state, shown.reason, effects) == (SourceState.FAILED, Reason.WRONG_PASSWORD, ())


def test_a_person_may_try_a_password_at_any_time_and_the_minute_begins_anew() -> None:
    trying, effects = step(REFUSED, Again(), 2.0)
    assert effects == (Effect.OPEN,)
    lost, _ = step(trying, Ended(Reason.WORKER_LOST), 2.5)
    assert step(lost, Tick(), 61.9)[1] == ()


@pytest.mark.parametrize("news", [Opened(), Beat(61.5, 61.5, 61.5)])
def test_a_password_that_is_accepted_after_all_is_trusted_again(news: SourceEvent) -> None:
    trying, _ = step(REFUSED, Tick(), 61.0)
    accepted, _ = step(trying, news, 61.5)
    hidden, _ = step(accepted, Unwanted(), 62.0)
    assert step(hidden, Wanted(), 62.5)[1] == (Effect.OPEN,)
    lost, _ = step(accepted, Ended(Reason.CONNECTION_LOST), 62.0)
    assert lost.not_before <= 62.0 + source_state.LONGEST_RECONNECT_S


@pytest.mark.parametrize(
    ("beat", "notes"),
    [
        (Beat(1.5, 1.5, 1.5), set()),
        (Beat(1.5, 1.5, 1.5, damaged_at=1.4), {Note.DAMAGED}),
        (Beat(1.5, 1.5, 1.5, jumped_at=1.4), {Note.CLOCK_JUMPED}),
        (Beat(1.5, 1.5, 1.5, late_at=1.5), {Note.LATE}),
        (Beat(1.5, 1.5, 1.5, 1.4, 1.4), {Note.DAMAGED, Note.CLOCK_JUMPED}),
    ],
)
def test_what_is_wrong_with_a_live_picture_is_noted(beat: Beat, notes: set[Note]) -> None:
    life, _ = step(LIVE, beat, 1.5)
    assert (life.state, life.status.notes) == (SourceState.LIVE, notes)


def test_a_note_outlives_its_picture_by_two_seconds() -> None:
    life, _ = step(LIVE, Beat(1.5, 1.5, 1.5, damaged_at=1.5), 1.5)
    life, _ = step(life, Beat(3.4, 3.4, 3.4, damaged_at=1.5), 3.4)
    assert life.status.notes == {Note.DAMAGED}
    life, _ = step(life, Beat(3.5, 3.5, 3.5, damaged_at=1.5), 3.5)
    assert life.status.notes == set()


def test_a_picture_that_was_damaged_when_it_stalled_stays_marked_until_its_session_ends() -> None:
    life, _ = step(LIVE, Beat(1.5, 1.5, 1.5, damaged_at=1.5), 1.5)
    life, _ = step(life, Tick(), 9.0)
    assert (life.state, life.status.notes) == (SourceState.STALLED, {Note.DAMAGED})
    life, _ = step(life, Ended(Reason.CONNECTION_LOST), 9.1)
    assert life.status.notes == set()
    life, _ = step(life, Tick(), 20.0)
    life, _ = step(life, Beat(20.1, 20.1, 20.1), 20.1)
    assert (life.state, life.status.notes) == (SourceState.LIVE, set())


@pytest.mark.parametrize("reason", [Reason.UNSUPPORTED, Reason.NO_ADDRESS])
def test_what_only_a_person_can_cure_waits_for_the_person(reason: Reason) -> None:
    failed = lived((0.0, Wanted()), (1.0, Ended(reason)))
    assert step(failed, Tick(), 1e9) == (failed, ())
    opening, effects = step(failed, Again(), 1e9)
    assert (opening.state, effects) == (SourceState.OPENING, (Effect.OPEN,))


def test_again_closes_what_is_open_and_wakes_nobody_who_sleeps() -> None:
    assert step(LIVE, Again(), 2.0)[1] == (Effect.CLOSE, Effect.OPEN)
    suspended, effects = step(LIVE, Unwanted(), 2.0)
    assert (suspended.state, suspended.status.picture_at, effects) == (SourceState.SUSPENDED, None, (Effect.CLOSE,))
    assert step(suspended, Again(), 3.0)[1] == ()
    assert step(suspended, Wanted(), 3.0)[1] == (Effect.OPEN,)


def test_a_lost_worker_is_replaced_at_once_but_not_for_a_source_that_kills_workers() -> None:
    life, effects = step(LIVE, Ended(Reason.WORKER_LOST), 2.0)
    assert (life.state, life.reason, effects) == (SourceState.RETRYING, Reason.WORKER_LOST, (Effect.CLOSE,))
    life, effects = step(life, Tick(), 2.0)
    assert (life.state, life.reason, effects) == (SourceState.OPENING, Reason.WORKER_LOST, (Effect.OPEN,))
    life, _ = step(life, Ended(Reason.WORKER_LOST), 2.5)
    assert life.not_before > 2.5


def test_news_of_a_session_that_is_over_change_nothing() -> None:
    retrying, _ = step(LIVE, Ended(Reason.CONNECTION_LOST), 2.0)
    assert step(retrying, Beat(2.0, 2.0, 2.0), 2.0) == (retrying, ())
    assert step(retrying, Ended(Reason.WRONG_PASSWORD), 2.0) == (retrying, ())
    assert step(retrying, Opened(), 2.0) == (retrying, ())


def test_times_from_the_future_count_as_now() -> None:
    life, _ = step(LIVE, Beat(99.0, 99.0, 99.0), 2.0)
    assert life.status.picture_at == 2.0
    assert step(life, Tick(), 4.0)[0].state is SourceState.STALLED
