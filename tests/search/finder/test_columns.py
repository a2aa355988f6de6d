"""Counting rides in memory: what facets add up to, and in which order rides come."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.finder.catalogue import Catalogue
from search.finder.columns import Asked, Columns
from search.finder.filling import COLUMNS
from search.finder.offered import FACETS
from search.finder.years import read_years
from tests.search.finder.stock import catalogue, dated, row

TODAY = date(2026, 11, 28)
CATEGORIES, STATUSES = ("flat", "water", "dark"), ("operating", "closed")
MATERIALS = ("", "steel", "wood")


def asked(certain: bool = False, **values: Any) -> Asked:
    """A question by facets; a pair of numbers is a range."""
    ranges = {k: v for k, v in values.items() if isinstance(v, tuple)}
    codes = {k: frozenset(v) for k, v in values.items() if isinstance(v, set)}
    return Asked(codes=codes, bounds=ranges, certain=certain)


def years(text: str) -> tuple[int, int]:
    return read_years(text, today=TODAY).bounds()


@st.composite
def rides(draw: Any) -> list[tuple[Any, ...]]:
    number = draw(st.integers(0, 40))
    return [
        row(
            key,
            category=draw(st.sampled_from(CATEGORIES)),
            status=draw(st.sampled_from(STATUSES)),
            material=draw(st.sampled_from(MATERIALS)),
            manufacturers=draw(st.lists(st.integers(1, 4), max_size=3, unique=True)),
            height_m=draw(st.none() | st.floats(0, 100, width=16)),
        )
        for key in range(1, number + 1)
    ]


def holds(ride: dict[str, Any], key: str, question: Asked) -> bool:
    """Whether a ride passes one facet, said as simply as can be."""
    values = ride[FACETS[key].column]
    codes = question.codes.get(key, frozenset())
    if key == "manufacturer":
        return bool(codes & set(values or (None,)))
    if key == "height":
        low, high = question.bounds[key]
        return values is not None and low <= values <= high
    return (values or None) in codes


@given(
    rides(),
    st.integers(0, 40),
    st.sets(st.sampled_from(CATEGORIES), min_size=1),
    st.sets(st.sampled_from((None, "steel", "wood"))),
    st.sets(st.sampled_from((None, 1, 2, 3))),
    st.booleans(),
)
def test_each_count_is_what_choosing_that_value_would_give(
    rows: list[tuple[Any, ...]],
    stocked: int,
    categories: set[str],
    materials: set[str | None],
    makers: set[int | None],
    with_height: bool,
) -> None:
    chosen: dict[str, Any] = {"category": categories}
    chosen |= {"material": materials} if materials else {}
    chosen |= {"manufacturer": makers} if makers else {}
    chosen |= {"height": (10.0, 60.0)} if with_height else {}
    question = asked(**chosen)
    found = Catalogue(Columns(rows[:stocked]), Columns(rows[stocked:])).find(question)
    known = [dict(zip(COLUMNS, one, strict=True)) for one in rows]

    expected = {
        ride["ride_id"]
        for ride in known
        if all(holds(ride, key, question) for key in chosen)
    }

    assert set(found.keys("")) == expected
    assert found.total == len(expected)
    for key in ("category", "material", "manufacturer"):
        others = [other for other in chosen if other != key]
        passing = [r for r in known if all(holds(r, o, question) for o in others)]
        for code in (*CATEGORIES, None, "steel", "wood", 1, 2, 3, 4):
            alone = Asked(codes={key: frozenset({code})})
            number = sum(holds(ride, key, alone) for ride in passing)
            assert found.counts(key).get(code, 0) == number


def test_choices_of_one_facet_add_up_and_facets_narrow_each_other() -> None:
    rides_ = catalogue(
        row(1, category="flat", material="steel"),
        row(2, category="water", material="steel"),
        row(3, category="water", material="wood"),
        row(4, category="dark", material="steel"),
    )

    found = rides_.find(asked(category={"flat", "water"}, material={"steel"}))

    assert found.keys("") == [1, 2]
    assert found.counts("category") == {"flat": 1, "water": 1, "dark": 1}
    assert found.counts("material") == {"steel": 2, "wood": 1}
    assert found.counts("category", own=True) == {"flat": 1, "water": 1}


def test_a_vague_date_lies_in_a_range_possibly_or_certainly() -> None:
    rides_ = catalogue(
        row(1, **dated("opened", "1985-05-01", "1985-05-01")),
        row(2, **dated("opened", "1980-01-01", "1989-12-31")),
        row(3, **dated("opened", None, "1984-12-31")),
        row(4, **dated("opened", "1991-01-01", None)),
        row(5),
    )

    possible = rides_.find(asked(opened=years("1985..1989")))
    certain = rides_.find(asked(opened=years("1985..1989"), certain=True))

    assert possible.keys("") == [1, 2]
    assert possible.doubtful_keys() == {2}
    assert certain.keys("") == [1]
    assert certain.doubtful == 0
    assert rides_.find(asked(opened=years("..1980s"))).keys("") == [1, 2, 3]
    assert rides_.find(asked(opened=years("2020s"))).keys("") == [4]


def test_a_ride_that_is_found_by_its_missing_date_is_not_in_doubt() -> None:
    rides_ = catalogue(row(1), row(2, **dated("opened", "1980-01-01", "1989-12-31")))

    found = rides_.find(
        Asked(
            codes={"opened": frozenset({None})},
            bounds={"opened": years("1985")},
        )
    )

    assert found.keys("") == [1, 2]
    assert found.doubtful_keys() == {2}


def test_only_of_rides_that_are_gone_a_closing_date_is_missing() -> None:
    rides_ = catalogue(
        row(1, status="operating"),
        row(2, status="demolished"),
        row(3, status="closed", **dated("closed", "1999-01-01", "1999-12-31")),
    )

    assert rides_.find(asked(closed={None})).keys("") == [2]
    assert rides_.find(asked()).count_unknown(FACETS["closed"]) == 1


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", [3, 2, 1, 4]),
        ("tallest", [2, 3, 1, 4]),
        ("newest", [1, 2, 3, 4]),
        ("oldest", [3, 2, 1, 4]),
    ],
)
@pytest.mark.parametrize("stocked", [0, 2, 4])
def test_what_is_not_known_comes_last_in_every_order(
    sort: str, order: list[int], stocked: int
) -> None:
    rows = [
        row(1, names="comet", height_m=20.0, **dated("opened", "1999-01-01", None)),
        row(2, names="big", height_m=50.0, **dated("opened", "1950-01-01", None)),
        row(3, names="ape", height_m=20.0, **dated("opened", None, "1907-01-01")),
        row(4, names="zeppelin"),
    ]
    both = Catalogue(Columns(rows[:stocked]), Columns(rows[stocked:]))

    assert both.find(asked()).keys(sort) == order
    assert both.find(asked()).keys(sort, 1, 3) == order[1:3]


def test_a_few_of_many_come_in_the_same_order_as_all() -> None:
    rows = [
        row(key, names=f"{key * 7 % 100:02}", category="flat" if key % 10 else "dark")
        for key in range(100)
    ]
    rides_ = catalogue(*rows)

    everything = rides_.find(asked()).keys("")
    few = rides_.find(asked(category={"dark"})).keys("")

    assert len(few) == 10
    assert few == [key for key in everything if key in set(few)]


def test_every_word_must_stand_in_one_of_the_names() -> None:
    rides_ = catalogue(
        row(1, names="rougarou\nmantis"), row(2, names="mantis shrimp"), row(3)
    )

    assert rides_.find(Asked(words=("mantis",))).keys("") == [2, 1]
    assert rides_.find(Asked(words=("mantis", "rou"))).keys("") == [1]


def test_nothing_at_all_is_counted_without_rides() -> None:
    found = catalogue().find(asked(category={"flat"}, height=(1.0, 2.0)))

    assert found.total == 0
    assert found.keys("tallest") == []
    assert found.counts("category") == {}
