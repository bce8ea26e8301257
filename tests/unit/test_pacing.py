"""What the engine is told to decode of a source that is seen, not seen, and seen again."""

from dataclasses import replace

from gwanje.domain.cameras import CameraId
from gwanje.domain.source_state import Beat, Note, Paced, Reason, SourceLife, SourceState
from gwanje.videowall.pacing import Pacing
from gwanje.videowall.port import Rate, SourceKey, SourceStatistics
from gwanje.videowall.source import Source
from tests.fakes.fake_engine import FakeEngine

NOW = 1000.0


def made(count: int = 1, late: float = 0.0) -> tuple[Pacing, list[Source]]:
    """Live sources that an engine has open."""
    engine = FakeEngine(lambda: NOW)
    sources = []
    for n in range(1, count + 1):
        camera = engine.add(f"rtsp://c{n}")
        engine.open(n, camera.address, 160, 90)
        life = SourceLife(SourceState.LIVE, live_since=NOW - 60)
        source = Source(SourceKey(CameraId(f"c{n}")), life, session=n, in_engine=True, box=(160, 90))
        source.statistics = SourceStatistics(late=late)
        sources.append(source)
    return Pacing(engine, 0.1), sources


def overload(pacing: Pacing, sources: list[Source], until: float = 10.0) -> None:
    for tick in range(round(until * 10)):
        pacing.tick(sources, NOW + tick / 10)


def test_a_source_that_nobody_sees_decodes_key_frames_only() -> None:
    pacing, (source,) = made()
    assert pacing.keep(source) is None
    source.unwanted_at = NOW
    assert pacing.keep(source) == Paced(key_frames_only=True)
    assert source.rate is Rate.KEY_FRAMES
    assert pacing.notes(source) == frozenset()
    assert pacing.keep(source) is None, "told once"


def test_pictures_flow_again_with_the_second_one_after_it_is_seen_again() -> None:
    pacing, (source,) = made()
    source.unwanted_at = NOW
    pacing.keep(source)
    source.unwanted_at = None
    assert pacing.keep(source) is None
    assert source.rate is Rate.FULL
    answers = []
    for decoded_at in (NOW, NOW, NOW + 1, NOW + 1, NOW + 2):
        beat = Beat(decoded_at, decoded_at, decoded_at)
        answers.append(pacing.flows_again(source, beat))
        source.life = replace(source.life, decoded_at=decoded_at)
    assert answers == [None, None, Paced(key_frames_only=False), None, None]


def test_a_warm_source_whose_key_frames_are_rare_is_decoded_in_full_while_the_machine_can() -> None:
    pacing, (source,) = made()
    source.unwanted_at = NOW
    pacing.keep(source)
    source.life = replace(source.life, reason=Reason.KEY_FRAME_AWAITED)
    pacing.keep(source)
    assert source.rate is Rate.FULL
    source.life = replace(source.life, reason=Reason.NONE)
    pacing.keep(source)
    assert source.rate is Rate.FULL, "it is remembered"


def test_under_overload_a_warm_source_gets_no_more_than_key_frames() -> None:
    pacing, sources = made(4, late=0.3)
    sources[0].keys_are_rare = True
    sources[0].unwanted_at = NOW
    overload(pacing, sources)
    pacing.keep(sources[0])
    assert sources[0].rate is Rate.KEY_FRAMES


def test_a_slow_start_of_the_console_degrades_nothing() -> None:
    for live_since, rates in ((None, {Rate.FULL}), (NOW - 60, {Rate.FULL, Rate.HALF})):
        pacing, sources = made(8)
        for source in sources:
            source.life = replace(source.life, live_since=live_since)
        for tick in range(20):
            pacing.tick(sources, NOW + tick * 0.2)  # a timer of 0.1 s
        for source in sources:
            pacing.keep(source)
        assert {source.rate for source in sources} == rates


def test_of_equal_tiles_the_last_gives_way_first() -> None:
    pacing, sources = made(12, late=0.11)
    overload(pacing, sources, 2.5)
    for source in sources:
        pacing.keep(source)
    degraded = [n for n, source in enumerate(sources) if source.rate is Rate.HALF]
    assert degraded == list(range(12 - len(degraded), 12))
    assert 0 < len(degraded) < 12
    assert pacing.notes(sources[11]) == {Note.HALF_RATE}


def test_what_has_just_become_live_is_not_judged() -> None:
    pacing, sources = made(4, late=0.9)
    for source in sources:
        source.life = replace(source.life, live_since=NOW)
    overload(pacing, sources, 2.9)
    for source in sources:
        pacing.keep(source)
    assert {source.rate for source in sources} == {Rate.FULL}
