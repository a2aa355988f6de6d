import os
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image

from home.demo.picture_pen import PALETTES, Pen
from home.demo.pictures import FLAT_RIDES, Draw, draw_park, draw_ride
from parks.choices import ParkType, RideCategory

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1200, 800)


def _opened(drawn: bytes) -> Image.Image:
    picture = Image.open(BytesIO(drawn))
    picture.load()
    return picture


@pytest.mark.parametrize("category", RideCategory.values)
def test_every_category_of_ride_has_a_picture(category: str) -> None:
    picture = _opened(draw_ride("the-key", category))

    assert (picture.format, picture.size) == ("JPEG", SIZE)


@pytest.mark.parametrize("park_type", ParkType.values)
def test_every_type_of_park_has_a_picture(park_type: str) -> None:
    picture = _opened(draw_park("the-key", park_type))

    assert (picture.format, picture.size) == ("JPEG", SIZE)


def test_a_ride_always_gets_the_same_picture() -> None:
    first = draw_ride("the-beast", "roller_coaster", material="wood")

    assert draw_ride("the-beast", "roller_coaster", material="wood") == first


def test_the_picture_is_the_same_in_the_next_process() -> None:
    program = (
        "from hashlib import sha256; from home.demo.pictures import draw_park;"
        "print(sha256(draw_park('cedar-point', 'amusement')).hexdigest())"
    )
    other = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    here = sha256(draw_park("cedar-point", "amusement")).hexdigest()
    assert other.stdout.strip() == here


def test_two_rides_of_one_category_look_different() -> None:
    assert draw_ride("nemesis", "dark") != draw_ride("oblivion", "dark")


@pytest.mark.parametrize(
    "told",
    [
        {"material": "wood"},
        {"material": "hybrid"},
        {"inversions": 1},
        {"inversions": 3},
        {"height_m": 30.0},
        {"height_m": 94.5},
    ],
)
def test_what_is_known_of_a_coaster_shows(told: dict[str, Any]) -> None:
    plain = draw_ride("the-key", "roller_coaster")

    assert draw_ride("the-key", "roller_coaster", **told) != plain


def test_more_loops_than_fit_are_drawn_as_three() -> None:
    three = draw_ride("the-key", "roller_coaster", inversions=3)

    assert draw_ride("the-key", "roller_coaster", inversions=14) == three


@pytest.mark.parametrize("draw", FLAT_RIDES)
def test_every_flat_ride_leaves_a_mark_on_the_sky(draw: Draw) -> None:
    pen = Pen.under_open_sky(PALETTES[0], Random(1))
    empty = pen.image.copy()

    draw(pen.placed(600, 650))

    assert pen.image != empty


def test_a_category_no_ride_can_have_is_refused() -> None:
    with pytest.raises(KeyError):
        draw_ride("the-key", "submarine_race")
