"""Sun, clouds, hills, trees and the foreground that all pictures share."""

from math import pi, sin

from PIL import Image

from home.demo.picture_pen import HEIGHT, WIDTH, Colour, Pen, Point, mix

BILINEAR = Image.Resampling.BILINEAR

GROUND = 652
"""Height, in pixels from the top, of the ground that rides stand on."""


def paint_backdrop(pen: Pen) -> None:
    """Paint sun or moon, clouds and the hills up to where the ride stands."""
    _paint_sun(pen)
    _paint_clouds(pen)
    palette = pen.palette
    jagged = pen.rng.random() < 0.5
    _paint_ridge(pen, 430, 95 if jagged else 70, palette.far, jagged=jagged)
    _paint_ridge(pen, 500, 50, mix(palette.far, palette.near, 0.3))
    paint_mist(pen, 470, 640)
    tone = mix(palette.far, palette.near, 0.62)
    _paint_woods(pen, _paint_ridge(pen, 575, 34, tone), tone)
    _paint_ridge(pen, GROUND - 16, 7, palette.near)


def paint_foreground(pen: Pen, *, trees: bool = True) -> None:
    """Paint the dark front of the picture, its trees, lamps and visitors."""
    colour, rng = pen.palette.front, pen.rng
    ridge = _paint_ridge(pen, 735, 12, colour)
    for x, y in ridge[::2]:
        pen.oval(x, y + 4, rng.uniform(22, 44), rng.uniform(8, 17), colour)
    if trees:
        for side in (-1, 1):
            _frame_with_trees(pen, side, colour)
    for x in (300, 520, 740, 960):
        _lamp(pen, x + rng.uniform(-30, 30), 738)
    for _ in range(rng.randint(4, 7)):
        _visitors(pen, rng.uniform(250, 950), 738)


def paint_mist(pen: Pen, top: int, bottom: int) -> None:
    """Fade what has been drawn so far into the horizon, more so towards `bottom`."""
    x0, y0 = (round(v) for v in pen.at(0, top))
    x1, y1 = (round(v) for v in pen.at(WIDTH, bottom))
    column = Image.linear_gradient("L").resize((1, y1 - y0)).point(_half)
    mask = column.resize((x1 - x0, y1 - y0), Image.Resampling.NEAREST)
    pen.image.paste(pen.palette.horizon, (x0, y0, x1, y1), mask)


def _half(value: int) -> float:
    return value * 0.55


def _paint_sun(pen: Pen) -> None:
    palette, rng = pen.palette, pen.rng
    if sum(palette.sky) < 150:
        for _ in range(90):
            star = mix(palette.sky, palette.sun, rng.uniform(0.3, 0.9))
            spot = rng.uniform(0, WIDTH), 400 * rng.random() ** 1.6
            pen.disc(*spot, rng.uniform(0.7, 1.9), star)
    x, y, radius = rng.uniform(760, 1060), rng.uniform(110, 270), rng.uniform(38, 62)
    if palette.is_dark and sum(palette.sky) > 150:
        y, radius = y + 120, radius * 1.5
    _glow(pen, x, y, radius * 4, palette.sun)
    pen.disc(x, y, radius, palette.sun)


def _glow(pen: Pen, x: float, y: float, radius: float, colour: Colour) -> None:
    # The gradient reaches 181 at the middle of each side and only then fills corners.
    halo = Image.radial_gradient("L").point(lambda v: 125 * max(0, 1 - v / 178) ** 1.7)
    side = round(radius * 2 * pen.scale)
    left, top = (round(v) for v in pen.at(x - radius, y - radius))
    pen.image.paste(colour, (left, top), halo.resize((side, side), BILINEAR))


def _paint_clouds(pen: Pen) -> None:
    palette, rng = pen.palette, pen.rng
    for _ in range(rng.randint(3, 5)):
        x, y = rng.uniform(-40, WIDTH - 60), rng.uniform(60, 330)
        behind = mix(palette.sky, palette.horizon, min(1, y / 550))
        towards = palette.horizon if palette.is_dark else palette.pale
        colour = mix(behind, towards, 0.3 if palette.is_dark else 0.6)
        wide = rng.uniform(110, 220)
        for row, share in enumerate((0.45, 0.8, 1.0)):
            left = x + wide * (1 - share) * rng.uniform(0.3, 0.8)
            bottom = y + row * 12
            pen.pill(left, bottom, left + wide * share, bottom + 15, colour)


def _paint_ridge(
    pen: Pen, level: float, rise: float, colour: Colour, *, jagged: bool = False
) -> list[Point]:
    """Fill everything below a skyline and return the skyline."""
    waves = [
        (share, pace, pen.rng.uniform(0, 2 * pi))
        for share, pace in ((0.6, 0.0042), (0.3, 0.0091), (0.1, 0.019))
    ]
    skyline: list[Point] = []
    for x in range(-12, WIDTH + 24, 12):
        swell = sum(share * sin(x * pace + phase) for share, pace, phase in waves)
        skyline.append((x, level - rise * swell))
    if jagged:
        skyline = _peaks(pen, level, rise)
    pen.polygon([*skyline, (WIDTH + 24, HEIGHT), (-24, HEIGHT)], colour)
    return skyline


def _peaks(pen: Pen, level: float, rise: float) -> list[Point]:
    skyline: list[Point] = [(-140, level + rise * 0.4)]
    x = -60.0
    while x < WIDTH + 120:
        skyline.append((x, level - rise * pen.rng.uniform(0.5, 1.15)))
        x += pen.rng.uniform(60, 120)
        skyline.append((x, level + rise * pen.rng.uniform(-0.25, 0.25)))
        x += pen.rng.uniform(50, 110)
    return skyline


def _paint_woods(pen: Pen, ridge: list[Point], tone: Colour) -> None:
    colour = mix(tone, pen.palette.near, 0.35)
    phase = pen.rng.uniform(0, 6)
    for x, y in ridge:
        if sin(x * 0.013 + phase) > -0.2:
            paint_pine(pen, x + pen.rng.uniform(-6, 6), y + 8, 22, 50, colour)
    pen.polygon([(x, y + 5) for x, y in ridge] + [(WIDTH, HEIGHT), (0, HEIGHT)], colour)


def paint_pine(
    pen: Pen, x: float, y: float, low: float, high: float, colour: Colour
) -> None:
    """A pine between `low` and `high` pixels tall whose foot is at (x, y)."""
    tall = pen.rng.uniform(low, high)
    pen.box(x - tall * 0.03, y - tall * 0.2, x + tall * 0.03, y, colour)
    for foot, top, half in ((0.12, 0.58, 0.24), (0.36, 0.8, 0.18), (0.6, 1.0, 0.12)):
        left, right = (
            (x - tall * half, y - tall * foot),
            (x + tall * half, y - tall * foot),
        )
        pen.polygon([left, (x, y - tall * top), right], colour)


def paint_round_tree(pen: Pen, x: float, y: float, tall: float, colour: Colour) -> None:
    """A broad tree of that height whose foot is at (x, y)."""
    pen.box(x - tall * 0.035, y - tall * 0.5, x + tall * 0.035, y, colour)
    pen.disc(x, y - tall * 0.72, tall * 0.27, colour)
    pen.disc(x - tall * 0.2, y - tall * 0.55, tall * 0.2, colour)
    pen.disc(x + tall * 0.21, y - tall * 0.52, tall * 0.19, colour)


def _frame_with_trees(pen: Pen, side: int, colour: Colour) -> None:
    rng = pen.rng
    edge = WIDTH if side > 0 else 0
    for place in range(rng.randint(2, 4)):
        x = edge - side * (10 + place * rng.uniform(48, 66))
        if rng.random() < 0.6:
            paint_pine(pen, x, 760, 190 - place * 38, 270 - place * 45, colour)
        else:
            paint_round_tree(pen, x, 760, rng.uniform(130, 190) - place * 22, colour)


def _lamp(pen: Pen, x: float, y: float) -> None:
    colour = pen.palette.front
    if pen.palette.is_dark:
        _glow(pen, x, y - 78, 44, pen.palette.light)
    pen.box(x - 1.6, y - 72, x + 1.6, y, colour)
    pen.box(x - 5, y - 73, x + 5, y - 71, colour)
    pen.disc(x, y - 78, 6, pen.palette.light if pen.palette.is_dark else colour)


def _visitors(pen: Pen, x: float, y: float) -> None:
    colour = pen.palette.front
    for _ in range(pen.rng.randint(1, 3)):
        tall = pen.rng.uniform(19, 31)
        half = tall * 0.16
        pen.pill(x - half, y - tall * 0.74, x + half, y, colour)
        pen.disc(x, y - tall * 0.88, tall * 0.15, colour)
        x += pen.rng.uniform(9, 14)
