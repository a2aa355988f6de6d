"""The finder's table follows the pages, whatever happens to them and by which route."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.forms.models import model_to_dict

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageViewRestriction

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from history.models import Deletion
from history.trash.actions import restore
from parks.actions.statuses import bring_up_to_date
from parks.gathering import PublicPages
from parks.models import (
    CompanyPage,
    Element,
    ParkPage,
    RideElement,
    RideName,
    RidePage,
    RideSource,
    RideStatusPeriod,
    RideStay,
    RideTrack,
)
from search.finder.actions import MOST_CHANGES, note_change, rebuild
from search.finder.catalogue import keeper
from search.finder.columns import Asked
from search.finder.models import FinderChange, RideFacts
from tests.factories.pages import make_company, make_model, make_park, make_ride
from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def kept() -> dict[int, dict[str, Any]]:
    return {
        facts.pk: {**model_to_dict(facts), "ride": facts.pk}
        for facts in RideFacts.objects.all()
    }


def found(**codes: set[Any]) -> list[int]:
    """The keys of the rides the finder would show by name."""
    asked = Asked(codes={key: frozenset(values) for key, values in codes.items()})
    return keeper.current(PublicPages()).find(asked).keys("")


def assert_in_step(*rides: Page) -> None:
    """The table is what a rebuild makes, and memory agrees with it."""
    before, shown = kept(), found()
    rebuild()
    assert before == kept()
    assert sorted(shown) == sorted(ride.pk for ride in rides)


def full_ride(park: ParkPage) -> RidePage:
    """A ride with something of everything that is counted."""
    maker = make_company("Intamin")
    ride = RidePage(
        title="Millennium Force",
        model=make_model("Giga Coaster", manufacturer=maker),
        material="steel",
        intensity="thrill",
    )
    ride.tracks = [
        RideTrack(name="Red", height="310 ft", speed="93 mph", inversions=0),
        RideTrack(
            name="Blue", height="90 m", max_angle=Decimal("80.5"), duration_s=140
        ),
    ]
    ride.names = [
        RideName(text="Millennium Force"),
        RideName(text="Über Working", kind="former", ended="1999"),
    ]
    ride.status_periods = [RideStatusPeriod(status="operating", began="2000-05-13")]
    ride.stays = [RideStay(park=park, began="2000")]
    ride.elements = [RideElement(element=Element.objects.create(name="Helix"))]
    ride.sources = [RideSource(title="A book")]
    ride.tags.add("lakeside")
    ride.slug = "millennium-force"
    park.add_child(instance=ride)
    ride.save_revision().publish()
    return RidePage.objects.get(pk=ride.pk)


def test_a_ride_is_kept_with_its_best_figures_and_the_bounds_of_its_dates() -> None:
    park = make_park("Cedar Point")

    ride = full_ride(park)

    facts = RideFacts.objects.get(pk=ride.pk)
    assert facts.park_id == park.pk
    assert facts.names == "millennium force\nuber working"
    assert (facts.height_m, facts.speed_kmh) == (94.488, 149.669)
    assert (facts.angle, facts.duration_s, facts.inversions) == (80.5, 140, 0)
    assert facts.opened_lower == facts.opened_upper == date(2000, 5, 13)
    assert (facts.since_lower, facts.since_upper) == (
        date(2000, 1, 1),
        date(2000, 12, 31),
    )
    assert facts.features == ["tracks", "renamed"]
    assert facts.records == ["source", "figures", "opening-day"]
    assert len(facts.elements) == len(facts.tags) == 1
    assert_in_step(ride)


def test_a_draft_is_kept_only_when_it_is_published() -> None:
    ride = make_ride(make_park(), "Secret", publish=False)
    assert found() == []

    ride.save_revision().publish()

    assert_in_step(ride)


def test_a_new_text_replaces_what_was_kept() -> None:
    ride = make_ride(make_park(), height="60 m")
    found()

    draft = RidePage.objects.get(pk=ride.pk)
    draft.category = "water"
    draft.tracks = [RideTrack(height="20 m")]
    draft.save_revision().publish()

    assert found(category={"water"}) == [ride.pk]
    assert found(category={"roller_coaster"}) == []
    assert_in_step(ride)


def unpublish(ride: RidePage) -> None:
    ride.unpublish()


def delete(ride: RidePage) -> None:
    ride.delete()


def delete_past_the_action(ride: RidePage) -> None:
    RidePage.objects.filter(pk=ride.pk).delete()


def delete_the_park(ride: RidePage) -> None:
    ParkPage.objects.get(pk=ride.get_parent().pk).delete()


def unpublish_all_below(ride: RidePage) -> None:
    park = ride.get_parent().specific
    admin = make_person("admin")
    UnpublishPageAction(park, user=admin, include_descendants=True).execute()


def close_the_section(ride: RidePage) -> None:
    PageViewRestriction.objects.create(
        page=ride.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )


def test_what_is_not_public_any_more_is_not_found() -> None:
    deeds: list[Callable[[RidePage], None]] = [
        *(unpublish, delete, delete_past_the_action),
        *(delete_the_park, unpublish_all_below, close_the_section),
    ]
    elsewhere = make_ride(make_park("Kings Island"), "The Beast")
    for deed in deeds:
        ride = make_ride(make_park(deed.__name__), "Raptor")
        assert sorted(found()) == sorted([elsewhere.pk, ride.pk]), deed

        deed(ride)

        assert found() == [elsewhere.pk], deed
        assert set(kept()) - {elsewhere.pk} <= {ride.pk}
    # A closed section is left out when rides are read, not from the table.
    assert_in_step(elsewhere)


def test_a_section_that_is_opened_again_is_found_again() -> None:
    ride = make_ride(make_park())
    close_the_section(ride)
    assert found() == []

    PageViewRestriction.objects.all().delete()

    assert_in_step(ride)


def test_a_ride_that_comes_back_from_the_trash_is_found_with_all_its_facts() -> None:
    park = make_park()
    ride = full_ride(park)
    before = kept()
    ride.delete()
    assert found() == []

    restore(deletion=Deletion.objects.get(), by=make_person("admin"))

    assert kept() == before
    assert_in_step(ride)


def test_a_ride_that_moves_is_found_where_it_stands_now() -> None:
    old, new = make_park("Old Park"), make_park("New Park", country="DE")
    ride = make_ride(old, "Wanderer")
    assert found(country={"US"}) == [ride.pk]
    draft = RidePage.objects.get(pk=ride.pk)
    draft.stays.add(RideStay(park=new, began="2020"))

    draft.move(new, pos="last-child")
    draft = RidePage.objects.get(pk=ride.pk)
    draft.stays = [RideStay(park=old, ended="2019"), RideStay(park=new, began="2020")]
    draft.save_revision().publish()

    assert found(country={"DE"}) == [ride.pk]
    assert found(park={old.pk}) == []
    assert found(feature={"relocated"}) == [ride.pk]
    assert_in_step(ride)


def test_rides_are_found_in_the_country_their_park_is_corrected_to() -> None:
    park = make_park(country="US")
    ride = make_ride(park)
    assert found(country={"US"}) == [ride.pk]

    park = ParkPage.objects.get(pk=park.pk)
    park.country = "CA"
    park.save_revision().publish()

    assert found(country={"CA"}) == [ride.pk]
    assert found(country={"US"}) == []


def test_a_touring_ride_stands_in_the_country_of_its_company() -> None:
    company = make_company("Schausteller", is_operator=True, country="DE")
    ride = make_ride(company, "Olympia Looping")
    assert found(country={"DE"}, feature={"on-tour"}) == [ride.pk]

    company = CompanyPage.objects.get(pk=company.pk)
    company.country = "AT"
    company.save_revision().publish()

    assert found(country={"AT"}) == [ride.pk]


def test_a_status_whose_day_has_come_is_found_by_it() -> None:
    ride = make_ride(make_park(), status="operating", opened="2030-05-01")
    assert found(status={"operating"}) == []

    bring_up_to_date(today=date(2030, 5, 2))

    assert found(status={"operating"}) == [ride.pk]


def test_what_a_script_saves_is_found_after_the_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ride = make_ride(make_park())

    with django_capture_on_commit_callbacks(execute=True):
        ride.intensity = "family"
        ride.save()

    assert found(intensity={"family"}) == [ride.pk]


def test_a_copy_is_found_beside_its_original() -> None:
    ride = make_ride(make_park(), "The Beast")

    copy = ride.copy(update_attrs={"slug": "son", "title": "Son of Beast"})

    live = [ride, copy] if Page.objects.get(pk=copy.pk).live else [ride]
    assert_in_step(*live)


def test_a_publish_that_fails_leaves_the_table_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ride = make_ride(make_park())
    before, shown = kept(), found()
    monkeypatch.setattr("wagtail.actions.publish_revision.log", _fail)

    draft = RidePage.objects.get(pk=ride.pk)
    draft.category = "dark"
    with pytest.raises(OSError, match="full"):
        draft.save_revision().publish()

    assert kept() == before
    assert found() == shown


def _fail(*args: Any, **kwargs: Any) -> None:
    raise OSError("The disk is full")


def test_the_record_of_changes_begins_anew_before_it_grows_long() -> None:
    ride = make_ride(make_park())
    for _ in range(3):
        note_change(rides=range(MOST_CHANGES // 2))

    assert FinderChange.objects.count() <= MOST_CHANGES
    assert found() == [ride.pk]


def test_another_database_under_the_same_process_is_noticed() -> None:
    ride = make_ride(make_park())
    assert found() == [ride.pk]
    number = FinderChange.objects.count()

    # As a restored backup would have it: as many changes, but others.
    FinderChange.objects.all().delete()
    FinderChange.objects.bulk_create(FinderChange(ride_id=7) for _ in range(number))
    RideFacts.objects.all().delete()

    assert found() == []
