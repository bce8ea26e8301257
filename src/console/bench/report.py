"""The figures of the contract, from what was measured."""

from dataclasses import asdict, dataclass

from .floor import Floor
from .wall import WallFigures


@dataclass(frozen=True, slots=True)
class WallReport:
    """The names and their order are the contract of `gwanje bench wall --json`; None is what could not be measured."""

    tiles: int
    live: int
    cpu_percent: float
    floor_cpu_percent: float | None
    ratio: float | None
    shown_ratio: float | None
    fps_min: float
    fps_median: float
    seconds_to_all_live: float | None
    tick_p99_ms: float | None
    longest_stall_ms: float
    latency_p50_ms: float | None
    latency_p99_ms: float | None
    rss_mb: int
    processes: int

    @property
    def all_live(self) -> bool:
        return self.live == self.tiles

    def to_json(self) -> dict[str, object]:
        return asdict(self)

    def to_table(self) -> str:
        return "".join(f"{name:22}{'-' if value is None else value}\n" for name, value in asdict(self).items())


def wall_report(tiles: int, wall: WallFigures, floor: Floor) -> WallReport:
    """A floor that did not have every stream is no floor."""
    whole = floor.opened == tiles and floor.cpu_percent > 0
    # Where the wall is so late that the network backs up, fewer arrive: plain decoding knows how many are sent.
    sent = max(wall.arrived, floor.pictures if whole else 0.0)
    return WallReport(
        tiles=tiles,
        live=wall.live,
        cpu_percent=round(wall.cpu_percent, 1),
        floor_cpu_percent=round(floor.cpu_percent, 1) if whole else None,
        ratio=round(wall.cpu_percent / floor.cpu_percent, 2) if whole else None,
        shown_ratio=round(wall.painted / sent, 3) if sent > 0 else None,
        fps_min=round(wall.fps_min, 2),
        fps_median=round(wall.fps_median, 2),
        seconds_to_all_live=None if wall.all_live_s is None else round(wall.all_live_s, 2),
        tick_p99_ms=_ms(wall.tick_p99_s),
        longest_stall_ms=round(1000 * wall.longest_stall_s, 1),
        latency_p50_ms=_ms(wall.latency_p50_s),
        latency_p99_ms=_ms(wall.latency_p99_s),
        rss_mb=round(wall.rss / 1e6),
        processes=wall.processes,
    )


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else round(1000 * seconds, 1)
