"""A source of which only key frames are decoded is neither live nor broken while it waits for the next one."""

from gwanje.domain.source_state import (
    Again,
    Beat,
    Effect,
    Opened,
    Paced,
    Reason,
    SourceLife,
    SourceState,
    Wanted,
    step,
)


def _live(*, key_frames_only: bool) -> SourceLife:
    life = SourceLife()
    for now, event in (
        (0.0, Wanted()),
        (0.1, Opened()),
        (1.0, Beat(1.0, 1.0, 1.0)),
        (1.0, Paced(key_frames_only)),
    ):
        life, _ = step(life, event, now)
    assert life.state is SourceState.LIVE
    return life


def test_an_old_key_frame_is_not_live_and_says_that_the_next_one_is_awaited() -> None:
    life, effects = step(_live(key_frames_only=True), Beat(6.9, 1.0, 1.0), 7.0)
    assert (life.state, life.reason, effects) == (SourceState.STALLED, Reason.KEY_FRAME_AWAITED, ())
    life, _ = step(life, Beat(11.0, 11.0, 11.0), 11.0)
    assert (life.state, life.reason) == (SourceState.LIVE, Reason.NONE)


def test_key_frames_far_apart_are_no_reason_to_reconnect() -> None:
    life = _live(key_frames_only=True)
    for tenth in range(11, 300):
        life, effects = step(life, Beat(tenth / 10, 1.0, 1.0), tenth / 10)
        assert effects == ()
    life, effects = step(life, Beat(31.0, 1.0, 1.0), 31.0)
    assert (life.state, life.reason, effects) == (SourceState.RETRYING, Reason.BROKEN_PICTURES, (Effect.CLOSE,))


def test_silence_is_still_told_and_ends_the_session() -> None:
    life, _ = step(_live(key_frames_only=True), Beat(1.0, 1.0, 1.0), 3.5)
    assert (life.state, life.reason) == (SourceState.STALLED, Reason.NO_DATA)
    life, effects = step(life, Beat(1.0, 1.0, 1.0), 9.1)
    assert (life.state, effects) == (SourceState.RETRYING, (Effect.CLOSE,))


def test_at_any_other_rate_data_without_pictures_are_broken() -> None:
    life, _ = step(_live(key_frames_only=False), Beat(6.9, 1.0, 1.0), 7.0)
    assert (life.state, life.reason) == (SourceState.STALLED, Reason.BROKEN_PICTURES)


def test_a_new_session_decodes_everything() -> None:
    life, _ = step(_live(key_frames_only=True), Again(), 2.0)
    assert life.state is SourceState.OPENING
    assert not life.key_frames_only
