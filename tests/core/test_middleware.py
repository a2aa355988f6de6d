"""Guards that hold for every address."""

import re
from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.test import Client, RequestFactory

import pytest

from core.middleware import RefusalsAsConflicts
from core.refusals import Refused
from home.models import HomePage
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/%00", "/parks/a%00b/", "/static/%00.css"])
def test_no_page_has_a_nul_character_in_its_path(
    client: Client, home: HomePage, path: str
) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("query", ["q=%00", "page=1&q=a%00b", "%00=1"])
def test_a_nul_character_in_a_query_is_a_bad_request(
    client: Client, home: HomePage, query: str
) -> None:
    response = client.get(f"/search/?{query}")

    assert response.status_code == 400
    assert b"NUL" in response.content


def test_text_that_only_spells_a_nul_character_is_let_through(
    client: Client, home: HomePage
) -> None:
    assert client.get("/search/?q=%2500").status_code == 200


def test_what_a_signed_in_person_sees_is_stored_by_no_cache(
    client: Client, home: HomePage
) -> None:
    client.force_login(make_person())

    response = client.get("/")

    assert response["Cache-Control"] == "private, no-store"


def test_what_anybody_sees_may_be_cached_apart_from_what_members_see(
    client: Client, home: HomePage
) -> None:
    response = client.get("/")

    assert "no-store" not in response.get("Cache-Control", "")
    assert "Cookie" in response["Vary"]


def test_an_anonymous_reader_costs_no_session_query(
    client: Client, home: HomePage
) -> None:
    client.get("/")

    assert "sessionid" not in client.cookies


def policy_of(response: Any) -> dict[str, str]:
    directives = response["Content-Security-Policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


def test_visitors_are_protected_by_a_strict_policy(
    client: Client, home: HomePage
) -> None:
    response = client.get("/")

    policy = policy_of(response)
    assert "unsafe" not in response["Content-Security-Policy"]
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"


def test_a_public_page_carries_no_script_of_its_own(
    client: Client, home: HomePage
) -> None:
    response = client.get("/parks/")

    html = response.content.decode()
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", html)
    # Only data, which no browser runs; so there is no nonce for many to share.
    assert set(inline) == {
        ' type="application/ld+json"',
        ' type="application/json" id="words"',
    }
    assert "nonce" not in response["Content-Security-Policy"]
    assert " style=" not in html


def test_the_admin_has_a_policy_of_its_own(client: Client, home: HomePage) -> None:
    client.force_login(make_person("admin"))

    policy = policy_of(client.get("/admin/"))

    assert "'unsafe-inline'" in policy["script-src"]
    assert policy["frame-ancestors"] == "'self'"
    assert "'unsafe-inline'" not in policy_of(client.get("/"))["script-src"]


class Busy(Refused):
    status = 409


def answer_to(exception: Exception) -> HttpResponse | None:
    guard = RefusalsAsConflicts(lambda request: HttpResponse())
    return guard.process_exception(RequestFactory().get("/"), exception)


def test_a_refusal_becomes_a_page_with_its_text(home: HomePage) -> None:
    response = answer_to(Busy("Come back on Monday"))

    assert response is not None
    assert response.status_code == 409
    assert b"Come back on Monday" in response.content


def test_a_refused_deletion_names_what_stands_in_the_way(home: HomePage) -> None:
    many: Any = {f"Ride {number:02}" for number in range(12)}

    response = answer_to(ProtectedError("no", many))

    assert response is not None
    text = response.content.decode()
    assert response.status_code == 409
    assert "“Ride 00”" in text
    assert "and 2 more" in text


def test_any_other_error_stays_an_error() -> None:
    assert answer_to(ZeroDivisionError()) is None
