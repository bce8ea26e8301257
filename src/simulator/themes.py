# ruff: noqa: E501 - tables of colours and words read best in one line each
"""What makes one street differ from the next: light, season, and what stands along it."""

from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Theme:
    """Light and season. `light` multiplies every painted colour; `lit` is the share of windows with a lamp behind."""

    name: str
    sky_top: Colour
    sky_low: Colour
    light: tuple[float, float, float]
    lit: float
    asphalt: Colour
    trees: tuple[Colour, ...]
    glow: bool = False
    clouds: float = 0.4
    shade: float = 0.72


_GREEN = ((66, 104, 52), (82, 122, 60), (54, 92, 50))
_GINKGO = ((206, 162, 44), (220, 180, 62), (188, 142, 38))
_CHERRY = ((232, 190, 200), (222, 172, 188), (240, 206, 212))
_MAPLE = ((150, 66, 40), (176, 88, 44), (128, 98, 48))
_DARK = ((34, 52, 42), (40, 60, 46), (28, 46, 40))

THEMES: tuple[Theme, ...] = (
    Theme("clear noon", (96, 152, 214), (196, 220, 238), (1.0, 1.0, 0.98), 0.0, (92, 94, 98), _GREEN),
    Theme("golden hour", (118, 142, 190), (250, 206, 150), (1.04, 0.9, 0.74), 0.15, (96, 88, 84), _GINKGO, shade=0.6),
    Theme("overcast", (168, 176, 184), (206, 210, 212), (0.86, 0.88, 0.9), 0.08, (84, 87, 92), _GREEN, clouds=1.0, shade=0.85),
    Theme("dusk", (44, 58, 104), (226, 142, 116), (0.6, 0.54, 0.64), 0.5, (66, 64, 76), _MAPLE, glow=True),
    Theme("spring morning", (142, 186, 226), (228, 232, 232), (1.0, 0.97, 0.95), 0.0, (100, 100, 102), _CHERRY, clouds=0.6),
    Theme("night", (10, 14, 30), (44, 46, 66), (0.3, 0.32, 0.42), 0.55, (44, 46, 54), _DARK, glow=True, clouds=0.2),
    Theme("autumn afternoon", (112, 160, 208), (222, 220, 206), (1.02, 0.96, 0.88), 0.0, (94, 92, 90), _MAPLE, shade=0.65),
    Theme("after the rain", (128, 146, 166), (192, 204, 212), (0.8, 0.84, 0.9), 0.2, (62, 66, 74), _GREEN, clouds=0.9, shade=0.8),
    Theme("blue hour", (24, 40, 88), (108, 132, 176), (0.42, 0.48, 0.66), 0.6, (52, 56, 70), _DARK, glow=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """What stands along the street. Lengths in metres, heights in floors."""

    name: str
    half_width: float
    floors: tuple[int, int]
    walls: tuple[Colour, ...]
    styles: tuple[str, ...]
    shops: bool
    tree_every: float
    park: bool = False


_OFFICE = ((196, 198, 200), (150, 160, 170), (108, 122, 138), (214, 208, 198), (126, 118, 112))
_BRICK = ((158, 92, 72), (174, 112, 84), (142, 82, 66), (196, 168, 140), (188, 182, 172))
_MIXED = ((204, 196, 182), (178, 120, 92), (222, 216, 206), (160, 166, 170), (190, 176, 150))

PLACES: tuple[Place, ...] = (
    Place("junction", 7.0, (4, 9), _MIXED, ("punched", "ribbon", "glass"), True, 12.0),
    Place("boulevard", 10.0, (8, 16), _OFFICE, ("glass", "ribbon", "punched"), True, 10.0),
    Place("side street", 3.6, (3, 5), _BRICK, ("villa", "punched"), False, 22.0),
    Place("park edge", 5.5, (3, 6), _BRICK, ("villa", "punched"), True, 8.0, park=True),
    Place("shops", 5.0, (3, 6), _MIXED, ("punched", "ribbon"), True, 18.0),
)
