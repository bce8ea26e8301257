"""A small slice of the fuzzer, the same one each time. `make fuzz` runs two hundred thousand mutations."""

import random
from collections.abc import Iterator

import pytest

from gwanje.videowall.engine.ffmpeg import FfmpegEngine
from tests.fakes.rtsp_exchange import exchange
from tests.fuzz import mutations
from tests.fuzz.campaign import Campaign, Usage
from tests.fuzz.cases import SEEDS
from tests.fuzz.verdict import ON_THEIR_WAY, growth

COUNT = 3000


@pytest.fixture
def engine(qapp: object) -> Iterator[FfmpegEngine]:
    made = FfmpegEngine(2)
    try:
        yield made
    finally:
        made.shut_down()


def test_broken_answers_and_packets_crash_nothing_hang_nothing_and_leave_nothing(engine: FfmpegEngine) -> None:
    report = Campaign(engine, seed=4711).run(COUNT, samples=2)
    assert not report.crashes and not report.hangs
    assert report.told.answers >= 100 and report.told.packets >= 1000
    assert report.accepted >= 10
    warm, end = report.usage
    # Memory has not settled after so few; the long run judges that.
    assert end.descriptors <= warm.descriptors + ON_THEIR_WAY and end.threads <= warm.threads + ON_THEIR_WAY


def test_a_case_can_be_played_again() -> None:
    packet, answer = exchange("gst-h264").packets[0], exchange("gst-h264").answer("DESCRIBE")

    def played(seed: str) -> list[bytes]:
        chance = random.Random(seed)
        broken = [mutations.mutated(chance, packet, mutations.OF_PACKETS) for _ in range(50)]
        return broken + [mutations.mutated(chance, answer, mutations.OF_TEXT) for _ in range(50)]

    assert played("1:1") == played("1:1") != played("1:2")
    assert sum(broken != packet for broken in played("1:1")[:50]) >= 45


def test_the_seeds_are_real_streams_of_three_codecs() -> None:
    assert {exchange(name).codec for name in SEEDS} == {"h264", "hevc", "mjpeg"}
    assert all(exchange(name).packets and exchange(name).sdp.startswith(b"v=0") for name in SEEDS)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (Usage(10, 120.0, 18, 6), 0),
        (Usage(10, 120.0, 19, 6), 0),
        (Usage(10, 120.0, 21, 6), 1),
        (Usage(10, 120.0, 18, 9), 1),
        (Usage(10, 160.0, 18, 6), 1),
    ],
)
def test_growth_is_told(end: Usage, said: int) -> None:
    assert len(growth([Usage(1, 118.0, 18, 6), *[Usage(5, 119.0, 18, 6)] * 8, end])) == said
