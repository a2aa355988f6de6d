"""Trains that carry visitors. The pen's origin is the middle of the ground."""

from math import cos, pi, sin

from home.demo.picture_pen import Colour, Pen, Point, mix


def draw_steam_train(pen: Pen) -> None:
    """A train on an arched viaduct, its smoke drifting back."""
    palette, colour = pen.palette, pen.accent()
    stone = mix(palette.near, palette.pale, 0.36)
    shade = mix(stone, palette.near, 0.5)
    _viaduct(pen, stone, shade)
    deck = pen.placed(0, -186)
    for puff in range(11):
        share = puff / 10
        smoke = mix(palette.pale, palette.horizon, 0.25 + share * 0.55)
        x, y = 180 - share * 470, -112 - share * 90 + sin(puff * 1.7) * 9
        deck.disc(x, y, 13 + share * 38, smoke)
    for car in range(4):
        _carriage(deck.placed(-440 + car * 138, 0), palette.accents[1 - car % 2])
    _locomotive(deck.placed(116, 0), colour)


def _viaduct(pen: Pen, stone: Colour, shade: Colour) -> None:
    span, pier, deck = 150, 34, -176
    pen.box(-700, deck, 700, deck + 30, stone)
    pen.box(-700, deck - 8, 700, deck, shade)
    for number in range(-5, 6):
        x = number * span
        pen.box(x - pier / 2, deck, x + pier / 2, 10, stone)
        pen.box(x + pier / 2 - 8, deck + 70, x + pier / 2, 10, shade)
        for side in (-1, 1):
            edge, crown = x + side * pier / 2, x + side * span / 2
            curve = [
                (
                    crown - side * sin(t * pi / 12) * (span - pier) / 2,
                    deck + 24 + (1 - cos(t * pi / 12)) * 58,
                )
                for t in range(7)
            ]
            pen.polygon([(edge, deck), (crown, deck), *curve], stone)


def _carriage(pen: Pen, colour: Colour) -> None:
    palette = pen.palette
    pen.pill(-66, -76, 62, -58, palette.front)
    pen.box(-60, -66, 56, -14, colour)
    for window in range(4):
        x = -50 + window * 27
        pen.box(x, -58, x + 19, -36, palette.light)
    pen.box(-66, -16, 72, -10, palette.front)
    for x in (-40, -20, 18, 38):
        pen.disc(x, -9, 9, palette.front)


def _locomotive(pen: Pen, colour: Colour) -> None:
    palette = pen.palette
    dark = palette.front
    pen.box(-62, -92, -10, -16, colour)
    pen.box(-54, -80, -22, -50, palette.light)
    pen.pill(-72, -102, 2, -88, dark)
    pen.box(-12, -68, 84, -20, colour)
    pen.pill(60, -70, 96, -18, dark)
    pen.polygon([(56, -68), (50, -108), (78, -108), (72, -68)], dark)
    pen.pill(6, -84, 34, -60, palette.light)
    pen.polygon([(90, -22), (122, 0), (86, 0)], dark)
    pen.box(-66, -24, 96, -14, dark)
    for x, radius in ((-42, 17), (-4, 17), (34, 17), (72, 11)):
        pen.disc(x, -radius, radius, dark)
        pen.disc(x, -radius, radius * 0.45, palette.pale)
    pen.line([(-42, -15), (34, -15)], palette.pale, 4)


def draw_monorail(pen: Pen) -> None:
    """A sleek train on a beam carried by slender piers."""
    palette, colour = pen.palette, pen.accent()
    stone = mix(palette.near, palette.pale, 0.5)
    shade = mix(stone, palette.near, 0.5)
    for number in range(-4, 5):
        x = number * 165 + 40
        pen.polygon([(x - 12, 6), (x - 8, -190), (x + 8, -190), (x + 12, 6)], stone)
        pen.polygon(
            [(x - 8, -170), (x - 34, -206), (x + 34, -206), (x + 8, -170)], shade
        )
    pen.box(-700, -232, 700, -202, stone)
    pen.box(-700, -208, 700, -200, shade)
    _nose(pen.placed(-286, -232), -1, colour)
    _nose(pen.placed(286, -232), 1, colour)
    for car in range(4):
        _saloon(pen.placed(-213 + car * 142, -232), colour)


def _saloon(pen: Pen, colour: Colour) -> None:
    palette = pen.palette
    pen.box(-70, -74, 70, 12, palette.pale)
    pen.box(-70, -22, 70, -4, colour)
    pen.pill(-62, -62, 62, -30, mix(palette.front, palette.sky, 0.3))
    if palette.is_dark:
        pen.pill(-62, -62, 62, -30, palette.light)
    pen.box(-72, -74, -70, 12, mix(palette.pale, palette.near, 0.5))


def _nose(pen: Pen, side: int, colour: Colour) -> None:
    palette = pen.palette
    shell: list[Point] = [(0, 12), (0, -74)]
    for turn in range(9):
        angle = turn * pi / 16
        shell.append((side * 112 * sin(angle), 12 - 86 * cos(angle) ** 0.7))
    pen.polygon(shell, palette.pale)
    pen.polygon([(0, -22), (side * 106, -22), (side * 111, -4), (0, -4)], colour)
    glass = palette.light if palette.is_dark else mix(palette.front, palette.sky, 0.3)
    pen.polygon(
        [(side * 14, -62), (side * 52, -62), (side * 84, -30), (side * 14, -30)], glass
    )
