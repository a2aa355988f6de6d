"""Draws the demo's pictures: parks and rides as flat illustrations."""

from collections.abc import Callable
from hashlib import sha256
from random import Random

from home.demo.picture_coasters import (
    draw_alpine_coaster,
    draw_low_steel_coaster,
    draw_powered_coaster,
    draw_steel_coaster,
    draw_wooden_coaster,
)
from home.demo.picture_fair import draw_giraffes, draw_palms, draw_small_tents
from home.demo.picture_pen import PALETTES, Pen
from home.demo.picture_places import draw_fairy_castle, draw_garden, draw_haunted_castle
from home.demo.picture_scenery import GROUND, paint_backdrop, paint_foreground
from home.demo.picture_shapes import (
    draw_carousel,
    draw_drop_tower,
    draw_ferris_wheel,
    draw_pendulum,
    draw_swing_ride,
)
from home.demo.picture_trains import draw_monorail, draw_steam_train
from home.demo.picture_water import draw_log_flume, draw_pool, draw_water_slides

Draw = Callable[[Pen], None]

FLAT_RIDES: tuple[Draw, ...] = (
    draw_ferris_wheel,
    draw_drop_tower,
    draw_carousel,
    draw_swing_ride,
    draw_pendulum,
)
# What each category may look like; the seed chooses.
SUBJECTS: dict[str, tuple[Draw, ...]] = {
    "powered_coaster": (draw_powered_coaster,),
    "alpine_coaster": (draw_alpine_coaster,),
    "flat": FLAT_RIDES,
    "water": (draw_log_flume,),
    "dark": (draw_haunted_castle,),
    "transport": (draw_steam_train, draw_monorail),
    "walkthrough_other": (draw_garden,),
}


def draw_ride(
    key: str,
    category: str,
    *,
    material: str = "",
    inversions: int = 0,
    height_m: float | None = None,
) -> bytes:
    """A JPEG of 1200 by 800 pixels, always the same one for the same arguments.

    `material`, `inversions` and `height_m` shape roller coasters only. Raises KeyError
    where the category is not one a ride can have.
    """
    pen = _begin(key)
    middle = pen.placed(600, GROUND)
    if category == "roller_coaster":
        _draw_coaster(middle, material, inversions, height_m)
    else:
        if category == "flat":
            for x in (205, 1000):
                draw_small_tents(pen.placed(x, GROUND - 6, 0.5, 0.3))
        pen.rng.choice(SUBJECTS[category])(middle)
    paint_foreground(pen)
    return pen.jpeg()


def _draw_coaster(
    pen: Pen, material: str, inversions: int, height_m: float | None
) -> None:
    shown = pen.rng.uniform(330, 470) if height_m is None else 230 + 2.7 * height_m
    tall = min(max(shown, 250), 530)
    if material in ("wood", "hybrid"):
        draw_wooden_coaster(pen, min(tall, 460), steel_track=material == "hybrid")
    else:
        draw_steel_coaster(pen, tall, inversions)


def _begin(key: str) -> Pen:
    # Python's own hash of a text changes from run to run.
    seed = int.from_bytes(sha256(key.encode()).digest()[:8])
    rng = Random(seed)  # noqa: S311  chooses colours, not secrets
    pen = Pen.under_open_sky(rng.choice(PALETTES), rng)
    paint_backdrop(pen)
    return pen


# Who stands on a park's skyline: drawing, place, size and how far it lies in the haze.
Standing = tuple[Draw, float, float, float]
SKYLINES: dict[str, tuple[Standing, ...]] = {
    "theme": (
        (draw_low_steel_coaster, 880, 0.8, 0.5),
        (draw_ferris_wheel, 270, 0.62, 0.35),
        (draw_drop_tower, 1010, 0.72, 0.3),
        (draw_fairy_castle, 610, 0.95, 0),
        (draw_carousel, 250, 0.46, 0),
        (draw_small_tents, 930, 0.8, 0),
    ),
    "amusement": (
        (draw_low_steel_coaster, 500, 0.95, 0.4),
        (draw_drop_tower, 230, 0.85, 0.28),
        (draw_ferris_wheel, 870, 0.98, 0.1),
        (draw_carousel, 470, 0.62, 0),
        (draw_small_tents, 210, 0.7, 0),
    ),
    "water": (
        (draw_low_steel_coaster, 860, 0.6, 0.6),
        (draw_water_slides, 600, 1.0, 0),
        (draw_pool, 600, 1.0, 0),
    ),
    "family_centre": (
        (draw_ferris_wheel, 920, 0.6, 0.3),
        (draw_swing_ride, 260, 0.66, 0.15),
        (draw_carousel, 600, 0.86, 0),
        (draw_small_tents, 980, 0.7, 0),
    ),
    "fairground_travelling": (
        (draw_pendulum, 240, 0.7, 0.3),
        (draw_ferris_wheel, 940, 0.86, 0.15),
        (draw_swing_ride, 560, 0.82, 0.1),
        (draw_small_tents, 300, 1.0, 0),
        (draw_small_tents, 820, 0.85, 0),
    ),
    "resort_zone": (
        (draw_low_steel_coaster, 330, 0.75, 0.5),
        (draw_ferris_wheel, 980, 0.6, 0.35),
        (draw_monorail, 640, 0.6, 0.25),
        (draw_fairy_castle, 400, 0.85, 0),
        (draw_palms, 600, 1.0, 0),
    ),
    "zoo_with_rides": (
        (draw_low_steel_coaster, 850, 0.7, 0.5),
        (draw_ferris_wheel, 930, 0.62, 0.3),
        (draw_giraffes, 470, 1.0, 0),
        (draw_palms, 600, 1.0, 0),
    ),
    "other": (
        (draw_ferris_wheel, 300, 0.75, 0.3),
        (draw_swing_ride, 900, 0.75, 0.15),
        (draw_carousel, 600, 0.7, 0),
    ),
}


def draw_park(key: str, park_type: str) -> bytes:
    """A JPEG of 1200 by 800 pixels with the skyline of a park of that type.

    Raises KeyError where the type is not one a park can have.
    """
    pen = _begin(key)
    for draw, x, scale, haze in SKYLINES[park_type]:
        draw(pen.placed(x, GROUND, scale, haze))
    paint_foreground(pen)
    return pen.jpeg()
