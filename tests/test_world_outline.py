"""The outline of the world: small, and lines that meet go on meeting."""

import json
from pathlib import Path
from typing import Any

from scripts.world_outline import draw_outline

# Two countries side by side, ten by ten degrees each, and an island too small to show.
# The border between them has a small bend.
ARCS: list[list[list[float]]] = [
    [[10, 10], [0, 10], [0, 0], [10, 0]],
    [[10, 0], [20, 0], [20, 10], [10, 10]],
    [[10, 0], [10.001, 5], [10, 10]],
    [[30, 30], [30.01, 30], [30.01, 30.01], [30, 30.01], [30, 30]],
    # Land over the 180th meridian, as an atlas of a globe writes it.
    [[170, 50], [179, 50], [-179, 50], [-170, 50], [-170, 60], [170, 60], [170, 50]],
]


def topology() -> dict[str, Any]:
    scale = 0.001
    arcs = []
    for arc in ARCS:
        steps = [[round(x / scale), round(y / scale)] for x, y in arc]
        before = [[0, 0], *steps]
        arcs.append(
            [[b[0] - a[0], b[1] - a[1]] for a, b in zip(before, steps, strict=False)]
        )
    land = {"type": "MultiPolygon", "arcs": [[[0, 1]], [[3]], [[4]]]}
    countries = [
        {"type": "Polygon", "arcs": [[0, 2]]},
        {"type": "MultiPolygon", "arcs": [[[1, ~2]], [[3]], [[4]]]},
    ]
    return {
        "transform": {"scale": [scale, scale], "translate": [0, 0]},
        "arcs": arcs,
        "objects": {
            "land": {"geometries": [land]},
            "countries": {"geometries": countries},
        },
    }


def drawn(folder: Path) -> dict[str, Any]:
    source, target = folder / "source.json", folder / "world.json"
    source.write_text(json.dumps(topology()))
    draw_outline(source, target)
    outline: dict[str, Any] = json.loads(target.read_text())
    return outline


def points_of(outline: dict[str, Any], index: int) -> list[tuple[int, int]]:
    flat = outline["lines"][index if index >= 0 else ~index]
    x = y = 0
    points = []
    for step_x, step_y in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append((x, y))
    return points if index >= 0 else points[::-1]


def test_small_islands_are_left_out(tmp_path: Path) -> None:
    assert len(drawn(tmp_path)["land"]) == 2


def test_a_coast_is_a_closed_ring_of_lines_that_meet(tmp_path: Path) -> None:
    outline = drawn(tmp_path)

    parts = [points_of(outline, index) for index in outline["land"][0]]

    for part, following in zip(parts, [*parts[1:], parts[0]], strict=True):
        assert part[-1] == following[0]


def test_the_border_of_two_countries_is_one_line_without_its_small_bends(
    tmp_path: Path,
) -> None:
    outline = drawn(tmp_path)

    (border,) = outline["borders"]

    assert points_of(outline, border) == [(1000, 0), (1000, 1000)]


def test_land_over_the_180th_meridian_does_not_run_round_the_world(
    tmp_path: Path,
) -> None:
    outline = drawn(tmp_path)

    (index,) = outline["land"][1]

    assert {x for x, _ in points_of(outline, index)} <= {17000, 17900, 18100, 19000}
