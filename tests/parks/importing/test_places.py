"""Which park a row speaks of, and in which country that park is."""

from collections.abc import Callable

import pytest

from parks.geography import (
    NOWHERE,
    Point,
    Region,
    distance_km,
    middle_of,
    point_of,
    region_at,
    region_of_most,
)
from parks.importing.notes import Level, messages_at
from parks.importing.places import PlacedRow, lost_place

PlaceAll = Callable[..., list[PlacedRow]]

SANDUSKY = {"latitude": "41.482", "longitude": "-82.683"}
VIENNA = {"latitude": "48.216", "longitude": "16.399"}


def doubts(placed: PlacedRow) -> list[str]:
    return messages_at(Level.SUSPICIOUS, placed.row.notes)


def test_coordinates_give_country_and_time_zone(place_all: PlaceAll) -> None:
    [placed] = place_all(SANDUSKY)

    assert placed.place.region == Region("US", "America/New_York")


def test_the_country_is_that_of_most_rows(place_all: PlaceAll) -> None:
    point = Point(48.2, 16.4)

    assert region_of_most([Point(52.5, 13.4), point, point]).country == "AT"


def test_a_point_at_sea_lies_in_no_country() -> None:
    assert region_at(Point(-48.26, 4.61)) == NOWHERE


def test_coordinates_of_zero_are_not_known() -> None:
    assert point_of(None, None) is None


def test_distances_are_along_the_globe() -> None:
    assert distance_km(Point(0, 0), Point(0, 1)) == pytest.approx(111.2, abs=0.1)


def test_one_wrong_point_does_not_move_the_middle() -> None:
    assert middle_of([Point(1, 1), Point(1, 1), Point(80, 80)]) == Point(1, 1)


def test_spellings_of_one_park_are_one_place(place_all: PlaceAll) -> None:
    rows = place_all(
        {"Location": "Parque México"},
        {"Location": "Parque Mexico"},
        {"Location": "Parque Mexico"},
    )

    assert {placed.place.name for placed in rows} == {"Parque Mexico"}


def test_parks_with_one_name_far_apart_are_two_places(place_all: PlaceAll) -> None:
    here, there, unplaced = place_all(
        {"Location": "Luna Park", **SANDUSKY},
        {"Location": "Luna Park", **VIENNA},
        {"Location": "Luna Park"},
    )

    assert here.place.region.country == "US"
    assert there.place.region.country == "AT"
    assert unplaced.place == here.place


def test_a_longer_name_on_the_same_site_is_the_same_park(place_all: PlaceAll) -> None:
    short, longer = place_all(
        {"Location": "Ocean World", **VIENNA},
        {"Location": "Ocean World (Austria)", **VIENNA},
    )

    assert longer.place == short.place


def test_the_title_names_the_park_where_the_location_does_not(
    place_all: PlaceAll,
) -> None:
    _, hinted, new = place_all(
        {"Location": "Cedar Beach Park", **SANDUSKY},
        {"coaster_name": "Comet (Cedar Beach)", "Location": "Other"},
        {"coaster_name": "Comet (Parc du Lac)", "Location": "Other"},
    )

    assert hinted.place.name == "Cedar Beach Park"
    assert new.place.name == "Parc du Lac"
    assert not doubts(hinted)


def test_a_title_that_fits_several_parks_names_none(place_all: PlaceAll) -> None:
    *_, hinted = place_all(
        {"Location": "Big Flags West"},
        {"Location": "Big Flags East"},
        {"coaster_name": "Comet (Big Flags)", "Location": "Other"},
    )

    assert not hinted.place.is_recorded


def test_a_title_that_names_the_maker_names_no_park(place_all: PlaceAll) -> None:
    [placed] = place_all(
        {"coaster_name": "Comet (Timberworks Special)", "Location": "Other"}
    )

    assert not placed.place.is_recorded


def test_coordinates_inside_a_park_place_a_ride_there(place_all: PlaceAll) -> None:
    _, placed = place_all(
        {"Location": "Cedar Beach", **SANDUSKY}, {"Location": "Other", **SANDUSKY}
    )

    assert placed.place.name == "Cedar Beach"


def test_an_address_is_the_park_that_its_other_titles_name(place_all: PlaceAll) -> None:
    address = "Sandusky, Ohio, United States"
    named, unnamed = place_all(
        {"coaster_name": "Comet (Cedar Beach)", "Location": address},
        {"coaster_name": "Racer", "Location": address},
    )

    assert unnamed.place == named.place


@pytest.mark.parametrize(
    ("location", "title"),
    [
        ("Other", "Location not recorded"),
        ("Suzuka, Mie Prefecture, Japan", "Location not recorded (Japan)"),
        ("Alton, Staffordshire, England", "Location not recorded (United Kingdom)"),
        ("Mason, Ohio, U.S.", "Location not recorded (United States)"),
    ],
)
def test_a_ride_without_a_park_goes_to_one_that_says_so(
    place_all: PlaceAll, location: str, title: str
) -> None:
    [placed] = place_all({"Location": location})

    assert placed.place.name == title
    assert not placed.place.is_recorded
    assert "does not name the park" in doubts(placed)[0]


def test_a_wrong_minus_sign_is_noticed(place_all: PlaceAll) -> None:
    rows = place_all(
        *[{"Location": "Prater", **VIENNA}] * 2,
        {"Location": "Wurstelprater", "latitude": "48.216", "longitude": "-16.399"},
        {"Location": "Prater", "latitude": "-48.216", "longitude": "16.399"},
    )

    assert rows[2].place.point is None
    assert rows[3].place == rows[0].place
    assert doubts(rows[2])
    assert doubts(rows[3])


def test_coordinates_copied_from_another_park_are_not_used(
    place_all: PlaceAll,
) -> None:
    *_, moved = place_all(
        *[{"Location": "Cedar Beach", **SANDUSKY}] * 2,
        {"Location": "Prater", **VIENNA},
        {"Location": "Prater", **SANDUSKY},
    )

    assert moved.place.region.country == "AT"
    assert "not those of the park" in doubts(moved)[0]


def test_the_park_of_a_country_nobody_knows_names_no_country() -> None:
    assert lost_place("ZZ").name == "Location not recorded"
