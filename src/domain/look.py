"""Design tokens: the colours, signs and sizes of both themes, in one place (docs/look.md)."""

from dataclasses import dataclass
from types import MappingProxyType

from .source_state import SourceState


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as #RRGGBB. Every text colour has a contrast of at least 5:1 on each ground (WCAG 2.2, 1.4.3)."""

    window: str
    panel: str
    raised: str
    line: str
    outline: str
    text: str
    muted: str
    accent: str
    live: str
    stalled: str
    failed: str
    alarm: str
    ptz: str


DIM_ROOM = Tokens(
    window="#0E1116",
    panel="#151A21",
    raised="#1D242D",
    line="#3A4654",
    outline="#6B7B8C",
    text="#E6EDF3",
    muted="#A3B0BD",
    accent="#5AA9FF",
    live="#4CC38A",
    stalled="#F5B83D",
    failed="#FF7A70",
    alarm="#FF5C8A",
    ptz="#B79CFF",
)
DAYLIGHT = Tokens(
    window="#F4F6F8",
    panel="#FFFFFF",
    raised="#FFFFFF",
    line="#D4DAE0",
    outline="#6B7B8C",
    text="#17202A",
    muted="#52606D",
    accent="#0B62C4",
    live="#0F7849",
    stalled="#8A5A00",
    failed="#B3261E",
    alarm="#B0124A",
    ptz="#5B3FB8",
)
THEMES = MappingProxyType({"dim": DIM_ROOM, "daylight": DAYLIGHT})

STATE_SIGN = MappingProxyType(
    {
        SourceState.IDLE: "○",
        SourceState.OPENING: "◌",
        SourceState.BUFFERING: "◌",
        SourceState.LIVE: "●",
        SourceState.STALLED: "◐",
        SourceState.RETRYING: "↻",
        SourceState.FAILED: "✕",
        SourceState.SUSPENDED: "‖",
    }
)
_STATE_TOKEN = MappingProxyType(
    {SourceState.LIVE: "live", SourceState.STALLED: "stalled", SourceState.FAILED: "failed"}
)


def state_colour(state: SourceState, tokens: Tokens) -> str:
    """The colour that goes with the sign and the word of a state, never without them."""
    return str(getattr(tokens, _STATE_TOKEN.get(state, "muted")))


BASE_TEXT_PX = 13
WALL_TEXT_PX = 15
GAP_PX = 4
CORNER_PX = 4
TILE_STRIP_PX = 22
STALE_AFTER_S = 1.8
