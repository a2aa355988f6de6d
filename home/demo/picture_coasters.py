"""Coasters. The pen's origin is the middle of the ground they stand on."""

from itertools import pairwise
from math import hypot, pi, sin

from home.demo.picture_pen import Colour, Pen, Point, mix
from home.demo.picture_scenery import paint_pine
from home.demo.picture_tracks import (
    LEFT,
    RIGHT,
    Track,
    airtime_hills,
    height_at,
    highest_only,
    normals,
    out_and_back,
    wave,
)


def draw_steel_coaster(pen: Pen, tall: float, loops: int) -> None:
    """A smooth track on thin columns: lift hill, drop, up to three loops and hills."""
    palette, colour = pen.palette, pen.accent()
    steel = mix(palette.near, palette.pale, 0.62)
    behind = pen.placed(70, -14, 0.92, 0.62)
    _columns(behind, way_back := airtime_hills(pen.rng, -0.42 * tall), steel, 60)
    _rails(behind, way_back, colour)
    track, rings = out_and_back(pen.rng, tall, min(loops, 3))
    _columns(pen, highest_only(track), steel, 44)
    for middle, half, top in rings:
        _loop_frame(pen, middle, half, top, steel)
    _station(pen, LEFT + 72, colour)
    _rails(pen, track, colour)
    _train(pen, track, _index_near(track, -205, tall), palette.pale)


def draw_low_steel_coaster(pen: Pen) -> None:
    """Only the hills of a coaster, for the back of a skyline."""
    hills = airtime_hills(pen.rng, -330)
    _columns(pen, hills, mix(pen.palette.near, pen.palette.pale, 0.6), 60)
    _rails(pen, hills, pen.accent())


def draw_wooden_coaster(pen: Pen, tall: float, *, steel_track: bool) -> None:
    """A dense lattice of timber; with `steel_track` a hybrid's bright rails on top."""
    palette, accent = pen.palette, pen.accent()
    timber = mix((214, 178, 132), palette.near, 0.42 if palette.is_dark else 0.1)
    behind = pen.placed(60, -10, 0.94, 0.34)
    way_back = airtime_hills(pen.rng, -0.5 * tall)
    _lattice(behind, way_back, mix(timber, palette.near, 0.35), 26)
    _rails(behind, way_back, accent if steel_track else palette.pale, ties=False)
    track, _ = out_and_back(pen.rng, tall, 0)
    _lattice(pen, track, mix(timber, palette.near, 0.45), 19, shift=7)
    _lattice(pen, track, timber, 19)
    _station(pen, LEFT + 72, accent)
    _rails(pen, track, accent if steel_track else palette.pale, ties=steel_track)
    _train(pen, track, _index_near(track, -190, tall), accent)


def draw_powered_coaster(pen: Pen) -> None:
    """A low track that rolls with rocks and trees."""
    palette, colour = pen.palette, pen.accent()
    rock = mix(palette.far, palette.near, 0.75)
    behind = pen.placed(40, -20, 0.95, 0.32)
    higher = wave(pen.rng, 175, 52)
    _columns(behind, higher, mix(palette.near, palette.pale, 0.5), 58)
    _rails(behind, higher, colour)
    _rocks(pen, rock)
    track = wave(pen.rng, 78, 36)
    _columns(pen, track, mix(palette.near, palette.pale, 0.55), 46)
    _rails(pen, track, colour)
    _train(pen, track, len(track) * 2 // 5, palette.pale, cars=8)
    _pines(pen, 16, mix(palette.near, palette.front, 0.55))


def draw_alpine_coaster(pen: Pen) -> None:
    """A pipe track that winds down a wooded mountainside with one sledge on it."""
    palette = pen.palette
    slope = [(-760.0, 10.0), (-250.0, -330.0), (-40.0, -440.0), (130.0, -350.0)]
    meadow = mix(palette.far, palette.near, 0.85)
    pen.polygon([*slope, (420, -150), (760, 10)], meadow)
    shade = mix(meadow, palette.near, 0.55)
    pen.polygon([(-40, -440), (130, -350), (420, -150), (760, 10), (160, 10)], shade)
    bends = [_bend(share / 160) for share in range(161)]
    wood = mix(palette.near, palette.front, 0.5)
    trees = sorted(_free_spots(pen, bends), key=lambda spot: spot[1])
    for x, y in trees:
        paint_pine(pen, x, y, 40 + (y + 440) * 0.07, 62 + (y + 440) * 0.13, wood)
    for (x0, y0), (x1, y1) in pairwise(bends):
        wide = 3 + (y1 + 400) / 90
        pen.line([(x0, y0 + wide), (x1, y1 + wide)], palette.front, wide * 1.4)
        pen.line([(x0, y0), (x1, y1)], palette.pale, wide)
    _sledge(pen, bends[128], pen.accent())


def _bend(share: float) -> Point:
    swing = (40 + 330 * share) * sin(share * 5.2 * pi)
    return -40 + 60 * share + swing, -405 + 390 * share**1.15


def _free_spots(pen: Pen, bends: Track) -> Track:
    spots = []
    for _ in range(150):
        y = -(pen.rng.uniform(0, 1) ** 1.3) * 400
        half = (440 + y) * 1.45
        x = -40 + pen.rng.uniform(-half, half)
        if all(abs(x - a) > 34 or not -14 < y - b < 74 for a, b in bends):
            spots.append((x, y))
    return spots


def _sledge(pen: Pen, spot: Point, colour: Colour) -> None:
    x, y = spot
    pen.pill(x - 26, y - 20, x + 26, y - 2, colour)
    pen.pill(x - 7, y - 40, x + 7, y - 12, pen.palette.front)
    pen.disc(x, y - 46, 7, pen.palette.pale)


def _rails(pen: Pen, track: Track, colour: Colour, *, ties: bool = True) -> None:
    dark = mix(colour, pen.palette.front, 0.35)
    if not ties:
        pen.line([(x, y + 6) for x, y in track], dark, 5)
        pen.line(track, colour, 4)
        return
    upper = [
        (x + nx * 8, y + ny * 8)
        for (x, y), (nx, ny) in zip(track, normals(track), strict=True)
    ]
    for low, high in zip(track[::2], upper[::2], strict=True):
        pen.line([low, high], dark, 2)
    pen.line(track, dark, 6)
    pen.line(upper, colour, 4)


def _columns(pen: Pen, track: Track, colour: Colour, apart: float) -> None:
    shade = mix(colour, pen.palette.near, 0.4)
    height = height_at(track)
    x, before = track[0][0], 0.0
    while x < track[-1][0]:
        y = height(x)
        if y < -150:
            lean = min(60, -y * 0.16)
            pen.line([(x, y + 8), (x + lean, 0)], shade, 3)
        if y < -110 and before < -110:
            low = max(y, before) * 0.52
            pen.line([(x - apart, low), (x, low)], shade, 2)
        if y < -12:
            pen.box(x - 2.5, y + 4, x + 2.5, 2, colour)
            pen.box(x - 6, -3, x + 6, 3, shade)
        x, before = x + apart, y


def _loop_frame(pen: Pen, middle: float, half: float, top: float, ink: Colour) -> None:
    for side in (-1, 1):
        pen.line([(middle + side * half * 1.5, 2), (middle, top - 4)], ink, 4)


def _station(pen: Pen, x: float, colour: Colour) -> None:
    palette = pen.palette
    wall = mix(palette.near, palette.pale, 0.3)
    for post in range(5):
        pen.box(x + post * 26, -84, x + post * 26 + 4, 0, wall)
    pen.box(x - 4, -26, x + 112, 2, wall)
    pen.polygon([(x - 16, -82), (x + 10, -110), (x + 98, -110), (x + 124, -82)], colour)
    if palette.is_dark:
        for post in range(4):
            pen.disc(x + 16 + post * 26, -76, 4, palette.light)


def _train(
    pen: Pen, track: Track, front: int, colour: Colour, *, cars: int = 6
) -> None:
    sides = normals(track)
    for car in range(cars):
        place = front - car * 5
        (x, y), (nx, ny) = track[place], sides[place]
        along = (-ny, nx)
        corners = ((-13, 9), (-13, 22), (8, 22), (14, 9))
        body = [
            (x + a * along[0] + b * nx, y + a * along[1] + b * ny) for a, b in corners
        ]
        for seat in (-7, 4):
            head = x + seat * along[0] + 26 * nx, y + seat * along[1] + 26 * ny
            pen.disc(*head, 4, pen.palette.front)
        pen.polygon(body, colour)


def _index_near(track: Track, x: float, tall: float) -> int:
    """Where the train is: just over the top of the first drop."""
    return min(
        range(len(track)), key=lambda i: hypot(track[i][0] - x, track[i][1] + tall)
    )


def _lattice(
    pen: Pen, track: Track, timber: Colour, bay: int, *, shift: float = 0
) -> None:
    height, storey = height_at(track), 30
    places = range(int(track[0][0]), int(track[-1][0]), bay)
    tops = [(x + shift, height(x)) for x in places]
    for x, top in tops:
        pen.box(x - 1.5, top, x + 1.5, 4, timber)
    for level in range(-storey, int(min(y for _, y in tops)), -storey):
        for (x0, y0), (x1, y1) in pairwise(tops):
            if max(y0, y1) < level:
                pen.box(x0, level - 1, x1, level + 1, timber)
    for place, ((x0, y0), (x1, y1)) in enumerate(zip(tops, tops[2:], strict=False)):
        lowest = int(max(y0, y1))
        for level in range(0, lowest + storey, -storey):
            if (place + level // storey) % 4 == 0:
                pen.line([(x0, level), (x1, level - storey)], timber, 1.5)
            elif (place + level // storey) % 4 == 2:
                pen.line([(x1, level), (x0, level - storey)], timber, 1.5)


def _rocks(pen: Pen, colour: Colour) -> None:
    for _ in range(5):
        x, wide = pen.rng.uniform(-560, 560), pen.rng.uniform(70, 150)
        tall = wide * pen.rng.uniform(0.7, 1.2)
        crag = [(x - wide, 6), (x - wide * 0.6, -tall * 0.6), (x - wide * 0.2, -tall)]
        face = [(x + wide * 0.25, -tall * 0.86), (x + wide * 0.6, -tall * 0.4)]
        pen.polygon([*crag, *face, (x + wide, 6)], colour)
        sunny = mix(colour, pen.palette.pale, 0.16)
        pen.polygon([crag[2], face[0], (x + wide * 0.05, -tall * 0.3)], sunny)


def _pines(pen: Pen, count: int, colour: Colour) -> None:
    for _ in range(count):
        paint_pine(pen, pen.rng.uniform(LEFT, RIGHT), 8, 50, 105, colour)
