"""What each operation makes of the content of one page."""

from typing import Any

from django.core.exceptions import ValidationError

import pytest

from core.batch_operations import OPERATIONS, Unfit
from parks.batches.fields import OF_TRACK, OWN, labels, read

RIDE, PARK = "parks.ridepage", "parks.parkpage"
ELSEWHERE = "11111111-1111-4111-8111-111111111111"


def done(name: str, content: dict[str, Any], kind: str = RIDE, **said: Any) -> Any:
    return OPERATIONS[name].change(kind, content, said)


def changed(name: str, content: dict[str, Any], **said: Any) -> dict[str, Any]:
    result: dict[str, Any] = done(name, content, **said).content
    return result


def stay(park: int, **facts: Any) -> dict[str, Any]:
    row = {"uuid": f"stay at {park}", "park": park, "operator": None, "area": 7}
    return {**row, "began": None, "ended": None, "continuity": "original", **facts}


def period(status: str, **facts: Any) -> dict[str, Any]:
    row = {"uuid": status, "status": status, "began": "1979", "ended": None}
    return {**row, "note": "", **facts}


def test_a_fact_of_the_page_and_one_of_its_track_are_set() -> None:
    content = {"material": "", "title": "Beast", "tracks": [{"height": "310 ft"}]}

    result = changed("set", content, material="wood", height="100 ft")

    assert result == {
        "material": "wood",
        "title": "Beast",
        "tracks": [{"height": "100 ft"}],
    }


@pytest.mark.parametrize("tracks", [[], [{"height": None}, {"height": None}]])
def test_a_figure_is_not_set_where_it_is_not_clear_which_track_is_meant(
    tracks: list[Any],
) -> None:
    with pytest.raises(Unfit, match="tracks"):
        changed("set", {"tracks": tracks}, height="100 ft")


def test_a_park_has_no_height() -> None:
    with pytest.raises(Unfit, match="Height"):
        done("set", {}, PARK, height="100 ft")


def test_a_successor_takes_every_place_of_a_company_and_no_place_twice() -> None:
    content = {
        "credits": [
            {"uuid": "a", "company": 1, "role": "manufacturer"},
            {"uuid": "b", "company": 2, "role": "manufacturer"},
            {"uuid": "c", "company": 1, "role": "designer"},
        ],
        "stays": [{"uuid": "d", "park": 5, "operator": None}],
    }

    result = changed("replace_company", content, company=1, successor=2)

    assert [(row["company"], row["role"]) for row in result["credits"]] == [
        (2, "manufacturer"),
        (2, "designer"),
    ]
    assert result["stays"] == content["stays"]


@pytest.mark.parametrize(
    "content",
    [
        {"terms": [{"uuid": "a", "company": 1}]},
        {"stays": [{"uuid": "a", "park": None, "operator": 1}]},
        {"manufacturer": 1},
    ],
)
def test_operators_tours_and_models_name_the_successor_too(
    content: dict[str, Any],
) -> None:
    result = changed("replace_company", content, company=1, successor=2)

    assert "2" in str(result)
    assert changed("replace_company", content, company=3, successor=2) == content


def test_a_tag_is_added_once_and_removed_where_it_is() -> None:
    tagged = changed("add_tag", {"tagged_items": [{"tag": 3}]}, tag=4)

    assert tagged == {"tagged_items": [{"tag": 3}, {"tag": 4}]}
    assert changed("add_tag", tagged, tag=4) == tagged
    assert changed("remove_tag", tagged, tag=3) == {"tagged_items": [{"tag": 4}]}
    assert changed("remove_tag", tagged, tag=9) == tagged


def test_a_ride_that_moves_ends_its_stay_and_begins_the_next() -> None:
    said: dict[str, Any] = {
        "park": 2,
        "place": ELSEWHERE,
        "moved": "2026-10",
        "continuity": "",
    }

    wish = done("move", {"stays": [stay(1, began="1979")]}, **said)

    before, after = wish.content["stays"]
    assert (before["park"], before["ended"]) == (1, "2026-10")
    assert (after["park"], after["began"], after["ended"]) == (2, "2026-10", None)
    assert (after["area"], after["continuity"]) == (None, "relocated_same_track")
    assert str(wish.place) == ELSEWHERE
    assert done("move", wish.content, **said).place is None, "it is there already"


def test_a_ride_that_never_stood_where_it_is_filed_has_its_stay_corrected() -> None:
    said: dict[str, Any] = {
        "park": 2,
        "place": ELSEWHERE,
        "moved": "",
        "continuity": "",
    }

    wish = done("move", {"stays": [stay(1)]}, **said)

    assert wish.content["stays"] == [{**stay(1), "park": 2, "area": None}]


def test_a_ride_closes_on_a_date_that_is_known_in_part() -> None:
    said: dict[str, Any] = {
        "status": "closed",
        "date": "2026-11",
        "note": "Park closed",
    }

    result = changed("close", {"status_periods": [period("operating")]}, **said)

    was, now = result["status_periods"]
    assert (was["status"], was["ended"]) == ("operating", "2026-11")
    assert (now["status"], now["began"], now["note"]) == (
        "closed",
        "2026-11",
        "Park closed",
    )
    again = changed("close", {"status_periods": [period("operating")]}, **said)
    assert again == result, "the same rows when it is worked out once more"


def test_a_ride_that_is_gone_is_not_closed_again() -> None:
    content = {"status_periods": [period("demolished")]}

    said: dict[str, Any] = {"status": "closed", "date": "2026", "note": ""}
    assert changed("close", content, **said) == content


@pytest.mark.parametrize(
    ("fact", "text", "stored"),
    [
        ("material", "Wood", "wood"),
        ("material", "wood", "wood"),
        ("indoor", "Yes", True),
        ("indoor", "no", False),
        ("height", "310 ft", "310 ft"),
        ("height", "", None),
        ("inversions", "7", 7),
        ("max_angle", "90", "90.0"),
        ("city", "Sandusky", "Sandusky"),
    ],
)
def test_what_is_typed_is_read_as_in_the_form_of_a_page(
    fact: str, text: str, stored: Any
) -> None:
    assert read(fact, text) == stored


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("material", "cheese"),
        ("indoor", "perhaps"),
        ("height", "tall"),
        ("height", "9000 ft"),
        ("inversions", "99"),
        ("inversions", "-1"),
        ("website", "javascript:alert(1)"),
        ("city", "a\x00b"),
        ("category", ""),
    ],
)
def test_what_a_form_would_refuse_is_refused(fact: str, text: str) -> None:
    with pytest.raises(ValidationError):
        read(fact, text)


def test_every_fact_of_the_list_has_a_name() -> None:
    assert set(labels()) == {*OF_TRACK, *OWN[RIDE], *OWN[PARK]}
