"""Cars and people as small pictures with alpha, painted once for each look and size."""

import random

from PIL import Image, ImageDraw

from .facade import tinted
from .themes import Colour, Theme
from .traffic import Actor

_PAINT: tuple[Colour, ...] = (
    (226, 228, 230),
    (196, 200, 204),
    (44, 46, 50),
    (110, 114, 120),
    (158, 36, 38),
    (36, 66, 122),
    (232, 226, 212),
    (58, 84, 74),
)
_CLOTHES: tuple[Colour, ...] = (
    (52, 60, 82),
    (176, 62, 58),
    (214, 196, 160),
    (70, 110, 96),
    (226, 226, 224),
    (102, 78, 118),
    (224, 152, 62),
    (38, 40, 44),
)
_SIZES = {"car": (4.4, 1.5, 1.8), "taxi": (4.6, 1.5, 1.8), "van": (4.9, 2.0, 1.9), "bus": (10.5, 3.1, 2.5)}
_WALKER = (0.9, 1.72)


def size_m(actor: Actor) -> tuple[float, float]:
    """Width and height as seen, with the shadow at the feet."""
    if actor.kind not in _SIZES:
        return _WALKER
    length, height, width = _SIZES[actor.kind]
    return (length if actor.facing in ("left", "right") else width) + 0.3, height + 0.12


def paint(actor: Actor, theme: Theme, px_per_m: float) -> Image.Image:
    """RGBA at that scale, smooth at the edges; the lower edge is the ground."""
    fine = 4 if px_per_m < 60 else 2
    k = px_per_m * fine
    w, h = size_m(actor)
    size = max(2, round(w * px_per_m)), max(3, round(h * px_per_m))
    image = Image.new("RGBA", (size[0] * fine, size[1] * fine), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    rng = random.Random(actor.look)  # noqa: S311 - scenery
    if actor.kind not in _SIZES:
        _walker(pen, rng, theme, image.size, k, actor)
    elif actor.facing in ("left", "right"):
        _side(pen, rng, theme, image.size, k, actor)
        if actor.facing == "left":
            image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    else:
        _end(pen, rng, theme, image.size, k, actor)
    return image.resize(size, Image.Resampling.BOX)


def _colour(rng: random.Random, kind: str) -> Colour:
    paint = rng.choice(_PAINT)
    if kind == "taxi":
        return (226, 120, 38)
    if kind == "bus":
        return rng.choice(((38, 96, 176), (46, 142, 78)))
    return paint


def _side(
    pen: ImageDraw.ImageDraw, rng: random.Random, theme: Theme, size: tuple[int, int], k: float, actor: Actor
) -> None:
    w, h = size
    base, light = h - 0.1 * k, theme.light
    body, kind = _colour(rng, actor.kind), actor.kind
    pen.ellipse((0, base - 0.12 * k, w, h), fill=(0, 0, 0, 110))
    glass = tinted((58, 70, 84), light, 1.0)
    main, low, high = tinted(body, light), tinted(body, light, 0.78), tinted(body, light, 1.1)
    x0, x1 = 0.15 * k, w - 0.15 * k
    if kind in ("bus", "van"):
        pen.rounded_rectangle((x0, 0, x1, base - 0.25 * k), radius=0.25 * k, fill=main)
        pen.rectangle((x0, base - 0.75 * k, x1, base - 0.25 * k), fill=low)
        count = 6 if kind == "bus" else 3
        for n in range(count):
            a = x0 + 0.25 * k + (x1 - x0 - 0.5 * k) * n / count
            b = x0 + 0.15 * k + (x1 - x0 - 0.5 * k) * (n + 1) / count
            if kind == "van" and n == 0:
                continue
            pen.rectangle((a, 0.35 * k, b, h * (0.5 if kind == "bus" else 0.46)), fill=glass)
    else:
        roof = [(0.13 * w, 0.5 * h), (0.25 * w, 0.12 * h), (0.36 * w, 0.03 * h), (0.57 * w, 0.03 * h)]
        roof += [(0.66 * w, 0.1 * h), (0.8 * w, 0.5 * h)]
        pen.polygon(roof, fill=high)
        rear = [
            (0.2 * w, 0.47 * h),
            (0.285 * w, 0.15 * h),
            (0.37 * w, 0.1 * h),
            (0.455 * w, 0.1 * h),
            (0.455 * w, 0.47 * h),
        ]
        fore = [
            (0.48 * w, 0.47 * h),
            (0.48 * w, 0.1 * h),
            (0.57 * w, 0.1 * h),
            (0.645 * w, 0.15 * h),
            (0.74 * w, 0.47 * h),
        ]
        pen.polygon(rear, fill=glass)
        pen.polygon(fore, fill=glass)
        hull = [(x0, 0.56 * h), (x0 + 0.2 * k, 0.46 * h), (0.76 * w, 0.45 * h), (0.93 * w, 0.53 * h), (x1, 0.62 * h)]
        hull += [(x1, base - 0.2 * k), (x0, base - 0.2 * k)]
        pen.polygon(hull, fill=main)
        pen.polygon(
            [(x0, base - 0.42 * k), (x1, base - 0.42 * k), (x1, base - 0.2 * k), (x0, base - 0.2 * k)], fill=low
        )
        pen.line((x0 + 0.2 * k, 0.56 * h, 0.9 * w, 0.56 * h), fill=high, width=max(1, round(0.04 * k)))
        pen.rectangle((0.465 * w, 0.47 * h, 0.465 * w + 0.03 * k, base - 0.3 * k), fill=low)
        pen.rectangle((0.4 * w, 0.52 * h, 0.44 * w, 0.545 * h), fill=low)
        if kind == "taxi":
            pen.rectangle((0.44 * w, 0, 0.54 * w, 0.07 * h), fill=(250, 240, 200))
    radius = (0.46 if kind == "bus" else 0.33) * k
    for x in (0.19 * w, 0.8 * w):
        pen.ellipse((x - radius, base - 2 * radius, x + radius, base), fill=(22, 22, 24))
        pen.ellipse(
            (x - radius / 2, base - 1.5 * radius, x + radius / 2, base - radius / 2),
            fill=tinted((168, 170, 172), light),
        )
    pen.rectangle(
        (x1 - 0.16 * k, base - 0.72 * k, x1, base - 0.55 * k),
        fill=(255, 244, 214) if theme.glow else tinted((236, 236, 226), light),
    )
    pen.rectangle(
        (x0, base - 0.75 * k, x0 + 0.12 * k, base - 0.55 * k),
        fill=(226, 40, 34) if theme.glow else tinted((170, 36, 34), light),
    )


def _end(
    pen: ImageDraw.ImageDraw, rng: random.Random, theme: Theme, size: tuple[int, int], k: float, actor: Actor
) -> None:
    w, h = size
    base, light = h - 0.08 * k, theme.light
    body, front = _colour(rng, actor.kind), actor.facing == "front"
    pen.ellipse((0, base - 0.16 * k, w, h), fill=(0, 0, 0, 120))
    main, low = tinted(body, light), tinted(body, light, 0.74)
    x0, x1 = 0.15 * k, w - 0.15 * k
    for x in (x0 + 0.05 * k, x1 - 0.35 * k):
        pen.rectangle((x, base - 0.5 * k, x + 0.3 * k, base), fill=(20, 20, 22))
    tall = actor.kind in ("bus", "van")
    if tall:
        pen.rounded_rectangle((x0, 0, x1, base - 0.22 * k), radius=0.2 * k, fill=main)
        pen.rectangle((x0 + 0.15 * k, 0.32 * k, x1 - 0.15 * k, 0.52 * h), fill=tinted((52, 64, 78), light))
    else:
        pen.polygon(
            [(x0 + 0.08 * k, 0.5 * h), (x0 + 0.3 * k, 0.02 * h), (x1 - 0.3 * k, 0.02 * h), (x1 - 0.08 * k, 0.5 * h)],
            fill=main,
        )
        pen.polygon(
            [(x0 + 0.2 * k, 0.46 * h), (x0 + 0.38 * k, 0.1 * h), (x1 - 0.38 * k, 0.1 * h), (x1 - 0.2 * k, 0.46 * h)],
            fill=tinted((52, 64, 78), light),
        )
        pen.rounded_rectangle((x0, 0.42 * h, x1, base - 0.2 * k), radius=0.16 * k, fill=main)
    pen.rectangle((x0, base - 0.42 * k, x1, base - 0.2 * k), fill=low)
    plate = tinted((232, 232, 226), light)
    pen.rectangle((w / 2 - 0.26 * k, base - 0.44 * k, w / 2 + 0.26 * k, base - 0.32 * k), fill=plate)
    if front:
        lamp: Colour = (255, 246, 220) if theme.glow else tinted((240, 240, 232), light)
    else:
        lamp = (236, 44, 36) if theme.glow else tinted((186, 34, 32), light)
    for x in (x0 + 0.06 * k, x1 - 0.4 * k):
        pen.rectangle((x, base - 0.72 * k, x + 0.34 * k, base - 0.54 * k), fill=lamp)


def _walker(
    pen: ImageDraw.ImageDraw, rng: random.Random, theme: Theme, size: tuple[int, int], k: float, actor: Actor
) -> None:
    w, h = size
    middle, light = w / 2, theme.light
    coat, legs = tinted(rng.choice(_CLOTHES), light), tinted(rng.choice(_CLOTHES[:4]), light, 0.7)
    skin, hair = (
        tinted((222, 180, 150), light),
        tinted(rng.choice(((34, 28, 26), (60, 44, 36), (120, 120, 122))), light),
    )
    stride = 0.2 * k if actor.kind == "walker1" and actor.facing in ("left", "right") else 0.07 * k
    pen.ellipse((middle - 0.34 * k, h - 0.12 * k, middle + 0.34 * k, h), fill=(0, 0, 0, 110))
    hip = h - 0.82 * k
    for side in (-1, 1):
        pen.line(
            (middle + side * 0.05 * k, hip, middle + side * stride, h - 0.05 * k),
            fill=legs,
            width=max(1, round(0.15 * k)),
        )
    pen.rounded_rectangle(
        (middle - 0.22 * k, h - 1.45 * k, middle + 0.2 * k, hip + 0.06 * k), radius=0.1 * k, fill=coat
    )
    pen.ellipse((middle - 0.12 * k, h - 1.7 * k, middle + 0.12 * k, h - 1.43 * k), fill=skin)
    pen.pieslice((middle - 0.13 * k, h - 1.72 * k, middle + 0.13 * k, h - 1.44 * k), 170, 370, fill=hair)
