"""What a file may change on a page, and what it may not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parks.importing.merging import Merge, merge

UNITS = st.dictionaries(
    st.sampled_from(["height", "cost", "names"]),
    st.sampled_from(["", "80 ft", "90 ft", "100 ft"]),
)


@pytest.mark.parametrize("remembered", [None, {}, {"height": "70 ft"}])
def test_a_file_fills_what_is_blank(remembered: dict[str, str] | None) -> None:
    assert merge({"height": "80 ft"}, {"height": ""}, remembered) == Merge(
        changes={"height": "80 ft"}
    )


def test_a_file_never_erases() -> None:
    found = merge({"height": ""}, {"height": "80 ft"}, {"height": "80 ft"})

    assert found == Merge()


def test_a_page_left_alone_follows_the_file() -> None:
    found = merge({"height": "90 ft"}, {"height": "80 ft"}, {"height": "80 ft"})

    assert found == Merge(changes={"height": "90 ft"})


def test_an_edit_stands_while_the_file_says_nothing_new() -> None:
    found = merge({"height": "80 ft"}, {"height": "85 ft"}, {"height": "80 ft"})

    assert found == Merge()


def test_a_removal_stands_while_the_file_says_nothing_new() -> None:
    assert merge({"height": "80 ft"}, {"height": ""}, {"height": "80 ft"}) == Merge()


def test_an_edited_page_is_kept_against_news_and_says_so() -> None:
    found = merge({"height": "90 ft"}, {"height": "85 ft"}, {"height": "80 ft"})

    assert found == Merge(kept={"height": ("85 ft", "90 ft")})


def test_a_page_nobody_imported_is_kept_and_says_so() -> None:
    found = merge({"height": "90 ft"}, {"height": "85 ft"}, None)

    assert found == Merge(kept={"height": ("85 ft", "90 ft")})


@given(wanted=UNITS, present=UNITS, remembered=st.none() | UNITS)
def test_importing_twice_changes_nothing_more(
    wanted: dict[str, Any], present: dict[str, Any], remembered: dict[str, Any] | None
) -> None:
    after = {**present, **merge(wanted, present, remembered).changes}

    assert merge(wanted, after, wanted) == Merge()


@given(wanted=UNITS, present=UNITS, remembered=st.none() | UNITS)
def test_a_unit_is_changed_or_kept_but_never_both(
    wanted: dict[str, Any], present: dict[str, Any], remembered: dict[str, Any] | None
) -> None:
    found = merge(wanted, present, remembered)

    assert not found.changes.keys() & found.kept.keys()
