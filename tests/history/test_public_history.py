"""What visitors read about the past: lists, versions, changes, feeds and tags."""

from typing import Any
from xml.etree import ElementTree

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

import pytest

from history.models import ChangeSet, PageVersion, Tag, TagIsPermanent
from history.public.forms import TagForm
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person

ATOM = "{http://www.w3.org/2005/Atom}"
ENTRY = f"{ATOM}entry"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def edit(page: Any, *, reason: str = "", by: Any = None, **facts: Any) -> None:
    """Publish new facts over the newest draft, with a reason."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.change_reason = reason
    draft.save_revision(user=by).publish(user=by, skip_permission_checks=True)


def body(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def newest_number() -> int:
    return ChangeSet.objects.latest("number").number


def test_a_history_says_who_changed_what_and_why(client: Client) -> None:
    park = make_park()
    edit(
        park, city="Sandusky", reason="From the map", by=make_person(display_name="Ada")
    )

    text = body(client, "/parks/cedar-point/history/")

    assert "Version 2" in text
    assert "Ada" in text
    assert "From the map" in text
    assert "Changed: city" in text
    assert "/parks/cedar-point/diff/1..2/" in text


def test_what_only_looks_like_a_uuid_names_nothing(client: Client) -> None:
    assert client.get(f"/changes/of/{'-' * 36}/1/").status_code == 404


@pytest.mark.parametrize("versions", [10, 1000])
def test_a_history_costs_the_same_whatever_its_length(
    client: Client, versions: int
) -> None:
    park = make_park()
    lengthen_history(park, by=versions)
    url = "/parks/cedar-point/history/"
    body(client, url)

    with CaptureQueriesContext(connection) as queries:
        body(client, url)

    assert len(queries) <= 6, [query["sql"] for query in queries]
    assert not any("reversion_version" in query["sql"] for query in queries)


def test_a_long_history_is_read_page_by_page_without_a_gap(client: Client) -> None:
    park = make_park()
    lengthen_history(park, by=120)

    first = client.get("/parks/cedar-point/history/").context["list"]
    second = client.get(f"/parks/cedar-point/history/?before={first.older}")
    back = client.get(
        f"/parks/cedar-point/history/?after={second.context['list'].newer}"
    )

    seqs = [entry.seq for entry in first.entries]
    assert seqs == list(range(121, 71, -1))
    assert second.context["list"].entries[0].seq == 71
    assert [e.seq for e in back.context["list"].entries] == seqs


def test_a_history_can_be_asked_for_one_fact_one_kind_and_one_person(
    client: Client,
) -> None:
    park, ada, bob = (
        make_park(),
        make_person(display_name="Ada"),
        make_person(display_name="Bob"),
    )
    edit(park, city="Sandusky", by=ada)
    edit(park, address="1 Causeway", by=bob)

    def seqs(query: str) -> list[int]:
        found = client.get(f"/parks/cedar-point/history/?{query}").context["list"]
        return [entry.seq for entry in found.entries]

    assert seqs("fact=city") == [2, 1]
    assert seqs(f"by={bob.pk}") == [3]
    assert seqs("kind=import") == []


@pytest.mark.parametrize(
    "query",
    ["kind=nonsense", "fact=nonsense", "by=abc", "before=-1", f"after={10**30}"],
)
def test_a_filter_that_cannot_be_is_named_and_no_server_error(
    client: Client, query: str
) -> None:
    make_park()

    assert "problem" in body(client, f"/parks/cedar-point/history/?{query}", 400)


@pytest.mark.parametrize(
    "query", ["since=tomorrow", "about=x", "since=2026-02-01&until=2026-01-01"]
)
def test_recent_changes_name_a_bad_filter_beside_its_field(
    client: Client, query: str
) -> None:
    make_park()

    assert "problem" in body(client, f"/changes/?{query}", 400)


def test_two_versions_chosen_in_the_list_lead_to_their_comparison(
    client: Client,
) -> None:
    park = make_park()
    edit(park, city="Sandusky")

    assert 'type="radio"' in body(client, "/parks/cedar-point/history/")
    response = client.get("/parks/cedar-point/history/?a=2&b=1")

    assert response.status_code == 302
    assert response["Location"] == "/parks/cedar-point/diff/1..2/"


def test_one_version_alone_offers_no_choice_of_two(client: Client) -> None:
    make_park()

    assert 'type="radio"' not in body(client, "/parks/cedar-point/history/")


def test_a_version_shows_what_it_said_then(client: Client) -> None:
    park = make_park(city="Oldtown")
    edit(park, city="Newtown")

    text = body(client, "/parks/cedar-point/history/1/")

    assert "Oldtown" in text
    assert "Newtown" not in text
    assert 'content="noindex"' in text


def test_a_version_that_is_not_there_is_not_found(client: Client) -> None:
    make_park()

    body(client, "/parks/cedar-point/history/2/", 404)
    body(client, "/parks/nowhere/history/", 404)
    body(client, "/changes/999999999999999999/", 404)


def test_links_to_the_past_of_a_page_outlive_its_moves(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    park = make_park()
    ride = make_ride(park, "Gemini")
    with django_capture_on_commit_callbacks(execute=True):
        edit(ride, slug="twins")
    with django_capture_on_commit_callbacks(execute=True):
        edit(park, slug="spit")
    old, new = "/parks/cedar-point/gemini/", "/parks/spit/twins/"

    for link in ("history/", "history/1/", "history/feed/", "diff/1..2/?view=inline"):
        response = client.get(f"{old}{link}")

        assert (response.status_code, response["Location"]) == (301, f"{new}{link}")
    ride.unpublish()
    assert client.get(f"{old}history/").status_code == 404


def test_what_is_not_public_is_in_no_list_and_no_feed(client: Client) -> None:
    hidden = make_park("Canary Gardens")
    gone = make_ride(make_park("Open Park"), "Canary Ride")
    numbers = list(ChangeSet.objects.values_list("number", flat=True))
    PageViewRestriction.objects.create(
        page=hidden, restriction_type=PageViewRestriction.LOGIN
    )
    gone.unpublish()

    everywhere = "".join(
        client.get(url).content.decode()
        for url in (
            "/changes/",
            "/changes/feed/",
            "/parks/open-park/history/feed/?below=1",
            *(f"/changes/{number}/" for number in [*numbers, newest_number()]),
            "/parks/canary-gardens/history/",
            "/parks/canary-gardens/history/1/",
            "/parks/canary-gardens/history/feed/",
            "/parks/open-park/canary-ride/history/",
            *(
                f"/changes/of/{version.object_uuid}/"
                for version in PageVersion.objects.filter(title__contains="Canary")
            ),
        )
    )

    assert "Canary" not in everywhere


def test_a_hidden_author_is_named_nowhere_and_cannot_be_filtered_for(
    client: Client,
) -> None:
    park, ada = make_park(), make_person(display_name="Ada Canary")
    edit(park, city="Sandusky", reason="A secret reason", by=ada)
    ChangeSet.objects.filter(number=newest_number()).update(
        author_hidden=True, reason_hidden=True
    )

    texts = [
        body(client, url)
        for url in (
            "/parks/cedar-point/history/",
            "/parks/cedar-point/history/2/",
            "/parks/cedar-point/history/feed/",
            "/changes/",
            "/changes/feed/",
            f"/changes/{newest_number()}/",
        )
    ]
    filtered = client.get(f"/parks/cedar-point/history/?by={ada.pk}").context["list"]

    assert not any("Ada Canary" in text or "secret" in text for text in texts)
    assert filtered.entries == []


def test_the_feed_of_a_park_follows_its_rides_when_asked(client: Client) -> None:
    park = make_park()
    make_ride(park, "Gemini")

    alone = body(client, "/parks/cedar-point/history/feed/")
    with_rides = body(client, "/parks/cedar-point/history/feed/?below=1")

    assert "Gemini" not in alone
    assert "Gemini" in with_rides
    assert "/parks/cedar-point/gemini/history/1/" in with_rides
    assert "Gemini" in body(client, "/parks/history/feed/?below=1")


def test_every_entry_of_a_feed_names_somebody_and_no_two_feeds_are_taken_for_one(
    client: Client,
) -> None:
    edit(make_park(), city="Sandusky", by=make_person(display_name="Ada Canary"))
    ChangeSet.objects.filter(number=newest_number()).update(author_hidden=True)

    url = "/parks/cedar-point/history/feed/"
    alone, below = (
        ElementTree.fromstring(body(client, asked))  # noqa: S314  our own feed
        for asked in (url, f"{url}?below=1")
    )

    names = [entry.findtext(f"{ATOM}author/{ATOM}name") for entry in alone.iter(ENTRY)]
    assert names == ["name hidden", "the wiki itself"]
    assert alone.findtext(f"{ATOM}id") != below.findtext(f"{ATOM}id")


def test_a_name_of_other_letters_is_told_which_ones_it_needs() -> None:
    form = TagForm({"name": "日本"})

    assert "letters A to Z" in form.errors["name"][0]


def test_an_editor_names_a_point_and_the_name_stays(client: Client) -> None:
    make_park()
    client.force_login(make_person("Editor"))
    url = f"/changes/{newest_number()}/"

    client.post(url, {"name": "2026 season", "note": "Before winter"})
    again = client.post(url, {"name": "2026 Season", "note": "Once more"})

    tag = Tag.objects.get()
    assert tag.slug == "2026-season"
    assert again.status_code == 422
    assert "already" in again.content.decode()
    assert "Once more" in again.content.decode()
    with pytest.raises(TagIsPermanent):
        tag.save()
    with pytest.raises(TagIsPermanent):
        tag.delete()
    with pytest.raises(TagIsPermanent):
        Tag.objects.update(name="2027 season")
    with pytest.raises(TagIsPermanent):
        Tag.objects.all().delete()


def test_a_visitor_cannot_name_a_point(client: Client) -> None:
    make_park()

    response = client.post(f"/changes/{newest_number()}/", {"name": "Mine"})

    assert response.status_code == 403
    assert not Tag.objects.exists()


def test_a_tag_shows_what_changed_since(client: Client) -> None:
    park = make_park()
    Tag.objects.create(
        name="Then", slug="then", changeset_id=newest_number(), made_by=make_person()
    )
    edit(park, city="Sandusky")

    text = body(client, "/changes/tags/then/")

    assert "/parks/cedar-point/diff/tag:then..live/" in text
    assert body(client, "/parks/cedar-point/diff/tag:then..live/")


def test_one_byte_more_is_not_called_bytes(client: Client) -> None:
    park = make_park(city="Sandusk")
    edit(park, city="Sandusky")
    edit(park, city="Sandusky, Ohio")

    text = body(client, "/parks/cedar-point/history/")

    assert "+1 byte<" in text
    assert "+6 bytes<" in text
