"""Who set which fact, when, from which source, and what it said before."""

import re
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

import pytest

from core.changes import describe_change
from history.blame.paragraphs import split
from history.models import PageVersion
from parks.models import (
    CompanyPage,
    MakerCredit,
    ParkPage,
    RidePage,
    RideSource,
    RideTrack,
)
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_company, make_park, make_ride
from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def change(page: Any, *, by: str, source: str = "", **facts: Any) -> None:
    """Publish new facts over the live page, signed with a name."""
    draft = type(page).objects.get(pk=page.pk)
    for name, value in facts.items():
        setattr(draft, name, value)
    person = make_person("Editor", display_name=by)
    with describe_change(by=person, reason=f"Work of {by}", source=source):
        draft.save_revision().publish()


def blame(client: Client, page: Any, status: int = 200, **query: Any) -> str:
    response = client.get(f"{page.url}blame/", query)
    assert response.status_code == status, response.status_code
    return str(response.content.decode())


def words(html: str) -> str:
    main = html[html.index("<main") : html.index("</main")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def entries(html: str) -> list[str]:
    """The versions that set a fact, newest first, in words."""
    timeline = html[html.index('class="timeline') :]
    return [
        " ".join(re.sub(r"<[^>]+>", " ", entry).split())
        for entry in re.findall(r"(?s)<li>(.*?)</li>", timeline)
    ]


def test_a_fact_names_who_set_it_from_which_source_and_what_it_said_before(
    client: Client,
) -> None:
    park = make_park(city="Sandusky")
    change(park, by="Anna", city="Huron", source="https://example.org/atlas")
    change(park, by="Bert", address="1 Pier Road")

    found = entries(blame(client, park, fact="city"))

    assert len(found) == 2
    assert found[0].startswith("Huron Anna")
    assert "version 2" in found[0]
    assert "Work of Anna" in found[0]
    assert "Source: example.org/atlas" in found[0]
    assert found[1].startswith("Sandusky")


def test_a_fact_nobody_changed_was_set_by_the_first_version(client: Client) -> None:
    park = make_park(city="Sandusky")
    change(park, by="Anna", address="1 Pier Road")

    assert len(entries(blame(client, park, fact="city"))) == 1


def test_a_figure_of_one_track_has_a_history_of_its_own(client: Client) -> None:
    ride = make_ride(make_park(), height="100 ft", speed="60 mph")
    track = ride.tracks.get()
    change(ride, by="Anna", tracks=[RideTrack(uuid=track.uuid, height="310 ft")])

    height = entries(blame(client, ride, fact=f"tracks/{track.uuid}/height"))
    speed = entries(blame(client, ride, fact=f"tracks/{track.uuid}/speed"))

    assert [entry.split(" ")[0:2] for entry in height] == [["310", "ft"], ["100", "ft"]]
    assert speed[0].startswith("taken away Anna")
    assert speed[1].startswith("60 mph")


def test_a_row_added_later_was_not_set_by_the_first_version(client: Client) -> None:
    ride = make_ride(make_park())
    maker = make_company("Intamin")
    change(ride, by="Anna", credits=[MakerCredit(company=maker)])
    credit = RidePage.objects.get(pk=ride.pk).credits.get()

    found = entries(blame(client, ride, fact=f"credits/{credit.uuid}"))

    assert len(found) == 1
    assert found[0].startswith("Intamin, Manufacturer Anna")


def test_a_row_that_is_gone_is_still_answered_for(client: Client) -> None:
    maker = make_company("Intamin")
    ride = make_ride(make_park(), maker=maker)
    credit = ride.credits.get()
    change(ride, by="Anna", credits=[])

    html = blame(client, ride, fact=f"credits/{credit.uuid}")

    assert "It says nothing now." in html
    found = entries(html)
    assert found[0].startswith("taken away Anna")
    assert found[1].startswith("Intamin")


def test_a_reference_to_what_is_deleted_or_not_public_names_nothing(
    client: Client,
) -> None:
    maker, secret = make_company("Ruined Works"), make_company("Secret Works")
    ride = make_ride(make_park(), maker=maker)
    change(ride, by="Anna", credits=[MakerCredit(company=secret)])
    CompanyPage.objects.get(pk=maker.pk).delete()
    CompanyPage.objects.get(pk=secret.pk).unpublish()

    html = blame(client, ride, fact="credits")

    assert "no longer here" in html
    assert "Works" not in html


def test_all_facts_are_listed_with_their_setters(client: Client) -> None:
    park = make_park(city="Sandusky")
    change(park, by="Anna", city="Huron")
    change(park, by="Bert", website="https://example.org/")

    html = blame(client, park)

    rows = [
        " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for row in re.findall(r"(?s)<tr[^>]*>(.*?)</tr>", html)
    ]
    assert any(row.startswith("City Huron Anna") for row in rows)
    assert any(row.startswith("Website https://example.org/ Bert") for row in rows)
    assert any("Version 1" in row and row.startswith("Country") for row in rows)


def test_a_slug_is_called_an_address_and_what_no_page_shows_is_left_out(
    client: Client,
) -> None:
    shown = words(blame(client, make_park()))

    assert "Address of the page cedar-point" in shown
    assert "menus" not in shown


def test_all_facts_cost_the_same_queries_whatever_the_length_of_the_history(
    client: Client,
) -> None:
    park = make_park(city="Sandusky")
    change(park, by="Anna", city="Huron")

    def cost(**query: Any) -> int:
        blame(client, park, **query)
        with CaptureQueriesContext(connection) as queries:
            blame(client, park, **query)
        return len(queries)

    few = cost(), cost(fact="search_description"), cost(fact="city")
    lengthen_history(park, by=300)
    many = cost(), cost(fact="search_description"), cost(fact="city")

    assert few == many
    assert max(many) <= 12


def test_earlier_values_come_in_pages_that_join_without_a_gap(client: Client) -> None:
    park = make_park()
    lengthen_history(park, by=45)

    html, seen = blame(client, park, fact="search_description"), []
    while True:
        seen += [int(n) for n in re.findall(r">version (\d+)<", html)]
        following = re.search(r'href="[^"]+before=(\d+)"', html)
        if following is None:
            break
        html = blame(client, park, fact="search_description", before=following.group(1))

    assert seen == list(range(46, 1, -1))


@pytest.mark.parametrize("path", ["nothing", "pk", "uuid", "status", "change_reason"])
def test_a_fact_the_page_never_had_is_not_found(client: Client, path: str) -> None:
    blame(client, make_park(), 404, fact=path)


@pytest.mark.parametrize("path", ["", "Ä", "a b", "/city", "a/b/c/d", "x" * 300, "../"])
def test_a_path_that_is_none_is_refused_with_its_name(
    client: Client, path: str
) -> None:
    assert "fact:" in blame(client, make_park(), 400, fact=path)


@pytest.mark.parametrize("before", ["", "x", "-1", "9" * 30, "²"])
def test_a_place_in_the_list_that_is_none_is_refused(
    client: Client, before: str
) -> None:
    assert "before:" in blame(client, make_park(), 400, fact="title", before=before)


def test_who_may_not_read_a_page_is_not_told_who_set_its_facts(client: Client) -> None:
    park, hidden = make_park(), make_park("Hidden Park")
    address = f"{hidden.url}blame/"
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    draft = f"{park.url}blame/"
    ParkPage.objects.get(pk=park.pk).unpublish()

    for place in (address, f"{address}?fact=title", draft, "/parks/nowhere/blame/"):
        assert client.get(place).status_code == 404
    client.force_login(make_person("admin"))
    assert client.get(draft).status_code == 200


def test_a_hidden_version_keeps_its_value_its_author_and_reason(client: Client) -> None:
    park = make_park(city="Sandusky")
    change(park, by="Anna", city="Slander")
    change(park, by="Bert", city="Huron")
    version = PageVersion.objects.get(object_uuid=park.uuid, seq=2)
    PageVersion.objects.filter(pk=version.pk).update(text_hidden=True)
    type(version.changeset).objects.filter(pk=version.changeset_id).update(
        author_hidden=True, reason_hidden=True
    )

    html = blame(client, park, fact="city")

    assert "The text of version 2 is hidden." in entries(html)[1]
    for secret in ("Slander", "Anna"):
        assert secret not in html
    client.force_login(make_person("admin"))
    assert "Slander" in blame(client, park, fact="city")


def test_each_paragraph_knows_the_version_that_last_changed_it(client: Client) -> None:
    def story(*paragraphs: str) -> list[tuple[str, str]]:
        return [("paragraph", "".join(f"<p>{text}</p>" for text in paragraphs))]

    park = make_park(body=story("Built on sand.", "It burned in 1910."))
    block = park.body[0].id
    for by, texts in (
        ("Anna", ("Built on sand.", "It burned in 1911.")),
        ("Bert", ("Built on sand.", "It burned in 1911.", "It was rebuilt.")),
        ("Cleo", ("Built on rock.", "It burned in 1911.", "It was rebuilt.")),
    ):
        draft = ParkPage.objects.get(pk=park.pk)
        stream = story(*texts)
        draft.body.clear()
        draft.body.append((stream[0][0], stream[0][1]))
        draft.body[0].id = block
        change(park, by=by, body=draft.body)

    html = blame(client, park, fact=f"body/{block}")

    found = re.findall(r"(?s)<p>([^<]+)</p>\s*<p class=\"aside\">.*?version (\d)", html)
    assert [(text.strip(), seq) for text, seq in found[:3]] == [
        ("Built on rock.", "4"),
        ("It burned in 1911.", "2"),
        ("It was rebuilt.", "3"),
    ]


def test_markup_in_a_value_is_shown_as_text(client: Client) -> None:
    attack = "<img src=x onerror=alert(1)>"
    park = make_park(city=attack, body=[("paragraph", f"<p>{attack}</p>")])

    for html in (blame(client, park), blame(client, park, fact="city")):
        assert "<img src=x" not in html


def test_htmx_gets_the_fact_and_nothing_around_it(client: Client) -> None:
    park = make_park(city="Sandusky")

    response = client.get(
        f"{park.url}blame/?fact=city",
        headers={"HX-Request": "true", "HX-Target": "origin"},
    )

    html = response.content.decode()
    assert "Sandusky" in html
    assert "<html" not in html
    assert "HX-Target" in response["Vary"]


def test_every_mark_on_a_page_leads_to_an_answer(client: Client) -> None:
    maker = make_company("Intamin", is_operator=True)
    park = make_park(
        city="Sandusky", time_zone="America/New_York", body=[("paragraph", "<p>A</p>")]
    )
    ride = make_ride(park, maker=maker, height="310 ft", cost_amount=None)

    for page in (park, ride, maker):
        html = client.get(page.url).content.decode()
        marks = re.findall(r'class="origin" href="([^"]+)"', html)
        assert len(marks) >= 3
        for mark in set(marks):
            response = client.get(mark.replace("&amp;", "&"))
            assert response.status_code == 200, mark


def test_a_preview_and_another_day_carry_no_marks(client: Client) -> None:
    park = make_park(opened="1950")

    preview = ParkPage.objects.get(pk=park.pk).make_preview_request()

    assert 'class="origin"' not in preview.content.decode()
    assert 'class="origin"' not in client.get(f"{park.url}?as_of=1990").content.decode()


def test_the_editor_links_to_who_set_what(client: Client) -> None:
    park = make_park()
    client.force_login(make_person("admin"))

    html = client.get(f"/admin/pages/{park.pk}/edit/").content.decode()

    assert f'href="{park.url}blame/"' in html


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<ul><li>One</li><li>Two</li></ul>", ["<ul>", "One", "Two", "</ul>"]),
        ("<p>A <b>bold</b> word &amp; more</p>", ["A <b>bold</b> word &amp; more"]),
        ("no markup", []),
        ("<p> </p>", []),
    ],
)
def test_rich_text_falls_into_paragraphs(markup: str, expected: list[str]) -> None:
    assert split(markup) == [part for part in expected if part not in ("<ul>", "</ul>")]


def test_a_source_tells_by_their_labels_which_facts_it_supports(client: Client) -> None:
    ride = make_ride(make_park(), height="110 ft")
    facts = "status_periods, tracks.height, opened by"
    change(ride, by="Ann", sources=[RideSource(title="A book", facts=facts)])

    shown = words(blame(client, ride))

    assert "A book, facts it supports status, height, opened by" in shown
    assert "status_periods" not in shown
