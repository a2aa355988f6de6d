"""In which language a reader is answered, and that nobody gets another one's."""

from collections.abc import Iterator

from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils.translation import get_language

import pytest

from accounts.models import User
from home.models import HomePage
from parks.models import ParkPage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

PARK = "/parks/kings-island/"
GERMAN = {"Accept-Language": "de-DE,de;q=0.9,en;q=0.5"}


@pytest.fixture(autouse=True)
def park(home: HomePage) -> Iterator[ParkPage]:
    cache.clear()
    park = make_park("Kings Island")
    make_ride(park, "The Beast", height="110 ft")
    yield park
    cache.clear()


def language_of(client: Client, address: str = PARK, **headers: str) -> str:
    """The language an answer says it is in, if its text is in it."""
    response = client.get(address, headers=headers)
    html = response.content.decode()
    said = "de" if "Zum Inhalt springen" in html else "en-gb"
    assert f'<html lang="{said}">' in html
    assert response["Content-Language"] == said
    return said


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", "en-gb"),
        ("de", "de"),
        ("de-AT", "de"),
        ("fr-FR,fr;q=0.9,de;q=0.8,en;q=0.7", "de"),
        ("en-US,en;q=0.9,de;q=0.8", "en-gb"),
        ("fr", "en-gb"),
        ("*", "en-gb"),
        ("x" * 5000, "en-gb"),
    ],
)
def test_the_browser_decides_for_who_has_not_chosen(
    client: Client, asked: str, given: str
) -> None:
    assert language_of(client, **{"Accept-Language": asked}) == given


def test_the_switch_counts_more_than_the_browser(client: Client) -> None:
    back = client.post("/language/", {"language": "de", "next": PARK})

    assert (back.status_code, back["Location"]) == (302, PARK)
    assert language_of(client, **{"Accept-Language": "en"}) == "de"


def test_the_switch_is_a_form_on_every_page(client: Client) -> None:
    html = client.get(PARK).content.decode()

    form = html.split('action="/language/"')[1].split("</form>")[0]
    assert 'value="de" lang="de" aria-pressed="false">Deutsch' in form
    assert 'value="en-gb" lang="en-gb" aria-pressed="true">English' in form


@pytest.mark.parametrize("chosen", ["", "fr", "de\x00", "x" * 5000])
def test_a_language_the_wiki_does_not_speak_is_refused(
    client: Client, chosen: str
) -> None:
    response = client.post("/language/", {"language": chosen, "next": PARK})

    assert response.status_code == 400
    assert not response.cookies


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "x\ny"])
def test_the_switch_never_leads_off_the_site(client: Client, next_: str) -> None:
    response = client.post("/language/", {"language": "de", "next": next_})

    assert response["Location"] == "/"


def test_another_site_cannot_switch(client: Client) -> None:
    response = client.post(
        "/language/", {"language": "de"}, headers={"Origin": "https://evil.example"}
    )

    assert response.status_code == 403


@pytest.mark.parametrize("cookie", ["", "fr", "../de", "x" * 500, "%00"])
def test_a_cookie_that_names_no_language_is_ignored(
    client: Client, cookie: str
) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie

    assert language_of(client, **GERMAN) == "de"
    assert language_of(client) == "en-gb"


def test_a_profile_counts_more_than_a_cookie() -> None:
    client = Client()
    client.force_login(make_person("Member", locale="de"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en-gb"

    assert language_of(client, **{"Accept-Language": "en"}) == "de"


def test_the_switch_changes_the_profile_too() -> None:
    person = make_person("Member", locale="de")
    client = Client()
    client.force_login(person)

    client.post("/language/", {"language": "en-gb", "next": PARK})

    assert User.objects.get(pk=person.pk).locale == "en-gb"
    assert language_of(client, **GERMAN) == "en-gb"


def test_a_profile_without_a_language_leaves_it_to_the_browser() -> None:
    client = Client()
    client.force_login(make_person("Member", locale=""))

    assert language_of(client, **GERMAN) == "de"


def test_kept_pages_of_one_language_are_not_shown_in_another(client: Client) -> None:
    languages = [
        language_of(client),
        language_of(client, **GERMAN),
        language_of(client),
        language_of(client, **GERMAN),
    ]

    assert languages == ["en-gb", "de", "en-gb", "de"]


def test_members_share_kept_pages_with_those_of_their_language_only() -> None:
    german, english = Client(), Client()
    german.force_login(make_person("Member", locale="de"))
    english.force_login(make_person("Member", locale="en-gb"))

    languages = [language_of(german), language_of(english), language_of(german)]

    assert languages == ["de", "en-gb", "de"]


def test_what_a_browser_keeps_of_one_language_is_not_valid_in_another(
    client: Client,
) -> None:
    client.get(PARK)
    english, german = client.get(PARK), client.get(PARK, headers=GERMAN)

    again = client.get(PARK, headers={**GERMAN, "If-None-Match": english["ETag"]})

    assert english["ETag"] != german["ETag"]
    assert "Accept-Language" in german["Vary"]
    assert again.status_code == 200


def test_comparisons_and_histories_are_kept_apart(client: Client) -> None:
    address = f"{PARK}history/"

    pages = [
        client.get(address, headers=headers).content.decode()
        for headers in ({}, GERMAN, {}, GERMAN)
    ]

    assert ["Angelegt" in html for html in pages] == [False, True, False, True]
    assert ["Created" in html for html in pages] == [True, False, True, False]


def test_the_language_of_one_request_does_not_stay_for_the_next(
    client: Client,
) -> None:
    client.get(PARK, headers=GERMAN)

    assert get_language() == settings.LANGUAGE_CODE


@pytest.mark.parametrize("address", ["/nowhere/", "/search/?q=%00", "/lists/none/"])
def test_refusals_are_in_the_language_of_the_reader(
    client: Client, address: str
) -> None:
    html = client.get(address, headers=GERMAN).content.decode()

    assert '<html lang="de">' in html
    assert "Fehler 40" in html
    assert "Error 40" not in html
