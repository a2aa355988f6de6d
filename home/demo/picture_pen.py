"""The pen and the palettes the demo's pictures are drawn with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

Point = tuple[float, float]
Colour = tuple[int, int, int]

WIDTH, HEIGHT = 1200, 800
# Everything is drawn twice as large and reduced, which smooths the edges.
OVERSAMPLING = 2
QUALITY = 82


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one hour of the day; hills run from `far` to `near` to `front`."""

    sky: Colour
    horizon: Colour
    sun: Colour
    far: Colour
    near: Colour
    front: Colour
    pale: Colour
    light: Colour
    accents: tuple[Colour, ...]
    is_dark: bool = False


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """The colour `share` (0 to 1) of the way from one to the other."""
    red, green, blue = (
        round(a + (b - a) * share) for a, b in zip(one, other, strict=True)
    )
    return red, green, blue


def _palette(colours: str, accents: str, *, is_dark: bool = False) -> Palette:
    sky, horizon, sun, far, near, front, pale, light = _read(colours)
    return Palette(
        *(sky, horizon, sun, far, near, front, pale, light),
        accents=_read(accents),
        is_dark=is_dark,
    )


def _read(colours: str) -> tuple[Colour, ...]:
    return tuple(_read_one(name) for name in colours.split())


def _read_one(name: str) -> Colour:
    red, green, blue = bytes.fromhex(name)
    return red, green, blue


# sky horizon sun far near front pale light, then the accents
PALETTES = (
    # dawn, rosy and then misty
    _palette(
        "7c9cc4 fcd8b9 fff3d6 dcb3ae 75587f 35304f fbf0e3 ffd98a",
        "d8483f e9963e 2f7f86",
    ),
    _palette(
        "9cc3c4 f8e6cc fff8e6 b9cdc4 4f7f80 1f4450 fdf6ea ffdf9c",
        "d95d39 e0a030 35608a",
    ),
    # day, clear and then high summer
    _palette(
        "3f97cc d9f0ea fffbe6 a5d2d2 3f8d7c 17505a ffffff ffe08a",
        "e2463f f4b63f 2b5c9b",
    ),
    _palette(
        "5fb4c9 fbf0d0 fffdf0 bcd9b4 5b9a5c 22503f fffaf0 ffe08a",
        "d6402f ee9b2d 2a6f97",
    ),
    # dusk, violet and then ember
    _palette(
        "41306b f79a68 ffdf94 c4687f 5a2f63 251a3c ffe3c2 ffd06b",
        "ffb14e f25c5c 49b6b0",
        is_dark=True,
    ),
    _palette(
        "7a3d63 ffc07a fff0b8 dd7b62 6d2f4f 2c1630 ffe9cb ffd778",
        "ffc857 e9503f 3f9a9c",
        is_dark=True,
    ),
    # night, blue and then green
    _palette(
        "0c1538 46699a f6f2de 35548a 182a55 0a1430 cfdcee ffd873",
        "f2637e ffc65c 57c2d6",
        is_dark=True,
    ),
    _palette(
        "0c2233 3f8588 f3f4df 2f6470 143a48 081c28 cfe6e0 ffdb7d",
        "ff7f5c f9c74f 7cc6e8",
        is_dark=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws in its own frame: x and y in units of `scale` from `origin`, y downwards.

    `haze` is how much of the horizon's colour distance mixes into what is drawn.
    """

    image: Image.Image
    draw: ImageDraw.ImageDraw
    palette: Palette
    rng: Random
    origin: Point = (0, 0)
    scale: float = OVERSAMPLING
    haze: float = 0

    @classmethod
    def under_open_sky(cls, palette: Palette, rng: Random) -> "Pen":
        """A pen over the whole picture, which is nothing but sky so far."""
        image = _sky(palette)
        return cls(image, ImageDraw.Draw(image), palette, rng)

    def placed(self, x: float, y: float, scale: float = 1, haze: float = 0) -> "Pen":
        """A pen whose frame begins at (x, y) of this one's."""
        return replace(
            self,
            origin=self.at(x, y),
            scale=self.scale * scale,
            haze=haze or self.haze,
        )

    def at(self, x: float, y: float) -> Point:
        return self.origin[0] + x * self.scale, self.origin[1] + y * self.scale

    def ink(self, colour: Colour) -> Colour:
        return mix(colour, self.palette.horizon, self.haze) if self.haze else colour

    def accent(self) -> Colour:
        return self.rng.choice(self.palette.accents)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        self.draw.polygon([self.at(*point) for point in points], self.ink(colour))

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        pixels = max(2, round(width * self.scale))
        drawn = [self.at(*point) for point in points]
        self.draw.line(drawn, self.ink(colour), pixels)

    def box(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        self.draw.rectangle((self.at(x0, y0), self.at(x1, y1)), self.ink(colour))

    def pill(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        corners = (self.at(x0, y0), self.at(x1, y1))
        radius = min(x1 - x0, y1 - y0) / 2 * self.scale
        self.draw.rounded_rectangle(corners, radius, self.ink(colour))

    def oval(
        self, x: float, y: float, across: float, up: float, colour: Colour
    ) -> None:
        """An ellipse by its centre and its two radii."""
        corners = (self.at(x - across, y - up), self.at(x + across, y + up))
        self.draw.ellipse(corners, self.ink(colour))

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self.oval(x, y, radius, radius, colour)

    def ring(
        self, x: float, y: float, radius: float, colour: Colour, width: float
    ) -> None:
        corners = (self.at(x - radius, y - radius), self.at(x + radius, y + radius))
        pixels = max(2, round(width * self.scale))
        self.draw.ellipse(corners, outline=self.ink(colour), width=pixels)

    def jpeg(self) -> bytes:
        """The finished picture at its proper size, facing left or right by chance."""
        finished = self.image.reduce(OVERSAMPLING)
        if self.rng.random() < 0.5:
            finished = finished.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        file = BytesIO()
        finished.save(file, "JPEG", quality=QUALITY)
        return file.getvalue()


def _sky(palette: Palette) -> Image.Image:
    column = Image.new("RGB", (1, 64))
    for y in range(64):
        column.putpixel((0, y), mix(palette.sky, palette.horizon, min(1, y / 44)))
    width, height = WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING
    smooth = column.resize((1, height), Image.Resampling.BICUBIC)
    # All pixels of a row are the same, so the quickest way to widen it is exact.
    return smooth.resize((width, height), Image.Resampling.NEAREST)
