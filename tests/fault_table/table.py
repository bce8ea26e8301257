"""The rows, and what they are held to."""

from collections.abc import Callable
from dataclasses import dataclass

from . import connections, crowd, pictures
from .stage import Stage


@dataclass(frozen=True)
class Row:
    """`show_s`, `recover_s`: the product's bounds in seconds; the tests allow a busy machine some more."""

    name: str
    play: Callable[[Stage], None]
    show_s: float
    recover_s: float


_OPENS_S = 1.0
_RETRIES_S = 4.0
"""source_state.LONGEST_RECONNECT_S"""
ROWS = (
    Row("silence", pictures.silence, 2.0, 1.0),
    Row("freeze", pictures.freeze, 2.0, 1.0),
    Row("drop", connections.drop, 2.0, 1.0 + _OPENS_S),
    Row("refuse", connections.refuse, 2.0, _RETRIES_S + _OPENS_S),
    Row("wrong password", connections.wrong_password, 2.0, _OPENS_S),
    Row("RST storm", connections.rst_storm, 2.0, _RETRIES_S + _OPENS_S),
    Row("slow link", pictures.slow_link, 5.0, 4.0),
    Row("5 % lost packets", pictures.lost_packets, 2.0, 4.0),
    Row("5 % corrupt packets", pictures.corrupt_packets, 2.0, 4.0),
    Row("resolution change", pictures.other_size, 0.0, 0.0),
    Row("H.264 to H.265, next session", pictures.other_codec_next_session, 2.0, 1.0 + _OPENS_S),
    Row("H.264 to H.265, same session", pictures.other_codec_within_session, 2.0, 8.0 + 1.0 + _OPENS_S),
    Row("SDP garbage", connections.sdp_garbage, 2.0, 1.0 + _OPENS_S),
    Row("endless SDP", connections.endless_sdp, 8.0, 1.0 + _OPENS_S),
    Row("server gone for 60 s", connections.gone_for_a_minute, 2.0, _RETRIES_S + _OPENS_S),
    Row("100 cameras gone and back", crowd.gone_and_back, 2.0, 10.0),
)
