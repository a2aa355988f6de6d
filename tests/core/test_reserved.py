"""No page takes an address at which the wiki itself answers."""

from django.test import Client

import pytest

from core.reserved import RESERVED
from parks.models import ParkPage
from tests.core.test_page_forms import form_for
from tests.factories.forms import filled_form
from tests.factories.pages import make_park
from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.mark.parametrize("slug", ["history", "diff", "blame", "changes", "History"])
def test_a_page_is_refused_the_slug_of_its_own_past(slug: str) -> None:
    park = make_park()

    form = form_for(park, {"slug": slug})

    assert not form.is_valid()
    assert "The wiki itself uses" in form.errors["slug"][0]
    assert form["slug"].value() == slug


def test_a_copy_is_refused_such_a_slug_and_keeps_what_was_typed(
    client: Client,
) -> None:
    park = make_park()
    client.force_login(make_person("admin"))
    url = f"/admin/pages/{park.pk}/copy/"
    form = filled_form(client.get(url), {"new_title": "Two", "new_slug": "history"})

    response = client.post(url, form)

    assert response.status_code == 200
    assert "The wiki itself uses" in response.content.decode()
    assert ParkPage.objects.count() == 1


def test_a_park_of_such_a_name_gets_a_slug_beside_it() -> None:
    park = ParkPage(title="Search", country="US")

    make_park().get_parent().add_child(instance=park)

    assert park.slug == "search-page"


def test_every_word_at_the_head_of_an_address_is_reserved() -> None:
    assert {"accounts", "admin", "changes", "documents", "search"} <= RESERVED
