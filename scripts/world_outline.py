"""Draws static/site/world.json: coasts and borders for the plain map.

The source is Natural Earth at 1:50 million, which is in the public domain, as the npm
package world-atlas ships it. Small islands and small bends are left out until the file
is small enough for a phone.
"""

import heapq
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Line = list[Point]

# What is kept, in square degrees as they are at the equator.
SMALLEST_RING = 0.02
SMALLEST_BEND = 0.01
STEPS_PER_DEGREE = 100
# Antarctica has no parks, and on this projection it has no end either.
SOUTHERN_END = -60.0
LICENCE = "Made with Natural Earth, public domain"


def draw_outline(source: Path, target: Path) -> None:
    """Write coasts and borders as lines of whole steps, each from the one before.

    `land` names the lines of every ring, ~n meaning line n backwards; `borders` the
    lines between two countries.
    """
    world = json.loads(source.read_text(encoding="utf-8"))
    lines = _lines_of(world)
    land = [ring for ring in _rings_of(_the_land(world)) if _is_shown(ring, lines)]
    borders = _shared_by_two(world)
    kept = sorted({_number(index) for ring in land for index in ring} | set(borders))
    place = {number: position for position, number in enumerate(kept)}
    outline = {
        "licence": LICENCE,
        "steps": STEPS_PER_DEGREE,
        "lines": [_in_steps(_simplified(lines[number])) for number in kept],
        "land": [[_renamed(index, place) for index in ring] for ring in land],
        "borders": [place[number] for number in borders],
    }
    target.write_text(json.dumps(outline, separators=(",", ":")) + "\n")


def _lines_of(world: dict[str, Any]) -> list[Line]:
    """The arcs of a quantised topology in degrees."""
    (scale_x, scale_y), (left, bottom) = (
        world["transform"]["scale"],
        world["transform"]["translate"],
    )
    lines = []
    for arc in world["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + left, y * scale_y + bottom))
        lines.append(_unbroken(line))
    return lines


def _unbroken(line: Line) -> Line:
    """A line over the 180th meridian runs on beyond it instead of round the world."""
    found = line[:1]
    for x, y in line[1:]:
        found.append((x + _turns(found[-1][0], x), y))
    return found


def _turns(here: float, there: float) -> int:
    """What brings a longitude within half a turn of another."""
    return round((here - there) / 360) * 360


def _the_land(world: dict[str, Any]) -> dict[str, Any]:
    geometry: dict[str, Any] = world["objects"]["land"]["geometries"][0]
    return geometry


def _rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    match geometry["type"]:
        case "Polygon":
            yield from geometry["arcs"]
        case "MultiPolygon":
            for polygon in geometry["arcs"]:
                yield from polygon


def _number(index: int) -> int:
    """A topology writes arc n backwards as ~n."""
    return index if index >= 0 else ~index


def _renamed(index: int, place: dict[int, int]) -> int:
    return place[index] if index >= 0 else ~place[~index]


def _is_shown(ring: list[int], lines: Sequence[Line]) -> bool:
    points: Line = []
    for index in ring:
        line = lines[index] if index >= 0 else lines[~index][::-1]
        points += line if not points else _moved(line, points[-1][0])
    north = max(y for _, y in points)
    return north >= SOUTHERN_END and _area(points) >= SMALLEST_RING


def _moved(line: Line, beside: float) -> Line:
    turns = _turns(beside, line[0][0])
    return [(x + turns, y) for x, y in line]


def _area(points: Line) -> float:
    doubled = sum(
        x * next_y - next_x * y
        for (x, y), (next_x, next_y) in zip(
            points, [*points[1:], points[0]], strict=True
        )
    )
    middle = sum(y for _, y in points) / len(points)
    return abs(doubled) / 2 * math.cos(math.radians(middle))


def _shared_by_two(world: dict[str, Any]) -> list[int]:
    users: dict[int, set[int]] = defaultdict(set)
    for user, country in enumerate(world["objects"]["countries"]["geometries"]):
        for ring in _rings_of(country):
            for index in ring:
                users[_number(index)].add(user)
    return sorted(number for number, some in users.items() if len(some) > 1)


def _simplified(line: Line) -> Line:
    """The line without its smallest bends: again and again the least of all goes.

    Both ends stay, so that lines go on meeting, and so does enough of a ring to be one.
    """
    before = [index - 1 for index in range(len(line))]
    after = [index + 1 for index in range(len(line))]
    sizes = {
        index: _bend(line[index - 1], line[index], line[index + 1])
        for index in range(1, len(line) - 1)
    }
    least = 4 if line[0] == line[-1] else 2
    queue = [(size, index) for index, size in sizes.items()]
    heapq.heapify(queue)
    while queue and len(sizes) + 2 > least:
        size, index = heapq.heappop(queue)
        if sizes.get(index) != size:
            continue
        if size >= SMALLEST_BEND:
            break
        del sizes[index]
        left, right = before[index], after[index]
        after[left], before[right] = right, left
        for one in {left, right} & sizes.keys():
            # Never less than what has just gone, or it would pull its neighbours in.
            bend = _bend(line[before[one]], line[one], line[after[one]])
            sizes[one] = max(size, bend)
            heapq.heappush(queue, (sizes[one], one))
    return [line[0], *(line[index] for index in sorted(sizes)), line[-1]]


def _bend(one: Point, middle: Point, other: Point) -> float:
    """The area of the triangle at a point, as wide as it is at that latitude."""
    across = (middle[0] - one[0]) * (other[1] - one[1])
    down = (other[0] - one[0]) * (middle[1] - one[1])
    return abs(across - down) / 2 * math.cos(math.radians(min(abs(middle[1]), 80)))


def _in_steps(line: Line) -> list[int]:
    flat: list[int] = []
    last_x = last_y = 0
    for x, y in line:
        step_x, step_y = round(x * STEPS_PER_DEGREE), round(y * STEPS_PER_DEGREE)
        if flat and (step_x, step_y) == (last_x, last_y):
            continue
        flat += [step_x - last_x, step_y - last_y]
        last_x, last_y = step_x, step_y
    return flat
