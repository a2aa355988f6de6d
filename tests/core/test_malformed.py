"""The admin says 400 to what none of its pages can have sent."""

from typing import Any

from django.core.exceptions import FieldError
from django.db import DataError
from django.test import Client
from django.utils.datastructures import MultiValueDictKeyError

import pytest

from core.malformed import is_about_what_was_sent
from home.models import HomePage
from parks.models import ParkIndexPage, ParkPage
from tests.factories.pages import make_park
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, home: HomePage) -> Client:
    client.force_login(make_person("admin"))
    return client


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("pages/add/parks/parkpage/{parks}/", {"title": "Half a form"}),
        ("redirects/add/", {"old_path": "/a", "redirect_page": "a\x00b"}),
        ("redirects/add/", {"old_path": "/a", "redirect_page": "x"}),
    ],
)
def test_a_form_that_lost_a_part_is_a_bad_request(
    admin: Client, address: str, form: dict[str, Any]
) -> None:
    parks = ParkIndexPage.objects.get().pk

    answer = admin.post(f"/admin/{address.format(parks=parks)}", form)

    assert answer.status_code == 400
    assert "incompletely" in answer.content.decode()


BODY = {"body-count": "1", "body-0-type": "paragraph", "body-0-order": "0"}
PARAGRAPH = "body-0-value"
TEXT = (
    '{"entityMap": {}, "blocks": [{"key": "a", "text": "%s", "type": "unstyled", '
    '"depth": 0, "inlineStyleRanges": [], "entityRanges": []}]}'
)


@pytest.mark.parametrize(
    "body",
    [
        {**BODY, "body-count": "x"},
        {**BODY, "body-0-order": "first", "body-0-deleted": "", PARAGRAPH: "null"},
        {**BODY, "body-0-deleted": "", PARAGRAPH: "<p>no JSON</p>"},
        {**BODY, "body-0-deleted": "", PARAGRAPH: "[" * 50_000},
        {**BODY, "body-0-deleted": "", PARAGRAPH: '{"blocks": 1}'},
        {**BODY, "body-0-deleted": "", PARAGRAPH: "[]"},
        {**BODY, "body-0-deleted": "", PARAGRAPH: TEXT % r"a\u0000b"},
        {**BODY, "body-0-deleted": "", PARAGRAPH: TEXT % "a", "body-0-id": "a\x00"},
    ],
)
def test_a_body_that_no_editor_can_have_made_is_a_bad_request(
    admin: Client, body: dict[str, str]
) -> None:
    parent = HomePage.objects.get().pk
    form = {"title": "News", "slug": "news", **body}

    answer = admin.post(f"/admin/pages/add/home/articlepage/{parent}/", form)

    assert answer.status_code == 400


def test_a_text_about_nul_is_a_text_like_any_other(admin: Client) -> None:
    parent = HomePage.objects.get().pk
    body = {**BODY, "body-0-deleted": "", PARAGRAPH: TEXT % r"NUL is \\u0000 in JSON"}

    answer = admin.post(
        f"/admin/pages/add/home/articlepage/{parent}/",
        {"title": "NUL", "slug": "nul", "action-publish": "1", **body},
    )

    assert answer.status_code == 302
    assert "NUL is \\u0000 in JSON" in admin.get("/nul/").content.decode()


@pytest.mark.parametrize("asked", ["?show=0", "?checked_at__x=1", "?made_at__year=x"])
def test_a_list_that_cannot_be_filtered_so_is_a_bad_request(
    admin: Client, asked: str
) -> None:
    assert admin.get(f"/admin/archive/{asked}").status_code in (302, 400)


def test_nothing_is_done_where_nobody_could_be_led_back(admin: Client) -> None:
    park = make_park()
    address = f"/admin/pages/{park.pk}/unpublish/"

    refused = admin.post(address, {"next": "nowhere"})
    is_live = ParkPage.objects.get(pk=park.pk).live
    done = admin.post(address, {"next": "/admin/"})

    assert (refused.status_code, is_live) == (400, True)
    assert (done.status_code, done["Location"]) == (302, "/admin/")


def test_nobody_can_ask_for_a_server_error(admin: Client) -> None:
    assert admin.get("/admin/failwhale/").status_code == 404


@pytest.mark.parametrize(
    ("error", "is_theirs"),
    [
        (MultiValueDictKeyError("body-count"), True),
        (ValueError("Field 'id' expected a number but got 'x'."), True),
        (OverflowError("Python int too large to convert to SQLite INTEGER"), True),
        (OverflowError("date value out of range"), True),
        (DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes"), True),
        (ValueError("not enough values to unpack"), False),
        (KeyError("body-count"), False),
        (DataError("value too long for type character varying(20)"), False),
        (FieldError("Cannot resolve keyword"), False),
    ],
)
def test_an_error_that_the_program_alone_can_make_stays_one(
    error: Exception, is_theirs: bool
) -> None:
    assert is_about_what_was_sent(error) is is_theirs
