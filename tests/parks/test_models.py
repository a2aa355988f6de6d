"""Parks, rides and companies: what they derive, and what the database refuses."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

import pytest

from core.refusals import NotPublishable
from home.models import HomePage
from parks.models import (
    CompanyPage,
    MakerCredit,
    ParkArea,
    ParkExternalId,
    ParkName,
    ParkPage,
    ParkSeason,
    ParkTerm,
    RideExternalId,
    RidePage,
    RideStay,
    RideTrack,
)
from tests.factories.pages import make_company, make_model, make_park, make_ride

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("home", "step_by_step"),
]


def draft_of(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


# --- Derived ------------------------------------------------------------------


def test_a_new_page_gets_its_title_as_its_current_name() -> None:
    assert [name.text for name in make_park("Luna Park").names.all()] == ["Luna Park"]


def test_the_title_follows_the_current_official_name() -> None:
    park = make_park("Marriott's Great America")
    old = park.names.get()
    old.ended = "1984"
    park.names = [old, ParkName(text="Six Flags Great America", began="1984")]
    park.save_revision().publish()

    park = draft_of(park)
    assert park.title == "Six Flags Great America"
    assert [str(name) for name in park.former_names()] == ["Marriott's Great America"]


def test_a_ride_without_stays_stands_in_the_park_it_is_added_to() -> None:
    park = make_park()

    assert make_ride(park).stays.get().park == park


def test_a_ride_added_to_a_company_is_on_tour_with_it() -> None:
    showman = make_company("Barth", is_operator=True)

    stay = make_ride(showman).stays.get()

    assert (stay.operator, stay.park) == (showman, None)


def test_status_opening_and_closing_come_from_the_periods() -> None:
    ride = make_ride(make_park(), status="closed", opened="1999~")

    assert (ride.status, ride.opened) == ("closed", None)
    assert draft_of(ride).status == "closed"


def test_an_editor_cannot_set_the_status_directly() -> None:
    ride = make_ride(make_park(), status="operating")

    ride.status = "closed"
    ride.save()

    assert draft_of(ride).status == "operating"


# --- Rules that hold wherever a page is saved -----------------------------------


def refused(page: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        page.save()
    return caught.value.message_dict


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"latitude": 41}, "longitude"),
        ({"latitude": 0, "longitude": 0}, "latitude"),
        ({"subdivision": "DE-BY"}, "subdivision"),
        ({"time_zone": "Ohio"}, "time_zone"),
        ({"country": "XX"}, "country"),
    ],
)
def test_a_park_cannot_be_saved_at_an_impossible_place(
    facts: dict[str, Any], field: str
) -> None:
    park = make_park(country="US")
    for name, value in facts.items():
        setattr(park, name, value)

    assert field in refused(park)


@pytest.mark.parametrize(
    ("amount", "currency", "field"),
    [(8_000_000, "", "cost_currency"), (None, "USD", "cost_amount"), (0, "USD", None)],
)
def test_a_cost_has_a_currency_and_is_above_zero(
    amount: int | None, currency: str, field: str | None
) -> None:
    ride = make_ride(make_park())
    ride.cost_amount, ride.cost_currency = amount, currency

    assert (field or "cost_amount") in refused(ride)


def test_a_company_is_only_credited_with_what_it_does() -> None:
    ride, designer = (
        make_ride(make_park()),
        make_company("Ron Toomer", is_designer=True),
    )
    designer.is_manufacturer = False
    designer.save()

    ride.credits = [MakerCredit(company=designer, role="manufacturer")]

    assert "not listed as manufacturer" in str(refused(ride))


def test_only_a_manufacturer_sells_models() -> None:
    operator = make_company("Cedar Fair", is_manufacturer=False, is_operator=True)
    model = make_model()
    model.manufacturer = operator

    assert "manufacturer" in refused(model)


def test_the_last_stay_is_in_the_park_above_the_page() -> None:
    ride, elsewhere = make_ride(make_park()), make_park("Elsewhere")

    ride.stays = [RideStay(park=elsewhere)]

    assert "stands elsewhere" in str(refused(ride))


def test_a_stay_lies_in_an_area_of_its_own_park() -> None:
    park, elsewhere = make_park(), make_park("Elsewhere")
    area = ParkArea.objects.create(park=elsewhere, name="Frontier Town")
    ride = make_ride(park)

    ride.stays = [RideStay(park=park, area=area)]

    assert "not an area" in str(refused(ride))


@pytest.mark.parametrize("field", ["replaces", "derived_from"])
def test_a_ride_neither_replaces_nor_copies_itself_in_a_circle(field: str) -> None:
    park = make_park()
    first, second = make_ride(park, "First"), make_ride(park, "Second")
    setattr(first, field, second)
    first.save()

    setattr(second, field, first)

    assert field in refused(second)


def test_a_company_does_not_succeed_itself() -> None:
    company = make_company()
    company.succeeded_by = company

    assert "succeeded_by" in refused(company)


def test_a_company_is_not_dissolved_before_it_was_founded() -> None:
    company = make_company(founded="1967")
    company.dissolved = "1950"

    assert "dissolved" in refused(company)


# --- The database as the last line of defence -------------------------------------


def put(model: type, **values: Any) -> Callable[[], Any]:
    return lambda: model.objects.update(**values)  # type: ignore[attr-defined]  # a Django model


def _world() -> dict[str, Any]:
    park, company = make_park(), make_company(is_operator=True)
    return {"park": park, "ride": make_ride(park, height="100 ft"), "company": company}


@pytest.mark.parametrize(
    "breach",
    [
        put(ParkPage, latitude=41),
        put(ParkPage, latitude=0, longitude=0),
        put(ParkPage, latitude=91, longitude=10),
        put(RidePage, cost_amount=5),
        put(RidePage, cost_currency="USD"),
        put(RidePage, cost_amount=-5, cost_currency="USD"),
        put(RideTrack, height_si="301"),
        put(RideTrack, speed_si="0.5"),
        put(RideStay, park=None),
    ],
)
def test_the_database_refuses_what_got_past_every_form(
    breach: Callable[[], Any],
) -> None:
    _world()

    with pytest.raises(IntegrityError), transaction.atomic():
        breach()


def test_a_stay_is_never_both_at_a_park_and_on_tour() -> None:
    world = _world()

    with pytest.raises(IntegrityError), transaction.atomic():
        RideStay.objects.update(operator=world["company"])


def test_a_share_is_a_percentage_and_a_season_closes_after_it_opens() -> None:
    world = _world()
    park, company = world["park"], world["company"]

    for row in (
        ParkTerm(page=park, company=company, role="operator", share=101),
        ParkSeason(page=park, year=2026, opens_on="2026-05-01", closes_on="2026-04-30"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_a_number_elsewhere_and_a_season_belong_to_one_park_once() -> None:
    here, there = make_park("Here"), make_park("There")
    ParkExternalId.objects.create(page=here, system="rcdb", value="4529")
    ParkSeason.objects.create(page=here, year=2026, label="Summer")

    for row in (
        ParkExternalId(page=there, system="rcdb", value="4529"),
        ParkSeason(page=here, year=2026, label="Summer"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


# --- Small answers ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "shown"), [(None, ""), (5, "0:05"), (125, "2:05"), (3600, "60:00")]
)
def test_a_duration_reads_as_minutes_and_seconds(
    seconds: int | None, shown: str
) -> None:
    assert RideTrack(duration_s=seconds).duration == shown


def test_a_place_is_named_as_far_as_it_is_known(home: HomePage) -> None:
    park = ParkPage(country="US", subdivision="US-OH", city="Sandusky")

    assert park.place() == "Sandusky, Ohio, United States"
    assert ParkPage(country="US").place() == "United States"


def test_a_city_that_is_called_like_its_region_is_said_once() -> None:
    park = ParkPage(city="New York", subdivision="US-NY", country="US")

    assert park.place() == "New York, United States"


def test_a_region_goes_without_the_code_that_stands_behind_its_name() -> None:
    park = ParkPage(city="Gothenburg", subdivision="SE-O", country="SE")

    assert park.locality == "Gothenburg, Västra Götalands län"


def test_a_company_lists_the_roles_it_has_held() -> None:
    company = CompanyPage(is_owner=True, is_designer=True)

    assert company.roles() == ["designer", "owner"]


def test_a_page_that_breaks_todays_rules_is_not_published_and_says_why() -> None:
    maker = make_company()
    ride = make_ride(make_park(), maker=maker)
    draft = ride.get_latest_revision_as_object()
    draft.search_description = "Written while the maker still made rides"
    revision = draft.save_revision()
    maker.is_manufacturer, maker.is_designer = False, True
    maker.save()

    with pytest.raises(Exception, match="cannot be published") as refusal:
        revision.publish()

    assert "not listed as manufacturer" in str(refusal.value)
    assert draft_of(ride).search_description == ""


def test_a_draft_crediting_a_company_deleted_since_can_still_be_edited() -> None:
    maker = make_company("Gone Tomorrow")
    ride = make_ride(make_park())
    draft = ride.get_latest_revision_as_object()
    draft.credits = [MakerCredit(company=maker)]
    draft.save_revision()

    maker.delete()

    assert list(draft_of(ride).get_latest_revision_as_object().credits.all()) == []


def test_of_two_drafts_naming_one_number_the_second_is_refused_in_words(
    home: HomePage,
) -> None:
    park = make_park()
    drafts = [make_ride(park, "Beast"), make_ride(park, "Bat")]
    for ride in drafts:
        ride.external_ids = [RideExternalId(system="rcdb", value="66")]
    first, second = (ride.save_revision() for ride in drafts)

    first.publish()

    with pytest.raises(NotPublishable, match="Another ride already carries this"):
        second.publish()
