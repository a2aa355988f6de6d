"""The public page that compares two versions: who sees what at which address."""

from typing import Any

from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

import pytest

from history import reading
from history.diff.kept import forget_comparisons_of
from history.models import PageVersion, Tag
from home.models import HomePage
from parks.models import Element, ParkPage
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_company, make_park
from tests.factories.people import make_person
from tests.history.diff.histories import publish, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "_empty_cache")]


@pytest.fixture
def _empty_cache() -> Any:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def park(home: HomePage) -> ParkPage:
    """A park whose city changed twice."""
    park = make_park(city="Huron")
    publish(park, city="Sandusky")
    return ParkPage.objects.get(pk=publish(park, city="Cleveland").pk)


def address_of(page: Any, sides: str) -> str:
    return f"{page.url}diff/{sides}/"


def shown(client: Client, page: Any, sides: str, **query: str) -> str:
    response = client.get(address_of(page, sides), query)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def test_a_visitor_compares_two_versions(client: Client, park: ParkPage) -> None:
    html = shown(client, park, "1..3")

    assert "Huron" in html
    assert "Cleveland" in html
    assert "Sandusky" not in html


def test_a_comparison_leads_to_the_changes_before_and_after(
    client: Client, park: ParkPage
) -> None:
    html = shown(client, park, "2..3")

    assert address_of(park, "1..2") in html
    assert address_of(park, "3..4") not in html


def test_the_later_side_comes_second(client: Client, park: ParkPage) -> None:
    response = client.get(address_of(park, "3..1"), {"view": "side"})

    assert response.status_code == 302
    assert response["Location"] == address_of(park, "1..3") + "?view=side"


def test_a_version_is_no_change_of_itself(client: Client, park: ParkPage) -> None:
    assert "no change" in shown(client, park, "2..2")
    assert "no change" in shown(client, park, "live..3")


@pytest.mark.parametrize(
    "sides",
    [
        *("0..1", "1..4", "1..999999999", "1..9999999999999999999999", "-1..2"),
        *("1..tag:none", "tag:..1", "1..tag:", "x..y", "01..2", "٣..1", "1..draft"),
    ],
)
def test_a_side_that_is_not_there_is_not_found(
    client: Client, park: ParkPage, sides: str
) -> None:
    assert client.get(address_of(park, sides)).status_code == 404


def test_live_is_the_newest_version_and_its_permalink_says_which(
    client: Client, park: ParkPage
) -> None:
    html = shown(client, park, "1..live")

    assert "Cleveland" in html
    assert "live now" in html
    assert address_of(park, "1..3") in html


def test_a_tag_is_the_version_the_page_had_then(client: Client, park: ParkPage) -> None:
    second = versions_of(park)[1].changeset
    Tag.objects.create(
        name="2026 <season>", slug="2026", changeset=second, made_by=make_person()
    )

    html = shown(client, park, "tag:2026..live")

    assert "Sandusky" in html
    assert "Huron" not in html
    assert "2026 &lt;season&gt;" in html


def test_a_tag_from_before_the_page_has_no_version_of_it(client: Client) -> None:
    older = make_park("Older")
    tagged = versions_of(older)[0].changeset
    Tag.objects.create(
        name="Early", slug="early", changeset=tagged, made_by=make_person()
    )
    park = make_park()

    response = client.get(address_of(park, "tag:early..1"))

    assert response.status_code == 404


def test_a_version_of_another_page_is_not_reached_from_here(
    client: Client, park: ParkPage
) -> None:
    other = make_park("Other", city="Elsewhere")

    assert client.get(address_of(other, "1..3")).status_code == 404


@pytest.mark.parametrize("state", ["private", "below private", "unpublished"])
def test_the_past_of_a_page_is_as_public_as_the_page(
    client: Client, park: ParkPage, state: str
) -> None:
    shown(client, park, "1..3")
    if state == "unpublished":
        park.unpublish()
    else:
        place = park if state == "private" else park.get_parent()
        PageViewRestriction.objects.create(page=place, restriction_type="login")

    response = client.get(address_of(park, "1..3"))

    assert response.status_code == 404
    client.force_login(make_person("admin"))
    assert "Huron" in shown(client, park, "1..3")


def test_what_was_compared_before_a_page_became_private_names_it_no_more(
    client: Client, park: ParkPage
) -> None:
    resort = make_park("Secret Resort")
    publish(park, resort=resort)
    assert "Secret Resort" in shown(client, park, "3..4")
    PageViewRestriction.objects.create(page=resort, restriction_type="login")

    html = shown(client, park, "3..4")

    assert "Secret Resort" not in html
    assert "gone or not public" in html


@pytest.mark.parametrize("sides", ["1..2", "2..3", "2..live"])
def test_a_hidden_text_is_shown_on_neither_side(
    client: Client, park: ParkPage, sides: str
) -> None:
    shown(client, park, sides)
    hide(park, seq=2)

    response = client.get(address_of(park, sides))

    html = response.content.decode()
    assert response.status_code == 403
    assert "version 2" in html
    assert "Sandusky" not in html


def test_a_hidden_text_is_shown_to_those_with_the_right_and_never_kept(
    client: Client, park: ParkPage
) -> None:
    hide(park, seq=2)
    client.force_login(make_person("admin"))

    assert "Sandusky" in shown(client, park, "1..2")

    client.logout()
    assert client.get(address_of(park, "1..2")).status_code == 403
    assert kept_texts() == []


def test_hiding_a_text_clears_what_was_kept_of_it(
    client: Client, park: ParkPage
) -> None:
    for sides in ("1..2", "2..3", "1..3"):
        for view in ("", "side", "inline"):
            shown(client, park, sides, view=view)
    assert count_kept() == 9

    forget_comparisons_of(versions_of(park)[1])

    assert count_kept() == 3


def test_a_damaged_archive_is_named_and_the_rest_stays_readable(
    client: Client, park: ParkPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = versions_of(park)[1]
    damage(monkeypatch, second)

    response = client.get(address_of(park, "1..2"))

    assert response.status_code == 503
    assert "archived copy of version 2 is damaged" in response.content.decode()
    assert "Cleveland" in shown(client, park, "1..3")


def test_the_header_says_who_when_and_why(client: Client) -> None:
    park, editor = (
        make_park(city="Huron"),
        make_person("admin", display_name="Ada Editor"),
    )
    draft = park.get_latest_revision_as_object()
    draft.city, draft.change_reason = "Sandusky", "It moved <fast>"
    draft.save_revision(user=editor).publish(user=editor)

    html = shown(client, park, "1..2")

    assert "Ada Editor" in html
    assert "It moved &lt;fast&gt;" in html


def test_a_hidden_author_and_reason_are_not_told(client: Client) -> None:
    park, editor = (
        make_park(city="Huron"),
        make_person("admin", display_name="Ada Editor"),
    )
    draft = park.get_latest_revision_as_object()
    draft.city, draft.change_reason = "Sandusky", "Canary reason"
    draft.save_revision(user=editor).publish(user=editor)
    changeset = versions_of(park)[1].changeset
    type(changeset).objects.filter(pk=changeset.pk).update(
        author_hidden=True, reason_hidden=True
    )

    html = shown(client, park, "1..2")

    assert "Ada Editor" not in html
    assert "Canary" not in html


def test_the_front_page_has_comparisons_too(client: Client, home: HomePage) -> None:
    publish(home, search_description="All parks")

    assert client.get("/diff/1..2/").status_code == 200


def test_a_snippet_is_compared_by_its_identity(client: Client) -> None:
    loop = Element.objects.create(name="Vertical loop", live=False)
    loop.save_revision().publish()
    loop.refresh_from_db()
    loop.description = "Upside down"
    loop.save_revision().publish()

    response = client.get(f"/changes/of/{loop.uuid}/diff/1..2/")

    assert response.status_code == 200
    assert "Upside down" in response.content.decode()


def test_a_deleted_page_is_compared_by_those_who_may_only(
    client: Client, park: ParkPage
) -> None:
    uuid = park.uuid
    park.delete()

    assert client.get(f"/changes/of/{uuid}/diff/1..3/").status_code == 404
    client.force_login(make_person("admin"))
    response = client.get(f"/changes/of/{uuid}/diff/1..3/")
    assert response.status_code == 200
    assert "Huron" in response.content.decode()


def test_a_page_reached_by_its_identity_is_as_private_as_by_its_address(
    client: Client, park: ParkPage
) -> None:
    address = f"/changes/of/{park.uuid}/diff/1..3/"
    assert client.get(address).status_code == 200

    PageViewRestriction.objects.create(page=park, restriction_type="login")

    assert client.get(address).status_code == 404


def test_units_of_the_reader_are_part_of_what_is_kept(client: Client) -> None:
    park = make_park()
    (version,) = versions_of(park)

    assert version.seq == 1
    publish(park, city="Huron")
    shown(client, park, "1..2")
    client.cookies["units"] = "imperial"
    shown(client, park, "1..2")

    assert count_kept() == 2


def test_nothing_is_changed_through_a_comparison(
    client: Client, park: ParkPage
) -> None:
    assert client.post(address_of(park, "1..2")).status_code == 405


def test_a_second_reader_costs_four_queries_whatever_the_length_of_the_history(
    client: Client, park: ParkPage
) -> None:
    publish(park, resort=make_park("Resort"))

    def queries_of_a_second_reader() -> int:
        shown(client, park, "1..live")
        with CaptureQueriesContext(connection) as queries:
            shown(client, park, "1..4")
            shown(client, park, "1..4")
        return len(queries) // 2

    few = queries_of_a_second_reader()
    lengthen_history(ParkPage.objects.get(pk=park.pk), by=50)
    many = queries_of_a_second_reader()

    assert few == many <= 4


def test_a_first_reader_costs_a_bounded_number_of_queries(
    client: Client, park: ParkPage
) -> None:
    publish(park, resort=make_park("Resort"))
    make_company()

    with CaptureQueriesContext(connection) as queries:
        shown(client, park, "1..4")

    assert len(queries) <= 9


def kept_texts() -> list[bytes]:
    store: dict[str, bytes] = vars(caches["default"])["_cache"]
    return [text for key, text in store.items() if ":diff:" in key]


def count_kept() -> int:
    return len(kept_texts())


def hide(page: Any, *, seq: int) -> None:
    PageVersion.objects.filter(object_uuid=page.uuid, seq=seq).update(text_hidden=True)


def damage(monkeypatch: pytest.MonkeyPatch, version: PageVersion) -> None:
    """Make the text of one version unreadable, as a broken bundle would."""
    texts = reading._texts_of
    monkeypatch.setattr(
        reading,
        "_texts_of",
        lambda versions: {
            pk: text for pk, text in texts(versions).items() if pk != version.pk
        },
    )
