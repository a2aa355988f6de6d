"""What partial dates say about a day in the past. No database."""

from types import SimpleNamespace
from typing import Any

import pytest

from core.partial_dates import PartialDate, parse_partial_date
from parks.as_of import Certainty, during, life_as_of, name_as_of, stays_as_of


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def row(**fields: Any) -> Any:
    dates = {
        name: parse_partial_date(fields.pop(name, "")) for name in ("began", "ended")
    }
    return SimpleNamespace(**dates, **fields)


def name(text: str, kind: str = "former", **dates: str) -> Any:
    made = row(text=text, kind=kind, **dates)
    made.is_current_official = kind == "official" and made.ended is None
    return made


@pytest.mark.parametrize(
    ("began", "ended", "asked", "expected"),
    [
        ("1999-05-12", "", "1999-05-11", Certainty.NO),
        ("1999-05-12", "", "1999-05-12", Certainty.CERTAINLY),
        ("1999-05-12", "", "1999", Certainty.POSSIBLY),
        ("1999", "", "1999", Certainty.POSSIBLY),
        ("1999", "", "1999-12-31", Certainty.CERTAINLY),
        ("1999", "", "2000", Certainty.CERTAINLY),
        ("1999", "", "1998-12-31", Certainty.NO),
        ("", "2001", "2001-01-01", Certainty.CERTAINLY),
        ("", "2001", "2001-06", Certainty.POSSIBLY),
        ("", "2001", "2002", Certainty.NO),
        ("", "2001-09-04", "2001-09-04", Certainty.CERTAINLY),
        ("", "2001-09-04", "2001-09-05", Certainty.NO),
        ("1902~", "", "1903", Certainty.POSSIBLY),
        ("../1907", "", "1906", Certainty.POSSIBLY),
        ("../1907", "", "1907", Certainty.CERTAINLY),
        ("1907/..", "", "1907", Certainty.NO),
        ("", "", "1700", Certainty.CERTAINLY),
    ],
)
def test_a_period_holds_a_day_certainly_possibly_or_not(
    began: str, ended: str, asked: str, expected: Certainty
) -> None:
    assert during(row(began=began, ended=ended), day(asked)) is expected


@pytest.mark.parametrize(
    ("asked", "status", "others", "there"),
    [
        ("1994", "unknown", (), Certainty.NO),
        ("1995", "operating", (), Certainty.POSSIBLY),
        ("1998", "operating", (), Certainty.CERTAINLY),
        ("2001-06", "operating", ("closed", "relocating"), Certainty.CERTAINLY),
        ("2001-12-26", "operating", (), Certainty.CERTAINLY),
        ("2010", "operating", (), Certainty.CERTAINLY),
    ],
)
def test_a_status_is_that_of_the_day_and_names_what_the_dates_leave_open(
    asked: str, status: str, others: tuple[str, ...], there: Certainty
) -> None:
    periods = [
        row(status="operating", began="1995", ended="2001"),
        row(status="relocating", began="2001", ended="2001-12-26"),
        row(status="operating", began="2001-12-26"),
    ]

    life = life_as_of(day(asked), periods)

    assert life.there is there
    if there:
        assert (life.status, life.others) == (status, others)


def test_what_ended_for_good_is_closed_afterwards() -> None:
    periods = [row(status="operating", began="1979", ended="2010-09-06")]

    life = life_as_of(day("2011"), periods)

    assert (life.status, life.others) == ("closed", ())
    assert str(life.closed) == "2010-09-06"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("1998", ["Big Dipper"]),
        ("2005", ["Cyclone"]),
        ("2015", ["Cyclone", "SideWinder"]),
        ("2019", ["SideWinder"]),
        ("2021", ["The Gold Coaster"]),
    ],
)
def test_the_name_of_a_day_follows_the_periods_of_the_names(
    asked: str, expected: list[str]
) -> None:
    names = [
        name("The Gold Coaster", "official"),
        name("Big Dipper", began="1995", ended="2001"),
        name("Cyclone", began="2001-12-26", ended="2015~"),
        name("SideWinder", "sponsored", began="2015~", ended="2020"),
        name("The Snake", "nickname", began="1995"),
    ]

    found, others = name_as_of(day(asked), names)

    assert [found.text, *(other.text for other in others)] == expected


def test_a_ride_between_two_stays_is_nowhere() -> None:
    stays = [row(park="A", ended="2001"), row(park="B", began="2004")]

    places = {
        asked: [(stay.park, sure) for stay, sure in stays_as_of(day(asked), stays)]
        for asked in ("1990", "2001", "2002", "2004-05", "2005")
    }

    assert places == {
        "1990": [("A", Certainty.CERTAINLY)],
        "2001": [("A", Certainty.POSSIBLY)],
        "2002": [],
        "2004-05": [("B", Certainty.POSSIBLY)],
        "2005": [("B", Certainty.CERTAINLY)],
    }
