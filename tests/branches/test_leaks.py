"""A suggestion is as private and as hidden as the page it is about."""

from typing import Any

from django.test import Client

from wagtail.models import PageViewRestriction

import pytest

from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkPage
from tests.branches.filling import text_of
from tests.branches.proposing import drafted, suggested
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.suppression.hiding import CANARY, hide, publish, version


def test_a_suggestion_about_a_page_that_became_private_shows_nothing_of_it(
    client: Client, as_member: Client, member: Any, park: ParkPage
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    PageViewRestriction.objects.create(page=park, restriction_type="login")
    publish(park, address=CANARY)
    address = proposal.get_absolute_url()
    PageViewRestriction.objects.filter(page=park).update(restriction_type="groups")

    assert client.get(address).status_code == 404
    own = as_member.get(address)
    assert own.status_code == 200
    assert CANARY not in own.content.decode()
    assert "not public at the moment" in text_of(own)
    for more in ("edit/", "settle/"):
        response = as_member.get(f"{address}{more}")
        assert response.status_code in (404, 409)
        assert CANARY not in response.content.decode()


def test_a_suggestion_about_an_unpublished_page_is_for_moderators(
    client: Client, as_moderator: Client, member: Any, park: ParkPage
) -> None:
    proposal = suggested(park, by=member, city=CANARY)
    live(park).unpublish()

    assert client.get(proposal.get_absolute_url()).status_code == 404
    assert as_moderator.get(proposal.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("part", ["text", "reason_given", "author"])
def test_what_a_suggestion_became_is_hidden_with_it(
    client: Client,
    as_member: Client,
    member: Any,
    moderator: Any,
    park: ParkPage,
    part: str,
) -> None:
    proposal = suggested(park, by=member, city=CANARY)
    approve_suggestion(proposal, by=moderator, content_hash=proposal.content_hash)
    address = proposal.get_absolute_url()
    assert CANARY in client.get(address).content.decode()
    publish(park, city="Sandusky")

    hide(version(park, 2), make_person("admin"), make_person("admin"), **{part: True})

    for reader in (client, as_member):
        assert reader.get(address).status_code == 404


def test_a_draft_is_nobodys_but_its_authors(
    client: Client, as_moderator: Client, member: Any, park: ParkPage
) -> None:
    proposal = drafted(park, by=member, city=CANARY)

    for reader in (client, as_moderator):
        assert reader.get(proposal.get_absolute_url()).status_code == 404
