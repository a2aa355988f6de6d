"""Flat rides, big and small. The pen's origin is the ground at their middle."""

from math import cos, pi, radians, sin

from home.demo.picture_pen import Colour, Pen, Point, mix


def draw_ferris_wheel(pen: Pen) -> None:
    """A wheel 470 high with coloured cabins, bulbs lit after dark."""
    palette, colour = pen.palette, pen.accent()
    x, y, radius = 0, -252, 200
    steel = mix(palette.near, palette.pale, 0.7)
    shade = mix(palette.near, palette.pale, 0.4)
    for side in (-1, 1):
        pen.line([(side * 100, 2), (side * 10, y)], shade, 11)
    pen.box(-70, -92, 70, -86, shade)
    spokes = 18
    for spoke in range(spokes):
        tip = _around(x, y, radius, spoke * 360 / spokes)
        pen.line([(x, y), tip], steel, 2)
    pen.ring(x, y, radius + 4, colour, 7)
    pen.ring(x, y, radius - 20, steel, 3)
    pen.ring(x, y, radius * 0.45, steel, 2)
    for spoke in range(spokes):
        px, py = _around(x, y, radius + 1, spoke * 360 / spokes)
        cabin = palette.accents[spoke % len(palette.accents)]
        pen.line([(px, py), (px, py + 14)], steel, 3)
        pen.pill(px - 14, py + 8, px + 14, py + 34, cabin)
        pen.box(px - 10, py + 14, px + 10, py + 21, palette.light)
        if palette.is_dark:
            pen.disc(px, py, 4, palette.light)
    pen.disc(x, y, 24, colour)
    pen.disc(x, y, 11, palette.pale)
    pen.polygon([(-130, 4), (-110, -26), (110, -26), (130, 4)], shade)
    pen.box(-110, -30, 110, -24, colour)


def draw_drop_tower(pen: Pen) -> None:
    """A lattice tower 500 high with its gondola on the way down."""
    palette, colour = pen.palette, pen.accent()
    steel = mix(palette.near, palette.pale, 0.62)
    shade = mix(palette.near, palette.pale, 0.3)
    for level in range(0, 480, 32):
        pen.line([(-18, -level), (18, -level - 32)], shade, 3)
        pen.line([(18, -level), (-18, -level - 32)], shade, 3)
    for x in (-20, 14):
        pen.box(x, -490, x + 6, 2, steel)
    pen.polygon([(-34, -486), (-22, -520), (22, -520), (34, -486)], colour)
    pen.box(-2, -566, 2, -518, steel)
    pen.polygon([(2, -566), (40, -555), (2, -544)], colour)
    y = -pen.rng.uniform(180, 400)
    pen.pill(-74, y - 14, 74, y + 8, colour)
    pen.box(-26, y - 34, 26, y - 14, mix(colour, palette.front, 0.3))
    for seat in range(-3, 4):
        pen.pill(seat * 20 - 8, y + 2, seat * 20 + 8, y + 26, palette.pale)
        pen.disc(seat * 20, y + 4, 5, palette.front)
        pen.box(seat * 20 - 3, y + 24, seat * 20 + 3, y + 38, palette.front)
    if palette.is_dark:
        for level in range(40, 470, 43):
            pen.disc(0, -level, 4, palette.light)
    pen.polygon([(-110, 4), (-84, -26), (84, -26), (110, 4)], shade)
    pen.box(-84, -30, 84, -24, colour)


def draw_carousel(pen: Pen) -> None:
    """A carousel 380 high under a striped tent, with horses."""
    palette = pen.palette
    colour = pen.accent()
    shade = mix(palette.near, palette.front, 0.3)
    pen.polygon([(-236, -200), (236, -200), (220, -30), (-220, -30)], shade)
    pen.box(-62, -200, 62, -30, mix(colour, palette.front, 0.35))
    for panel in (-40, 0, 40):
        pen.pill(panel - 14, -176, panel + 14, -56, palette.light)
    for number, x in enumerate((-196, -118, -40, 40, 118, 196)):
        up = (-86, -112, -94)[number % 3]
        coat = (palette.pale, mix(palette.pale, palette.near, 0.28))[number % 2]
        pen.box(x - 2, -200, x + 2, -28, palette.light)
        _horse(pen.placed(x, up), coat, palette.accents[number % 3])
    pen.pill(-262, -36, 262, -14, colour)
    pen.pill(-284, -18, 284, 6, mix(colour, palette.front, 0.4))
    draw_tent_roof(pen.placed(0, -200), 270, 150, colour)


def draw_tent_roof(pen: Pen, half: float, tall: float, colour: Colour) -> None:
    """A striped, scalloped roof, `half` wide each way, with a pennant on top."""
    palette = pen.palette
    stripes, drop = 12, 24
    # Stripes turn away at the sides, so their feet follow a cosine.
    feet = [-half * cos(pi * n / stripes) for n in range(stripes + 1)]
    for number in range(stripes):
        x0, x1 = feet[number], feet[number + 1]
        ink = (palette.pale, colour)[number % 2]
        waist = [(x1 * 0.34, -tall * 0.46), (0, -tall), (x0 * 0.34, -tall * 0.46)]
        pen.polygon([(x0, 0), (x1, 0), *waist], ink)
        pen.oval((x0 + x1) / 2, 0, (x1 - x0) / 2, drop, mix(ink, palette.front, 0.12))
    pen.box(-half, -7, half, 3, palette.light)
    pen.box(-2, -tall - 44, 2, -tall + 4, palette.pale)
    pen.polygon([(2, -tall - 44), (40, -tall - 33), (2, -tall - 22)], colour)


def _horse(pen: Pen, coat: Colour, saddle: Colour) -> None:
    mane = mix(coat, pen.palette.front, 0.4)
    pen.line([(26, -6), (38, 2), (36, 18)], mane, 6)
    for leg in (
        [(-16, 6), (-32, 14), (-24, 26)],
        [(-12, 8), (-18, 28), (-10, 36)],
        [(18, 6), (30, 20), (40, 26)],
        [(14, 8), (16, 26), (26, 36)],
    ):
        pen.line(leg, coat, 6)
    pen.oval(2, 0, 27, 14, coat)
    pen.polygon([(-26, -2), (-34, -30), (-22, -38), (-4, -10)], coat)
    pen.polygon([(-22, -40), (-50, -24), (-47, -16), (-26, -22)], coat)
    pen.polygon([(-26, -38), (-22, -48), (-17, -35)], coat)
    pen.polygon([(-22, -40), (-12, -30), (0, -10), (-10, -12)], mane)
    pen.polygon([(-8, -14), (14, -13), (10, 2), (-4, 2)], saddle)


def draw_swing_ride(pen: Pen) -> None:
    """A wave swinger 400 high in full flight."""
    palette, colour = pen.palette, pen.accent()
    shade = mix(palette.near, palette.pale, 0.35)
    pen.polygon([(-26, 0), (-16, -330), (16, -330), (26, 0)], shade)
    for level in range(5):
        band = -52 - level * 58
        pen.box(-22, band - 9, 22, band, colour)
    pen.polygon([(-130, 4), (-104, -28), (104, -28), (130, 4)], shade)
    pen.box(-104, -33, 104, -26, colour)
    for far in (True, False):
        for seat in range(9):
            _swing(pen, 20 + seat * 17.5, colour, is_far=far)
    crown = pen.placed(0, -318)
    pen.oval(0, -314, 178, 26, mix(colour, palette.front, 0.35))
    draw_tent_roof(crown, 180, 92, colour)


def _swing(pen: Pen, degrees: float, colour: Colour, *, is_far: bool) -> None:
    palette = pen.palette
    side, depth = cos(radians(degrees)), sin(radians(degrees)) * (-1 if is_far else 1)
    top = 170 * side, -312 + 20 * depth
    seat = 300 * side, -205 + 46 * depth
    ink = mix(palette.front, palette.near, 0.8 if is_far else 0.2)
    pen.line([top, seat], mix(ink, palette.pale, 0.35), 1.5)
    x, y = seat
    pen.pill(x - 11, y - 4, x + 11, y + 6, mix(colour, ink, 0.5 if is_far else 0))
    pen.pill(x - 5, y - 18, x + 5, y + 3, ink)
    pen.disc(x, y - 22, 5, ink)
    pen.line([(x + 3, y + 3), (x + 8 * side + 3, y + 17)], ink, 4)


def draw_pendulum(pen: Pen) -> None:
    """A swinging claw 400 high, caught near the top of its swing."""
    palette, colour = pen.palette, pen.accent()
    shade = mix(palette.near, palette.pale, 0.35)
    steel = mix(palette.near, palette.pale, 0.8)
    degrees = pen.rng.choice((-1, 1)) * pen.rng.uniform(38, 62)
    pivot = (0.0, -370.0)
    for side in (-1, 1):
        pen.line([(side * 196, 2), pivot], shade, 13)
        pen.line([(side * 120, 2), pivot], mix(shade, palette.near, 0.5), 9)
    along = (sin(radians(degrees)), cos(radians(degrees)))
    hub = (pivot[0] + 270 * along[0], pivot[1] + 270 * along[1])
    back = (pivot[0] - 74 * along[0], pivot[1] - 74 * along[1])
    pen.line([back, hub], steel, 15)
    pen.disc(*back, 20, colour)
    pen.disc(*pivot, 27, colour)
    pen.disc(*pivot, 12, palette.pale)
    _claw(pen, hub, along, colour)
    pen.pill(-230, -12, 230, 8, shade)


def _claw(pen: Pen, hub: Point, along: Point, colour: Colour) -> None:
    palette = pen.palette
    across = (along[1], -along[0])

    def spot(a: float, b: float) -> Point:
        x = hub[0] + a * across[0] + b * along[0]
        return x, hub[1] + a * across[1] + b * along[1]

    shade = mix(colour, palette.front, 0.35)
    pen.polygon([spot(-14, -34), spot(14, -34), spot(104, 8), spot(-104, 8)], shade)
    pen.polygon([spot(-112, 4), spot(112, 4), spot(106, 20), spot(-106, 20)], colour)
    for seat in range(-4, 5):
        pen.disc(*spot(seat * 23, 30), 10, palette.pale)
        pen.disc(*spot(seat * 23, 27), 5, palette.front)
        pen.line([spot(seat * 23, 36), spot(seat * 23, 52)], palette.front, 4)


def _around(x: float, y: float, radius: float, degrees: float) -> Point:
    return x + radius * cos(radians(degrees)), y + radius * sin(radians(degrees))
