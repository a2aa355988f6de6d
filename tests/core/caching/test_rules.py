"""What has to be made anew after which change."""

from typing import Any

import pytest

from core.caching.rules import UNSEEN, named_in, shown_on, touched_by_publish
from core.caching.stamps import EVERYTHING, WHOLE_WIKI
from home.models import HomePage
from parks.models import CompanyPage, ParkPage, RideModelPage, RidePage

pytestmark = pytest.mark.django_db  # Wagtail looks up the kind of each page

PARK, OTHER_PARK, MAKER, OTHER_MAKER, MODEL, REPLACED = range(11, 17)
PARK_PATH, RIDE_PATH = "000100010001", "0001000100010001"


def ride(**facts: Any) -> RidePage:
    return RidePage(pk=1, path=RIDE_PATH, depth=4, **facts)


def said(maker: int, park: int, **facts: Any) -> dict[str, Any]:
    return {
        "title": "The Beast",
        "slug": "the-beast",
        "credits": [{"company": maker, "page": 1}],
        "stays": [{"park": park, "operator": None, "page": 1}],
        **facts,
    }


def test_a_ride_reaches_its_makers_and_parks_old_and_new() -> None:
    touched = touched_by_publish(
        ride(), said(MAKER, PARK), said(OTHER_MAKER, OTHER_PARK)
    )

    named = {f"page:{pk}" for pk in (1, PARK, OTHER_PARK, MAKER, OTHER_MAKER)}
    assert touched == named | {f"at:{RIDE_PATH}", f"below:{PARK_PATH}"}


def test_a_ride_reaches_its_model_its_layout_and_what_it_replaces() -> None:
    content = {"model": MODEL, "layout": 3, "replaces": REPLACED, "lead_photo": 9}

    assert named_in(RidePage, content) == {
        f"page:{MODEL}",
        "parks.layout:3",
        f"page:{REPLACED}",
    }


def test_a_name_an_address_or_an_appearance_may_show_anywhere() -> None:
    before = said(MAKER, PARK)

    renamed = touched_by_publish(ride(), before, {**before, "title": "Son of Beast"})
    moved = touched_by_publish(ride(), before, {**before, "slug": "beast"})
    appeared = touched_by_publish(ride(), None, before)

    assert [renamed, moved, appeared] == [{EVERYTHING}] * 3


def test_what_was_made_and_published_in_one_is_named_by_nothing_yet() -> None:
    touched = touched_by_publish(ride(), UNSEEN, said(MAKER, PARK))

    assert EVERYTHING not in touched
    assert f"page:{PARK}" in touched


def test_what_a_page_shows_is_what_a_neighbour_touches() -> None:
    kin = RidePage(pk=2, path="0001000200010001", depth=4, model_id=MODEL)
    park = ParkPage(pk=PARK, path=PARK_PATH, depth=3)
    maker = CompanyPage(pk=MAKER, path="000100030001", depth=3)
    model = RideModelPage(pk=MODEL, path="000100040001", depth=3)
    stranger = ParkPage(pk=OTHER_PARK, path="000100010002", depth=3)

    touched = touched_by_publish(ride(), UNSEEN, said(MAKER, PARK, model=MODEL))

    reached = [
        bool(touched & set(shown_on(page))) for page in (kin, park, maker, model)
    ]
    assert reached == [True] * 4
    assert not touched & set(shown_on(stranger))


def test_a_page_that_says_nothing_else_shows_any_change() -> None:
    assert shown_on(HomePage(pk=1, path="0001", depth=1)) == WHOLE_WIKI
