"""Draws the street of a camera: a crossing road in front, an avenue into the depth, houses, trees and lamps.

The ground is a plane 6.5 m below the camera; X is right, Y up, Z ahead, in metres. Pictures are panoramas of
view.PANORAMA units times a scale.
"""

import math
import random

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .eye import CROSS_FAR_M, CROSS_NEAR_M, FOCAL, FRONT_M, HORIZON, WALK_M, Eye, Point
from .facade import Facade, tinted
from .themes import PLACES, THEMES, Colour, Place, Theme
from .view import PANORAMA

_NEAR_M = 2.0
_DEPTH_M = 190.0


class Street:
    """What camera `number` looks at; the same number gives the same street at every scale."""

    def __init__(self, number: int) -> None:
        rng = random.Random(f"street {number}")  # noqa: S311 - scenery
        self.theme: Theme = THEMES[(number - 1) % len(THEMES)]
        self.place: Place = PLACES[(number * 2 + (number - 1) // 9) % len(PLACES)]
        self.eye = Eye(rng.uniform(0.1, 0.3) * rng.choice((-1, 1)))
        self._seed = rng.random()

    def draw(self, scale: float) -> Image.Image:
        """An RGB panorama; takes a few tenths of a second."""
        return _Painter(self, scale, random.Random(self._seed)).paint()  # noqa: S311 - scenery


class _Painter:
    def __init__(self, street: Street, scale: float, rng: random.Random) -> None:
        self._theme, self._place, self._eye = street.theme, street.place, street.eye
        self._scale = scale
        self._rng = rng
        self._size = round(PANORAMA[0] * scale), round(PANORAMA[1] * scale)
        self._noise = np.random.default_rng(rng.getrandbits(32))
        self._image = Image.new("RGB", self._size, self._theme.sky_low)
        self._pen = ImageDraw.Draw(self._image)
        self._lamps: list[tuple[float, float, float, Colour]] = []

    def paint(self) -> Image.Image:
        self._sky()
        self._backdrop()
        self._ground()
        self._houses()
        self._greenery()
        self._furniture()
        if self._theme.glow:
            self._glow()
        return self._finish()

    # --- help -------------------------------------------------------------------------------------------------------

    def _at(self, point: Point) -> tuple[float, float]:
        x, y, _ = self._eye.project(*point)
        return x * self._scale, y * self._scale

    def _haze(self, colour: Colour, depth: float) -> Colour:
        share = 1 - math.exp(-max(0.0, depth - 25) / 260)
        low = self._theme.sky_low
        r, g, b = (round(c * (1 - share) + s * share) for c, s in zip(colour, low, strict=True))
        return r, g, b

    def _flat(self, x0: float, z0: float, x1: float, z1: float, colour: Colour, *, lit: bool = True) -> None:
        """A rectangle on the ground, cut where it would pass behind the camera."""
        corners = [(x0, z0), (x1, z0), (x1, z1), (x0, z1)]
        ahead: list[tuple[float, float]] = []
        for (ax, az), (bx, bz) in zip(corners, corners[1:] + corners[:1], strict=True):
            da, db = self._eye.depth(ax, az) - _NEAR_M, self._eye.depth(bx, bz) - _NEAR_M
            if da >= 0:
                ahead.append((ax, az))
            if (da >= 0) != (db >= 0):
                t = da / (da - db)
                ahead.append((ax + (bx - ax) * t, az + (bz - az) * t))
        if len(ahead) >= 3:
            shown = tinted(colour, self._theme.light) if lit else colour
            self._pen.polygon([self._at((x, 0.0, z)) for x, z in ahead], fill=shown)

    # --- layers -----------------------------------------------------------------------------------------------------

    def _sky(self) -> None:
        width, height = self._size[0] // 4, round(HORIZON * self._scale / 4)  # it is smooth: a quarter is enough
        t = np.linspace(0, 1, height)[:, None] ** 1.4
        column = np.array(self._theme.sky_top) * (1 - t) + np.array(self._theme.sky_low) * t
        rough = np.zeros((height, width))
        for n, weight in ((3, 0.5), (7, 0.25), (17, 0.125)):
            patch = Image.fromarray(self._noise.random((n, 3 * n), np.float32))
            rough += np.asarray(patch.resize((width, height), Image.Resampling.BICUBIC)) * weight
        cloud = np.clip((rough - 0.46) * 2.4, 0, 1)[:, :, None] * self._theme.clouds * 0.55
        bright = np.minimum(255, np.array(self._theme.sky_low) * 1.06 + 6)
        pixels = column[:, None, :] * (1 - cloud) + bright * cloud
        sky = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
        self._image.paste(sky.resize((self._size[0], height * 4), Image.Resampling.BICUBIC))

    def _backdrop(self) -> None:
        """Hills, and blocks of flats, far off in the haze."""
        rng, s, width = self._rng, self._scale, self._size[0]
        base = HORIZON * s
        for layer, (rise, share) in enumerate(((88, 0.28), (54, 0.5))):
            phase, wave = rng.uniform(0, 6), rng.uniform(0.8, 1.4)
            colour = tuple(
                round(c * share * light + sky * (1 - share))
                for c, light, sky in zip((70, 92, 78), self._theme.light, self._theme.sky_low, strict=True)
            )
            outline = [(0.0, base)]
            for i in range(101):
                u = i / 100
                y = rise * (0.55 + 0.3 * math.sin(phase + wave * 7 * u) + 0.15 * math.sin(phase * 2 + 19 * u + layer))
                outline.append((u * width, base - max(4.0, y) * s))
            self._pen.polygon([*outline, (width, base)], fill=(colour[0], colour[1], colour[2]))
        x = 0.0
        while x < PANORAMA[0]:
            w, h = rng.uniform(26, 60), rng.uniform(20, 70)
            tone = self._haze(tinted((190, 188, 184), self._theme.light, 0.8), 200)
            left, top, right = x * s, (HORIZON - h) * s, (x + w) * s
            self._pen.rectangle((left, top, right, base), fill=tone)
            for n in range(int(h // 7)):
                y = top + (4 + n * 7) * s
                window = self._haze(tinted((110, 118, 128), self._theme.light), 150)
                if rng.random() < self._theme.lit:
                    window = self._haze((250, 216, 156), 60)
                cut = rng.uniform(0.3, 1.0)
                self._pen.rectangle(
                    (left + 3 * s, y, left + 3 * s + (right - left - 6 * s) * cut, y + 2.2 * s), fill=window
                )
            x += w + rng.uniform(4, 90)

    def _ground(self) -> None:
        half, walk = self._place.half_width, WALK_M
        road = self._theme.asphalt
        paving: Colour = (168, 162, 154)
        self._flat(-400, _NEAR_M, 400, 600, (128, 128, 122))
        self._flat(-400, FRONT_M - walk, 400, FRONT_M + 2, paving)
        self._flat(-400, -60, 400, CROSS_NEAR_M, paving)
        for side in (-1, 1):
            self._flat(side * half, FRONT_M - walk, side * (half + walk), 600, paving)
        asphalt = tuple(round(c / max(0.3, light)) for c, light in zip(road, self._theme.light, strict=True))
        dark: Colour = (asphalt[0], asphalt[1], asphalt[2])
        self._flat(-400, CROSS_NEAR_M, 400, CROSS_FAR_M, dark)
        self._flat(-half, CROSS_FAR_M - 0.5, half, 600, dark)
        kerb: Colour = (196, 192, 186)
        self._flat(-400, CROSS_NEAR_M - 0.3, 400, CROSS_NEAR_M, kerb)
        for side in (-1, 1):
            self._flat(side * half, CROSS_FAR_M, side * 400, CROSS_FAR_M + 0.3, kerb)
            self._flat(side * half, CROSS_FAR_M, side * (half + 0.3), 600, kerb)
        self._pavers(half)
        self._markings(half)

    def _pavers(self, half: float) -> None:
        """Joints of the near pavement, and the yellow blocks that guide the blind."""
        for n in range(7):
            z = CROSS_NEAR_M - 1.4 - n * 1.0
            self._flat(-60, z, 60, z + 0.05, (148, 142, 134))
        for n in range(-40, 41):
            self._flat(n * 1.5, 5, n * 1.5 + 0.05, CROSS_NEAR_M - 0.4, (148, 142, 134))
        self._flat(-60, CROSS_NEAR_M - 1.15, 60, CROSS_NEAR_M - 0.75, (206, 174, 74))
        for side in (-1, 1):
            self._flat(side * half, CROSS_FAR_M + 0.8, side * 60, CROSS_FAR_M + 1.2, (206, 174, 74))

    def _markings(self, half: float) -> None:
        white: Colour = (226, 226, 222)
        yellow: Colour = (222, 176, 60)
        middle = (CROSS_NEAR_M + CROSS_FAR_M) / 2
        for side in (-1, 1):
            for offset in (-0.18, 0.08):
                self._flat(side * half, middle + offset, side * 300, middle + offset + 0.1, yellow)
            for n in range(40):
                x = side * (half + 4 + n * 6)
                for z in (middle - 2.6, middle + 2.6):
                    self._flat(x, z, x + side * 3, z + 0.12, white)
            self._flat(side * (half - 0.35), CROSS_FAR_M + 6, side * (half - 0.23), 300, white)
        stripes = int(half * 2 / 1.0)
        for n in range(stripes):  # across the avenue
            x = -half + 0.35 + n * 1.0
            self._flat(x, CROSS_FAR_M + 0.6, x + 0.5, CROSS_FAR_M + 4.4, white)
        for offset in (-0.18, 0.08):
            self._flat(offset, CROSS_FAR_M + 6.5, offset + 0.1, 300, yellow)
        self._flat(0.3, CROSS_FAR_M + 5.4, half - 0.4, CROSS_FAR_M + 5.8, white)
        if half > 5:
            for side in (-1, 1):
                for n in range(30):
                    z = CROSS_FAR_M + 8 + n * 8
                    self._flat(side * half / 2, z, side * half / 2 + 0.14, z + 4, white)

    def _houses(self) -> None:
        edge = self._place.half_width + WALK_M
        for side in (-1, 1):
            if self._place.park and side * self._eye.yaw > 0:
                self._park(side, edge)
                continue
            row: list[tuple[float, float, Facade]] = []
            z = FRONT_M
            while z < _DEPTH_M:
                front = self._facade(self._rng.uniform(10, 18))
                row.append((z, front.width_m, front))
                z += front.width_m + self._rng.choice((0.0, 0.6, 1.5))
            for z, depth, house in reversed(row):
                end = self._facade(self._rng.uniform(12, 18), house.floors)
                self._hang(
                    end, (side * edge, z), (side * (edge + end.width_m), z), self._theme.shade if z > FRONT_M else 1.0
                )
                self._hang(house, (side * edge, z), (side * edge, z + depth), self._theme.shade if side > 0 else 0.92)
            x = edge + 17.0
            for _ in range(9):
                house = self._facade(self._rng.uniform(9, 18))
                self._hang(house, (side * x, FRONT_M), (side * (x + house.width_m), FRONT_M), 1.0)
                x += house.width_m + self._rng.choice((0.0, 0.8, 2.0))

    def _facade(self, width: float, floors: int | None = None) -> Facade:
        low, high = self._place.floors
        return Facade(self._rng, self._place, self._theme, width, floors or self._rng.randint(low, high))

    def _hang(self, front: Facade, a: tuple[float, float], b: tuple[float, float], factor: float) -> None:
        """Put a front upright between two points on the ground."""
        if min(self._eye.depth(*a), self._eye.depth(*b)) < 6:
            return
        if self._eye.project(a[0], 0, a[1])[0] > self._eye.project(b[0], 0, b[1])[0]:
            a, b = b, a
        top = front.height_m
        quad = [
            self._at((a[0], top, a[1])),
            self._at((b[0], top, b[1])),
            self._at((b[0], 0, b[1])),
            self._at((a[0], 0, a[1])),
        ]
        left, right = math.floor(min(p[0] for p in quad)), math.ceil(max(p[0] for p in quad)) + 1
        upper, lower = math.floor(min(p[1] for p in quad)), math.ceil(max(p[1] for p in quad)) + 1
        left, upper = max(0, left), max(0, upper)
        right, lower = min(self._size[0], right), min(self._size[1], lower)
        if right - left < 2 or lower - upper < 2:
            return
        nearest = min(self._eye.depth(*a), self._eye.depth(*b))
        picture = front.draw(FOCAL / nearest * self._scale, factor)
        w, h = picture.size
        source = [(0, 0), (w, 0), (w, h), (0, h)]
        moved = [(x - left, y - upper) for x, y in quad]
        picture = picture.transform(
            (right - left, lower - upper),
            Image.Transform.PERSPECTIVE,
            _coefficients(moved, source),
            Image.Resampling.BILINEAR,
        )
        depth = (self._eye.depth(*a) + self._eye.depth(*b)) / 2
        share = 1 - math.exp(-max(0.0, depth - 25) / 260)
        alpha = picture.getchannel("A")
        if share > 0.02:
            picture = Image.blend(picture, Image.new("RGBA", picture.size, (*self._theme.sky_low, 255)), share)
        self._image.paste(picture.convert("RGB"), (left, upper), alpha)

    def _park(self, side: int, edge: float) -> None:
        lawn = (104, 128, 72)
        self._flat(side * edge, FRONT_M - 0.5, side * 300, 300, lawn)
        self._flat(side * (edge + 6), FRONT_M + 8, side * 300, FRONT_M + 11, (190, 178, 152))
        spots = [(side * (edge + self._rng.uniform(2, 90)), FRONT_M + self._rng.uniform(1, 70)) for _ in range(46)]
        for x, z in sorted(spots, key=lambda p: -p[1]):
            self._tree(x, z, self._rng.uniform(5, 9))

    def _greenery(self) -> None:
        half = self._place.half_width
        spots = []
        z = FRONT_M + 4
        while z < 130:
            spots += [(-(half + 1.3), z), (half + 1.3, z)]
            z += self._place.tree_every
        spots += [
            (side * (half + 9 + n * self._place.tree_every), CROSS_FAR_M + 1.7) for n in range(8) for side in (-1, 1)
        ]
        for x, z in sorted(spots, key=lambda p: -self._eye.depth(*p)):
            size = self._rng.uniform(4.6, 6.6)
            self._tree(x, z, size)

    def _tree(self, x: float, z: float, height: float) -> None:
        rng, depth = self._rng, self._eye.depth(x, z)
        colours = [rng.choice(self._theme.trees) for _ in range(3)]
        leaves = [(rng.gauss(0, 0.46), rng.gauss(0, 0.4), rng.uniform(0.13, 0.3), rng.random()) for _ in range(70)]
        if depth < 8:
            return
        cx, base, unit = self._eye.project(x, 0, z)
        s = self._scale
        if not -200 < cx < PANORAMA[0] + 200:
            return
        shadow = self._pen
        trunk = self._haze(tinted((92, 74, 58), self._theme.light), depth)
        shadow.rectangle(
            ((cx - 0.12 * unit) * s, (base - height * 0.6 * unit) * s, (cx + 0.12 * unit) * s, base * s), fill=trunk
        )
        crown, middle = height * 0.3 * unit, base - height * 0.72 * unit
        leaves.sort(key=lambda leaf: -leaf[1])  # lower and darker first, sun from above
        for dx, dy, r, dice in leaves:
            tone = 0.78 + 0.3 * max(-1.0, min(1.0, -dy)) + 0.12 * dice
            colour = self._haze(tinted(colours[int(dice * 2.99)], self._theme.light, tone), depth)
            x0, y0, radius = (cx + dx * crown) * s, (middle + dy * crown) * s, r * crown * 1.5 * s
            self._pen.ellipse((x0 - radius, y0 - radius * 0.86, x0 + radius, y0 + radius * 0.86), fill=colour)

    def _furniture(self) -> None:
        half = self._place.half_width
        posts = [(side * (half + 0.7), FRONT_M + 14 + n * 26, side) for n in range(5) for side in (-1, 1)]
        for x, z, side in sorted(posts, key=lambda p: -p[1]):
            self._lamp(x, z, -side)
        for side in (-1, 1):
            for n in range(3):
                self._lamp(side * (half + 6 + n * 18), CROSS_FAR_M + 0.8, -side)
        for side in (-1, 1):
            self._signal(side * (half + 0.8), CROSS_FAR_M + 0.9, -side)

    def _pole(self, x: float, z: float, y0: float, y1: float, metres: float, colour: Colour) -> None:
        tone = self._haze(tinted(colour, self._theme.light), self._eye.depth(x, z))
        (ax, ay), (bx, by) = self._at((x, y0, z)), self._at((x, y1, z))
        reach = max(1.0, self._eye.project(x, 0, z)[2] * metres * self._scale) / 2
        self._pen.rectangle((min(ax, bx) - reach, min(ay, by), max(ax, bx) + reach, max(ay, by)), fill=tone)

    def _beam(self, x0: float, x1: float, y: float, z: float, metres: float, colour: Colour) -> None:
        tone = self._haze(tinted(colour, self._theme.light), self._eye.depth(x0, z))
        width = max(1, round(self._eye.project(x0, 0, z)[2] * metres * self._scale))
        self._pen.line((*self._at((x0, y, z)), *self._at((x1, y, z))), fill=tone, width=width)

    def _lamp(self, x: float, z: float, towards: int) -> None:
        self._pole(x, z, 0, 7.5, 0.14, (120, 124, 128))
        self._beam(x, x + towards * 1.8, 7.5, z, 0.12, (120, 124, 128))
        hx, hy = self._at((x + towards * 1.8, 7.42, z))
        unit = self._eye.project(x, 0, z)[2] * self._scale
        bulb = (255, 230, 180) if self._theme.glow else tinted((214, 216, 214), self._theme.light)
        self._pen.ellipse((hx - 0.45 * unit, hy - 0.12 * unit, hx + 0.45 * unit, hy + 0.14 * unit), fill=bulb)
        if self._theme.glow:
            self._lamps.append((hx, hy, 3.4 * unit, (150, 122, 82)))
            gx, gy = self._at((x + towards * 2.2, 0, z))
            self._lamps.append((gx, gy, 4.2 * unit, (74, 60, 40)))

    def _signal(self, x: float, z: float, towards: int) -> None:
        self._pole(x, z, 0, 6.0, 0.2, (96, 100, 104))
        reach = min(4.2, self._place.half_width)
        self._beam(x, x + towards * reach, 5.8, z, 0.16, (96, 100, 104))
        bx, by = self._at((x + towards * reach, 5.8, z))
        unit = self._eye.project(x, 0, z)[2] * self._scale
        self._pen.rectangle((bx - 0.75 * unit, by - 0.3 * unit, bx + 0.75 * unit, by + 0.3 * unit), fill=(34, 36, 38))
        for n, colour in enumerate(((92, 26, 24), (96, 74, 22), (58, 214, 132))):
            cx = bx + (n - 1) * 0.5 * unit
            self._pen.ellipse((cx - 0.2 * unit, by - 0.2 * unit, cx + 0.2 * unit, by + 0.2 * unit), fill=colour)

    def _glow(self) -> None:
        quarter = (self._size[0] // 4, self._size[1] // 4)
        layer = Image.new("RGB", quarter)
        for x, y, radius, colour in self._lamps:
            r = max(2, round(radius / 4))
            if r > 400:
                continue
            spot = Image.radial_gradient("L").resize((2 * r, 2 * r))
            strength = spot.point(lambda v: round((1 - min(1.0, v / 180)) ** 2 * 255))
            piece = Image.new("RGB", quarter)
            piece.paste(Image.new("RGB", (2 * r, 2 * r), colour), (round(x / 4) - r, round(y / 4) - r), strength)
            layer = ImageChops.add(layer, piece)
        self._image = ImageChops.screen(self._image, layer.resize(self._size, Image.Resampling.BILINEAR))

    def _finish(self) -> Image.Image:
        """Grain and wear, so that nothing is one flat tone, and the softness of a lens."""
        width, height = self._size
        wear = self._noise.random((height // 12 + 1, width // 12 + 1), np.float32)
        rough = np.asarray(Image.fromarray(wear).resize((width, height), Image.Resampling.BILINEAR))
        fine = self._noise.random((height, width), np.float32)
        factor = 1.0 + (rough - 0.5) * 0.07 + (fine - 0.5) * 0.045
        pixels = np.asarray(self._image.filter(ImageFilter.BoxBlur(0.4 * self._scale)), np.float32)
        return Image.fromarray((pixels * factor[:, :, None]).clip(0, 255).astype(np.uint8))


def _coefficients(quad: list[tuple[float, float]], source: list[tuple[int, int]]) -> list[float]:
    """The eight numbers of PIL's perspective transform that takes `quad` back to `source`."""
    rows, right = [], []
    for (x, y), (u, v) in zip(quad, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return [float(c) for c in np.linalg.solve(np.array(rows, float), np.array(right, float))]
