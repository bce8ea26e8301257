"""Fronts of buildings, drawn flat; street.py hangs them into the perspective."""

import random

from PIL import Image, ImageDraw

from .fonts import font
from .themes import Colour, Place, Theme

FLOOR_M = 3.3
_SHOP_M = 4.2
_SIGNS = (
    "약국", "편의점", "커피", "분식", "안경", "미용실", "치과", "은행", "서점", "꽃집", "빵집", "부동산", "세탁",
    "국수", "문구", "철물", "사진관", "한의원", "태권도", "피아노", "정육점", "떡집", "치킨", "노래방", "김밥",
    "우체국", "헬스", "수학학원",
)  # fmt: skip
_SIGN_COLOURS: tuple[Colour, ...] = (
    (184, 46, 44),
    (28, 96, 164),
    (34, 124, 78),
    (226, 160, 36),
    (242, 240, 234),
    (92, 58, 132),
    (40, 44, 52),
    (214, 96, 40),
)
_LAMP: tuple[Colour, ...] = ((255, 222, 160), (255, 236, 196), (236, 240, 246), (255, 206, 130))


def tinted(colour: Colour, light: tuple[float, float, float], factor: float = 1.0) -> Colour:
    r, g, b = (max(0, min(255, round(c * part * factor))) for c, part in zip(colour, light, strict=True))
    return r, g, b


class Facade:
    """One front. `draw` always takes the same dice whatever the size in pixels, so that each size shows one house."""

    def __init__(self, rng: random.Random, place: Place, theme: Theme, width_m: float, floors: int) -> None:
        self.width_m = width_m
        self.floors = floors
        self.height_m = floors * FLOOR_M + (1.0 if place.shops else 0.4) + 0.9
        self._theme = theme
        self._shops = place.shops
        self._style = rng.choice(place.styles)
        self._wall = rng.choice(place.walls)
        self._seed = rng.random()

    def draw(self, px_per_m: float, factor: float) -> Image.Image:
        """RGBA at about `px_per_m`; `factor` darkens the wall (a side in the shade)."""
        rng = random.Random(self._seed)  # noqa: S311 - scenery
        k = max(2.0, px_per_m)
        width, height = max(8, round(self.width_m * k)), max(8, round(self.height_m * k))
        light = self._theme.light
        wall = tinted(self._wall, light, factor)
        image = Image.new("RGBA", (width, height), (*wall, 255))
        pen = ImageDraw.Draw(image)
        for band in range(8):  # a wall is never one even tone
            tone = tinted(self._wall, light, factor * (0.95 + 0.07 * band / 8))
            pen.rectangle((0, height * band // 8, width, height), fill=tone)
        pen.rectangle((0, 0, width, 0.5 * k), fill=tinted(self._wall, light, factor * 0.82))
        pen.rectangle((0, 0.5 * k, width, 0.62 * k), fill=tinted(self._wall, light, factor * 0.6))
        base = _SHOP_M if self._shops else FLOOR_M
        first = 1
        for floor in range(first, self.floors):
            bottom = height - (base + (floor - 1) * FLOOR_M) * k
            self._row(pen, rng, width, bottom, k, factor)
        if self._shops:
            self._shop_fronts(pen, rng, width, height, k, factor)
        else:
            self._entrance(pen, rng, width, height, k, factor)
        return image

    def _glass(self, rng: random.Random, factor: float) -> Colour:
        lamp, which, tone = rng.random(), rng.choice(_LAMP), rng.uniform(0.75, 1.1)
        if lamp < self._theme.lit:
            return tinted(which, (1.0, 1.0, 1.0), 0.72 + 0.25 * tone - 0.2)
        sky = self._theme.sky_low
        day = (70 + sky[0] // 4, 84 + sky[1] // 4, 98 + sky[2] // 4)
        return tinted(day, self._theme.light, tone * (0.55 + factor * 0.4))

    def _row(
        self, pen: ImageDraw.ImageDraw, rng: random.Random, width: int, bottom: float, k: float, factor: float
    ) -> None:
        top = bottom - FLOOR_M * k
        frame = tinted(self._wall, self._theme.light, factor * 0.66)
        if self._style == "glass":
            count = max(2, round(self.width_m / 1.6))
            for i in range(count):
                x0, x1 = width * i / count, width * (i + 1) / count
                pen.rectangle(
                    (x0 + 0.06 * k, top + 0.12 * k, x1 - 0.06 * k, bottom - 0.1 * k), fill=self._glass(rng, factor)
                )
            pen.rectangle((0, bottom - 0.5 * k, width, bottom - 0.1 * k), fill=frame)
        elif self._style == "ribbon":
            count = max(2, round(self.width_m / 2.2))
            pen.rectangle((0.5 * k, top + 0.8 * k, width - 0.5 * k, bottom - 0.75 * k), fill=frame)
            for i in range(count):
                x0 = 0.5 * k + (width - k) * i / count
                x1 = 0.5 * k + (width - k) * (i + 1) / count
                pen.rectangle(
                    (x0 + 0.05 * k, top + 0.86 * k, x1 - 0.05 * k, bottom - 0.82 * k), fill=self._glass(rng, factor)
                )
        else:
            count = max(1, round(self.width_m / (2.6 if self._style == "punched" else 3.6)))
            wide = 0.62 if self._style == "punched" else 0.7
            for i in range(count):
                cell = width / count
                x0, x1 = cell * (i + (1 - wide) / 2), cell * (i + (1 + wide) / 2)
                y0, y1 = top + 0.85 * k, bottom - (0.85 if self._style == "punched" else 0.6) * k
                pen.rectangle((x0 - 0.1 * k, y0 - 0.1 * k, x1 + 0.1 * k, y1 + 0.1 * k), fill=frame)
                pen.rectangle((x0, y0, x1, y1), fill=self._glass(rng, factor))
                pen.rectangle(((x0 + x1) / 2 - 0.04 * k, y0, (x0 + x1) / 2 + 0.04 * k, y1), fill=frame)
                if self._style == "villa":
                    rail = tinted((226, 222, 214), self._theme.light, factor * 0.9)
                    pen.rectangle((x0 - 0.2 * k, y1 - 0.5 * k, x1 + 0.2 * k, y1 + 0.15 * k), fill=rail)
                    pen.rectangle((x0 - 0.2 * k, y1 - 0.5 * k, x1 + 0.2 * k, y1 - 0.42 * k), fill=frame)
                if rng.random() < 0.22:  # the outdoor unit of an air conditioner
                    unit = tinted((210, 212, 212), self._theme.light, factor)
                    pen.rectangle((x1 + 0.15 * k, y1 - 0.35 * k, x1 + 0.85 * k, y1 + 0.2 * k), fill=unit)

    def _shop_fronts(
        self, pen: ImageDraw.ImageDraw, rng: random.Random, width: int, height: int, k: float, factor: float
    ) -> None:
        top = height - _SHOP_M * k
        pen.rectangle((0, top, width, height), fill=tinted((72, 70, 70), self._theme.light, factor))
        count = max(1, round(self.width_m / 5.5))
        bright = 0.95 if self._theme.glow else factor * 0.95
        sign_light = (1.0, 1.0, 1.0) if self._theme.glow else self._theme.light
        for i in range(count):
            x0, x1 = width * i / count + 0.15 * k, width * (i + 1) / count - 0.15 * k
            sign, colour, text = (x0, top + 0.12 * k, x1, top + 1.25 * k), rng.choice(_SIGN_COLOURS), rng.choice(_SIGNS)
            window = rng.choice(_LAMP) if self._theme.glow else (150, 164, 172)
            inside = sign_light if self._theme.glow else self._theme.light
            dim = rng.uniform(0.7, 0.95)
            pen.rectangle(
                (x0 + 0.1 * k, top + 1.4 * k, x1 - 0.1 * k, height - 0.25 * k),
                fill=tinted(window, inside, dim * bright),
            )
            for part in range(1, 4):
                x = x0 + (x1 - x0) * part / 4
                pen.rectangle(
                    (x - 0.05 * k, top + 1.4 * k, x + 0.05 * k, height), fill=tinted((60, 60, 62), self._theme.light)
                )
            goods = tinted((96, 84, 74), self._theme.light, factor)
            for part in range(5):
                h = rng.uniform(0.3, 1.3)
                x = x0 + 0.3 * k + (x1 - x0 - 0.8 * k) * part / 5
                pen.rectangle((x, height - (0.3 + h) * k, x + 0.5 * k, height - 0.25 * k), fill=goods)
            pen.rectangle(sign, fill=tinted(colour, sign_light, bright))
            ink = (40, 40, 44) if sum(colour) > 520 else (250, 248, 240)
            size = round(0.85 * k)
            if size >= 5:
                pen.text(
                    ((x0 + x1) / 2, top + 0.68 * k),
                    text,
                    font=font(size, bold=True),
                    fill=tinted(ink, sign_light, bright),
                    anchor="mm",
                )
            if rng.random() < 0.4:
                awning, edge = rng.choice(_SIGN_COLOURS), top + 1.3 * k
                stripes = 8
                for n in range(stripes):
                    a, b = x0 + (x1 - x0) * n / stripes, x0 + (x1 - x0) * (n + 1) / stripes
                    tone = awning if n % 2 else (240, 238, 232)
                    pen.rectangle((a, edge, b, edge + 0.5 * k), fill=tinted(tone, self._theme.light, factor * 0.95))
        if self.floors > 2 and rng.random() < 0.8:  # the upright sign of whoever rents the upper floors
            text, colour = rng.choice(_SIGNS), rng.choice(_SIGN_COLOURS)
            x, y0 = width - 1.3 * k, top - 0.4 * k - len(text) * 1.1 * k
            pen.rectangle((x, y0, x + 1.15 * k, top - 0.3 * k), fill=tinted(colour, sign_light, bright))
            ink = (40, 40, 44) if sum(colour) > 520 else (250, 248, 240)
            if k > 6:
                for n, letter in enumerate(text):
                    place = (x + 0.57 * k, y0 + (0.6 + n * 1.1) * k)
                    pen.text(
                        place,
                        letter,
                        font=font(round(0.85 * k), bold=True),
                        fill=tinted(ink, sign_light, bright),
                        anchor="mm",
                    )

    def _entrance(
        self, pen: ImageDraw.ImageDraw, rng: random.Random, width: int, height: int, k: float, factor: float
    ) -> None:
        top = height - FLOOR_M * k
        stone = tinted((138, 132, 126), self._theme.light, factor)
        pen.rectangle((0, top, width, height), fill=stone)
        bays = max(1, round(self.width_m / 3.0))
        for i in range(bays):  # parking under the house, with one door
            x0, x1 = width * i / bays + 0.25 * k, width * (i + 1) / bays - 0.25 * k
            dark = (58, 56, 56) if i else (116, 74, 48)
            pen.rectangle(
                (x0, top + 0.6 * k, x1, height), fill=tinted(dark, self._theme.light, factor * rng.uniform(0.8, 1.0))
            )
        if self._theme.glow:
            pen.rectangle((0.3 * k, top + 0.15 * k, 1.2 * k, top + 0.35 * k), fill=(255, 232, 186))
