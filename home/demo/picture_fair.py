"""What stands between the rides of a park. The pen's origin is on the ground."""

from home.demo.picture_pen import Colour, Pen, mix
from home.demo.picture_shapes import draw_tent_roof
from home.demo.picture_water import draw_palm


def draw_small_tents(pen: Pen) -> None:
    """Three striped stalls with lit counters."""
    palette = pen.palette
    for number, (x, half) in enumerate(((-150, 66), (140, 60), (0, 84))):
        colour = palette.accents[number % len(palette.accents)]
        wall = mix(palette.near, palette.front, 0.45)
        stall = pen.placed(x, 4)
        stall.box(-half * 0.86, -84, half * 0.86, 0, wall)
        stall.box(-half * 0.7, -74, half * 0.7, -34, palette.light)
        _keeper(stall, palette.front)
        stall.box(-half * 0.92, -36, half * 0.92, -26, palette.pale)
        draw_tent_roof(stall.placed(0, -84), half * 1.15, half * 0.95, colour)


def _keeper(pen: Pen, colour: Colour) -> None:
    pen.pill(-9, -56, 9, -20, colour)
    pen.disc(0, -61, 7, colour)


def draw_palms(pen: Pen) -> None:
    """A few palms along the front."""
    for x in (-420, -330, -90, 210, 330, 440):
        draw_palm(
            pen.placed(x + pen.rng.uniform(-30, 30), 18), pen.rng.uniform(120, 230)
        )


def draw_giraffes(pen: Pen) -> None:
    """Two giraffes, one looking over the other."""
    coat = mix((226, 168, 92), pen.palette.near, 0.4 if pen.palette.is_dark else 0.08)
    _giraffe(pen.placed(150, 0, 0.8), mix(coat, pen.palette.near, 0.2))
    _giraffe(pen.placed(-40, 6, 1.0), coat)


def _giraffe(pen: Pen, coat: Colour) -> None:
    patch = mix(coat, pen.palette.front, 0.5)
    for x, lean in ((-52, -4), (-34, 2), (50, -2), (68, 6)):
        pen.polygon(
            [(x - 9, -130), (x + 9, -130), (x + lean + 5, 4), (x + lean - 5, 4)], coat
        )
        pen.box(x + lean - 6, -4, x + lean + 6, 4, patch)
    pen.polygon(
        [(-66, -178), (-30, -206), (40, -232), (86, -214), (80, -140), (-58, -124)],
        coat,
    )
    pen.polygon([(34, -226), (118, -420), (142, -416), (88, -188)], coat)
    pen.polygon([(112, -428), (136, -444), (190, -408), (186, -396), (128, -402)], coat)
    pen.polygon([(112, -430), (92, -440), (110, -416)], patch)
    for x in (122, 132):
        pen.line([(x, -436), (x - 3, -458)], coat, 4)
        pen.disc(x - 3, -460, 4, patch)
    pen.disc(146, -422, 3, pen.palette.front)
    pen.line([(-64, -172), (-82, -120)], coat, 4)
    pen.disc(-83, -116, 6, patch)
    spots = (
        (-36, -180),
        (-8, -196),
        (-30, -150),
        (2, -166),
        (30, -206),
        (36, -170),
        (10, -142),
        (58, -198),
        (62, -158),
        (66, -228),
        (74, -262),
        (86, -296),
        (98, -330),
        (110, -364),
        (84, -240),
        (96, -276),
    )
    for number, (x, y) in enumerate(spots):
        size = 8.5 if y > -215 else 6
        pen.oval(x, y, size * (1.2 if number % 2 else 0.9), size, patch)
