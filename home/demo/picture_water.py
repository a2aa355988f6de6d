"""Water rides and slides. The pen's origin is the middle of the shore."""

from itertools import pairwise
from math import cos, pi, sin

from home.demo.picture_pen import WIDTH, Colour, Pen, Point, mix


def draw_log_flume(pen: Pen) -> None:
    """A flume that drops into a lake, with the boat throwing up its splash."""
    palette, colour = pen.palette, pen.accent()
    timber = mix((178, 132, 92), palette.near, 0.4)
    trough = mix(palette.pale, palette.sky, 0.25)
    top, foot = (-190.0, -400.0), (120.0, -14.0)
    run = [(-700.0, -360.0), (-420.0, -372.0), (-330.0, -396.0), top]
    _trestle(pen, [*run, foot], timber)
    for low, ink in ((14, mix(timber, palette.front, 0.4)), (4, trough)):
        line = [(x, y + low) for x, y in (*run, (-150, -384), foot)]
        pen.line(line, ink, 15)
    pen.box(-440, -470, -434, -378, timber)
    pen.box(-316, -480, -310, -390, timber)
    pen.polygon([(-470, -460), (-375, -520), (-280, -460)], colour)
    paint_water(pen, -22)
    _splash(pen, 196, -20)
    _boat(pen.placed(196, -26), colour)


def _trestle(pen: Pen, line: list[Point], timber: Colour) -> None:
    for (x0, y0), (x1, y1) in pairwise(line):
        count = max(1, round((x1 - x0) / 46))
        for number in range(count):
            x = x0 + (x1 - x0) * number / count
            y = y0 + (y1 - y0) * number / count
            for side in (-1, 1):
                pen.line([(x, y + 10), (x + side * 14, 4)], timber, 4)
            for level in range(-50, int(y) + 20, -70):
                pen.box(x - 14, level - 2, x + 14, level + 2, timber)


def paint_water(pen: Pen, y: float) -> None:
    """A lake from y downwards with the sky lying in it."""
    palette = pen.palette
    blue = mix(palette.sky, palette.near, 0.4)
    pen.box(-WIDTH, y, WIDTH, 160, blue)
    pen.box(-WIDTH, y, WIDTH, y + 5, mix(blue, palette.horizon, 0.55))
    for row in range(6):
        for _ in range(6):
            wide = pen.rng.uniform(20, 60) * (1 + row * 0.25)
            x = pen.rng.uniform(-640, 620)
            level = y + 14 + row * 15
            ripple = mix(blue, palette.horizon, 0.2 + 0.06 * row)
            pen.pill(x, level, x + wide, level + 3, ripple)


def _splash(pen: Pen, x: float, y: float) -> None:
    foam = mix(pen.palette.pale, pen.palette.sky, 0.12)
    for ink, size in ((mix(foam, pen.palette.sky, 0.4), 1.25), (foam, 1.0)):
        for side in (-1, 1):
            for plume in range(7):
                reach = (30 + plume * 17) * size
                up = (118 - plume * 13) * size * (0.8 if side < 0 else 1)
                tip = (x + side * (reach + 26), y - up)
                pen.polygon([(x, y + 14), tip, (x + side * (reach + 64), y + 14)], ink)
                pen.disc(*tip, 9 * size - plume * 0.6, ink)
    for _ in range(26):
        angle, far = pen.rng.uniform(0.15, pi - 0.15), pen.rng.uniform(110, 190)
        drop = (x + cos(angle) * far * 1.1, y - sin(angle) * far)
        pen.disc(*drop, pen.rng.uniform(2, 5), foam)
    pen.oval(x, y + 16, 190, 12, foam)


def _boat(pen: Pen, colour: Colour) -> None:
    palette = pen.palette
    for seat in range(4):
        x = -58 + seat * 34
        pen.pill(x - 9, -46, x + 9, 0, palette.front)
        pen.disc(x, -52, 9, mix(palette.front, palette.pale, 0.12))
        for side in (-1, 1):
            pen.line([(x, -34), (x + side * 15, -60)], palette.front, 5)
    hull = [(-94, -26), (92, -26), (118, -40), (104, 8), (84, 22), (-78, 22)]
    pen.polygon(hull, colour)
    pen.line([(-90, -8), (106, -8)], mix(colour, palette.front, 0.4), 5)


def draw_water_slides(pen: Pen) -> None:
    """A tower from which bright slides wind down to a pool."""
    palette = pen.palette
    frame = mix(palette.near, palette.front, 0.3)
    shade = mix(palette.far, palette.near, 0.8)
    for level in range(0, 380, 76):
        pen.line([(-40, -level), (40, -level - 76)], shade, 4)
        pen.line([(40, -level), (-40, -level - 76)], shade, 4)
        pen.box(-48, -level - 80, 48, -level - 74, frame)
    for x in (-44, 38):
        pen.box(x, -390, x + 6, 4, frame)
    for number, (side, reach, start) in enumerate(
        ((-1, 300, 372), (1, 330, 340), (-1, 170, 250), (1, 190, 230))
    ):
        _slide(pen, side * reach, start, palette.accents[number % 3])
    pen.box(-66, -400, 66, -384, frame)
    pen.polygon([(-84, -440), (0, -500), (84, -440)], pen.accent())
    for x in (-58, 54):
        pen.box(x, -444, x + 4, -392, frame)


def _slide(pen: Pen, reach: float, start: float, colour: Colour) -> None:
    inside = mix(colour, pen.palette.pale, 0.4)
    line = []
    for step in range(61):
        share = step / 60
        bend = sin(share * 3 * pi) * reach * 0.24
        line.append((reach * share + bend, -start * (1 - share) ** 1.25 - 6))
    for x, y in line[14:-6:14]:
        pen.box(x - 2.5, y, x + 2.5, 4, mix(pen.palette.near, pen.palette.pale, 0.4))
    pen.line([(x, y + 5) for x, y in line], mix(colour, pen.palette.front, 0.3), 20)
    pen.line(line, colour, 18)
    pen.line([(x, y - 3) for x, y in line], inside, 6)


def draw_pool(pen: Pen) -> None:
    """A pool on the ground with parasols, rings and a palm at each end."""
    palette = pen.palette
    stone = mix(palette.pale, palette.near, 0.25)
    blue = mix((64, 178, 205), palette.sky, 0.35)
    pen.oval(0, 34, 560, 52, stone)
    pen.oval(0, 32, 540, 43, blue)
    for _ in range(22):
        x, y = pen.rng.uniform(-420, 400), pen.rng.uniform(8, 62)
        pen.pill(x, y, x + pen.rng.uniform(20, 60), y + 3, mix(blue, stone, 0.4))
    for number, x in enumerate((-300, -60, 130, 330)):
        y = 30 + (number % 2) * 16
        pen.oval(x, y, 19, 8, palette.accents[number % 3])
        pen.oval(x, y - 1, 9, 3.5, blue)
        pen.disc(x, y - 9, 6, palette.front)
    for number, x in enumerate((-500, -420, 430, 510)):
        _parasol(pen.placed(x, 30), palette.accents[number % 3])
    for x in (-565, 580, -455):
        draw_palm(pen.placed(x, 20), pen.rng.uniform(140, 210))


def _parasol(pen: Pen, colour: Colour) -> None:
    palette = pen.palette
    pen.box(-1.5, -56, 1.5, 8, palette.pale)
    pen.polygon([(-40, -42), (-20, -58), (0, -64), (20, -58), (40, -42)], colour)
    pen.polygon([(-14, -42), (0, -64), (14, -42)], palette.pale)
    pen.line([(12, 8), (40, 4), (56, -8)], palette.pale, 4)


def draw_palm(pen: Pen, tall: float) -> None:
    """A palm of that height, leaning a little."""
    colour = mix(pen.palette.near, pen.palette.front, 0.7)
    lean = pen.rng.uniform(-26, 26)
    pen.polygon([(-6, 8), (lean - 3, -tall), (lean + 3, -tall), (6, 8)], colour)
    for side, up in ((-1, 30), (1, 30), (-1, 4), (1, 4), (-0.6, 48), (0.6, 48)):
        tip = (lean + side * 62, -tall - up + 34)
        knee = (lean + side * 34, -tall - up)
        pen.polygon([(lean, -tall + 4), knee, tip, (knee[0], knee[1] + 13)], colour)
