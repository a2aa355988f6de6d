"""Castles and gardens. The pen's origin is the middle of the ground."""

from math import cos, pi, sin

from home.demo.picture_pen import Colour, Pen, mix
from home.demo.picture_scenery import paint_round_tree

HEART = -92.0
"""Height of the maze's middle."""


def draw_haunted_castle(pen: Pen) -> None:
    """A crooked castle on a crag with lit windows, a bare tree and bats."""
    palette = pen.palette
    wall = mix(palette.near, palette.front, 0.62)
    roof = mix(palette.front, pen.accent(), 0.3)
    crag = [(-420, 8), (-300, -46), (-210, -92), (190, -100), (290, -50), (430, 8)]
    pen.polygon(crag, mix(palette.near, palette.front, 0.35))
    hall = pen.placed(0, -92)
    keep = mix(wall, palette.near, 0.25)
    hall.box(-150, -150, 150, 6, wall)
    hall.polygon([(-166, -148), (-104, -226), (104, -226), (166, -148)], roof)
    for x, wide, tall, ink in (
        (-150, 62, 250, keep),
        (146, 54, 200, keep),
        (-52, 48, 318, wall),
        (58, 70, 262, wall),
    ):
        _tower(hall, x, wide, tall, ink, roof)
    for x in (-104, 2, 104):
        _window(hall, x, -70, 11)
    hall.pill(-22, -52, 22, 40, palette.light)
    hall.box(-24, 6, 24, 42, mix(palette.near, palette.front, 0.35))
    _bare_tree(pen.placed(300, -44), palette.front)
    for _ in range(6):
        place = pen.rng.uniform(-360, 380), -pen.rng.uniform(300, 520)
        _bat(pen.placed(*place, pen.rng.uniform(0.5, 1.1)), palette.front)


def _tower(
    pen: Pen, x: float, wide: float, tall: float, wall: Colour, roof: Colour
) -> None:
    half = wide / 2
    pen.box(x - half, -tall, x + half, 4, wall)
    pen.box(x - half - 7, -tall - 6, x + half + 7, -tall + 10, wall)
    tip = x + pen.rng.uniform(-9, 9), -tall - wide * 1.9
    pen.polygon([(x - half - 13, -tall - 4), tip, (x + half + 13, -tall - 4)], roof)
    pen.line([tip, (tip[0], tip[1] - 22)], roof, 3)
    _window(pen, x, -tall + 40, wide * 0.14)
    if tall > 240:
        _window(pen, x, -tall + 96, wide * 0.14)


def _window(pen: Pen, x: float, y: float, half: float) -> None:
    pen.pill(x - half, y - half * 1.6, x + half, y + half, pen.palette.light)
    pen.box(x - half, y, x + half, y + half * 1.8, pen.palette.light)


def _bare_tree(pen: Pen, colour: Colour) -> None:
    pen.polygon([(-11, 12), (-5, -70), (5, -70), (11, 12)], colour)
    branches = (
        [(0, -60), (-30, -104), (-62, -120)],
        [(-30, -104), (-34, -142)],
        [(0, -64), (22, -120), (16, -166)],
        [(22, -120), (56, -146), (84, -144)],
        [(10, -92), (44, -98)],
    )
    for branch in branches:
        pen.line(branch, colour, 5)


def _bat(pen: Pen, colour: Colour) -> None:
    for side in (-1, 1):
        wing = [(0, -4), (14, -14), (34, -10), (26, -2), (18, -1), (12, 4), (0, 8)]
        pen.polygon([(side * x, y) for x, y in wing], colour)


def draw_fairy_castle(pen: Pen) -> None:
    """A pale castle of slim towers, 480 high."""
    palette, roof = pen.palette, pen.accent()
    wall = mix(palette.pale, palette.near, 0.12)
    shade = mix(palette.pale, palette.near, 0.34)
    _tower(pen, 0, 62, 330, shade, roof)
    for x, wide, tall in ((-74, 40, 262), (80, 44, 236), (-34, 30, 290)):
        _tower(pen, x, wide, tall, shade, roof)
    pen.box(-150, -130, 150, 6, wall)
    for step in range(10):
        pen.box(-150 + step * 31.5, -146, -133 + step * 31.5, -128, wall)
    for x, wide, tall in (
        (-160, 52, 180),
        (160, 52, 190),
        (-62, 40, 170),
        (62, 40, 170),
    ):
        _tower(pen, x, wide, tall, wall, roof)
    pen.pill(-26, -80, 26, 40, mix(palette.near, palette.front, 0.6))
    pen.box(-40, 6, 40, 44, palette.near)
    for x in (-108, 108):
        _window(pen, x, -66, 9)


def draw_garden(pen: Pen) -> None:
    """A round hedge maze seen from a hill, with a domed pavilion at its heart."""
    palette = pen.palette
    leaf = mix((54, 118, 76), palette.near, 0.34)
    sunny = mix(leaf, palette.pale, 0.24)
    gravel = mix(palette.pale, palette.near, 0.3)
    for x in (-520, -455, 455, 520, -390, 390):
        paint_round_tree(pen, x, -150 + abs(x) * 0.12, pen.rng.uniform(90, 140), leaf)
    pen.oval(0, -78, 620, 176, gravel)
    for ring in range(4):
        across = 560 - ring * 112
        up = across * 0.27
        _hedge(pen, across, up, leaf, sunny, gravel)
        gate = pen.rng.uniform(-0.45, 0.45) * across
        _gate(pen, gate, across, up, gravel)
    _pavilion(pen.placed(0, HEART + 26), pen.accent())


def _hedge(
    pen: Pen, across: float, up: float, leaf: Colour, sunny: Colour, path: Colour
) -> None:
    y, tall, thick = HEART, 16, 30
    pen.oval(0, y + tall, across, up, leaf)
    pen.oval(0, y, across, up, sunny)
    inner = up - thick * 0.34
    pen.oval(0, y, across - thick, inner, leaf)
    # The path lies lower, so the far side of the hedge shows its inner wall.
    pen.oval(0, y + tall / 2, across - thick - 5, inner - tall / 2, path)


def _gate(pen: Pen, x: float, across: float, up: float, path: Colour) -> None:
    rim = HEART + up * (1 - (x / across) ** 2) ** 0.5
    pen.polygon(
        [
            (x - 17, rim - 12),
            (x + 17, rim - 12),
            (x + 19, rim + 20),
            (x - 19, rim + 20),
        ],
        path,
    )


def _pavilion(pen: Pen, colour: Colour) -> None:
    palette = pen.palette
    stone = mix(palette.pale, palette.near, 0.1)
    shade = mix(palette.pale, palette.near, 0.35)
    for step in range(3):
        half = 128 - step * 12
        pen.box(-half, -step * 10 - 10, half, -step * 10, (shade, stone)[step % 2])
    if palette.is_dark:
        pen.box(-88, -150, 88, -30, mix(palette.light, palette.near, 0.45))
    for column in range(6):
        x = -96 + column * 38.4
        pen.box(x - 6, -156, x + 6, -30, stone)
        pen.box(x + 2, -156, x + 6, -30, shade)
    pen.box(-116, -172, 116, -154, stone)
    pen.box(-116, -158, 116, -153, shade)
    dome = [(-98 * cos(n * pi / 24), -170 - 106 * sin(n * pi / 24)) for n in range(25)]
    pen.polygon(dome, colour)
    glint = [(x * 0.5 - 26, y + 3) for x, y in dome]
    pen.polygon(glint, mix(colour, palette.pale, 0.18))
    pen.box(-10, -298, 10, -272, stone)
    pen.polygon([(-14, -296), (0, -330), (14, -296)], colour)
