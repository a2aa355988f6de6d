"""Statuses, trains, costs, makers and titles."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parks.choices import CompanyKind, RideStatus
from parks.importing.cells import clean, comparable
from parks.importing.companies import (
    Maker,
    company_key,
    names_several_places,
    read_designers,
    read_manufacturers,
)
from parks.importing.costs import Cost, currency_in, read_cost
from parks.importing.naming import Title, is_address, is_other_name, read_title
from parks.importing.notes import NoteTaker
from parks.importing.statuses import read_status
from parks.importing.trains import Trains, read_trains


def test_a_clean_cell_has_plain_spaces_and_no_marks() -> None:
    assert clean(" Das\xa0 gro\u00dfe\u200b Rennen[1]\x00\n") == "Das große Rennen"


def test_names_compare_without_case_accent_and_punctuation() -> None:
    assert comparable("Six Flags México") == comparable("six flags mexico")
    assert comparable("S&S – Sansei") == comparable("S&S - Sansei")


@pytest.mark.parametrize(
    ("cell", "status", "since"),
    [
        ("Operating", RideStatus.OPERATING, ""),
        ("Removed", RideStatus.CLOSED, ""),
        ("Closed", RideStatus.CLOSED, ""),
        ("Closed in 2021", RideStatus.CLOSED, "2021"),
        ("SBNO December 2019", RideStatus.SBNO, "2019-12"),
        ("SBNO (Standing But Not Operating)", RideStatus.SBNO, ""),
        ("Under construction", RideStatus.UNDER_CONSTRUCTION, ""),
        ("Temporarily closed", RideStatus.TEMPORARILY_CLOSED, ""),
        ("Temporarily Closed", RideStatus.TEMPORARILY_CLOSED, ""),
        ("Not Currently Operating", RideStatus.TEMPORARILY_CLOSED, ""),
        ("closed for maintenance until spring", RideStatus.TEMPORARILY_CLOSED, ""),
        ("Under Maintenance", RideStatus.OPERATING, ""),
        ("Bankruptcy; rides sold", RideStatus.CLOSED, ""),
        ("In Production", RideStatus.UNKNOWN, ""),
        ("Discontinued", RideStatus.UNKNOWN, ""),
        ("", RideStatus.UNKNOWN, ""),
    ],
)
def test_each_spelling_of_a_status_has_one_meaning(
    cell: str, status: RideStatus, since: str
) -> None:
    notes = NoteTaker()

    read = read_status(cell, notes)

    assert (read.status, read.since) == (status, since)
    assert not [note for note in notes.notes if note.level == "suspicious"]


def test_a_status_nobody_knows_is_a_doubt() -> None:
    notes = NoteTaker()

    assert read_status("Haunted", notes).status is RideStatus.UNKNOWN
    assert "Haunted" in notes.notes[0].message


@pytest.mark.parametrize(
    ("cell", "trains"),
    [
        (
            "3 trains with 8 cars, 4 across in one row: total of 32 riders per train",
            Trains(3, 8, 1, 4),
        ),
        ("Single train with 7 cars, 2 across in 2 rows", Trains(1, 7, 2, 2)),
        ("Several trains with a single car, 2 across in 2 rows", Trains(None, 1, 2, 2)),
        ("4(3 max. in use) trains with 6 cars. 2 across in 2 rows", Trains(4, 6, 2, 2)),
        ("Single car trains, seated inline in 2 rows", Trains(None, 1, 2, 1)),
        ("", Trains()),
    ],
)
def test_the_sentence_about_trains_is_counted(cell: str, trains: Trains) -> None:
    notes = NoteTaker()

    assert read_trains(cell, notes) == trains
    assert notes.notes == []


def test_seats_that_do_not_add_up_are_a_doubt() -> None:
    notes = NoteTaker()

    read_trains(
        "1 train, 10 cars, 2 across in 2 rows; total of 38 riders per train", notes
    )

    assert "40 riders, and 38" in notes.notes[0].message


@pytest.mark.parametrize(
    ("cell", "cost"),
    [
        ("US$10.5 million[1]", Cost(Decimal(10500000), "USD")),
        ("$4,000,000 ", Cost(Decimal(4000000), symbol="$")),
        ("CA$9 million", Cost(Decimal(9000000), "CAD")),
        ("A$16,000,000", Cost(Decimal(16000000), "AUD")),
        ("€ 9,4 million", Cost(Decimal(9400000), "EUR")),
        ("$3.044 million", Cost(Decimal(3044000), symbol="$")),
        ("~ 26.000.000 €", Cost(Decimal(26000000), "EUR")),
        ("£25,000 (1922)", Cost(Decimal(25000), "GBP", year=1922)),
        ("75 million DKK (€10 M)", Cost(Decimal(75000000), "DKK")),
        (
            "$2 million($9.1 million in 2020 dollars)",
            Cost(Decimal(2000000), symbol="$"),
        ),
        ("", None),
    ],
)
def test_a_cost_is_an_amount_with_its_currency(cell: str, cost: Cost | None) -> None:
    notes = NoteTaker()

    assert read_cost(cell, notes) == cost
    assert notes.notes == []


@pytest.mark.parametrize("cell", ["1.2M", "less than $20,000", "48 million FIM"])
def test_a_sum_without_a_currency_of_today_is_left_out(cell: str) -> None:
    notes = NoteTaker()

    assert read_cost(cell, notes) is None
    assert notes.notes


@pytest.mark.parametrize(
    ("country", "currency"), [("US", "USD"), ("DE", "USD"), ("CA", ""), ("ZZ", "")]
)
def test_a_bare_dollar_sign_means_what_the_country_means(
    country: str, currency: str
) -> None:
    assert currency_in(Cost(Decimal(1), symbol="$"), country) == currency


def organisations(*names: str) -> tuple[Maker, ...]:
    return tuple(Maker(name, CompanyKind.ORGANISATION) for name in names)


def people(*names: str) -> tuple[Maker, ...]:
    return tuple(Maker(name, CompanyKind.PERSON) for name in names)


@pytest.mark.parametrize(
    ("cell", "makers"),
    [
        ("Bolliger & Mabillard", organisations("Bolliger & Mabillard")),
        ("Bailey Rides, Inc.", organisations("Bailey Rides, Inc.")),
        ("Frank Prior, Fredrick Church", people("Frank Prior", "Fredrick Church")),
        (
            "Vekoma (Orlando, Japan)Mack Rides (Hollywood, Beijing)",
            organisations("Vekoma", "Mack Rides"),
        ),
        (
            "Arrow (1977–2003)Dynamic Structures (2005–present)]]",
            (
                Maker("Arrow", CompanyKind.ORGANISATION, "1977", "2003"),
                Maker("Dynamic Structures", CompanyKind.ORGANISATION, "2005"),
            ),
        ),
        ("", ()),
    ],
)
def test_makers_are_taken_apart(cell: str, makers: tuple[Maker, ...]) -> None:
    assert read_manufacturers(cell, NoteTaker()) == makers


@pytest.mark.parametrize(
    ("cell", "designers"),
    [
        ("John A. MillerHerbert Schmeck", people("John A. Miller", "Herbert Schmeck")),
        ("Dennis McNultyLarry Bill", people("Dennis McNulty", "Larry Bill")),
        ("Eden Carpenter, and Gary Norton", people("Eden Carpenter", "Gary Norton")),
        ("John Wardley & Werner Stengel", people("John Wardley", "Werner Stengel")),
        ("Ton van de Ven", people("Ton van de Ven")),
        ("SeaWorld Parks & Rides", organisations("SeaWorld Parks & Rides")),
        ("Mack Rides GmbH & Co. KG", organisations("Mack Rides GmbH & Co. KG")),
        (
            "Jeff Pike / Skyline Design",
            (*people("Jeff Pike"), *organisations("Skyline Design")),
        ),
        ("Andy Vettel (1968)", (Maker("Andy Vettel", CompanyKind.PERSON, "1968"),)),
    ],
)
def test_designers_are_taken_apart(cell: str, designers: tuple[Maker, ...]) -> None:
    assert read_designers(cell, NoteTaker()) == designers


def test_two_people_without_a_join_are_left_out_with_a_doubt() -> None:
    notes = NoteTaker()

    assert read_designers("Dennis McNulty Larry Bill", notes) == ()
    assert "two names" in notes.notes[0].message


def test_a_legal_form_makes_no_other_company() -> None:
    assert company_key("The Gravity Group, LLC") == company_key("Gravity Group")


def test_makers_by_park_mean_several_rides() -> None:
    assert names_several_places("Vekoma (Orlando)Mack (Hollywood)")
    assert not names_several_places("Arrow (1977–2003)Dynamic (2005–present)")


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("Comet (Lincoln Park)", Title("Comet", "Lincoln Park")),
        ("Comet (roller coaster)", Title("Comet")),
        ("Racer (1910 roller coaster)", Title("Racer")),
        ("The Bat (Kings Island; opened 1981)", Title("The Bat", "Kings Island")),
        ("Comet", Title("Comet")),
    ],
)
def test_a_title_is_a_name_and_perhaps_a_place(cell: str, title: Title) -> None:
    assert read_title(cell) == title


def test_an_address_is_told_from_a_park() -> None:
    assert is_address("Arlington, Texas, U.S.")
    assert is_address("2904 Fantasy Way Myrtle Beach, South Carolina")
    assert not is_address("Luna Park, Coney Island")


def test_a_longer_form_of_a_title_is_no_other_name() -> None:
    assert is_other_name("Iron Wolf", "Firebird")
    assert not is_other_name(
        "Seven Dwarfs Mine Train 七个小矮人", "Seven Dwarfs Mine Train"
    )
    assert not is_other_name("", "Firebird")


@given(st.text(max_size=80))
def test_no_text_makes_reading_fail(text: str) -> None:
    notes = NoteTaker()

    read_status(text, notes)
    read_trains(text, notes)
    read_cost(text, notes)
    read_manufacturers(text, notes)
    read_designers(text, notes)
    read_title(text)
