"""The lines that coaster tracks follow: plain points, y downwards, ground at 0."""

from collections.abc import Callable
from itertools import pairwise
from math import cos, hypot, pi, sin
from random import Random

from home.demo.picture_pen import Point

LEFT, RIGHT = -640.0, 640.0
Track = list[Point]


def out_and_back(
    rng: Random, tall: float, loops: int
) -> tuple[Track, list[tuple[float, float, float]]]:
    """Station, lift, drop, loops and hills; and each loop's middle, half and top."""
    track: Track = [(LEFT, -34), (LEFT + 185, -34)]
    _climb(track, -222, -tall)
    _ease(track, -204, -tall)
    _ease(track, -140 + tall * 0.16, -26)
    rings = []
    room = (RIGHT - track[-1][0]) * 0.68 / max(loops, 1)
    for number in range(loops):
        half = min(tall * 0.23, 92, room * 0.3) * (1 - 0.1 * number)
        up = min(half / 0.26, tall * 0.68)
        track.append((track[-1][0] + half * 1.3, -26))
        rings.append(_loop(track, up, half))
        track.append((track[-1][0] + half * 1.3, -26))
    crest = tall * (0.34 if loops else rng.uniform(0.6, 0.72))
    while track[-1][0] < RIGHT - 20:
        width = 62 + crest * 0.22
        _ease(track, track[-1][0] + width, -crest - 26)
        _ease(track, track[-1][0] + width, -30)
        crest *= rng.uniform(0.66, 0.8)
    return evenly(track, 6), rings


def airtime_hills(rng: Random, top: float) -> Track:
    track: Track = [(LEFT - 60, top * rng.uniform(0.2, 0.5))]
    while track[-1][0] < RIGHT + 40:
        width = rng.uniform(105, 165)
        _ease(track, track[-1][0] + width, top * rng.uniform(0.75, 1.0))
        _ease(track, track[-1][0] + width, top * rng.uniform(0.12, 0.3))
    return evenly(track, 8)


def wave(rng: Random, level: float, rise: float) -> Track:
    phase = rng.uniform(0, 6)
    track: Track = []
    for x in range(int(LEFT), int(RIGHT) + 1, 8):
        swell = sin(x * 0.0105 + phase) + 0.5 * sin(x * 0.023 + phase * 2)
        track.append((x, -level - rise * swell))
    return evenly(track, 7)


def _ease(track: Track, x1: float, y1: float) -> None:
    x0, y0 = track[-1]
    for step in range(1, 31):
        share = step / 30
        track.append((x0 + (x1 - x0) * share, y0 + (y1 - y0) * _half_wave(share)))


def _half_wave(share: float) -> float:
    return (1 - cos(pi * share)) / 2


def _climb(track: Track, x1: float, y1: float) -> None:
    """A chain lift: straight, with short bends at its foot and head."""
    x0, y0 = track[-1]
    bend = 0.14
    for step in range(1, 41):
        share = step / 40
        nearest = min(share, 1 - share)
        risen = nearest - bend / 2 if nearest > bend else nearest**2 / (2 * bend)
        risen /= 1 - bend
        risen = risen if share <= 0.5 else 1 - risen
        track.append((x0 + (x1 - x0) * share, y0 + (y1 - y0) * risen))


def _loop(track: Track, up: float, half: float) -> tuple[float, float, float]:
    x0, y0 = track[-1]
    drift = half * 0.55
    for step in range(1, 73):
        turn = step / 72
        angle = turn * 2 * pi
        # Broad at the foot and tight at the top, as real loops are.
        across = sin(angle) + 0.22 * sin(2 * angle)
        x = x0 + drift * turn + half * across
        track.append((x, y0 - up * (1 - cos(angle)) / 2))
    return x0 + drift / 2, half, y0 - up


def evenly(track: Track, step: float) -> Track:
    """The same line with points `step` apart, so that ties and cars are evenly set."""
    points, left = [track[0]], step
    for (x0, y0), (x1, y1) in pairwise(track):
        length = hypot(x1 - x0, y1 - y0)
        gone = left
        while gone <= length:
            points.append(
                (x0 + (x1 - x0) * gone / length, y0 + (y1 - y0) * gone / length)
            )
            gone += step
        left = gone - length
    return points


def normals(track: Track) -> list[Point]:
    ends = zip([track[0], *track], [*track[1:], track[-1]], strict=False)
    found = []
    for (x0, y0), (x1, y1) in ends:
        length = hypot(x1 - x0, y1 - y0) or 1
        found.append(((y1 - y0) / length, -(x1 - x0) / length))
    return found


def highest_only(track: Track) -> Track:
    """The parts of the track that go forwards: loops stand on frames of their own."""
    reached, kept = track[0][0] - 1, []
    for (x, y), (x1, _) in pairwise(track):
        if x > reached and x1 > x:
            reached = x
            kept.append((x, y))
    return kept


def height_at(track: Track) -> Callable[[float], float]:
    heights = {round(x / 4): y for x, y in track}

    def height(x: float) -> float:
        place = round(x / 4)
        near = (heights.get(place + d) for d in (0, 1, -1, 2, -2, 3, -3))
        return next((y for y in near if y is not None), 0)

    return height
