"""Notes, snapshots and figures on the glass, in the sizes of small and of large walls."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QImage
from pytestqt.qtbot import QtBot

from gwanje.domain.source_state import Note, SourceState
from gwanje.videowall.opening import Snapshot
from gwanje.videowall.port import SourceStatistics
from gwanje.videowall.wall.notes import STAYS_S
from gwanje.videowall.wall.strip import _fitting
from gwanje.videowall.wall.tile_text import TileText, spoken
from gwanje.videowall.wall.type_face import face
from gwanje.videowall.words import is_warning, note_word, note_words, ordered
from tests.fakes.fake_wall import Bench, arrangement, bench, cid, main, sub


def _note(wall: Bench, *notes: Note) -> None:
    """The newest picture of camera 1 is live, with these notes."""
    wall.push(sub(1))
    source = wall.sources._sources[sub(1)]
    source.status = replace(source.status, notes=frozenset(notes))
    wall.sources.status_changed.emit(sub(1))


def _image(grey: int) -> QImage:
    image = QImage(640, 360, QImage.Format.Format_RGB32)
    image.fill(grey * 0x010101 | 0xFF000000)
    return image


class Camera:
    """Answers every wish for a snapshot at once."""

    def __init__(self, wall: Bench) -> None:
        self._wall = wall
        wall.sources.opening.use(self)

    def snapshot(self, key, answer) -> None:
        answer(Snapshot(_image(240), self._wall.view._clock() - 3))

    def ask_for_key_frame(self, key) -> None: ...

    def give_up(self, camera_id) -> None: ...


@pytest.mark.parametrize("note", list(Note))
def test_every_note_has_a_word_a_sentence_and_a_place_in_the_order(note: Note):
    assert 2 < len(note_word(note)) <= 12
    assert len(note_words(note)) > len(note_word(note))
    assert note in ordered(Note)


def test_what_may_be_wrong_comes_before_what_is_less():
    kinds = [is_warning(note) for note in ordered(Note)]
    assert kinds == sorted(kinds, reverse=True)
    assert any(kinds)
    assert not all(kinds)


@pytest.mark.parametrize("note", list(Note))
@pytest.mark.parametrize(("width", "name"), [(384, "large"), (192, "small")])
def test_a_note_keeps_its_word_on_the_tiles_of_a_wall_of_a_hundred(note: Note, width: int, name: str, qapp):
    """13 px is the text of the desk; a number of three digits, as on a wall of a hundred."""
    metrics = QFontMetricsF(face(QFont("Noto Sans"), 13))
    text = TileText("117", "Sinchon crossing", True, "", SourceState.LIVE, "Live", False, notes=(note,))
    number = metrics.horizontalAdvance("117")
    state, words = _fitting(text, metrics, width - 16 - number - 6, 13 * 0.72 + 6)
    assert words in (note_word(note), note_words(note))
    assert (state == "Live") or width == 192


def test_a_live_tile_tells_its_notes_on_the_strip_and_to_screen_readers(qtbot: QtBot):
    with bench(qtbot, arrangement("25", 1), size=(1920, 1080)) as wall:
        _note(wall)
        qtbot.waitUntil(lambda: wall.view.text_of(0).state is SourceState.LIVE)
        plain = wall.view.painted_image(0)
        _note(wall, Note.HALF_RATE, Note.DAMAGED)
        qtbot.waitUntil(lambda: wall.view.text_of(0).notes == (Note.DAMAGED, Note.HALF_RATE))
        said = spoken(wall.view.text_of(0))
        assert note_words(Note.DAMAGED) in said
        assert note_words(Note.HALF_RATE) in said
        noted = wall.view.painted_image(0)
        strip = range(plain.height() - 20, plain.height() - 4)
        changed = sum(plain.pixel(x, y) != noted.pixel(x, y) for y in strip for x in range(plain.width()))
        assert changed > 100, "nothing of it is on the strip"


def test_a_note_stays_for_a_while_when_its_cause_is_gone(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1)) as wall:
        _note(wall, Note.DAMAGED)
        qtbot.waitUntil(lambda: wall.view.text_of(0).notes == (Note.DAMAGED,))
        _note(wall)
        assert wall.view.text_of(0).notes == (Note.DAMAGED,)

        def gone() -> bool:
            wall.push(sub(1))
            return wall.view.text_of(0).notes == ()

        qtbot.waitUntil(gone, timeout=int(STAYS_S * 1000) + 5000)


def test_a_snapshot_is_shown_dimmed_with_its_age_until_the_first_picture(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 1), size=(640, 360)) as wall:
        Camera(wall)
        wall.sources.set_state(sub(1), SourceState.OPENING)
        qtbot.waitUntil(lambda: wall.view.text_of(0).headline.startswith("Snapshot, "))
        text = wall.view.text_of(0)
        assert text.headline == "Snapshot, 3 s old: not live"
        assert text.state is SourceState.OPENING
        assert text.stale
        assert "Snapshot" in spoken(text)
        image = wall.view.painted_image(0)
        row = [image.pixelColor(x, 20).red() for x in range(20, 120)]
        assert max(row) - min(row) > 8, "no hatching"
        assert 100 < sum(row) / len(row) < 160, "not dimmed to half"
        assert wall.painted(0) == 0, "no picture of the stream was painted"
        wall.push(sub(1), (40, 120, 200))
        wall.wait_painted(0)
        qtbot.waitUntil(lambda: wall.colour(0) == (200, 120, 40))
        assert wall.view.text_of(0).headline == ""


def test_the_newer_one_of_snapshot_and_last_picture_is_shown(qtbot: QtBot):
    with bench(qtbot, arrangement("1", 1), size=(640, 360)) as wall:
        Camera(wall)
        wall.sources.recent.keep(cid(1), _image(40), wall.view._clock() - 100)
        for key in (sub(1), main(1)):
            wall.sources.set_state(key, SourceState.OPENING)
        qtbot.waitUntil(lambda: wall.view.text_of(0).headline.startswith("Snapshot, "))
        wall.sources.recent.keep(cid(1), _image(40), wall.view._clock())
        qtbot.waitUntil(lambda: wall.view.text_of(0).headline.startswith("no new picture for"))


def test_figures_lie_on_every_tile_when_asked_for_and_never_over_what_is_wrong(qtbot: QtBot):
    with bench(qtbot, arrangement("4", 1, 2), size=(960, 540)) as wall:
        counted = SourceStatistics(14.9, 4.5e5, 100, 0, "h264", 640, 360, 0, 0, 0.0, "tcp", "")
        for n in (1, 2):
            wall.push(sub(n), (200, 200, 200))
            wall.sources.statistics_of[sub(n)] = counted
        wall.wait_painted(0)
        wall.wait_painted(1)
        assert wall.colour(0, x=0.03, y=0.06) == (200, 200, 200)
        wall.view.show_figures(True)
        assert wall.view.shows_figures
        # The plate is dark, the words on it are light.
        qtbot.waitUntil(lambda: wall.colour(0, x=0.015, y=0.03)[0] < 80 and wall.colour(1, x=0.015, y=0.03)[0] < 80)
        figures = wall.view.figures(0)
        assert figures.statistics == counted
        assert figures.painted_width == wall.sources.picture(sub(1)).width
        assert figures.pace.delay is not None
        assert wall.view.figures(3) is None
        assert wall.view.figures(99) is None
        wall.sources.set_state(sub(1), SourceState.STALLED, ago=7)
        middle = 0.5 - 11 / 270  # the strip is no part of the room
        qtbot.waitUntil(lambda: wall.view.text_of(0).stale)
        without = [wall.colour(0, x=x / 40, y=middle) for x in range(8, 32)]
        wall.view.show_figures(False)
        assert [wall.colour(0, x=x / 40, y=middle) for x in range(8, 32)] == without
        wall.push(sub(2), (200, 200, 200))
        assert wall.colour(1, x=0.015, y=0.03) == (200, 200, 200)
