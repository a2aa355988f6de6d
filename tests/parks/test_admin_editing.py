"""Editors create, edit and publish every page type through the admin's own forms."""

import json
from typing import Any

from django.test import Client

from wagtail.rich_text import RichText

import pytest

from history.models import PageVersion
from home.models import HomePage
from parks.models import (
    CompanyIndexPage,
    CompanyPage,
    ParkExternalId,
    ParkIndexPage,
    ParkPage,
    RideModelIndexPage,
    RideModelPage,
    RidePage,
)
from tests.factories.forms import filled_form
from tests.factories.pages import make_company, make_park, make_ride
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, home: HomePage) -> Client:
    client.force_login(make_person("admin"))
    return client


def add_url(model: type, parent: Any) -> str:
    return f"/admin/pages/add/parks/{model.__name__.lower()}/{parent.pk}/"


def publish_new(client: Client, model: type, parent: Any, **values: Any) -> Any:
    url = add_url(model, parent)
    data = filled_form(client.get(url), values) | {"action-publish": "1"}
    return client.post(url, data)


def republish(client: Client, page: Any, **values: Any) -> Any:
    url = f"/admin/pages/{page.pk}/edit/"
    data = filled_form(client.get(url), values) | {"action-publish": "1"}
    return client.post(url, data)


def test_an_editor_adds_a_park_with_a_vague_opening(admin: Client) -> None:
    response = publish_new(
        admin,
        ParkPage,
        ParkIndexPage.objects.get(),
        title="Luna Park",
        slug="luna-park",
        country="AU",
        **{"status_periods-0-status": "operating", "status_periods-0-began": "c. 1902"},
    )

    park = ParkPage.objects.get(slug="luna-park")
    assert response.status_code == 302
    assert park.live
    assert park.status == "operating"
    assert str(park.opened) == "1902~"
    assert park.opened_lower.year == 1900


def test_an_editor_adds_an_ordinary_ride_on_one_screen(admin: Client) -> None:
    park, maker = make_park(), make_company("Arrow Dynamics")

    publish_new(
        admin,
        RidePage,
        park,
        title="Gemini",
        slug="gemini",
        category="roller_coaster",
        **{
            "status_periods-0-status": "operating",
            "status_periods-0-began": "17 June 1978",
            "credits-TOTAL_FORMS": "1",
            "credits-0-company": maker.pk,
            "credits-0-role": "manufacturer",
            "tracks-TOTAL_FORMS": "1",
            "tracks-0-height": "125 ft",
            "tracks-0-speed": "60 mph",
        },
    )

    ride = RidePage.objects.get(slug="gemini")
    assert ride.live
    assert str(ride.tracks.get().height) == "125 ft"
    assert ride.stays.get().park == park
    assert ride.names.get().text == "Gemini"


def test_a_ride_without_figures_stays_without_them(admin: Client) -> None:
    ride = make_ride(make_park(), "Tea Cups", tracks=[])

    republish(admin, ride, title="Mad Tea Cups")

    ride = RidePage.objects.get(pk=ride.pk)
    assert ride.title == "Mad Tea Cups"
    assert not ride.tracks.exists()


def test_a_paragraph_nobody_touched_is_no_change(admin: Client) -> None:
    text = "<p>The lake&#x27;s park &amp; pier.</p>"
    park = make_park(body=[("paragraph", RichText(text))])
    (block,) = park.body

    republish(admin, park, **story(block.id, "The lake's park & pier."))
    untouched = park.published_versions.count()
    republish(admin, park, city="Sandusky", **story(block.id, "A park on a spit."))

    assert untouched == 1
    newest = park.published_versions.latest("seq")
    assert newest.changed_facts == ["body", "city"]


def test_a_number_elsewhere_that_a_draft_brought_stays_its_own(admin: Client) -> None:
    park = make_park()
    draft = park.get_latest_revision_as_object()
    draft.external_ids = [ParkExternalId(system="rcdb", value="4529")]
    draft.save_revision().publish()

    response = republish(admin, park, city="Sandusky")

    assert response.status_code == 302
    assert ParkPage.objects.get(pk=park.pk).city == "Sandusky"


def story(identity: str, text: str) -> dict[str, str]:
    """One paragraph as its editor sends it."""
    paragraph = {"key": "a1b2c", "type": "unstyled", "text": text, "depth": 0}
    ranges: dict[str, Any] = {"inlineStyleRanges": [], "entityRanges": []}
    return {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "paragraph",
        "body-0-id": identity,
        "body-0-value": json.dumps({"blocks": [paragraph | ranges], "entityMap": {}}),
    }


def test_an_editor_adds_a_company_and_a_model(admin: Client) -> None:
    publish_new(
        admin,
        CompanyPage,
        CompanyIndexPage.objects.get(),
        title="Vekoma",
        slug="vekoma",
        is_manufacturer="on",
        founded="1926",
    )
    maker = CompanyPage.objects.get(slug="vekoma")
    publish_new(
        admin,
        RideModelPage,
        RideModelIndexPage.objects.get(),
        title="Boomerang",
        slug="boomerang",
        manufacturer=maker.pk,
        category="roller_coaster",
    )

    assert maker.live
    assert RideModelPage.objects.get(slug="boomerang").manufacturer == maker


def test_a_wrong_figure_is_named_beside_its_field_and_kept(admin: Client) -> None:
    ride = make_ride(make_park(), "The Beast", drop="141 ft")

    response = republish(admin, ride, **{"tracks-0-drop": "1,410 ft"})

    assert response.status_code == 200
    assert b"1,410 ft is 429.8 m" in response.content
    assert b'value="1,410 ft"' in response.content
    assert str(ride.tracks.get().drop) == "141 ft"


@pytest.mark.parametrize("field", ["lead_photo", "stays-0-park"])
def test_a_key_that_no_picker_sends_is_refused_as_a_made_up_form(
    admin: Client, field: str
) -> None:
    ride = make_ride(make_park(), "The Beast")

    response = republish(admin, ride, **{field: "x"})

    assert response.status_code == 400


def test_a_certain_contradiction_is_an_error_beside_its_row(admin: Client) -> None:
    park = make_park(opened="1970")

    response = republish(admin, park, **{"status_periods-0-ended": "1960"})

    rows = response.context["form"].formsets["status_periods"]
    assert "before it begins" in str(rows.forms[0].errors["ended"])


def test_a_possible_contradiction_is_a_warning_the_editor_accepts(
    admin: Client,
) -> None:
    ride = make_ride(make_park())

    warned = republish(admin, ride, **{"tracks-0-speed": "260 km/h"})
    assert warned.content.count(b'name="accept_warnings"') == 1
    accepted = republish(
        admin, ride, accept_warnings="on", **{"tracks-0-speed": "260 km/h"}
    )

    assert b"above 250 km/h" in warned.content
    assert accepted.status_code == 302
    assert str(ride.tracks.get().speed) == "260 km/h"


def test_an_accepted_warning_is_not_asked_again(admin: Client) -> None:
    ride = make_ride(make_park())
    republish(admin, ride, accept_warnings="on", **{"tracks-0-speed": "260 km/h"})

    response = republish(admin, ride, **{"tracks-0-height": "60 m"})

    assert response.status_code == 302


def test_a_drop_above_the_height_needs_no_warning(admin: Client) -> None:
    ride = make_ride(make_park(), height="110 ft")

    response = republish(admin, ride, **{"tracks-0-drop": "141 ft"})

    assert response.status_code == 302


def test_correcting_the_title_corrects_the_current_name(admin: Client) -> None:
    ride = make_ride(make_park(), "The Best")

    republish(admin, ride, title="The Beast")

    ride.refresh_from_db()
    assert ride.title == "The Beast"
    assert [name.text for name in ride.names.all()] == ["The Beast"]


def test_the_reason_of_a_change_is_recorded_with_its_version(admin: Client) -> None:
    park = make_park()

    republish(admin, park, city="Sandusky", change_reason="City was missing")

    version = PageVersion.objects.filter(object_uuid=park.uuid).latest("seq")
    assert version.seq == 2
    assert version.changeset.reason == "City was missing"
    assert version.changed_facts == ["city"]


def test_the_reason_of_the_last_change_is_not_offered_again(admin: Client) -> None:
    park = make_park()
    republish(admin, park, city="Sandusky", change_reason="City was missing")

    form = admin.get(f"/admin/pages/{park.pk}/edit/").context["form"]

    assert not form["change_reason"].value()


@pytest.mark.parametrize(
    "path",
    ["/admin/parkpages/", "/admin/ridepages/", "/admin/companypages/"],
)
def test_listings_of_each_type_answer(admin: Client, path: str) -> None:
    make_ride(make_park(), maker=make_company())

    assert admin.get(path).status_code == 200


def test_rides_are_listed_by_status_category_park_and_year(admin: Client) -> None:
    here, elsewhere = make_park("Here"), make_park("Elsewhere")
    make_ride(here, "Found", category="dark", status="operating", opened="1990")
    make_ride(here, "Too New", category="dark", opened="2015")
    make_ride(elsewhere, "Far Away", category="dark", opened="1990")
    make_ride(here, "Wet", category="water", opened="1990")

    response = admin.get(
        "/admin/ridepages/",
        {
            "status": "operating",
            "category": "dark",
            "park": here.pk,
            "opened_min": "1980",
            "opened_max": "1999",
        },
    )

    assert [ride.title for ride in response.context["pages"]] == ["Found"]


def test_exploring_a_park_shows_its_rides_with_their_category(admin: Client) -> None:
    park = make_park()
    make_ride(park, category="dark")

    response = admin.get(f"/admin/pages/{park.pk}/")

    assert b"Dark ride" in response.content


def test_a_draft_is_previewed_with_its_new_facts(admin: Client) -> None:
    ride = make_ride(make_park(), height="110 ft")
    url = f"/admin/pages/{ride.pk}/edit/"
    data = filled_form(admin.get(url), {"tracks-0-height": "111 ft"})

    saved = admin.post(f"{url}preview/", data)
    preview = admin.get(f"{url}preview/")

    assert saved.json()["is_valid"]
    assert preview.status_code == 200
    assert b"111" in preview.content
    # Its panel is a frame.
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
