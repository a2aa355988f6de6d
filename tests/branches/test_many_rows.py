"""A form that claims thousands of rows is answered at once."""

import re
from typing import Any

from django.test import Client

import pytest

from branches.models import Proposal
from parks.models import ParkPage, RidePage
from tests.branches.filling import WORDS, form_at, text_of


def claiming(data: dict[str, Any], rows: int) -> dict[str, Any]:
    """A form that says of each of its lists that it has so many rows."""
    lists = [name for name in data if name.endswith("-TOTAL_FORMS")]
    assert lists
    return {**data, **WORDS, **dict.fromkeys(lists, f"{rows}")}


def rows_in(response: Any) -> int:
    return len(re.findall(r'name="[a-z_]+-\d+-id"', response.content.decode()))


@pytest.mark.parametrize("button", ["preview", "submit"])
def test_more_rows_than_a_list_may_have_are_refused_beside_it(
    as_member: Client, ride: RidePage, button: str
) -> None:
    address = f"{ride.url}suggest/"
    data = form_at(as_member, address, tracks__0__height="300 ft")
    shown = rows_in(as_member.get(address))

    response = as_member.post(address, {**claiming(data, 9999), button: "1"})

    assert response.status_code == 422
    assert "At most 200 of these fit in here." in text_of(response)
    assert 'value="300 ft"' in response.content.decode()
    assert rows_in(response) == shown
    assert "9999" not in response.content.decode()
    assert not Proposal.objects.exists()


def test_rows_that_are_claimed_and_were_not_sent_are_no_rows(
    as_member: Client, ride: RidePage
) -> None:
    address = f"{ride.url}suggest/"
    data = form_at(as_member, address, tracks__0__height="300 ft")

    response = as_member.post(address, {**claiming(data, 150), "preview": "1"})

    assert response.status_code == 200
    assert rows_in(response) == rows_in(as_member.get(address))
    assert "What would change" in text_of(response)


def test_more_rows_in_all_lists_together_than_anybody_fills_in_are_refused(
    as_member: Client, park: ParkPage
) -> None:
    for address in (f"{park.url}suggest/", f"{park.url}suggest/new/"):
        data = claiming(form_at(as_member, address), 200)
        lists = [name.partition("-")[0] for name in data if "-TOTAL_" in name]

        response = as_member.post(
            address, {**data, **{f"{name}-199-id": "" for name in lists}}
        )

        assert response.status_code == 413
        assert "At most 250 rows can be added" in text_of(response)
