"""What people say about themselves."""

from django.contrib.auth.models import Group
from django.test import Client

import pytest

from accounts.models import User
from home.models import HomePage
from tests.factories.pages import make_park
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

PROFILE = "/accounts/profile/"


@pytest.fixture
def person(client: Client) -> User:
    """Somebody whose browser `client` is."""
    person = make_person(display_name="Loop Lover")
    client.force_login(person)
    return person


def form(**changes: str) -> dict[str, str]:
    as_it_is = {"display_name": "Loop Lover", "units": "metric", "locale": ""}
    return {**as_it_is, "home_park": "", **changes}


def test_a_profile_is_for_the_signed_in(client: Client) -> None:
    answer = client.get(PROFILE)

    assert answer.headers["Location"] == f"/accounts/login/?next={PROFILE}"


def test_the_form_keeps_what_is_saved(
    client: Client, person: User, home: HomePage
) -> None:
    park = make_park("Efteling", country="NL")

    answer = client.post(
        PROFILE,
        form(display_name="Ann", home_park=str(park.pk), locale="en-gb"),
        follow=True,
    )

    person.refresh_from_db()
    assert "Your profile is saved." in answer.content.decode()
    assert (person.display_name, person.locale) == ("Ann", "en-gb")
    assert person.home_park == park


def test_new_units_count_from_the_next_page_on(client: Client, person: User) -> None:
    answer = client.post(PROFILE, form(units="imperial"))

    person.refresh_from_db()
    assert person.units == "imperial"
    assert answer.cookies["units"].value == "imperial"


def test_units_switched_elsewhere_are_not_switched_back_by_saving(
    client: Client, person: User
) -> None:
    client.post("/units/", {"units": "imperial"})
    client.cookies["units"] = "imperial"

    page = client.get(PROFILE).content.decode()

    assert '<option value="imperial" selected>' in page


def test_only_parks_everybody_can_see_are_offered(
    client: Client, person: User, home: HomePage
) -> None:
    live = make_park("Efteling")
    draft = make_park("Secret Park", publish=False)
    hidden = make_park("Private Park")
    hidden.view_restrictions.create(restriction_type="login")

    page = client.get(PROFILE).content.decode()
    answers = [
        client.post(PROFILE, form(home_park=str(park.pk))).status_code
        for park in (live, draft, hidden)
    ]

    assert "Efteling" in page
    assert "Secret Park" not in page
    assert "Private Park" not in page
    assert answers == [302, 200, 200]


def test_a_refused_name_stays_in_the_form_and_nowhere_else(
    client: Client, person: User
) -> None:
    page = client.post(PROFILE, form(display_name="Moderator")).content.decode()

    person.refresh_from_db()
    assert 'value="Moderator"' in page
    assert 'aria-describedby="id_display_name_helptext id_display_name_error"' in page
    assert person.display_name == "Loop Lover"


def test_a_moderator_keeps_the_name_the_site_gave_them(client: Client) -> None:
    Group.objects.get_or_create(name="Moderator")
    moderator = make_person("Moderator", display_name="Moderator Ann")
    client.force_login(moderator)

    answer = client.post(PROFILE, form(display_name="Moderator Ann", units="imperial"))

    assert answer.status_code == 302


def test_only_the_fields_of_the_form_can_be_changed(
    client: Client, person: User
) -> None:
    client.post(
        PROFILE,
        form(email="other@example.org", is_superuser="1", is_staff="1"),
    )

    stored = User.objects.get(pk=person.pk)
    assert stored.email == person.email
    assert (stored.is_staff, stored.is_superuser) == (False, False)


@pytest.mark.parametrize(
    "changes",
    [
        {"units": "cubits"},
        {"locale": "tlh"},
        {"home_park": "999999"},
        {"home_park": "9" * 24},
    ],
)
def test_choices_that_are_not_offered_are_refused(
    client: Client, person: User, changes: dict[str, str]
) -> None:
    page = client.post(PROFILE, form(**changes))

    assert page.status_code == 200
    assert 'aria-invalid="true"' in page.content.decode()
