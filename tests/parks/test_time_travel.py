"""Parks and rides on another day: what existed then, and what the wiki said then."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page

import pytest

from core.changes import describe_change
from core.past import the_past
from core.refusals import PastIsClosed
from history.models import PageVersion
from home.models import HomePage
from parks.models import (
    CompanyPage,
    MakerCredit,
    ParkName,
    ParkPage,
    ParkTerm,
    RideName,
    RidePage,
    RideStatusPeriod,
    RideStay,
)
from tests.factories.pages import make_company, make_park, make_ride
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

COLD_BUDGET = 15


@pytest.fixture(autouse=True)
def _wiki(home: HomePage) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def seen(client: Client, page: Any, status: int = 200, **asked: Any) -> str:
    """The page on another day, from its banner to the footer."""
    response = client.get(page.url, asked)
    assert response.status_code == status, response.status_code
    html = response.content.decode()
    return str(html[html.index("<main") : html.index("</main")])


def title_of(html: str) -> str:
    heading = html[html.index("<h1") : html.index("</h1>")]
    return " ".join(re.sub(r"<[^>]+>", " ", heading).split())


def publish_on(moment: str, page: Any, **facts: Any) -> None:
    """Publish a change under the date a loader of old histories would give it."""
    draft = type(page).objects.get(pk=page.pk)
    for name, value in facts.items():
        setattr(draft, name, value)
    made_at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    with describe_change(by=make_person("Editor"), made_at=made_at):
        draft.save_revision().publish()


def relocated_ride() -> tuple[ParkPage, ParkPage, RidePage]:
    """Built at one park in 1976, renamed and moved to another in 1993."""
    old, new = make_park("Geauga Lake", opened="1887"), make_park("Wild Waves")
    ride = make_ride(new, "Thunder Run", opened="1976-05-22")
    ride.stays = [
        RideStay(park=old, began="1976", ended="1992"),
        RideStay(park=new, began="1993-05-01", continuity="relocated_same_track"),
    ]
    ride.names = [
        RideName(text="Thunder Run", began="1993"),
        RideName(text="Double Loop", kind="former", began="1976", ended="1992"),
    ]
    ride.save_revision().publish()
    return old, new, RidePage.objects.get(pk=ride.pk)


def test_a_relocated_ride_is_seen_in_1990_at_its_old_park_under_its_old_name(
    client: Client,
) -> None:
    old, new, ride = relocated_ride()

    then, there, itself = (seen(client, p, as_of="1990") for p in (old, new, ride))

    assert f'href="{ride.url}?as_of=1990">Double Loop</a>' in then
    assert "Moved away" not in then
    assert "Thunder Run" not in then
    assert "Double Loop" not in there
    assert title_of(itself) == "Double Loop"
    assert f'href="{old.url}?as_of=1990">Geauga Lake</a>' in itself


def test_after_the_move_the_old_park_says_where_the_ride_went(client: Client) -> None:
    old, new, ride = relocated_ride()

    html = seen(client, old, as_of="1995")

    assert "Moved away" in html
    assert f'href="{new.url}?as_of=1995">Wild Waves</a>' in html
    assert f'href="{ride.url}?as_of=1995">Thunder Run</a>' in html


def test_a_ride_on_its_way_is_at_neither_park(client: Client) -> None:
    old, new, _ = relocated_ride()

    assert "Thunder Run" not in seen(client, new, as_of="1993-02")
    assert "Open to visitors" not in seen(client, old, as_of="1993-02")


@pytest.mark.parametrize(
    ("asked", "is_listed", "is_doubtful"),
    [
        ("1998-12-31", False, False),
        ("1999", True, True),
        ("1999-06", True, True),
        ("2000", True, False),
    ],
)
def test_a_vague_opening_leaves_a_question_mark_in_its_own_year_only(
    client: Client, asked: str, is_listed: bool, is_doubtful: bool
) -> None:
    park = make_park(opened="1950")
    make_ride(park, "The Beast", opened="1999")

    html = seen(client, park, as_of=asked)

    assert ("The Beast" in html) is is_listed
    assert ("(not certain)" in html) is is_doubtful


def test_a_ride_has_the_standing_of_the_day(client: Client) -> None:
    park = make_park(opened="1950")
    ride = make_ride(park, "The Bat", opened="1981-04-26")
    ride.status_periods = [
        RideStatusPeriod(status="under_construction", began="1980-07"),
        RideStatusPeriod(status="operating", began="1981-04-26", ended="1983-10-30"),
        RideStatusPeriod(status="demolished", began="1984"),
    ]
    ride.save_revision().publish()

    headings = {
        asked: re.findall(r"<h2 id=\"rides-(\w+)\"", seen(client, park, as_of=asked))
        for asked in ("1979", "1980-12", "1982", "1983-12", "1985")
    }

    assert headings == {
        "1979": [],
        "1980-12": ["coming"],
        "1982": ["open"],
        "1983-12": ["gone"],
        "1985": ["gone"],
    }


def test_a_renamed_park_has_the_name_and_operator_of_the_day(client: Client) -> None:
    park = make_park("Six Flags Ohio", opened="1887")
    funtime = make_company("Funtime", is_operator=True)
    premier = make_company("Premier", is_operator=True)
    park.names = [
        ParkName(text="Six Flags Ohio", began="2000"),
        ParkName(text="Geauga Lake", kind="former", began="1887", ended="1999"),
    ]
    park.terms = [
        ParkTerm(company=funtime, role="operator", began="1969", ended="1995"),
        ParkTerm(company=premier, role="operator", began="1995"),
    ]
    park.save_revision().publish()

    html = seen(client, park, as_of="1990")

    assert title_of(html) == "Geauga Lake"
    assert "Funtime" in html
    assert "Premier" not in html
    assert "Six Flags Ohio" not in re.sub(r"(?s)<nav.*?</nav>|aria-label.*", "", html)


def test_a_park_before_its_opening_is_not_there_yet(client: Client) -> None:
    html = seen(client, make_park(opened="1955-07-17"), as_of="1900")

    assert "Not there yet" in html


def test_today_seen_as_a_day_shows_the_rides_of_today(client: Client) -> None:
    park = make_park(opened="1950")
    make_ride(park, "The Beast", opened="1979")
    make_ride(park, "Old Mill", status="demolished", opened="1905")

    now = client.get(park.url).content.decode()
    as_of = seen(client, park, as_of="2026-01-01")

    pattern = r'<h2 id="rides-(\w+)"'
    assert re.findall(pattern, as_of) == re.findall(pattern, now) == ["open", "gone"]


def test_the_wiki_of_a_day_is_the_newest_version_published_by_its_end(
    client: Client,
) -> None:
    park = make_park(city="First")
    backdate(park, "2024-03-01T08:00")
    publish_on("2024-03-02T09:00", park, city="Morning")
    publish_on("2024-03-02T23:59:59", park, city="Midnight")
    publish_on("2024-03-03T00:00", park, city="Next day")

    cities = {
        asked: next(
            city
            for city in ("First", "Morning", "Midnight", "Next day")
            if city in seen(client, park, known_at=asked)
        )
        for asked in ("2024-03-01", "2024-03-02", "2024-03-03", "2024-03", "2024")
    }

    assert cities == {
        "2024-03-01": "First",
        "2024-03-02": "Midnight",
        "2024-03-03": "Next day",
        "2024-03": "Next day",
        "2024": "Next day",
    }


def backdate(page: Any, moment: str) -> None:
    """Give the newest change of a page a date of its own."""
    version = PageVersion.objects.filter(object_uuid=page.uuid).latest("seq")
    changes = type(version.changeset).objects.filter(pk=version.changeset_id)
    changes.update(made_at=datetime.fromisoformat(moment).replace(tzinfo=UTC))


def known_park() -> tuple[ParkPage, RidePage]:
    """A park and a ride first published in 2020."""
    park = make_park("Kings Island", opened="1972")
    backdate(park, "2020-01-01T12:00")
    ride = make_ride(park, "The Beast", opened="1979", height="105 ft")
    backdate(ride, "2020-02-01T12:00")
    return park, ride


def test_the_rides_of_a_park_are_those_the_wiki_had_there(client: Client) -> None:
    park, ride = known_park()
    publish_on("2024-01-01T12:00", ride, names=[RideName(text="Son of Beast")])
    make_ride(park, "Diamondback", opened="2009")

    before, early, later = (
        seen(client, park, known_at=day) for day in ("2020-01-15", "2021", "2024-06")
    )

    assert "The Beast" not in before
    assert "The Beast" in early
    assert "Diamondback" not in early
    assert "Son of Beast" in later
    assert "The Beast" not in later


def test_a_ride_moved_since_is_known_where_it_stood_with_its_address_of_today(
    client: Client,
) -> None:
    park, ride = known_park()
    new = make_park("Wild Waves")
    backdate(new, "2020-01-01T12:00")
    ride = RidePage.objects.get(pk=ride.pk)
    with describe_change(by=make_person("Editor")):
        ride.move(Page.objects.get(pk=new.pk), pos="last-child")
    ride = RidePage.objects.get(pk=ride.pk)

    html = seen(client, park, known_at="2021")

    assert f'href="{ride.url}?known_at=2021">The Beast</a>' in html
    assert "The Beast" not in seen(client, new, known_at="2021")


def test_both_days_combine(client: Client) -> None:
    old, new, ride = relocated_ride()
    for page in (old, new, ride):
        for version in PageVersion.objects.filter(object_uuid=page.uuid):
            type(version.changeset).objects.filter(pk=version.changeset_id).update(
                made_at=datetime(2020, 1, version.seq, tzinfo=UTC)
            )
    publish_on("2023-01-01T12:00", ride, names=[RideName(text="Rewritten")])

    html = seen(client, old, as_of="1990", known_at="2021")

    assert "Double Loop" in html
    assert "Rewritten" not in html


def test_an_old_page_shows_what_has_been_deleted_since_as_gone(client: Client) -> None:
    maker = make_company("Ruined Works")
    park = make_park(opened="1950")
    ride = make_ride(park, "The Beast", maker=maker)
    for page in (park, ride):
        backdate(page, "2020-02-01T12:00")
    draft = RidePage.objects.get(pk=ride.pk)
    draft.credits = []
    draft.save_revision().publish()
    CompanyPage.objects.get(pk=maker.pk).delete()

    html = seen(client, ride, known_at="2021")

    assert "a company that is no longer here" in html
    assert "The Beast" in seen(client, park, known_at="2021")


def test_before_its_first_version_the_wiki_had_no_page(client: Client) -> None:
    html = seen(client, make_park(), 404, known_at="2019")

    assert "The wiki had no page about it then." in html
    assert "Back to today" in html


def test_a_page_that_was_unpublished_then_was_not_public(client: Client) -> None:
    park, _ = known_park()
    with describe_change(
        by=make_person("Editor"), made_at=datetime(2021, 1, 1, tzinfo=UTC)
    ):
        ParkPage.objects.get(pk=park.pk).unpublish()
    publish_on("2022-01-01T12:00", park, city="Mason")

    assert "no public page" in seen(client, park, 404, known_at="2021-06")
    assert "Mason" in seen(client, park, known_at="2022-06")


def test_a_hidden_version_says_so_and_not_its_text(client: Client) -> None:
    park, ride = known_park()
    publish_on("2021-01-01T12:00", park, city="Secret City")
    publish_on("2022-01-01T12:00", park, city="Mason")
    publish_on("2021-01-02T12:00", ride, change_reason="", cost_year=None)
    PageVersion.objects.filter(object_uuid=park.uuid, seq=2).update(text_hidden=True)
    cache.clear()

    html = seen(client, park, 403, known_at="2021-06")

    assert "Version 2" in html
    assert "hidden" in html
    assert "Secret City" not in html
    assert "Mason" in seen(client, park, known_at="2022-06")


def test_a_hidden_version_of_a_ride_is_left_out_and_counted(client: Client) -> None:
    park, ride = known_park()
    PageVersion.objects.filter(object_uuid=ride.uuid).update(text_hidden=True)

    html = seen(client, park, known_at="2021")

    assert "The Beast" not in html
    assert "1 ride cannot be shown" in html


def test_what_is_not_public_today_is_not_shown_on_another_day(client: Client) -> None:
    park, ride = known_park()
    RidePage.objects.get(pk=ride.pk).unpublish()

    assert "The Beast" not in seen(client, park, known_at="2021")
    assert "The Beast" not in seen(client, park, as_of="2021")
    assert client.get(ride.url, {"known_at": "2021"}).status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        {"as_of": ""},
        {"known_at": ""},
        {"as_of": "yesterday"},
        {"as_of": "05/12/1999"},
        {"as_of": "c. 1902"},
        {"as_of": "1066"},
        {"as_of": "1990s"},
        {"known_at": "2039"},
        {"known_at": "1999-02-30"},
        {"known_at": "²"},
        {"as_of": "9" * 5000},
        {"as_of": "<script>alert(1)</script>"},
        {"as_of": "1990", "known_at": "soon"},
    ],
)
def test_a_day_that_is_none_is_refused_beside_the_page_of_today(
    client: Client, asked: dict[str, Any]
) -> None:
    park = make_park("Kings Island", city="Mason")

    html = seen(client, park, 400, **asked)

    assert 'role="alert"' in html
    assert "Mason" in html
    assert "<script>alert" not in html


def test_an_empty_field_of_the_form_asks_nothing(client: Client) -> None:
    park = make_park("Kings Island")

    assert title_of(seen(client, park, as_of="1990", known_at="")) == "Kings Island"


def test_other_days_are_not_for_search_engines(client: Client) -> None:
    park = make_park(opened="1950")

    response = client.get(park.url, {"as_of": "1990"})

    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "noindex" not in client.get(park.url).content.decode()


def test_the_second_visit_to_a_day_reads_no_facts(client: Client) -> None:
    park, _ = known_park()
    seen(client, park, as_of="1990", known_at="2021")

    with CaptureQueriesContext(connection) as queries:
        seen(client, park, as_of="1990", known_at="2021")

    assert not [q for q in queries if "reversion" in q["sql"]]
    assert not [q for q in queries if "parks_ridestay" in q["sql"]]


def test_a_publish_is_seen_on_another_day_at_once(client: Client) -> None:
    park, ride = known_park()
    assert "The Beast" in seen(client, park, as_of="1990")

    RidePage.objects.get(pk=ride.pk).unpublish()

    assert "The Beast" not in seen(client, park, as_of="1990")


def test_the_page_of_another_day_cannot_be_saved() -> None:
    park, _ = known_park()
    moment = datetime(2021, 1, 1, tzinfo=UTC)

    old: Any = the_past().page_known_at(park, moment).page

    for verb in (old.save, old.save_revision, old.delete):
        with pytest.raises(PastIsClosed):
            verb()


def test_a_draft_is_never_part_of_another_day(client: Client) -> None:
    park, ride = known_park()
    draft = RidePage.objects.get(pk=ride.pk)
    draft.names = [RideName(text="Secret Project")]
    draft.credits = [MakerCredit(company=make_company("Secret Works"))]
    draft.save_revision()

    for page in (park, ride):
        assert "Secret" not in seen(client, page, as_of="1990")
        assert "Secret" not in seen(client, page, known_at="2021")


@pytest.mark.parametrize(
    "asked", [{"as_of": "1990"}, {"known_at": "2100"}], ids=["as_of", "known_at"]
)
def test_another_day_costs_the_same_few_queries_for_3_and_30_rides(
    client: Client, asked: dict[str, Any]
) -> None:
    if "known_at" in asked:
        asked = {"known_at": datetime.now(UTC).date().isoformat()}

    def cost(rides: int) -> int:
        park = make_park(f"Park of {rides}", opened="1950")
        for number in range(rides):
            make_ride(park, f"Ride {number}", opened="1979")
        client.get(park.url, asked)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            seen(client, park, **asked)
        return len(queries)

    few, many = cost(3), cost(30)

    assert few == many
    assert many <= COLD_BUDGET
