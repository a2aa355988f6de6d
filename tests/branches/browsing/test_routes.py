"""Every address of branches, asked for by everybody."""

from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from branches.browsing.urls import urlpatterns
from tests.branches.browsing.looking import signed_in
from tests.branches.proposing import branch_with, piece
from tests.factories.people import make_person
from tests.history.suppression.hiding import CANARY

POSTED = {"leave", "hand_in", "look", "share", "end_sharing"}


def addresses(branch: Any, uuid: Any) -> dict[str, str]:
    found = {}
    for pattern in urlpatterns:
        wanted = pattern.pattern.converters
        values = {"pk": branch.pk, "uuid": uuid}
        named = {name: values[name] for name in wanted}
        assert pattern.name
        found[pattern.name] = reverse(f"branches:{pattern.name}", kwargs=named)
    return found


@pytest.mark.parametrize("role", ["anonymous", "Member", "Editor", "Moderator"])
def test_a_draft_of_a_branch_is_told_to_nobody_but_the_editing_desk(
    editor: Any, park: Any, role: str
) -> None:
    branch = branch_with(piece(park, city=CANARY), by=editor, name=CANARY)
    client = Client() if role == "anonymous" else signed_in(make_person(role))
    may_know = role in ("Editor", "Moderator")

    for name, address in addresses(branch, park.uuid).items():
        read = client.get(address)
        sent = client.post(address) if name in POSTED else read
        assert read.status_code < 500
        assert sent.status_code < 500
        told = CANARY in read.content.decode()
        if name in POSTED:
            assert read.status_code in (302, 405)
            assert sent.status_code in ((302, 409) if may_know else (302, 404))
        else:
            assert told is may_know, name
        if not may_know:
            assert CANARY not in sent.content.decode()
