import pytest

from gwanje.domain.cameras import Camera, CameraId, SiteId
from gwanje.domain.look import DIM_ROOM, STATE_SIGN, state_colour
from gwanje.domain.source_state import Reason, SourceState, SourceStatus
from gwanje.videowall import age_words, cure_words, no_new_picture_words, reason_words, state_word
from gwanje.videowall.wall.number_entry import FORGET_AFTER_S, NumberEntry
from gwanje.videowall.wall.signs import _DRAW
from gwanje.videowall.wall.strip import strip_shade
from gwanje.videowall.wall.tile_text import spoken, tile_text

CAMERA = Camera(CameraId("c"), 17, "Sinchon", SiteId("s"), "crime", 37.5, 126.9, "rtsp://h/m")


def test_a_live_tile_says_only_live():
    text = tile_text(CAMERA, SourceStatus(SourceState.LIVE, since=90, picture_at=100), 100.1, captured_at=100)
    assert (text.number, text.name, text.state_words) == ("17", "Sinchon", "Live")
    assert not text.stale
    assert text.headline == text.advice == ""


def test_a_source_that_says_live_without_new_pictures_is_shown_as_stalled():
    live = SourceStatus(SourceState.LIVE, since=90, picture_at=100)
    assert tile_text(CAMERA, live, 101.7, captured_at=100).state is SourceState.LIVE
    text = tile_text(CAMERA, live, 102.1, captured_at=100)
    assert text.state is SourceState.STALLED
    assert text.headline == "no new picture for 2 s"


def test_a_stalled_picture_has_its_age_and_its_reason():
    stalled = SourceStatus(SourceState.STALLED, Reason.NO_DATA, since=102, picture_at=100)
    text = tile_text(CAMERA, stalled, 107.5, captured_at=100)
    assert text.state_words == "Stalled 7 s"
    assert text.headline == "no new picture for 7 s"
    assert text.advice == reason_words(Reason.NO_DATA)


def test_a_source_opened_anew_keeps_the_age_of_the_picture_on_the_tile():
    text = tile_text(CAMERA, SourceStatus(SourceState.OPENING, since=130), 131, captured_at=100)
    assert text.stale
    assert text.headline == "no new picture for 31 s"


def test_a_failed_tile_says_what_happened_and_what_to_do():
    for reason in Reason:
        text = tile_text(CAMERA, SourceStatus(SourceState.FAILED, reason), 10)
        assert text.headline
        assert text.advice == cure_words(reason)
    assert "R or the ↻ button" in cure_words(Reason.REFUSED)


def test_every_state_has_a_word_a_sign_and_a_drawing_of_its_own():
    for state in SourceState:
        text = tile_text(CAMERA, SourceStatus(state), 10)
        assert state_word(state) in text.state_words
        assert state in STATE_SIGN
        assert state in _DRAW
    assert len({state_word(s) for s in SourceState}) == len(SourceState)


@pytest.mark.parametrize("reason", [r for r in Reason if r is not Reason.NONE])
def test_every_reason_has_words(reason: Reason):
    assert len(reason_words(reason)) > 10
    assert reason_words(reason) != reason.value


@pytest.mark.parametrize(
    ("seconds", "words"), [(-3, "0 s"), (7.9, "7 s"), (119, "119 s"), (120, "2 min"), (7199, "119 min"), (7200, "2 h")]
)
def test_ages_use_their_largest_unit(seconds: float, words: str):
    assert age_words(seconds) == words
    assert words in no_new_picture_words(seconds)


def test_the_spoken_text_leaves_out_what_is_not_there():
    text = tile_text(CAMERA, SourceStatus(SourceState.LIVE, since=90, picture_at=100), 100, captured_at=100)
    assert spoken(text) == "17, Sinchon, Live"


def _luminance(red: float, green: float, blue: float) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(colour: str, ground: float) -> float:
    """WCAG 2.2 contrast of #RRGGBB on a grey of 0 (black) to 1."""
    ink = _luminance(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    other = _luminance(ground, ground, ground)
    return (max(ink, other) + 0.05) / (min(ink, other) + 0.05)


@pytest.mark.parametrize("colour", [DIM_ROOM.text, DIM_ROOM.ptz, *(state_colour(s, DIM_ROOM) for s in SourceState)])
def test_strip_colours_read_on_snow_and_on_night(colour: str):
    snow_under_shade = 1 - strip_shade().alphaF()
    assert _contrast(colour, snow_under_shade) >= 5
    assert _contrast(colour, 0) >= 5


def test_a_number_is_typed_corrected_and_taken():
    entry = NumberEntry()
    for digit in "178":
        entry.type(digit, 0)
    entry.erase(0)
    assert entry.take() == 17
    assert entry.digits == ""


def test_digits_left_standing_do_not_join_the_next_number():
    entry = NumberEntry()
    entry.type("1", 0)
    entry.type("7", FORGET_AFTER_S + 1)
    assert entry.take() == 7


def test_no_more_digits_than_a_number_has():
    entry = NumberEntry()
    for _ in range(40):
        entry.type("9", 0)
    assert entry.take() == 999999
