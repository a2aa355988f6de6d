"""What is hidden in the history of a page is hidden in what was proposed for it."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.test import Client

from wagtail.models import Revision

import pytest

from branches.actions import comment, keep
from branches.models import (
    BannedPattern,
    Batch,
    BatchRow,
    CheckResult,
    Proposal,
    ProposalItem,
    ProposalNote,
    RememberedChoice,
)
from core.sayings import named
from history.suppression.actions import lift
from moderation.suggestions.deciding import approve_suggestion, reject_suggestion
from parks.models import ParkPage
from tests.branches.proposing import (
    branch_with,
    drafted,
    handed_in,
    piece,
    suggested,
    wanted,
)
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.suppression.hiding import CANARY, hide, publish, version

# Where it stays, read by those alone who may read what is hidden (decision 0014).
KEPT_IN = {
    ("reversion.Version", "serialized_data"),
    ("history.Suppression", "put_aside"),
    ("history.HiddenVersion", "title"),
}


def places_of(word: str) -> set[tuple[str, str]]:
    """Every column of the database in which a word stands."""
    return {
        place
        for model in apps.get_models()
        for place in _places_in(model, word)
        if place not in KEPT_IN
    }


def _places_in(model: Any, word: str) -> Iterator[tuple[str, str]]:
    said = (models.CharField, models.TextField, models.JSONField)
    names = [f.name for f in model._meta.concrete_fields if isinstance(f, said)]
    for row in model._base_manager.values_list(*names) if names else ():
        for name, value in zip(names, row, strict=True):
            if word in str(value):
                yield model._meta.label, name


@pytest.fixture
def admins(park: ParkPage) -> tuple[Any, Any]:
    return make_person("admin"), make_person("admin")


@pytest.fixture
def editor(park: ParkPage) -> Any:
    return make_person("Editor")


@pytest.fixture
def proposed(park: ParkPage, member: Any, moderator: Any, editor: Any) -> ParkPage:
    """A park whose second version came by a suggestion, with more that repeat it."""
    BannedPattern.objects.create(pattern=f"{CANARY} ahead")
    merged = suggested(park, by=member, city=CANARY)
    drafted(park, by=make_person("Member"), city=CANARY, address="At the lake")
    rejected = suggested(park, by=member, city=CANARY)
    reject_suggestion(rejected, by=moderator, reason=f"{CANARY}? No")
    approve_suggestion(merged, by=moderator, content_hash=merged.content_hash)
    suggested(park, by=member, address="From here")
    suggested(park, by=make_person("Member"), seo_title=f"{CANARY} ahead")
    branch = branch_with(piece(park, seo_title="Season"), by=editor)
    handed_in(branch, by=editor)
    comment(branch, by=editor, text=f"Is it {CANARY}?")
    RememberedChoice.objects.create(
        person=member, conflict_hash="0" * 64, choice={"own": CANARY}
    )
    batch = Batch.objects.create(
        name="Cities", operation="set", by=editor, parameters={"city": CANARY}
    )
    batch.is_asked_for(named("City", CANARY))
    batch.save()
    said = named("Cedar Point", CANARY)
    note = ProposalNote(proposal=branch, kind="conflict")
    note.says(said)
    note.save()
    item = branch.items.get()
    item.is_left_out(said)
    item.save()
    BatchRow.objects.create(
        batch=batch, number=1, object_uuid=park.uuid, values={"city": CANARY}
    )
    publish(park, city="Sandusky")
    return park


def test_a_hidden_text_is_found_in_no_column_of_the_database(
    proposed: ParkPage, admins: tuple[Any, Any]
) -> None:
    before = places_of(CANARY)
    assert len(before) >= 8

    hide(version(proposed, 2), *admins, text=True, reason_given=True)

    assert places_of(CANARY) == {("branches.BannedPattern", "pattern")}


def test_what_was_put_aside_comes_back_with_the_version(
    proposed: ParkPage, admins: tuple[Any, Any]
) -> None:
    def stored() -> dict[str, Any]:
        merged = Proposal.objects.get(state="merged")
        begun = ProposalItem.objects.filter(base__seq=2).order_by("pk")
        return {
            "merged": [item.content for item in merged.items.all()],
            "reason": (merged.reason, merged.source),
            "begun": [(item.content, item.content_hash) for item in begun],
            "checks": list(CheckResult.objects.values_list("params").order_by("pk")),
            "texts": list(
                Revision.objects.filter(object_str__startswith="Sugg")
                .exclude(content__title="Draft")
                .values_list("content", flat=True)
                .order_by("pk")
            ),
        }

    before = stored()
    suppression = hide(version(proposed, 2), *admins, text=True, reason_given=True)
    assert stored() != before

    lift(suppression=suppression, by=admins[0])

    assert stored() == before


def test_a_draft_that_says_it_too_says_the_rest_and_can_be_handed_in(
    park: ParkPage, member: Any, admins: tuple[Any, Any]
) -> None:
    draft = drafted(park, by=member, city=CANARY, address="At the lake")
    publish(park, city=CANARY)
    publish(park, city="Sandusky")

    suppression = hide(version(park, 2), *admins)

    now = live(draft)
    content = now.items.get().content
    assert (content["city"], content["address"]) == ("Huron", "At the lake")
    assert now.content_hash == now.hash_of_content()
    lift(suppression=suppression, by=admins[0])
    assert live(draft).items.get().content["city"] == "Huron"


def test_pages_of_what_was_begun_from_a_hidden_text_can_still_be_read(
    proposed: ParkPage,
    admins: tuple[Any, Any],
    as_member: Client,
    as_moderator: Client,
    editor: Any,
) -> None:
    as_editor = Client()
    as_editor.force_login(editor)
    branch = Proposal.objects.branches().get()
    branch_page = branch.get_absolute_url()
    as_editor.post(f"{branch_page}look/")
    begun = Proposal.objects.suggestions().get(items__base__seq=2, state="in_review")

    hide(version(proposed, 2), *admins)

    answers = [
        client.get(address, follow=True)
        for client, address in (
            (as_moderator, begun.get_absolute_url()),
            (as_member, begun.get_absolute_url()),
            (as_member, f"{begun.get_absolute_url()}edit/"),
            (as_member, f"{begun.get_absolute_url()}settle/"),
            (as_editor, branch_page),
            (as_editor, f"{branch_page}items/{proposed.uuid}/"),
            (as_editor, f"{branch_page}update/"),
            (as_editor, proposed.url),
            (as_editor, f"/admin/branches/{branch.pk}/"),
            (as_editor, f"/admin/branches/{branch.pk}/pages/{proposed.uuid}/edit/"),
        )
    ]

    assert all(answer.status_code < 500 for answer in answers)
    assert not any(CANARY in answer.content.decode() for answer in answers)


def test_what_was_written_meanwhile_is_not_overwritten_by_showing_it_again(
    park: ParkPage, member: Any, admins: tuple[Any, Any]
) -> None:
    publish(park, city=CANARY)
    draft = drafted(park, by=member, address="At the lake")
    publish(park, city="Sandusky")
    suppression = hide(version(park, 2), *admins)
    assert live(draft).items.get().content == {}
    wish = wanted(park, address="By the river")
    keep(wish, by=member, proposal=draft, seen=live(draft).content_hash)

    lift(suppression=suppression, by=admins[0])

    assert live(draft).items.get().content["address"] == "By the river"


def test_what_two_hide_comes_back_when_neither_does(
    park: ParkPage, member: Any, admins: tuple[Any, Any]
) -> None:
    publish(park, city=CANARY)
    draft = drafted(park, by=member, address="At the lake")
    publish(park, city="Sandusky")
    one, another = (hide(version(park, 2), *admins) for _ in range(2))

    lift(suppression=one, by=admins[0])
    assert live(draft).items.get().content == {}
    lift(suppression=another, by=admins[0])

    assert live(draft).items.get().content["city"] == CANARY
