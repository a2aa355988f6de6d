"""The public pages in German: whole, and without English left over."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from django.core.cache import cache as kept
from django.core.mail import EmailMessage
from django.test import Client
from django.utils.translation import override

import pytest

from branches.actions import look_again
from home.models import HomePage
from parks.countries import currency_choices
from parks.models import ParkPage, RidePage
from scripts.messages import updated
from search.models import Entry
from tests.branches.filling import form_at
from tests.branches.proposing import branch_with, piece, suggested
from tests.factories.pages import make_company, make_model, make_park, make_ride
from tests.factories.people import make_person
from tests.history.suppression.hiding import publish

pytestmark = pytest.mark.django_db

GERMAN = {"Accept-Language": "de"}
RIDE = "/parks/kings-island/the-beast/"
# The wiki's own words and names, in their own language.
WRITTEN = re.compile(r'<(\w+)[^>]* lang="en-gb">.*?</\1>', re.DOTALL)
# Names of things stand in `bdi`; the title of an article is its own.
UNSEEN = re.compile(r"<(script|style|bdi|title)\b.*?</\1>", re.DOTALL)
SPOKEN = re.compile(r' (?:aria-label|title|placeholder|alt|data-label)="([^"]*)"')
SAME_IN_BOTH = {
    *("Name", "Status", "Material", "Element", "Feed", "Layout", "Website"),
    "Tag",  # of a calendar
}


@pytest.fixture(autouse=True)
def wiki(home: HomePage) -> Iterator[None]:
    """A park with a ride, as full of facts as a test needs."""
    kept.clear()
    maker = make_company("Intamin", country="CH", founded="1967")
    model = make_model("Giga Coaster", manufacturer=maker)
    park = make_park(
        "Kings Island",
        country="US",
        subdivision="US-OH",
        city="Mason",
        latitude="39.344700",
        longitude="-84.268600",
        website="https://example.org/",
    )
    make_ride(
        park, "The Beast", height="110 ft", maker=maker, model=model, opened="1979~"
    )
    make_ride(park, "Son of Beast", status="demolished", opened="200X")
    yield
    kept.clear()


def german(client: Client, address: str) -> str:
    response = client.get(address, headers=GERMAN, follow=True)
    assert response["Content-Language"] == "de"
    html = response.content.decode()
    assert '<html lang="de"' in html
    return html


@cache
def english_texts() -> frozenset[str]:
    """Texts that say something else in German."""
    return frozenset(
        text
        for message in updated("de")
        if message.id and message.string != message.id
        for text in ([message.id] if isinstance(message.id, str) else message.id)
        if "%(" not in text and text not in SAME_IN_BOTH
    )


def texts_of(html: str) -> set[str]:
    """What is read and what is read out, piece by piece."""
    seen = WRITTEN.sub(" ", UNSEEN.sub(" ", html))
    pieces = [*re.split(r"<[^>]*>", seen), *SPOKEN.findall(seen)]
    return {" ".join(unescape(piece).split()) for piece in pieces}


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/about/",
        "/parks/",
        "/parks/?view=table",
        "/parks/?q=nothing-like-it",
        "/parks/kings-island/",
        "/parks/kings-island/?as_of=1985",
        "/parks/kings-island/?as_of=soon",
        "/parks/kings-island/history/",
        "/parks/kings-island/blame/",
        RIDE,
        f"{RIDE}history/",
        f"{RIDE}history/1/",
        f"{RIDE}blame/?fact=category",
        "/companies/",
        "/companies/intamin/",
        "/models/",
        "/models/giga-coaster/",
        "/countries/",
        "/countries/united-states/",
        "/lists/",
        "/lists/tallest-coasters/",
        "/lists/without-source/",
        "/compare/",
        "/search/",
        "/search/?q=beast",
        "/search/?q=nothing-like-it",
        "/rides/",
        "/rides/?height=30..40m&opened=1970s",
        "/rides/?view=cards",
        "/rides/?view=map",
        "/rides/near/",
        "/rides/near/?place=Mason",
        "/changes/",
        "/tags/",
        "/nowhere/",
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
    ],
)
def test_no_english_is_left_on_a_page(client: Client, address: str) -> None:
    left_over = texts_of(german(client, address)) & english_texts()

    assert left_over == set()


@pytest.mark.parametrize(
    "address", ["/accounts/profile/", "/accounts/sessions/", "/accounts/email/"]
)
def test_no_english_is_left_on_the_pages_of_an_account(address: str) -> None:
    client = Client()
    client.force_login(make_person("Member", locale="de"))

    html = client.get(address, follow=True).content.decode()

    assert '<html lang="de">' in html
    assert texts_of(html) & english_texts() == set()


def test_no_english_is_left_where_edits_are_suggested() -> None:
    park = ParkPage.objects.get()
    member = make_person("Member", locale="de")
    waits = suggested(park, by=member, city="Cincinnati")
    publish(park, city="Deerfield")
    here = look_again(waits).get_absolute_url()
    client = Client()
    client.force_login(member)

    left_over = {
        (address, text)
        for address in (
            f"{RIDE}suggest/",
            "/parks/kings-island/suggest/",
            "/parks/kings-island/suggest/new/",
            "/parks/suggest/new/",
            "/suggestions/",
            here,
            f"{here}edit/",
            f"{here}settle/",
        )
        for text in texts_of(german(client, address)) & english_texts()
    }

    assert left_over == set()


def test_no_english_is_left_where_branches_are_worked_on() -> None:
    park, ride = ParkPage.objects.get(), RidePage.objects.get(title="The Beast")
    editor = make_person("Editor", locale="de")
    branch = branch_with(piece(park, city="Huron"), piece(ride, "delete"), by=editor)
    publish(park, city="Deerfield")
    here, desk = branch.get_absolute_url(), f"/admin/branches/{branch.pk}/"
    client = Client()
    client.force_login(editor)
    client.post(f"{desk}choose/")

    left_over = {
        (address, text)
        for address in (
            *("/branches/", here, f"{here}update/", f"{here}schedule/"),
            *("/admin/branches/", "/admin/branches/begin/", desk),
            f"{desk}pages/{park.uuid}/move/",
            *("/admin/batches/", "/admin/batches/new/", "/admin/batches/rollback/"),
            *("/admin/releases/", "/parks/kings-island/"),
        )
        for text in texts_of(german(client, address)) & english_texts()
    }

    assert left_over == set()


def test_no_english_is_left_on_the_lists_of_the_admin() -> None:
    client = Client()
    client.force_login(make_person("admin", locale="de"))

    left_over = {
        (name, text)
        for name in ("jobs", "users", "trash", "holds", "suppressions", "archive")
        for text in texts_of(german(client, f"/admin/{name}/")) & english_texts()
    }

    assert left_over == set()


def test_forms_of_editors_call_facts_by_their_german_names() -> None:
    client = Client()
    client.force_login(make_person("admin", locale="de"))
    ride = RidePage.objects.get(slug="the-beast")

    html = german(client, f"/admin/pages/{ride.pk}/edit/")

    labels = set(re.findall(r"<label[^>]*>\s*([^<]*?)\s*<", html))
    assert {"Kategorie", "Höhe", "Firma", "Bis"} <= labels
    assert labels & {"Category", "Height", "Company", "Until", "Trains"} == set()


def test_a_wrong_suggestion_is_answered_in_german() -> None:
    client = Client()
    client.force_login(make_person("Member", locale="de"))
    address = f"{RIDE}suggest/"
    form = form_at(client, address, tracks__0__max_angle="200", title="")

    html = client.post(address, {**form, "submit": "1"}).content.decode()

    assert "Zuerst muss etwas korrigiert werden" in html
    assert texts_of(html) & english_texts() == set()


def test_mail_about_a_suggestion_is_in_the_language_of_who_gets_it(
    mailoutbox: list[EmailMessage],
) -> None:
    german_reader = make_person("Moderator", locale="de", email="de@example.org")
    english_reader = make_person("Moderator", email="en@example.org")
    member = make_person("Member", locale="de")

    with override("de"):
        suggested(ParkPage.objects.get(), by=member, city="Cincinnati")

    subjects = {mail.to[0]: mail.subject for mail in mailoutbox}
    assert subjects[german_reader.email] == "Ein Vorschlag wartet: Kings Island"
    assert subjects[english_reader.email] == "A suggestion waits: Kings Island"


def test_facts_are_written_in_the_german_way(client: Client) -> None:
    html = german(client, RIDE)

    assert "33,5\u00a0m" in html or '33,5<span class="unit">m' in html
    assert "um 1979" in html
    assert "Achterbahn" in html
    assert "In Betrieb" in html
    assert "1 January" not in html


def test_countries_have_german_names_and_keep_their_address(client: Client) -> None:
    html = german(client, "/countries/")

    assert "Vereinigte Staaten" in html
    assert 'href="/countries/united-states/"' in html


def test_currencies_have_german_names() -> None:
    english = dict(currency_choices())["GBP"]
    with override("de"):
        other = dict(currency_choices())["GBP"]

    assert (english, other) == ("GBP Pound Sterling", "GBP Pfund Sterling")


def test_names_stay_as_they_are(client: Client) -> None:
    html = german(client, "/parks/kings-island/")

    assert "Kings Island" in html
    assert "The Beast" in html


def test_numbers_of_things_have_their_plural(client: Client) -> None:
    one = german(client, "/parks/?q=kings")
    two = german(client, "/rides/")

    assert "1 Park" in " ".join(texts_of(one))
    assert "2 Fahrgeschäfte" in " ".join(texts_of(two))


def test_a_wrong_form_is_answered_in_german(client: Client) -> None:
    answer = client.post("/accounts/signup/", {"email": "x"}, headers=GERMAN)

    assert texts_of(answer.content.decode()) & english_texts() == set()
    assert "E-Mail-Adresse" in answer.content.decode()


def test_structured_data_and_exports_are_the_same_in_every_language(
    client: Client,
) -> None:
    data = re.compile(r'<script type="application/ld\+json">(.*?)</script>')
    english, other = client.get(RIDE).content.decode(), german(client, RIDE)
    table = b"".join(client.get("/rides/export.csv"))
    german_table = b"".join(client.get("/rides/export.csv", headers=GERMAN))

    assert data.findall(english)[-1] == data.findall(other)[-1]
    assert table == german_table


def test_what_is_stored_is_in_the_language_of_the_wiki() -> None:
    with override("de"):
        ride = make_ride(make_park("Phantasialand", country="DE"), "Taron")

    bag = str(Entry.objects.get(page_id=ride.pk).__dict__).lower()
    assert "achterbahn" not in bag
    assert "deutschland" not in bag
