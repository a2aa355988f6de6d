"""What a publish writes down, and when it writes nothing."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

import pytest
from reversion.models import Revision as Entry
from reversion.models import Version

from core.changes import describe_change
from history import receivers
from history.content import canonical_text, fingerprint
from history.models import ChangeSet, ObjectHead, PageVersion
from history.reading import hashes_of, stored_texts
from home.models import HomePage
from parks.models import ParkPage, ParkSource, RidePage, RideTrack
from tests.factories.forms import filled_form
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_company, make_park, make_ride
from tests.factories.people import make_person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("home", "step_by_step"),
]


def versions_of(page: Any) -> list[PageVersion]:
    return list(PageVersion.objects.filter(object_uuid=page.uuid).order_by("seq"))


def content_of(version: PageVersion) -> dict[str, Any]:
    return dict(json.loads(stored_texts([version])[version.pk]))


def publish(page: Any, *, user: Any = None, **facts: Any) -> None:
    """Save a draft with new facts over the newest one and publish it."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.save_revision(user=user).publish(user=user)


def test_each_publish_writes_one_version_numbered_without_a_gap() -> None:
    park = make_park()

    for city in ("Sandusky", "Huron", "Sandusky"):
        publish(park, city=city)

    versions = versions_of(park)
    assert [version.seq for version in versions] == [1, 2, 3, 4]
    assert [version.parent for version in versions] == [None, *versions[:-1]]
    assert ObjectHead.objects.get(object_uuid=park.uuid).version == versions[-1]
    assert [version.changed_facts for version in versions[1:]] == [["city"]] * 3


def test_a_publish_without_a_change_writes_nothing() -> None:
    park = make_park()

    publish(park, change_reason="Looked it over", change_source="The park's map")

    assert len(versions_of(park)) == 1


def test_the_order_of_a_blocks_keys_is_no_change() -> None:
    park = make_park(body=[("paragraph", "<p>Built on a swamp.</p>")])

    # In the order of the database's, which is not that of the CMS.
    ParkPage.objects.get(pk=park.pk).save_revision().publish()

    assert len(versions_of(park)) == 1


def test_a_draft_writes_nothing() -> None:
    park = make_park(publish=False)
    park.get_latest_revision_as_object().save_revision()

    assert versions_of(park) == []


def test_a_publish_for_tomorrow_writes_nothing_until_it_is_live() -> None:
    park = make_park(publish=False)
    tomorrow = timezone.now() + timedelta(days=1)

    publish(park, go_live_at=tomorrow)

    park.refresh_from_db()
    assert not park.live
    assert versions_of(park) == []


def test_an_edit_of_a_live_page_for_tomorrow_writes_nothing_yet() -> None:
    park = make_park()
    tomorrow = timezone.now() + timedelta(days=1)

    publish(park, go_live_at=tomorrow, city="Sandusky")

    assert len(versions_of(park)) == 1


def test_a_version_holds_facts_and_rows_but_neither_place_nor_state() -> None:
    ride = make_ride(make_park(), maker=make_company(), height="110 ft")

    content = content_of(versions_of(ride)[0])

    assert {"pk", "uuid", "title", "slug", "category", "tracks"} <= content.keys()
    assert content["credits"][0]["role"] == "manufacturer"
    assert content["tracks"][0]["height"] == "110 ft"
    left_out = {
        *("path", "depth", "numchild", "url_path", "live", "has_unpublished_changes"),
        *("latest_revision", "live_revision", "last_published_at", "draft_title"),
        *("locked", "owner", "go_live_at", "content_type", "translation_key"),
        *("status", "opened", "opened_lower", "closed_upper", "closed_precision"),
        *("change_reason", "change_source", "accepted_warnings"),
        "wagtail_admin_comments",
    }
    assert left_out & content.keys() == set()
    assert {"pk", "page", "sort_order", "height_si"} & content["tracks"][
        0
    ].keys() == set()


def test_moving_a_page_is_no_change_of_its_facts() -> None:
    here, there = make_park("Here"), make_park("There")
    ride = make_ride(here)
    before = versions_of(ride)[0].sha256

    ride.move(there, pos="last-child")
    ride = RidePage.objects.get(pk=ride.pk)
    stay = ride.stays.get()
    stay.park = there
    stay.save()
    ride.stays.update(park=there)

    assert [v.sha256 for v in versions_of(ride)] == [before, before]


def test_the_hash_of_a_version_is_that_of_its_stored_bytes() -> None:
    park = make_park("Grüna Lund", body=[("paragraph", "<p>“Djurgården”</p>")])

    version = versions_of(park)[0]

    stored = stored_texts([version])[version.pk].encode()
    assert version.sha256 == hashlib.sha256(stored).hexdigest()
    assert version.size == len(stored)


def test_equal_contents_have_equal_hashes_whatever_came_between() -> None:
    park = make_park(city="Sandusky")

    publish(park, city="Huron")
    publish(park, city="Sandusky")

    first, second, third = versions_of(park)
    assert first.sha256 == third.sha256 != second.sha256


def test_rows_keep_their_uuid_when_an_old_revision_is_published_again() -> None:
    ride = make_ride(make_park(), height="110 ft")
    original = ride.latest_revision
    uuid, key = ride.tracks.get().uuid, ride.tracks.get().pk
    publish(ride, tracks=[RideTrack(name="South", speed="60 mph")])

    original.publish()

    track = RidePage.objects.get(pk=ride.pk).tracks.get()
    assert track.uuid == uuid
    assert str(track.height) == "110 ft"
    assert key is not None
    first, _, third = versions_of(ride)
    assert first.sha256 == third.sha256


def test_a_row_that_only_a_draft_had_keeps_its_uuid_through_two_publishes() -> None:
    park = make_park()
    publish(park, sources=[ParkSource(title="Map of 1971")])
    published = ParkPage.objects.get(pk=park.pk)
    uuid = published.sources.get().uuid

    published.latest_revision.publish()

    assert ParkPage.objects.get(pk=park.pk).sources.get().uuid == uuid


def test_the_publisher_is_told_apart_from_the_author() -> None:
    park, author, publisher = make_park(), make_person("Editor"), make_person("admin")
    draft = park.get_latest_revision_as_object()
    draft.city = "Sandusky"

    draft.save_revision(user=author).publish(user=publisher)

    change = versions_of(park)[-1].changeset
    assert (change.author, change.publisher) == (author, publisher)


def test_whoever_publishes_in_the_editor_is_named(client: Client) -> None:
    park, editor = make_park(), make_person("admin")
    client.force_login(editor)
    url = f"/admin/pages/{park.pk}/edit/"
    form = filled_form(client.get(url), {"city": "Sandusky", "action-publish": "1"})

    client.post(url, form)

    change = versions_of(park)[-1].changeset
    assert (change.author, change.publisher) == (editor, editor)


def test_a_described_change_says_who_why_whence_and_when() -> None:
    park, loader = make_park(), make_person("admin")
    made_at = datetime(2021, 5, 3, 12, tzinfo=UTC)

    with describe_change(by=loader, reason="Moved", source="Map", made_at=made_at):
        publish(park, city="Sandusky")

    version = versions_of(park)[-1]
    change = version.changeset
    assert (change.publisher, change.reason, change.source) == (loader, "Moved", "Map")
    assert change.made_at == made_at
    assert Entry.objects.get(version=version.payload).date_created == made_at


def test_a_publish_that_cannot_be_recorded_is_not_live(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    park = make_park(city="Huron")
    client.force_login(make_person("admin"))
    client.raise_request_exception = False
    url = f"/admin/pages/{park.pk}/edit/"
    form = filled_form(client.get(url), {"city": "Sandusky", "action-publish": "1"})

    def fail(page: Any) -> None:
        raise OSError("The archive is full")

    monkeypatch.setattr(receivers, "record", fail)
    response = client.post(url, form)

    park.refresh_from_db()
    assert response.status_code == 500
    assert park.city == "Huron"
    assert len(versions_of(park)) == 1
    assert ChangeSet.objects.count() == Version.objects.count()


def test_a_new_page_that_cannot_be_recorded_stays_a_draft(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    park = make_park(publish=False)

    def fail(page: Any) -> None:
        raise OSError("The archive is full")

    monkeypatch.setattr(receivers, "record", fail)
    with pytest.raises(OSError, match="full"):
        publish(park)

    assert not ParkPage.objects.get(pk=park.pk).live
    assert not Page.objects.get(pk=park.pk).live_revision


def test_the_versions_of_a_page_outlive_it() -> None:
    park = make_park()
    uuid = park.uuid

    park.delete()

    versions = PageVersion.objects.filter(object_uuid=uuid)
    assert [version.page for version in versions] == [None, None]
    assert {content_of(version)["title"] for version in versions} == {"Cedar Point"}


def test_a_publish_costs_the_same_whatever_the_length_of_the_history() -> None:
    ride = make_ride(make_park())

    def queries_of_one_publish(number: int) -> int:
        publish(ride, search_description=f"Warm-up {number}")
        with CaptureQueriesContext(connection) as queries:
            publish(ride, search_description=f"Text {number}")
        return len(queries)

    few = queries_of_one_publish(1)
    lengthen_history(ride, by=200)
    many = queries_of_one_publish(2)

    assert PageVersion.objects.filter(object_uuid=ride.uuid).count() > 200
    assert many == few


def queries_of_one_publish(ride: RidePage, text: str) -> int:
    known = RidePage.objects.get(pk=ride.pk)
    draft = known.get_latest_revision_as_object()
    draft.search_description = text
    revision = draft.save_revision()
    with CaptureQueriesContext(connection) as queries:
        revision.publish()
    # What opens and closes transactions asks the database nothing.
    return sum("SAVEPOINT" not in query["sql"] for query in queries)


def test_recording_costs_at_most_ten_queries_more_than_the_stock_publish(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ride = make_ride(make_park())
    publish(ride, search_description="Warm-up")
    # The search reads the page as well, at a price of its own (below).
    monkeypatch.setattr("search.receivers.refresh", lambda pages: 0)

    ours = queries_of_one_publish(ride, "Ours")
    execute = PublishPageRevisionAction.execute
    monkeypatch.setattr(PublishPageRevisionAction, "execute", execute.__wrapped__)
    monkeypatch.setattr(receivers, "record", lambda page: None)
    stock = queries_of_one_publish(ride, "Stock")

    assert 0 < ours - stock <= 10


def test_the_search_follows_a_publish_with_six_queries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ride = make_ride(make_park())
    publish(ride, search_description="Warm-up")

    followed = queries_of_one_publish(ride, "Followed")
    monkeypatch.setattr("search.receivers.refresh", lambda pages: 0)
    alone = queries_of_one_publish(ride, "Alone")

    assert 0 < followed - alone <= 6


def test_the_front_page_and_the_indexes_have_a_first_version(home: HomePage) -> None:
    assert [version.seq for version in versions_of(home)] == [1]
    assert PageVersion.objects.count() == 5


def test_a_version_from_before_keys_had_an_order_is_known_again() -> None:
    park = make_park(body=[("paragraph", "<p>Built on a swamp.</p>")])
    version = PageVersion.objects.get(object_uuid=park.uuid)
    payload: Any = version.payload
    text = payload.serialized_data
    content = json.loads(text)
    (block,) = json.loads(content["body"])
    content["body"] = json.dumps([{key: block[key] for key in ("type", "value", "id")}])
    old = canonical_text(content)
    payload.serialized_data = old
    payload.save()
    version.sha256 = fingerprint(old)

    assert fingerprint(text) != version.sha256
    assert hashes_of([version]) == {version.sha256, fingerprint(text)}
