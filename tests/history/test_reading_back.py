"""A version read back becomes a draft of the page there is."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.utils import timezone

from wagtail.models import Page

import pytest

from history.content import changed_facts
from history.models import PageVersion
from parks.models import ParkPage, RidePage
from tests.factories.pages import make_company, make_park, make_ride

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def first_version_of(page: Any) -> Any:
    return PageVersion.objects.get(object_uuid=page.uuid, seq=1)


def republish(page: Any, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_reverting_makes_a_draft_with_the_facts_and_rows_of_then() -> None:
    ride = make_ride(make_park(), maker=make_company(), height="110 ft")
    track = ride.tracks.get().uuid
    republish(ride, category="water", tracks=[], credits=[])

    first_version_of(ride).payload.revert()

    live = RidePage.objects.get(pk=ride.pk)
    draft = live.get_latest_revision_as_object()
    assert (live.category, live.has_unpublished_changes) == ("water", True)
    assert draft.category == "roller_coaster"
    assert [(row.uuid, str(row.height)) for row in draft.tracks.all()] == [
        (track, "110 ft")
    ]
    assert [str(row.company) for row in draft.credits.all()] == ["Intamin"]


def test_publishing_what_was_reverted_to_makes_the_same_content_live() -> None:
    ride = make_ride(make_park(), height="110 ft")
    republish(ride, category="water")

    first_version_of(ride).payload.revert()
    RidePage.objects.get(pk=ride.pk).latest_revision.publish()

    hashes = PageVersion.objects.filter(object_uuid=ride.uuid).order_by("seq")
    first, _, third = hashes.values_list("sha256", flat=True)
    assert first == third


def test_reverting_keeps_what_no_version_holds() -> None:
    ride = make_ride(make_park(), height="110 ft")
    soon = timezone.now().replace(microsecond=0) + timedelta(days=9)
    republish(ride, category="water", expire_at=soon)
    before = RidePage.objects.get(pk=ride.pk)

    first_version_of(ride).payload.revert()
    RidePage.objects.get(pk=ride.pk).latest_revision.publish()

    after = RidePage.objects.get(pk=ride.pk)
    assert after.category == "roller_coaster"
    assert after.expire_at == soon
    assert after.tracks.get().pk == before.tracks.get().pk


def test_reverting_leaves_the_page_where_it_was_moved_to() -> None:
    here, there = make_park("Here"), make_park("There")
    first, moved = make_ride(here, "First"), make_ride(here, "Moved")
    there.refresh_from_db()
    moved.move(there, pos="last-child")
    make_ride(here, "Takes the old place")

    first_version_of(moved).payload.revert()

    page = RidePage.objects.get(pk=moved.pk)
    assert page.get_parent().pk == there.pk
    assert page.url_path.endswith("/there/moved/")
    assert first.pk != page.pk
    assert not any(Page.find_problems())


def test_rows_naming_what_was_deleted_since_are_left_out() -> None:
    ride = make_ride(make_park(), maker=make_company("Gone"))
    maker = ride.credits.get().company
    republish(ride, credits=[])
    maker.delete()

    first_version_of(ride).payload.revert()

    draft = RidePage.objects.get(pk=ride.pk).get_latest_revision_as_object()
    assert list(draft.credits.all()) == []


def test_a_version_of_a_deleted_page_cannot_be_reverted_to() -> None:
    park = make_park()
    version = first_version_of(park)
    park.delete()

    with pytest.raises(DeserializationError):
        list(_restored(version.payload))


def test_another_page_with_the_same_key_is_not_taken_for_the_old_one() -> None:
    park = make_park()
    version = first_version_of(park)
    ParkPage.objects.filter(pk=park.pk).update(uuid=make_park("Other").uuid.int >> 1)

    with pytest.raises(DeserializationError):
        list(_restored(version.payload))


def _restored(payload: Any) -> Any:
    return serializers.deserialize(payload.format, payload.serialized_data)


def test_changed_facts_name_what_differs_on_either_side() -> None:
    before = {"title": "A", "city": "B", "gone": 1}
    after = {"title": "A", "city": "C", "new": 2}

    assert changed_facts(before, after) == ["city", "gone", "new"]


def test_a_number_typed_with_fewer_decimals_is_the_same_fact() -> None:
    typed = make_ride(make_park(), cost_amount=Decimal(25000000), cost_currency="USD")
    stored = RidePage.objects.get(pk=typed.pk)

    stored.save_revision().publish()

    assert PageVersion.objects.filter(object_uuid=typed.uuid).count() == 1
