"""Reads the forms of the admin as a browser would, so that tests post what it posts."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from wagtail.models import Page, TaskState

Fields = dict[str, list[str]]


class _FormReader(HTMLParser):
    """Collects the fields of one form; scripts and row templates hold none."""

    def __init__(self, marker: str) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._marker = marker
        self._inside = False
        self._templates = 0
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = not self._marker or self._marker in given
        elif tag == "template":
            self._templates += 1
        if not self._inside or self._templates:
            return
        if tag == "input":
            self._read_input(given)
        elif tag == "textarea" and given.get("name"):
            self._textarea = given["name"]
            self.fields[self._textarea] = [""]
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and "selected" in given:
            self.fields.setdefault(self._select, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "template":
            self._templates -= 1
        elif tag == "textarea":
            self._textarea = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea] = [
                (self.fields[self._textarea][0] + data).removeprefix("\n")
            ]

    def _read_input(self, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name", "")
        if not name or kind in ("submit", "button", "file"):
            return
        if kind in ("checkbox", "radio"):
            if "checked" in given:
                self.fields.setdefault(name, []).append(given.get("value", "on"))
            return
        self.fields.setdefault(name, []).append(given.get("value", ""))


def fields_of(html: str, marker: str = "") -> Fields:
    """The fields of the form that carries this attribute, or of the only form."""
    reader = _FormReader(marker)
    reader.feed(html)
    return reader.fields


def open_editor(client: Client, address: str) -> Fields:
    """The page form at an address of the admin, as it was loaded."""
    response = client.get(address)
    assert response.status_code == 200
    fields = fields_of(response.content.decode(), "data-edit-form")
    # The browser's script draws the blocks of the story and counts them.
    return {**fields, "body-count": ["0"]}


def words(response: Any) -> str:
    """What a page says, without its markup."""
    return " ".join(strip_tags(response.content.decode()).split())


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


def review_of(page: Page) -> Any:
    """The newest review of a page, closed ones included."""
    return TaskState.objects.for_instance(page).latest("pk").specific


def decision_address(page: Page, action: str) -> str:
    return reverse(
        "wagtailadmin_pages:workflow_action",
        args=(page.pk, action, review_of(page).pk),
    )


def open_dialogue(client: Client, page: Page, action: str) -> Fields:
    """The form behind "Approve" or "Request changes" on the dashboard."""
    response = client.get(
        decision_address(page, action), headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert response.status_code == 200
    return fields_of(response.json()["html"])


def decide(client: Client, page: Page, action: str, **given: str) -> Any:
    """Open the dashboard's form, fill it in and send it."""
    fields = open_dialogue(client, page, action)
    return client.post(decision_address(page, action), {**fields, **given})
