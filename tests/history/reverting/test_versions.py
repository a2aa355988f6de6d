"""A page or snippet is brought back to what one of its versions said."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from django.utils.translation import override

import pytest

from core.refusals import NotPublishable
from history.models import PageVersion
from history.reverting.contents import check
from parks.models import ParkArea, ParkPage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.reverting.asking import form_at, newest, revert
from tests.history.suppression.hiding import hide, publish, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

FIRST = "/parks/cedar-point/history/1/revert/"
SECOND = "/parks/cedar-point/history/2/revert/"


def test_the_form_shows_what_would_change(moderator: Client, park: ParkPage) -> None:
    html = moderator.get(FIRST).content.decode()

    assert "Huron" in html
    assert "Sandusky" in html


def test_a_revert_is_a_new_version_with_its_reason(
    moderator: Client, park: ParkPage
) -> None:
    answer = revert(moderator, FIRST, source="The map of 1999")

    change: Any = newest(park).changeset
    assert answer.status_code == 302
    assert answer.url == f"/changes/{change.pk}/"
    assert live(park).city == "Huron"
    assert (newest(park).seq, newest(park).sha256) == (3, version(park, 1).sha256)
    assert (change.kind, change.reason) == ("revert", "It was right")
    assert change.source == "The map of 1999"
    assert change.author.display_name == change.publisher.display_name == "Mo"
    assert change.undoes_id == version(park, 2).changeset_id


def test_going_back_further_undoes_no_single_change(
    moderator: Client, park: ParkPage
) -> None:
    publish(park, city="Erie")

    revert(moderator, FIRST)

    assert live(park).city == "Huron"
    assert newest(park).changeset.undoes_id is None


def test_edge_case_8_a_revert_can_be_reverted(
    moderator: Client, park: ParkPage
) -> None:
    revert(moderator, FIRST)
    revert(moderator, SECOND)

    assert live(park).city == "Sandusky"
    assert newest(park).sha256 == version(park, 2).sha256


def test_rows_and_tags_keep_their_identity_and_their_keys(moderator: Client) -> None:
    park = make_park()
    ride = make_ride(park, height="110 ft")
    draft = live(ride)
    draft.tags.add("wooden")
    draft.save_revision().publish()
    before = [(row.pk, row.uuid) for row in live(ride).tracks.all()]
    tags = [row.pk for row in live(ride).tagged_items.all()]
    publish(ride, search_description="Fast")

    revert(moderator, "/parks/cedar-point/the-beast/history/2/revert/")

    assert live(ride).search_description == ""
    assert [(row.pk, row.uuid) for row in live(ride).tracks.all()] == before
    assert [row.pk for row in live(ride).tagged_items.all()] == tags


def test_a_row_that_was_removed_comes_back_with_its_uuid(moderator: Client) -> None:
    ride = make_ride(make_park(), height="110 ft")
    before = [row.uuid for row in live(ride).tracks.all()]
    draft = live(ride)
    draft.tracks.clear()
    draft.save_revision().publish()
    assert not live(ride).tracks.exists()

    revert(moderator, "/parks/cedar-point/the-beast/history/1/revert/")

    assert [row.uuid for row in live(ride).tracks.all()] == before
    assert newest(ride).sha256 == version(ride, 1).sha256


def test_a_reason_is_asked_for_and_the_source_is_kept(
    moderator: Client, park: ParkPage
) -> None:
    answer = revert(moderator, FIRST, reason="", source="The map of 1999")

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Say why" in html
    assert "The map of 1999" in html
    assert live(park).city == "Sandusky"


def test_what_was_changed_after_the_form_was_opened_is_shown_first(
    moderator: Client, park: ParkPage
) -> None:
    form = form_at(moderator, FIRST)
    publish(park, website="https://a.example/")

    refused = moderator.post(FIRST, form)

    for mark in ({}, {"seen": "0" * 300}, {"seen": "\x00"}):
        unmarked = moderator.post(FIRST, {"reason": "No mark", **mark})
        assert unmarked.status_code == 409, mark
    assert refused.status_code == 409
    assert "while you were looking" in refused.content.decode()
    assert "It was right" in refused.content.decode()
    assert live(park).website == "https://a.example/"
    assert revert(moderator, FIRST).status_code == 302
    assert (live(park).city, live(park).website) == ("Huron", "")


def test_what_is_said_already_is_not_published_again(
    moderator: Client, park: ParkPage
) -> None:
    html = moderator.get(SECOND).content.decode()

    assert "nothing would change" in html
    assert "<button" not in html.partition("<main")[2].partition("</main")[0]
    assert PageVersion.objects.filter(object_uuid=park.uuid).count() == 2


def test_a_draft_of_somebody_goes_on_from_the_result(
    moderator: Client, park: ParkPage
) -> None:
    draft = live(park)
    draft.website = "https://a.example/"
    draft.save_revision(user=make_person("Editor"))

    assert revert(moderator, FIRST).status_code == 302

    kept = live(park).get_latest_revision_as_object()
    assert (live(park).city, live(park).website) == ("Huron", "")
    assert (kept.city, kept.website) == ("Huron", "https://a.example/")
    live(park).get_latest_revision().publish()
    assert (live(park).city, live(park).website) == ("Huron", "https://a.example/")


def test_a_draft_that_changes_the_same_stands_in_the_way(
    moderator: Client, park: ParkPage
) -> None:
    draft = live(park)
    draft.city = "Cleveland"
    draft.save_revision()

    answer = revert(moderator, FIRST)

    assert answer.status_code == 409
    assert "has a draft" in answer.content.decode()
    assert "city" in answer.content.decode()
    assert live(park).city == "Sandusky"
    assert live(park).get_latest_revision_as_object().city == "Cleveland"


def test_a_locked_page_is_refused(moderator: Client, park: ParkPage) -> None:
    ParkPage.objects.update(
        locked=True, locked_by=make_person("admin"), locked_at=timezone.now()
    )

    answer = revert(moderator, FIRST)

    assert answer.status_code == 409
    assert "is locked" in answer.content.decode()
    assert live(park).city == "Sandusky"


def test_a_page_that_is_scheduled_is_refused(moderator: Client, park: ParkPage) -> None:
    draft = live(park)
    draft.go_live_at = timezone.now() + timedelta(days=3)
    draft.save_revision().publish()

    answer = revert(moderator, FIRST)

    assert answer.status_code == 409
    assert "is scheduled" in answer.content.decode()
    assert live(park).city == "Sandusky"


def test_a_time_at_which_the_page_ends_stays(moderator: Client, park: ParkPage) -> None:
    end = timezone.now().replace(microsecond=0) + timedelta(days=30)
    publish(park, expire_at=end)

    revert(moderator, FIRST)

    assert live(park).city == "Huron"
    assert live(park).expire_at == end


def test_what_contradicts_the_wiki_of_today_is_not_published(
    moderator: Client, park: ParkPage
) -> None:
    publish(park, slug="the-point")
    make_park()

    answer = revert(moderator, "/parks/the-point/history/1/revert/")

    assert answer.status_code == 409
    assert "cannot be published" in answer.content.decode()
    assert live(park).slug == "the-point"


def test_an_editor_without_the_right_to_publish_makes_a_draft(
    client: Client, park: ParkPage
) -> None:
    client.force_login(make_person("Editor"))

    html = client.get(FIRST).content.decode()
    answer = revert(client, FIRST, draft="1")

    assert "Publish the revert" not in html
    assert answer.status_code == 302
    assert live(park).city == "Sandusky"
    assert live(park).get_latest_revision_as_object().city == "Huron"
    assert revert(client, SECOND.replace("2", "1")).status_code == 403


def test_publishing_the_draft_of_a_revert_is_a_revert(
    client: Client, park: ParkPage
) -> None:
    client.force_login(make_person("Editor", display_name="Ed"))
    revert(client, FIRST, draft="1")

    live(park).get_latest_revision().publish(user=make_person("Moderator"))

    change: Any = newest(park).changeset
    assert (change.kind, change.reason) == ("revert", "It was right")
    assert change.undoes_id == version(park, 2).changeset_id
    assert change.author.display_name == "Ed"
    assert newest(park).sha256 == version(park, 1).sha256


def test_a_revert_is_saved_into_the_draft_that_waits(
    moderator: Client, park: ParkPage
) -> None:
    draft = live(park)
    draft.website = "https://a.example/"
    draft.save_revision()

    revert(moderator, FIRST, draft="1")

    kept = live(park).get_latest_revision_as_object()
    assert (kept.city, kept.website) == ("Huron", "https://a.example/")
    assert kept.change_reason == "It was right"
    assert live(park).city == "Sandusky"


def test_a_draft_of_a_revert_is_a_revert_once(
    moderator: Client, park: ParkPage
) -> None:
    revert(moderator, FIRST, draft="1")
    revision: Any = live(park).get_latest_revision()
    revision.publish()
    live(park).unpublish()

    live(park).get_latest_revision().publish()

    assert newest(park).changeset.kind == "publish"


def test_a_page_that_is_not_public_is_reverted_as_a_draft_only(
    moderator: Client, park: ParkPage
) -> None:
    live(park).unpublish()

    html = moderator.get(FIRST).content.decode()

    assert "Publish the revert" not in html
    assert revert(moderator, FIRST).status_code == 403
    assert revert(moderator, FIRST, draft="1").status_code == 302
    assert not live(park).live
    assert live(park).get_latest_revision_as_object().city == "Huron"


def test_a_suppressed_version_does_not_become_public_again(
    park: ParkPage, client: Client
) -> None:
    admin = make_person("admin")
    hide(version(park, 1), make_person("admin"), admin)
    client.force_login(admin)

    answer = client.get(FIRST)

    assert answer.status_code == 403
    assert "is hidden" in answer.content.decode()


def test_a_snippet_is_reverted_like_a_page(client: Client) -> None:
    area = ParkArea(park=make_park(), name="Frontier Town")
    area.save()
    area.save_revision().publish()
    again: Any = ParkArea.objects.get()
    again.name = "Frontier Trail"
    again.save_revision().publish()
    client.force_login(make_person("admin"))

    answer = revert(client, f"/changes/of/{area.uuid}/1/revert/")

    assert answer.status_code == 302
    assert ParkArea.objects.get().name == "Frontier Town"
    assert newest(area).changeset.kind == "revert"


@pytest.mark.parametrize("number", ["0", "9", "99999999999"])
def test_a_version_that_is_not_there_is_not_found(
    moderator: Client, park: ParkPage, number: str
) -> None:
    assert moderator.get(FIRST.replace("1", number)).status_code == 404


def test_visitors_and_members_cannot_revert(client: Client, park: ParkPage) -> None:
    assert client.get(FIRST).status_code == 302
    assert client.post(FIRST, {"reason": "Mine"}).status_code == 302
    client.force_login(make_person("Member"))
    assert client.get(FIRST).status_code == 403
    assert client.post(FIRST, {"reason": "Mine"}).status_code == 403
    assert live(park).city == "Sandusky"


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_fact_that_may_not_be_blank_is_named(park: ParkPage, language: str) -> None:
    draft = park.get_latest_revision_as_object()
    draft.country = ""

    with override(language), pytest.raises(NotPublishable) as refused:
        check(draft)

    named = {"en": "country: ", "de": "Land: "}
    assert named[language] in str(refused.value)
