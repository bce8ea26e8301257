"""What is believed of a picture, of a clock, of a log line and of a refusal."""

import logging
import threading
from fractions import Fraction

import av.logging
import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange

from gwanje.videowall.engine import losses
from gwanje.videowall.engine.board import BoardWriter
from gwanje.videowall.engine.challenge import _is_beyond_ffmpeg, wants_other_digest
from gwanje.videowall.engine.counting import Counter
from gwanje.videowall.engine.losses import Losses
from gwanje.videowall.engine.order import Order
from gwanje.videowall.engine.pictures import Pace
from gwanje.videowall.engine.planar import Planar
from gwanje.videowall.engine.presenter import Presenter
from gwanje.videowall.engine.slots import BT709, WIDE_RANGE
from gwanje.videowall.engine.tally import Tally
from gwanje.videowall.engine.wholeness import Wholeness
from gwanje.videowall.port import SourceStatistics
from tests.fakes.real_camera import raw_server

_I, _P = 1, 2


def _judge(wholeness: Wholeness, kinds: str) -> str:
    """k: key frame, r: recovery point, p: other picture; upper case: packets were lost; x: corrupt. Answers w or d."""
    answer = ""
    for kind in kinds:
        whole = wholeness.judge(
            is_key=kind.lower() in "kr",
            picture_type=_I if kind.lower() == "k" else _P,
            is_corrupt=kind == "x",
            after_loss=kind.isupper(),
        )
        answer += "w" if whole else "d"
    return answer


@pytest.mark.parametrize(
    ("kinds", "judged"),
    [
        ("kpppkpp", "wwwwwww"),
        ("kpPppkp", "wwdddww"),
        ("kpxppkp", "wwdddww"),
        ("kpPpKpk", "wwddddw"),  # the key frame itself may be torn
        ("kpPpprppprpp", "wwdddddddwww"),  # a gradual refresh needs a whole round
        ("kpPprpPprpprp", "wwdddddddddww"),  # and begins again with the next loss
        ("rppprp", "wwwwww"),
    ],
)
def test_wholeness(kinds: str, judged: str) -> None:
    assert _judge(Wholeness(), kinds) == judged


def test_nothing_is_worth_showing_before_a_whole_picture_or_a_key_frame() -> None:
    wholeness = Wholeness()
    assert _judge(wholeness, "xxx") == "ddd" and not wholeness.has_begun
    _judge(wholeness, "K")
    assert wholeness.has_begun and not wholeness.is_whole


@pytest.mark.parametrize("step", [3600.0, -3600.0, 1.5, -1.5])
def test_a_jump_of_the_clock_is_noticed_once_and_no_picture_is_lost(step: float) -> None:
    pace = Pace()
    jumps = []
    for n in range(90):
        assert pace.shows(5000.0 + n / 15 + (step if n >= 45 else 0.0), 100.0 + n / 15 + (n % 3) * 0.02)
        jumps.append(pace.has_jumped)
    assert jumps.count(True) == 1 and jumps[45]


def test_neither_a_silence_nor_catching_up_nor_a_wrong_rate_is_a_jump() -> None:
    pace = Pace()
    times = [(n / 15, 100.0 + n / 15) for n in range(150)]
    times += [(10 + n / 15, 118.0 + n / 15) for n in range(150)]  # eight seconds of silence, then late for ten
    times += [(20 + n / 15, 128.0 + n * 0.001) for n in range(120)]  # and all that is missing at once
    times += [(28 + n / 15, 128.2 + n / 15) for n in range(60)]
    times += [(n / 15 * 1.0004 + 32, 132.2 + n / 15) for n in range(9000)]  # a clock that gains 0.4 ms a second
    for stamp, now in times:
        pace.shows(stamp, now)
        assert not pace.has_jumped


def test_what_is_shown_late_counts_as_late() -> None:
    pace = Pace()
    for n in range(30):
        pace.shows(n / 15, 100.0 + n / 15)
        assert not pace.is_late
    pace.shows(2.0, 103.0)
    assert pace.is_late


@pytest.mark.parametrize(("was_awaited", "late"), [(True, 0), (False, 1)])
def test_a_picture_that_the_network_brings_late_is_not_the_fault_of_this_machine(was_awaited: bool, late: int) -> None:
    tally = Tally(was_awaited=was_awaited)
    board = BoardWriter()
    presenter = Presenter(Order(1, 1, "rtsp://camera/", 64, 36, 0), board, tally, lambda message: None)
    try:
        for number, came_at in enumerate((100.0, 100.1, 103.0)):
            frame = VideoFrame(64, 36, "yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            presenter.show(frame, came_at)
    finally:
        presenter.release()
        board.memory.release()
    assert (tally.due, tally.late) == (3, late)


def test_late_pictures_are_counted_by_the_second() -> None:
    tally = Tally(codec="h264", native=(640, 360))
    counter = Counter(tally)
    assert SourceStatistics(*counter.count(50.0)).late == 0.0  # type: ignore[arg-type]
    tally.due, tally.late, tally.frames = 20, 5, 30
    counted = SourceStatistics(*counter.count(52.0))  # type: ignore[arg-type]
    assert (counted.late, counted.fps) == (0.25, 15.0)
    tally.due = 40
    assert SourceStatistics(*counter.count(53.0)).late == 0.0  # type: ignore[arg-type]


@pytest.fixture
def listening() -> object:
    logger = logging.getLogger("libav")
    before = (logger.handlers[:], logger.propagate, logger.level, av.logging.get_level())
    losses.listen()
    yield None
    logger.handlers[:], logger.propagate = before[0], before[1]
    logger.setLevel(before[2])
    av.logging.set_level(before[3])


@pytest.mark.usefixtures("listening")
def test_losses_are_counted_on_their_own_thread_and_nothing_else_is_kept() -> None:
    other: list[int] = []
    passed_on: list[logging.LogRecord] = []
    ear = logging.Handler()
    ear.emit = passed_on.append  # type: ignore[method-assign]
    logging.getLogger().addHandler(ear)

    def elsewhere() -> None:
        with Losses() as lost:
            other.append(lost.packets)

    with Losses() as lost:
        for _ in range(2):
            av.logging.log(av.logging.WARNING, "rtsp", "RTP: missed 3 packets\n")
        av.logging.log(av.logging.ERROR, "rtsp", "RTP: PT=60: bad cseq 1111 expected=2222")
        av.logging.log(av.logging.ERROR, "rtsp", "cannot open rtsp://viewer:sesame@camera/live")
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        assert (lost.packets, lost.is_new, other) == (6, True, [0])
    av.logging.log(av.logging.WARNING, "rtsp", "RTP: missed 5 packets\n")
    logging.getLogger().removeHandler(ear)
    assert lost.packets == 6
    assert not passed_on


_401 = "RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\n"


@pytest.mark.parametrize(
    ("challenges", "beyond"),
    [
        (['Digest realm="a", nonce="b"'], False),
        (['Digest realm="a", algorithm=MD5, nonce="b"'], False),
        (['Digest realm="a", algorithm="md5-sess", nonce="b"'], False),
        (['Digest realm="a", nonce="b", algorithm=SHA-256'], True),
        (['digest realm="a", nonce="b", Algorithm="SHA-512-256"'], True),
        (['Digest realm="a", nonce="b", algorithm=SHA-256', 'Digest realm="a", nonce="b"'], False),
        (['Basic realm="a"'], False),
        (['Bearer realm="a"'], True),
        ([], False),
    ],
)
def test_which_refusals_no_password_would_change(challenges: list[str], beyond: bool) -> None:
    answer = _401 + "".join(f"WWW-Authenticate: {challenge}\r\n" for challenge in challenges) + "\r\n"
    assert _is_beyond_ffmpeg(answer) is beyond
    with raw_server(answer.encode()) as server:
        assert wants_other_digest(server.address.uri) is beyond
        assert server.requests == 1


def test_a_camera_that_does_not_answer_is_not_said_to_want_something_else() -> None:
    with raw_server(b"") as server:
        assert not wants_other_digest(server.address.uri)
    assert not wants_other_digest(server.address.uri)
    assert not wants_other_digest("rtsp://[")


@pytest.mark.parametrize(
    ("layout", "full"),
    [("yuv420p", False), ("yuvj420p", True), ("nv12", False), ("yuv422p", False), ("yuvj422p", True), ("gray", False)],
)
def test_any_layout_becomes_planar_with_its_luma_as_it_was(layout: str, full: bool) -> None:
    frame = VideoFrame(64, 36, "yuvj420p" if full else "yuv420p")
    for plane in frame.planes:
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        rows[:] = 200 if plane.width == 64 else 128
    frame.color_range = ColorRange.JPEG if full else ColorRange.MPEG
    if layout != frame.format.name:
        kept = frame.color_range
        frame = frame.reformat(format=layout, src_color_range=kept, dst_color_range=kept)
        frame.color_range = kept
    planes, flags = Planar().planes(frame)
    assert [plane.shape[0] for plane in planes] == [36, 18, 18]
    assert np.abs(planes[0][:, :64].astype(int) - 200).max() <= 1
    assert np.abs(planes[1][:, :32].astype(int) - 128).max() <= 1
    assert bool(flags & WIDE_RANGE) is full and not flags & BT709


def test_high_definition_is_bt709_unless_it_says_otherwise() -> None:
    frame = VideoFrame(1280, 720, "yuv420p")
    assert Planar().planes(frame)[1] & BT709
    frame.colorspace = 6  # SMPTE 170M
    assert not Planar().planes(frame)[1] & BT709
