from gwanje.domain.source_state import Note, SourceState
from gwanje.videowall.port import Quality, SourceStatistics
from gwanje.videowall.wall.figures import TileFigures, explained, short_lines
from gwanje.videowall.wall.notes import STAYS_S, SteadyNotes
from gwanje.videowall.wall.pace import Pace, PaceFigures


def paced(fps: float, seconds: float, delay: float = 0.08) -> Pace:
    pace = Pace()
    for i in range(round(fps * seconds)):
        pace.note(i / fps, delay)
    return pace


def test_a_tile_that_was_never_painted_has_no_figures():
    assert Pace().figures(10) == PaceFigures(0.0, None, None)


def test_the_rate_is_that_of_the_last_seconds():
    assert abs(paced(15, 20).figures(20).fps - 15) < 0.5
    assert abs(paced(15, 1).figures(1).fps - 15) < 1.5, "right from the first second"
    assert paced(15, 20).figures(30).fps == 0, "a tile that stopped is not as fast as it was"


def test_one_late_picture_in_a_thousand_is_not_the_p99_and_two_in_a_hundred_are():
    pace = Pace()
    for i in range(1000):
        pace.note(i / 25, 0.9 if i == 500 else 0.05)
    figures = pace.figures(40)
    assert abs(figures.delay_p99 - 0.05) < 1e-6
    pace = Pace()
    for i in range(1000):
        pace.note(i / 25, 0.9 if i % 50 == 0 else 0.05)
    assert abs(pace.figures(40).delay_p99 - 0.9) < 1e-6
    assert abs(pace.figures(40).delay - 0.05) < 1e-6


def test_what_was_late_more_than_a_minute_ago_is_forgotten():
    pace = Pace()
    for i in range(200):
        pace.note(i / 100, 2.0)
    for i in range(200):
        pace.note(100 + i / 100, 0.05)
    assert pace.figures(102).delay_p99 < 0.06
    assert pace.figures(200).delay_p99 is None


def test_measuring_for_hours_takes_no_more_memory():
    pace = Pace()
    for i in range(20_000):
        pace.note(i / 25, i / 1e6)
    figures = pace.figures(20_000 / 25)
    assert len(pace._at) == len(pace._delay) == 3600
    assert abs(figures.delay - 0.019999) < 1e-6
    assert abs(figures.fps - 25) < 0.5


def test_a_note_stays_for_two_seconds_after_it_was_true_last():
    notes = SteadyNotes()
    assert notes.see((), 0) == set()
    assert notes.see({Note.DAMAGED}, 1) == {Note.DAMAGED}
    assert notes.see((), 1.1) == {Note.DAMAGED}
    assert notes.see({Note.HALF_RATE}, 2) == {Note.DAMAGED, Note.HALF_RATE}
    assert notes.see({Note.HALF_RATE}, 1 + STAYS_S) == {Note.HALF_RATE}
    notes.clear()
    assert notes.see((), 3) == set()


def test_damage_that_comes_and_goes_is_one_note():
    notes = SteadyNotes()
    seen = [notes.see({Note.DAMAGED} if i % 15 == 0 else (), i / 10) for i in range(100)]
    assert all(seen)


def test_every_figure_is_on_the_tile_and_on_the_panel():
    figures = TileFigures(
        "17",
        "Sinchon",
        Quality.MAIN,
        SourceState.LIVE,
        65.4,
        SourceStatistics(24.9, 4.25e6, 1000, 3, "hevc", 1920, 1080, 7, 5, 0.0, "udp", "cuda"),
        PaceFigures(24.6, 0.0834, 0.151),
        960,
        540,
    )
    for lines in (short_lines(figures), explained(figures)):
        text = "\n".join(lines)
        for part in ("24.9", "24.6", "4.25", "HEVC", "1920×1080", "960×540", "UDP", "cuda", "lost 7", "damaged 5"):
            assert part in text, part
        for part in ("errors 3", "83 ms", "151 ms", "Live 65 s", "main stream"):
            assert part in text, part


def test_what_is_not_known_is_a_dash_and_not_a_nought():
    unknown = TileFigures("1", "", Quality.SUB, SourceState.OPENING, 1, SourceStatistics(), PaceFigures())
    assert "delay – ms, p99 – ms" in short_lines(unknown)
