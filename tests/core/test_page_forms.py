"""The admin form says the rules in place, with every row it would save."""

from typing import Any

import pytest

from home.models import HomePage
from parks.models import RidePage
from tests.factories.pages import make_company, make_park, make_ride
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def form_for(page: Any, changes: dict[str, Any]) -> Any:
    """The bound edit form of a page, everything else as it stands."""
    form_class = type(page).get_edit_handler().get_form_class()
    blank = form_class(instance=page, parent_page=page.get_parent(), for_user=None)
    data: dict[str, Any] = {"body-count": "0"}
    for form in (blank, *_row_forms(blank)):
        for bound in form:
            value = bound.value()
            if value not in (None, False, []):
                data[bound.html_name] = value
    for formset in blank.formsets.values():
        for field in formset.management_form:
            data[field.html_name] = field.value()
    data |= {"body-count": "0", **changes}
    fresh = type(page).objects.get(pk=page.pk)
    return form_class(
        data,
        instance=fresh,
        parent_page=page.get_parent(),
        for_user=make_person("admin"),
    )


def _row_forms(form: Any) -> list[Any]:
    return [row for formset in form.formsets.values() for row in formset.forms]


@pytest.fixture
def ride(home: HomePage) -> RidePage:
    return make_ride(make_park())


def test_a_sound_form_needs_no_answer_about_warnings(ride: RidePage) -> None:
    form = form_for(ride, {"tracks-0-height": "60 m"})

    assert form.is_valid(), form.errors
    assert form.open_warnings == []


def test_a_time_to_go_live_is_one_that_every_time_zone_can_tell(
    ride: RidePage,
) -> None:
    form = form_for(ride, {"expire_at": "9999-12-31 23:59"})

    assert not form.is_valid()
    assert set(form.errors) == {"expire_at"}


def test_asking_twice_whether_a_form_is_valid_gives_the_same_answer(
    ride: RidePage,
) -> None:
    form = form_for(ride, {"tracks-0-speed": "260 km/h"})

    assert [form.is_valid(), form.is_valid()] == [False, False]
    assert len(form.open_warnings) == 1


def test_another_doubt_is_asked_about_although_one_was_accepted(
    ride: RidePage,
) -> None:
    ride.accepted_warnings = ["tracks.speed: 260 km/h is above 250 km/h: is it right?"]
    ride.save()

    form = form_for(ride, {"tracks-0-speed": "260 km/h", "tracks-0-height": "210 m"})

    assert not form.is_valid()
    assert [finding.field for finding in form.open_warnings] == ["height"]


def test_a_doubt_that_is_gone_is_forgotten(ride: RidePage) -> None:
    ride.accepted_warnings = ["tracks.speed: 260 km/h is above 250 km/h: is it right?"]
    ride.save()

    form = form_for(ride, {"tracks-0-speed": "160 km/h"})

    assert form.is_valid()
    assert form.instance.accepted_warnings == []


def test_a_row_marked_for_deletion_is_not_judged(home: HomePage) -> None:
    ride = make_ride(make_park(), maker=make_company())
    wrong_role = {"credits-0-role": "designer"}

    refused = form_for(ride, wrong_role)
    deleted = form_for(ride, {**wrong_role, "credits-0-DELETE": "on"})

    assert not refused.is_valid()
    assert deleted.is_valid(), deleted.errors


def test_an_error_stands_beside_the_row_it_speaks_of_after_rows_were_reordered(
    ride: RidePage,
) -> None:
    form = form_for(
        ride,
        {
            "status_periods-TOTAL_FORMS": "2",
            "status_periods-0-ORDER": "2",
            "status_periods-1-status": "sbno",
            "status_periods-1-began": "1970",
            "status_periods-1-ended": "1960",
            "status_periods-1-ORDER": "1",
        },
    )

    assert not form.is_valid()
    first, second = form.formsets["status_periods"].forms
    assert not first.errors
    assert "before it begins" in str(second.errors["ended"])


def test_half_a_coordinate_is_an_error_beside_the_missing_half(home: HomePage) -> None:
    park = make_park()

    form = form_for(park, {"latitude": "41.5"})

    assert not form.is_valid()
    assert list(form.errors) == ["longitude"]


def test_a_form_judges_the_title_that_becomes_a_name(home: HomePage) -> None:
    form = form_for(make_park(), {"title": "x" * 201})

    assert not form.is_valid()
    assert list(form.errors) == ["title"]
