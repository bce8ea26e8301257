"""What is measured of a tile, in words: for the statistics panel and for the tile itself, when somebody asks."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ...domain.source_state import SourceState
from .. import words
from ..port import Quality, Sources, SourceStatistics
from .canvas.geometry import device_rect, fitted
from .pace import PaceFigures
from .tile import Tile
from .tile_text import shown_state


@dataclass(frozen=True, slots=True)
class TileFigures:
    """Everything known of one tile at one moment.

    Attributes:
        number, name: of the camera. quality: the stream that is painted.
        state, state_age: as shown, and for how many seconds.
        painted_width, painted_height: of the picture on the screen, in device pixels; 0 while there is none.
    """

    number: str
    name: str
    quality: Quality
    state: SourceState
    state_age: float
    statistics: SourceStatistics
    pace: PaceFigures
    painted_width: int = 0
    painted_height: int = 0


def figures_of(tile: Tile, sources: Sources, now: float, ratio: float) -> TileFigures | None:
    """At monotonic time `now` on a screen with `ratio` device pixels to a logical one; None without a source."""
    key = tile.feed.shown
    if tile.camera is None or key is None:
        return None
    status, picture = tile.feed.status(), tile.feed.picture()
    painted = fitted(picture.width, picture.height, device_rect(tile.rect, ratio)) if picture is not None else None
    return TileFigures(
        str(tile.camera.number),
        tile.camera.name,
        key.quality,
        shown_state(status, now),
        now - status.since,
        sources.statistics(key),
        tile.pace.figures(now),
        painted.width() if painted is not None else 0,
        painted.height() if painted is not None else 0,
    )


def _filled(text: str, *values: str) -> str:
    """`text` was marked for translation by its caller; %1, %2 ... are filled in."""
    for place, value in enumerate(values, start=1):
        text = text.replace(f"%{place}", value)
    return text


def _milliseconds(seconds: float | None) -> str:
    return "–" if seconds is None else str(round(seconds * 1000))


def _size(width: int, height: int) -> str:
    return f"{width}×{height}" if width and height else "–"


def _bit_rate(bits_per_second: float) -> str:
    return f"{bits_per_second / 1e6:.2f}" if bits_per_second < 1e7 else f"{bits_per_second / 1e6:.1f}"


def state_line(figures: TileFigures) -> str:
    return f"{words.state_word(figures.state)} {words.age_words(figures.state_age)}"


def rate_line(figures: TileFigures) -> str:
    """Decoded and painted pictures, bit rate."""
    return _filled(
        QCoreApplication.translate("figures", "%1 → %2 fps, %3 Mbit/s"),
        f"{figures.statistics.fps:.1f}",
        f"{figures.pace.fps:.1f}",
        _bit_rate(figures.statistics.bits_per_second),
    )


def stream_line(figures: TileFigures) -> str:
    """Codec, native and painted size."""
    s = figures.statistics
    painted = _size(figures.painted_width, figures.painted_height)
    return f"{s.codec.upper()} {_size(s.width, s.height)} → {painted}".strip()


def way_line(figures: TileFigures) -> str:
    """Which stream, how it travels, what decodes it."""
    quality = {
        Quality.MAIN: QCoreApplication.translate("figures", "main stream"),
        Quality.SUB: QCoreApplication.translate("figures", "sub stream"),
    }[figures.quality]
    decoder = figures.statistics.decoder or QCoreApplication.translate("figures", "processor")
    return ", ".join(part for part in (quality, figures.statistics.transport.upper(), decoder) if part)


def delay_line(figures: TileFigures) -> str:
    """From capture to paint: the last picture, and all but the worst hundredth of the last minute."""
    return _filled(
        QCoreApplication.translate("figures", "delay %1 ms, p99 %2 ms"),
        _milliseconds(figures.pace.delay),
        _milliseconds(figures.pace.delay_p99),
    )


def loss_line(figures: TileFigures) -> str:
    s = figures.statistics
    return _filled(
        QCoreApplication.translate("figures", "lost %1, damaged %2, errors %3"),
        str(s.lost),
        str(s.damaged),
        str(s.errors),
    )


def short_lines(figures: TileFigures) -> tuple[str, ...]:
    """For a tile: the most telling first, because a small one has no room for all."""
    return (
        rate_line(figures),
        delay_line(figures),
        loss_line(figures),
        stream_line(figures),
        way_line(figures),
        state_line(figures),
    )


def explained(figures: TileFigures) -> tuple[str, ...]:
    """For the panel, in the order of reading."""
    return (
        f"{state_line(figures)} · {way_line(figures)}",
        f"{stream_line(figures)} · {rate_line(figures)}",
        f"{delay_line(figures)} · {loss_line(figures)}",
    )
