"""Photos and tags in a suggestion are chosen from those there are."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from taggit.models import Tag

import pytest

from branches.models import Proposal
from parks.models import ParkPage
from photos.models import LicenceType, Photo
from tests.branches.filling import hand_in, text_of
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.suppression.hiding import publish


@pytest.fixture
def own(make_photo: Callable[..., Photo], member: Any) -> Photo:
    licence = LicenceType.objects.create(name="Free", code="free")
    return make_photo("Gate at night", licence=licence, uploaded_by_user=member)


@pytest.fixture
def foreign(make_photo: Callable[..., Photo]) -> Photo:
    return make_photo("Of another one", uploaded_by_user=make_person())


def approve(client: Client) -> None:
    proposal = Proposal.objects.get()
    client.post(
        f"{proposal.get_absolute_url()}decide/",
        {"content_hash": proposal.content_hash, "decision": "approve"},
    )


def test_own_photos_lead_a_page_and_stand_in_its_gallery(
    as_member: Client, as_moderator: Client, park: ParkPage, own: Photo
) -> None:
    response = hand_in(
        as_member,
        f"{park.url}suggest/",
        lead_photo=own.pk,
        gallery__0__photo=own.pk,
        gallery__0__caption="From the street",
    )

    assert response.status_code == 302
    assert live(park).lead_photo is None
    approve(as_moderator)
    now = live(park)
    assert now.lead_photo == own
    assert [row.caption for row in now.gallery.all()] == ["From the street"]


def test_photos_of_others_are_neither_shown_nor_taken(
    as_member: Client, park: ParkPage, own: Photo, foreign: Photo
) -> None:
    address = f"{park.url}suggest/"

    assert "Of another one" not in as_member.get(address).content.decode()
    response = hand_in(as_member, address, lead_photo=foreign.pk)

    assert response.status_code == 422
    assert not Proposal.objects.exists()


def test_without_photos_nobody_is_asked_for_one_and_those_there_stay(
    as_member: Client, as_moderator: Client, park: ParkPage, foreign: Photo
) -> None:
    address = f"{park.url}suggest/"
    assert "lead_photo" not in as_member.get(address).content.decode()

    publish(park, lead_photo=foreign)
    assert "no photos of your own yet" in as_member.get(address).content.decode()
    hand_in(as_member, address, city="Sandusky")
    approve(as_moderator)

    assert live(park).city == "Sandusky"


def test_the_number_of_queries_does_not_grow_with_the_library(
    as_member: Client,
    park: ParkPage,
    own: Photo,
    member: Any,
    make_photo: Callable[..., Photo],
    django_assert_max_num_queries: Any,
    django_assert_num_queries: Any,
) -> None:
    address = f"{park.url}suggest/"
    as_member.get(address)
    with django_assert_max_num_queries(200) as few:
        as_member.get(address)
    for number in range(9):
        make_photo(f"Photo {number}", uploaded_by_user=member)

    with django_assert_num_queries(len(few)):
        as_member.get(address)


def test_tags_in_use_are_named_with_commas(
    as_member: Client, as_moderator: Client, park: ParkPage
) -> None:
    Tag.objects.create(name="lakeside")
    Tag.objects.create(name="family")

    response = hand_in(as_member, f"{park.url}suggest/", tags="Family, lakeside")

    assert response.status_code == 302
    approve(as_moderator)
    assert {tag.name for tag in live(park).tags.all()} == {"family", "lakeside"}


def test_a_tag_nobody_uses_is_named_beside_its_field_and_not_made(
    as_member: Client, park: ParkPage
) -> None:
    response = hand_in(as_member, f"{park.url}suggest/", tags="zugzwang")

    assert response.status_code == 422
    assert "There is no tag called “zugzwang” yet." in text_of(response)
    assert not Tag.objects.filter(name="zugzwang").exists()


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        ("x" * 60_000, "There is no tag called “xxx"),
        (",".join(f"tag{number}" for number in range(1200)), "50 tags at most"),
        (",".join(["family"] * 1200), ""),
    ],
)
def test_more_tags_than_a_page_can_have_and_longer_ones_are_refused_beside_the_field(
    as_member: Client, park: ParkPage, tags: str, told: str
) -> None:
    Tag.objects.create(name="family")

    response = hand_in(as_member, f"{park.url}suggest/", tags=tags)

    assert response.status_code == (422 if told else 302)
    assert told in text_of(response)
    assert "x" * 200 not in text_of(response).replace(tags, "")
