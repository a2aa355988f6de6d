"""Reverting as a person does it: looking at the form first, then sending it."""

import re
from typing import Any

from django.test import Client

from history.models import PageVersion
from tests.history.suppression.hiding import version


def form_at(client: Client, address: str) -> dict[str, str]:
    """What the form holds when it is opened, with a reason filled in."""
    html = client.get(address).content.decode()
    found = re.search(r'name="seen" value="(\w+)"', html)
    assert found, html
    return {"reason": "It was right", "seen": found[1]}


def revert(client: Client, address: str, **given: str) -> Any:
    return client.post(address, {**form_at(client, address), **given})


def fields_to_decide(client: Client, address: str) -> list[str]:
    """Names of the fields that ask what shall hold, in their order."""
    html = client.get(address).content.decode()
    return list(dict.fromkeys(re.findall(r'name="(c\d+-\w+)"', html)))


def newest(page: Any) -> PageVersion:
    found = PageVersion.objects.filter(object_uuid=page.uuid)
    return found.select_related("changeset").latest("seq")


def undoing(page: Any, seq: int) -> str:
    """Where the change that made a version is undone."""
    return f"/changes/{version(page, seq).changeset_id}/revert/"
