"""Addresses of the finder: read, refused, and always written in the same way."""

from datetime import date
from typing import Any

from django.core.exceptions import BadRequest
from django.http import QueryDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.measures import System
from search.finder.facets import (
    UNKNOWN,
    DateFacet,
    FigureFacet,
    ListFacet,
)
from search.finder.offered import FACETS, GROUPS
from search.finder.questions import SORTS, VIEWS, Question, in_order
from search.finder.reading import is_canonical, read_question

TODAY = date(2026, 11, 28)


def read(query: str, system: System = System.METRIC) -> Question:
    return read_question(QueryDict(query.lstrip("?")), system=system, today=TODAY)


@st.composite
def questions(draw: Any) -> Question:
    """Anything a reader can ask, by the address of some of its parts."""
    parts = {}
    for key in draw(st.lists(st.sampled_from(list(FACETS)), unique=True)):
        match facet := FACETS[key]:
            case ListFacet():
                codes = st.sampled_from([code for code, _ in facet.choices()])
                value = ",".join(draw(st.lists(codes, min_size=1, max_size=3)))
            case FigureFacet():
                scale = draw(st.sampled_from(facet.scales))
                low, high = sorted(draw(st.tuples(*[st.integers(0, 99_999)] * 2)))
                value = f"{low}..{high}{scale.suffix}"
            case DateFacet():
                low, high = sorted(draw(st.tuples(*[st.integers(1700, 2030)] * 2)))
                value = f"{low}..{high}"
            case _:
                value = str(draw(st.integers(1, 10**9)))
        if facet.has_unknown and draw(st.booleans()):
            value += f",{UNKNOWN}"
        parts[facet.key] = value
    parts["q"] = draw(st.text("abc é&=,%+#", max_size=12))
    parts["sort"] = draw(st.sampled_from(list(SORTS)))
    parts["view"] = draw(st.sampled_from(list(VIEWS)))
    parts["page"] = str(draw(st.integers(1, 999_999)))
    params = QueryDict(mutable=True)
    params.update({name: value for name, value in parts.items() if value})
    return read_question(params, system=System.METRIC, today=TODAY)


@given(questions(), st.sampled_from(System))
def test_an_address_asks_the_same_of_every_reader(
    question: Question, system: System
) -> None:
    again = read(question.query, system)

    assert again == question
    assert is_canonical(QueryDict(question.query.lstrip("?")), again)


def test_there_are_at_least_twenty_facets_in_named_groups() -> None:
    assert len(FACETS) >= 20
    assert len(FACETS) == 1 + sum(len(group.facets) for group in GROUPS)


def test_the_form_without_scripts_ends_in_a_short_address() -> None:
    form = (
        "q=&category=water&category=flat&height_min=60&height_max=&height_unit=m"
        "&opened_min=&opened_max=1999&sort=&view=&dates="
    )

    question = read(form)

    assert question.query == "?category=flat,water&opened=..1999&height=60..m"
    assert not is_canonical(QueryDict(form), question)


def test_values_come_in_the_order_of_the_list_with_unknown_last() -> None:
    material, status = FACETS["material"], FACETS["status"]

    assert in_order(material, ("unknown", "wood", "steel")) == (
        "steel",
        "wood",
        "unknown",
    )
    assert in_order(status, ("unknown", "closed")) == ("closed", "unknown")


def test_choosing_and_removing_lead_back_to_the_first_page() -> None:
    question = read("category=flat&page=7")
    category = FACETS["category"]

    more = question.with_value(category, "water")
    fewer = more.without_value(category, "flat").without_value(category, "water")

    assert more.query == "?category=flat,water"
    assert fewer.query == ""


def test_a_problem_of_a_range_stays_beside_its_field_with_what_was_typed() -> None:
    question = read("height_min=90&height_max=60&height_unit=m&status=operating")

    assert "60 to 90" in question.problems["height"]
    assert question.typed["height_min"] == "90"
    assert question.ranges == {}
    assert question.chosen("status") == ("operating",)


def test_a_range_in_an_address_that_cannot_be_read_is_shown_in_its_fields() -> None:
    question = read("opened=1990..oops")

    assert question.typed == {"opened_min": "1990", "opened_max": "oops"}


def test_the_fields_of_the_form_overrule_the_range_of_the_address() -> None:
    assert read("height=10..20m&height_min=30&height_unit=m").query == "?height=30..m"


def test_what_networks_hang_on_to_links_is_dropped() -> None:
    question = read("category=flat&utm_source=mail&fbclid=IwAR0&gclid=x")

    assert question.query == "?category=flat"


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("colour=red", "colour"),
        ("category=flying", "Category: “flying”"),
        ("country=XX", "Country: “XX”"),
        ("park=../etc", "Park"),
        ("layout=0", "Layout"),
        ("element=9999999999999999999", "Element"),
        ("feature=unknown", "Feature"),
        ("sort=random", "sort"),
        ("view=hologram", "view"),
        ("dates=maybe", "dates"),
        ("more=height", "more"),
        ("page=0", "“0”"),
        ("page=-1", "“-1”"),
        ("page=1e3", "“1e3”"),
        ("page=²", "“²”"),
        ("page=" + "9" * 30, "Pages"),
        ("q=" + "x" * 201, "Name"),
        ("x" * 4500 + "=1", "longer"),
        ("q=" + "x" * 5000, "longer"),
        ("&".join(f"park=p{n}" for n in range(500)), "at most 100"),
        ("category=%ED%A0%80", "Category"),
    ],
)
def test_what_was_never_offered_is_refused_by_name(query: str, reason: str) -> None:
    with pytest.raises(BadRequest, match=reason):
        read(query)


@pytest.mark.parametrize(
    "value", ["NaN", "inf", "1e9", "9" * 60, "-1..5m", "60..90furlongs", "m", "a,b"]
)
def test_numbers_that_are_none_are_problems_and_no_errors(value: str) -> None:
    assert "height" in read(f"height={value}").problems


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_address_is_read_or_refused(name: str, value: str) -> None:
    params = QueryDict(mutable=True)
    params.appendlist(name, value)
    try:
        question = read_question(params, system=System.METRIC, today=TODAY)
    except BadRequest:
        return
    assert read(question.query) == question or question.problems
