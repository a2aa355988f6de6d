"""Filling in the form of a suggestion as a browser does."""

import re
from typing import Any

from django.test import Client

from tests.factories.forms import filled_form

WORDS = {"change_reason": "Read it on a sign", "change_source": "The sign"}


def form_at(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send after the changes; `__` in a name is a hyphen."""
    data = filled_form(client.get(address), {})
    data.pop("body-count")
    given = {name.replace("__", "-"): value for name, value in changes.items()}
    return {**data, **given}


def hand_in(client: Client, address: str, **changes: Any) -> Any:
    data = form_at(client, address, **{**WORDS, **changes})
    return client.post(address, {**data, "submit": "1"})


def text_of(response: Any) -> str:
    """The words of a page, in one line."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain)
