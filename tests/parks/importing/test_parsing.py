"""A whole row becomes a coaster."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from parks.choices import Material, RideCategory, RideStatus
from parks.importing.notes import Level, messages_at
from parks.importing.parsing import CoasterRow, is_located

ReadCells = Callable[..., CoasterRow]


def test_an_everyday_row_is_read_without_doubts(read_cells: ReadCells) -> None:
    row = read_cells(number=7)

    assert (row.number, row.name, row.location) == (7, "Comet", "Seaside Park")
    assert (row.opened, row.status.status) == ("1999-05-12", RideStatus.OPERATING)
    assert (row.length, row.height, row.material) == ("3000 ft", "80 ft", Material.WOOD)
    assert row.notes == ()


def test_a_row_without_a_name_is_rejected_and_says_why(read_cells: ReadCells) -> None:
    row = read_cells(coaster_name=" \xa0")

    assert row.is_rejected
    assert messages_at(Level.REJECTED, row.notes) == ["The row has no name."]


@pytest.mark.parametrize(
    "cells", [{"coaster_name": "x" * 201}, {"year_introduced": "3"}]
)
def test_what_cannot_be_kept_is_rejected(
    read_cells: ReadCells, cells: dict[str, str]
) -> None:
    assert read_cells(**cells).is_rejected


def test_a_drop_higher_than_the_ride_is_legal(read_cells: ReadCells) -> None:
    row = read_cells(Drop="141 ft (43 m)", height_value="110")

    assert (row.drop, row.height) == ("141 ft", "110 ft")
    assert row.notes == ()


def test_no_inversions_are_claimed_for_a_ride_without_figures(
    read_cells: ReadCells,
) -> None:
    described = read_cells(Inversions_clean="0")
    undescribed = read_cells(Inversions_clean="0", Length="", height_value="")

    assert described.inversions == 0
    assert undescribed.inversions is None


@pytest.mark.parametrize(
    ("cells", "category"),
    [
        ({}, RideCategory.ROLLER_COASTER),
        ({"Model": "Powered Coaster"}, RideCategory.POWERED_COASTER),
        ({"coaster_name": "Peak Alpine Coaster"}, RideCategory.ALPINE_COASTER),
    ],
)
def test_the_kind_of_coaster_is_read_from_its_words(
    read_cells: ReadCells, cells: dict[str, str], category: RideCategory
) -> None:
    assert read_cells(**cells).category is category


@pytest.mark.parametrize(
    ("cell", "model"),
    [("Custom", ""), ("Wooden Coaster", ""), ("Boomerang", "Boomerang")],
)
def test_a_general_word_is_no_model(
    read_cells: ReadCells, cell: str, model: str
) -> None:
    assert read_cells(Model=cell).model == model


def test_a_designer_that_repeats_the_model_is_left_out(read_cells: ReadCells) -> None:
    assert read_cells(Model="Blauer Enzian", Designer="Blauer Enzian").designers == ()


def test_coordinates_off_the_globe_are_left_out_with_a_doubt(
    read_cells: ReadCells,
) -> None:
    row = read_cells(latitude="91", longitude="-81.57")

    assert (row.latitude, row.longitude) == (None, Decimal("-81.57"))
    assert messages_at(Level.SUSPICIOUS, row.notes)


def test_rows_that_repeat_a_description_share_its_article(
    read_cells: ReadCells,
) -> None:
    first = read_cells(coaster_name="Comet", year_introduced="1999")
    renamed = read_cells(coaster_name="Meteor", year_introduced="2004")
    another = read_cells(Length="2,000 ft (610 m)")

    assert first.article == renamed.article
    assert first.article != another.article


def test_a_soft_opening_after_the_opening_is_left_out(read_cells: ReadCells) -> None:
    row = read_cells(Soft__opening__date="6-Jun-99")

    assert row.soft_opened == ""
    assert messages_at(Level.SUSPICIOUS, row.notes)


def test_a_formula_stays_text(read_cells: ReadCells) -> None:
    assert read_cells(coaster_name="=HYPERLINK(1)").name == "=HYPERLINK(1)"


def test_only_the_name_of_a_park_locates_a_ride(read_cells: ReadCells) -> None:
    assert is_located(read_cells())
    assert not is_located(read_cells(Location="Other"))
    assert not is_located(read_cells(Location="Mason, Ohio, United States"))
    assert not is_located(read_cells(Opened="April 29, 1972"))
