"""The answer while the database is away: short, and in the shape that was asked for."""

import json
import logging

from django.db import OperationalError
from django.test import RequestFactory
from django.utils import translation

import psycopg
import pytest

from core.coming_back import answer_to, come_back
from home import views

BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"
ASKED = "/parks/?q=%22%3E%3Cscript%3E"


def away() -> OperationalError:
    error = OperationalError("terminating\nconnection")
    error.__cause__ = psycopg.errors.AdminShutdown("terminating\nconnection")
    return error


def test_a_reader_is_told_to_try_again() -> None:
    response = come_back(RequestFactory().get(ASKED, headers={"accept": BROWSER}))

    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert response["Cache-Control"] == "no-store"
    assert "cannot be reached just now" in page
    assert "<script>" not in page
    assert 'href="/parks/?q=%22%3E%3Cscript%3E"' in page


def test_a_writer_is_told_where_the_text_is() -> None:
    response = come_back(RequestFactory().post("/x/", headers={"accept": BROWSER}))

    assert "still in the form" in response.content.decode()
    assert "Try again</a>" not in response.content.decode()


def test_a_piece_of_a_page_is_answered_with_a_piece() -> None:
    asked = {"accept": "*/*", "hx-request": "true"}

    response = come_back(RequestFactory().get("/parks/", headers=asked))

    assert response.content.startswith(b"<p")
    assert "text/html" in response["Content-Type"]


def test_a_program_that_reads_json_gets_json() -> None:
    asked = {"accept": "application/json"}

    response = come_back(RequestFactory().get("/map/points/", headers=asked))

    assert "cannot be reached" in json.loads(response.content)["error"]


@pytest.mark.parametrize("accepted", ["", "*/*", "application/atom+xml", "image/png"])
def test_a_reader_of_feeds_gets_a_line_of_text(accepted: str) -> None:
    headers = {"accept": accepted} if accepted else {}

    response = come_back(RequestFactory().get("/changes/feed/", headers=headers))

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert b"<" not in response.content


def test_it_is_logged_as_a_warning_on_one_line_with_the_cause(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert answer_to(RequestFactory().get("/parks/"), away())

    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert "/parks/" in record.getMessage()
    assert "terminating connection" in record.getMessage()


def test_a_failure_outside_of_a_view_is_answered_in_the_browsers_language() -> None:
    request = RequestFactory().get("/", headers={"accept": BROWSER})
    request.META["HTTP_ACCEPT_LANGUAGE"] = "de"
    seen = []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            views, "answer_to", lambda *_: seen.append(translation.get_language())
        )
        try:
            raise away()
        except OperationalError:
            views.server_error(request)

    assert seen == ["de"]


def test_a_mistake_stays_a_server_error() -> None:
    try:
        raise OperationalError("no such table: parc")
    except OperationalError:
        response = views.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Something broke" in response.content.decode()
