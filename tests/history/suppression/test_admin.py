"""Asking, confirming and lifting in the admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

import pytest

from history.models import Suppression
from history.suppression.actions import ask, confirm
from parks.models import ParkPage
from tests.factories.people import make_person
from tests.history.suppression.hiding import (
    WHY,
    hide,
    version,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def test_one_administrator_asks_and_another_confirms_and_lifts(
    park: ParkPage, first: Any, second: Any, client: Client
) -> None:
    client.force_login(first)
    form = reverse("history_suppression_ask", args=(version(park, 3).pk,))
    assert client.get(form).status_code == 200
    client.post(form, {"up_to": 3, "text": "on", "reason": WHY})
    asked = Suppression.objects.get()
    page = reverse("history_suppression", args=(asked.pk,))
    decide = reverse("history_suppression_decide", args=(asked.pk,))

    own = client.get(page).content.decode()
    forbidden = client.post(decide, {"deed": "confirm"})
    client.force_login(second)
    others = client.get(page).content.decode()
    confirmed = client.post(decide, {"deed": "confirm"})
    was_hidden = version(park, 3).text_hidden
    client.post(decide, {"deed": "lift"})

    assert client.put(page).status_code == 405
    assert "another person has to confirm" in own
    assert 'value="confirm"' not in own
    assert forbidden.status_code == 403
    assert 'value="confirm"' in others
    assert (confirmed.status_code, was_hidden) == (302, True)
    assert not version(park, 3).text_hidden


def test_a_number_that_no_version_has_is_refused_beside_its_field(
    park: ParkPage, first: Any, client: Client
) -> None:
    client.force_login(first)
    form = reverse("history_suppression_ask", args=(version(park, 3).pk,))

    answer = client.post(form, {"up_to": "9" * 24, "text": "on", "reason": WHY})

    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"up_to"}


def test_a_request_for_what_is_live_says_what_to_do_and_keeps_what_was_typed(
    park: ParkPage, first: Any, client: Client
) -> None:
    client.force_login(first)

    answer = client.post(
        reverse("history_suppression_ask", args=(version(park, 5).pk,)),
        {"up_to": 5, "text": "on", "reason": WHY},
    )

    assert answer.status_code == 409
    assert "Publish a corrected text first" in answer.content.decode()
    assert WHY in answer.content.decode()


def test_the_list_puts_what_waits_first_and_filters(
    park: ParkPage, first: Any, second: Any, client: Client
) -> None:
    client.force_login(first)
    listing = reverse("suppressions_modeladmin_index")
    nothing = client.get(listing).content.decode()
    ask(version=version(park, 4), text=True, reason="An insult", by=first)
    hide(version(park, 3), first, second)

    both = client.get(listing).content.decode()
    waiting = client.get(listing, {"state": "open"}).content.decode()
    in_force = client.get(listing, {"state": "in_force"}).content.decode()

    assert "nobody has asked" in nothing
    assert both.index("An insult") < both.index(WHY)
    assert ("An insult" in waiting, WHY in waiting) == (True, False)
    assert ("An insult" in in_force, WHY in in_force) == (False, True)


@pytest.mark.parametrize("role", ["Editor", "Moderator"])
def test_who_has_no_right_sees_neither_menu_nor_pages(
    role: str, park: ParkPage, first: Any, client: Client
) -> None:
    asked = ask(version=version(park, 3), text=True, reason=WHY, by=first)
    client.force_login(make_person(role))

    dashboard = client.get("/admin/").content.decode()
    answers = [
        client.get(reverse("suppressions_modeladmin_index")),
        client.get(reverse("history_suppression", args=(asked.pk,))),
        client.get(reverse("history_suppression_ask", args=(version(park, 3).pk,))),
        client.post(
            reverse("history_suppression_decide", args=(asked.pk,)),
            {"deed": "confirm"},
        ),
    ]

    assert "/admin/suppressions/" not in dashboard
    assert [answer.status_code for answer in answers] == [302] * 4
    assert Suppression.objects.open().exists()


def test_who_is_given_the_right_may(park: ParkPage, first: Any) -> None:
    asked = ask(version=version(park, 3), text=True, reason=WHY, by=first)
    moderator = make_person("Moderator")
    right = Permission.objects.get(codename="change_suppression")
    moderator.user_permissions.add(right)

    confirm(suppression=asked, by=moderator)

    assert version(park, 3).text_hidden
