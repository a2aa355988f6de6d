"""The picture that other sites show beside a link to a page."""

from io import BytesIO
from urllib.parse import urlsplit

from django.core.cache import cache
from django.test import Client

from wagtail.models import PageViewRestriction

import pytest
from PIL import Image

from home.models import HomePage
from parks.cards.card import Card
from parks.cards.contents import (
    card_of_country,
    card_of_list,
    card_of_page,
    card_of_wiki,
)
from parks.cards.drawing import draw
from parks.cards.lettering import first_writable, font, in_lines, is_writable
from parks.gathering import PublicPages
from parks.lists.kinds import BY_SLUG
from parks.models import CompanyPage, ParkName, ParkPage, RidePage, RideTrack
from tests.factories.pages import make_company, make_model, make_park, make_ride
from tests.parks.sharing import shared_as


@pytest.fixture
def park(home: HomePage) -> ParkPage:
    """A park with a coaster, and nothing kept of other tests."""
    cache.clear()
    park = make_park("Cedar Point", city="Sandusky")
    maker = make_company("Intamin", founded="1967")
    make_ride(park, "Millennium Force", height="310 ft", speed="93 mph", maker=maker)
    return park


def card_at(client: Client, path: str) -> str:
    return shared_as(client.get(path).content.decode())["og:image"]


# --- What stands on it --------------------------------------------------------


def test_a_park_is_shown_with_its_place_its_age_and_its_rides(park: ParkPage) -> None:
    card = card_of_page(park.pk)

    assert card is not None
    assert card.names == ("Cedar Point",)
    assert card.lead == "Sandusky, United States"
    facts = [(figure.label, figure.text) for figure in card.figures]
    assert facts == [("Opened", "1870"), ("Rides open", "1"), ("Status", "Operating")]


def test_a_figure_stands_as_its_source_gives_it_and_in_other_units(
    park: ParkPage,
) -> None:
    ride = RidePage.objects.get()

    card = card_of_page(ride.pk)

    assert card is not None
    assert card.lead == "Cedar Point, Intamin"
    height = card.figures[0]
    assert (height.label, height.text, height.aside) == ("Height", "310 ft", "94.5 m")


def test_a_company_is_shown_with_how_many_rides_it_built(park: ParkPage) -> None:
    maker = make_company("Vekoma", founded="1926")
    make_ride(park, "Corkscrew", maker=maker)

    card = card_of_page(maker.pk)

    assert card is not None
    facts = [(figure.label, figure.text) for figure in card.figures]
    assert facts == [("Founded", "1926"), ("Rides", "1")]


@pytest.mark.parametrize("slug", sorted(BY_SLUG))
def test_every_list_has_a_card(park: ParkPage, slug: str) -> None:
    card = card_of_list(BY_SLUG[slug], PublicPages())

    assert draw(card).startswith(b"\x89PNG")


def test_a_list_shows_who_leads_it(park: ParkPage) -> None:
    card = card_of_list(BY_SLUG["tallest-coasters"], PublicPages())

    (first,) = card.figures
    assert (first.label, first.text) == ("Millennium Force", "310 ft")


def test_a_model_is_shown_with_its_maker_and_its_rides(park: ParkPage) -> None:
    model = make_model("Boomerang", manufacturer=CompanyPage.objects.get())
    make_ride(park, "Sea Serpent", model=model, opened="1984")
    make_ride(park, "Carolina Cobra", model=model, status="closed", opened="1999")

    card = card_of_page(model.pk)

    assert card is not None
    assert (card.kicker, card.lead) == ("Roller coaster model", "Intamin")
    facts = [(figure.label, figure.text) for figure in card.figures]
    assert facts == [("Rides", "2"), ("Rides open", "1"), ("First opened", "1984")]


def test_a_country_is_shown_with_what_is_there_and_nowhere_else(park: ParkPage) -> None:
    make_ride(make_park("Phantasialand", country="DE"), "Taron", height="30 m")

    card = card_of_country("DE", PublicPages())

    assert card is not None
    assert card.names == ("Germany",)
    facts = [(figure.label, figure.text) for figure in card.figures]
    assert facts == [("Parks", "1"), ("Rides", "1"), ("Taron", "30 m")]
    assert card_of_country("FR", PublicPages()) is None


def test_the_wiki_says_how_much_it_holds(park: ParkPage) -> None:
    make_park("Phantasialand", country="DE")

    card = card_of_wiki(PublicPages())

    facts = [(figure.label, figure.text) for figure in card.figures]
    assert facts == [("Parks", "2"), ("Countries", "2"), ("Rides", "1")]


# --- Letters --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Grønnes Høj", "Парк Горького", "Πάρκο", "מגה"])
def test_there_are_letters_for_many_scripts(name: str) -> None:
    assert is_writable(name)


@pytest.mark.parametrize("name", ["富士急ハイランド", "에버랜드", "ดรีมเวิลด์"])
def test_no_name_is_drawn_as_boxes(name: str) -> None:
    nameless = Card("Amusement park", (name,), "Japan", ())

    assert not is_writable(name)
    assert draw(nameless) == draw(Card("Amusement park", (), "Japan", ()))


def test_a_name_without_letters_gives_way_to_another_of_the_park(
    home: HomePage,
) -> None:
    park = make_park("富士急ハイランド", slug="fuji-q")
    park.names.add(ParkName(text="Fuji-Q Highland", kind="nickname"))
    park.save_revision().publish()

    card = card_of_page(park.pk)

    assert card is not None
    assert first_writable(card.names) == "Fuji-Q Highland"


def test_a_long_name_is_broken_between_words() -> None:
    assert in_lines("one two three", font(20), 90) == ["one two", "three"]


# --- How it is served -------------------------------------------------------------


@pytest.mark.django_db
def test_a_page_names_its_card_and_the_card_is_a_picture(
    client: Client, park: ParkPage
) -> None:
    shared = shared_as(client.get(park.url).content.decode())

    response = client.get(shared["og:image"])

    with Image.open(BytesIO(response.content)) as picture:
        assert picture.size == (1200, 630)
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert len(response.content) < 100_000
    assert shared["og:title"] == "Cedar Point"
    assert "Sandusky" in shared["og:description"]
    assert shared["twitter:card"] == "summary_large_image"


def test_who_has_the_card_is_not_sent_it_again(client: Client, park: ParkPage) -> None:
    address = shared_as(client.get(park.url).content.decode())["og:image"]
    etag = client.get(address).headers["ETag"]

    response = client.get(address, headers={"If-None-Match": etag})

    assert response.status_code == 304
    assert response.content == b""


def test_a_change_gives_every_card_that_shows_it_another_address(
    client: Client, park: ParkPage
) -> None:
    (ride,), (maker,) = RidePage.objects.all(), CompanyPage.objects.all()
    other = make_park("Phantasialand", country="DE")
    shown = [
        *(park.url, ride.url, maker.url, "/", "/countries/united-states/"),
        "/lists/tallest-coasters/",
    ]
    before = {path: card_at(client, path) for path in (*shown, other.url)}

    ride.tracks = [RideTrack(height="300 ft")]
    ride.save_revision().publish()

    after = {path: card_at(client, path) for path in before}
    assert [path for path in before if before[path] != after[path]] == shown


@pytest.mark.parametrize("path", ["/about/", "/rides/", "/compare/", "/lists/"])
def test_what_has_no_card_of_its_own_shows_the_wikis(
    client: Client, park: ParkPage, path: str
) -> None:
    address = card_at(client, path)

    assert urlsplit(address).path.startswith("/cards/wiki-")
    assert client.get(address).headers["Content-Type"] == "image/png"


def test_a_list_and_a_country_name_their_cards(client: Client, park: ParkPage) -> None:
    for path in ("/lists/tallest-coasters/", "/countries/united-states/"):
        shared = shared_as(client.get(path).content.decode())

        assert client.get(shared["og:image"]).headers["Content-Type"] == "image/png"
        assert shared["og:url"] == f"http://testserver{path}"


def test_there_is_no_card_of_what_is_not_public(client: Client, park: ParkPage) -> None:
    draft = make_park("Planned Park", publish=False)
    restricted = make_park("Members Park")
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")

    for page in (draft, restricted):
        assert client.get(f"/cards/{page.pk}-1.png").status_code == 404
    for path in ("lists/no-such-list", "countries/france", "countries/nowhere"):
        assert client.get(f"/cards/{path}-1.png").status_code == 404
    assert client.get(f"/cards/{'9' * 30}-1.png").status_code == 404


def test_a_kept_card_is_not_drawn_again(
    client: Client, park: ParkPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Card] = []

    def noted(card: Card) -> bytes:
        drawn.append(card)
        return draw(card)

    monkeypatch.setattr("parks.cards.views.draw", noted)

    for stamp in (1, 2):
        client.get(f"/cards/{park.pk}-{stamp}.png")

    assert len(drawn) == 1
