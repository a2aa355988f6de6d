"""Who may do what with branches in the admin, asked at every address there is."""

from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from wagtail.models import GroupPagePermission, PageViewRestriction

import pytest

from branches.actions import put_on, submit
from branches.desk.urls import urlpatterns
from branches.models import Proposal
from history.models import ChangeSet
from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkPage
from tests.branches.desk.opening import address
from tests.branches.proposing import drafted, piece
from tests.factories.people import make_person
from tests.moderation.admin_forms import words

pytestmark = pytest.mark.usefixtures("home")

NAMES = [pattern.name for pattern in urlpatterns]
# They change something, so they are only ever sent.
SENT = (
    *("leave", "choose", "hand_in", "withdraw", "take_off"),
    *("unschedule", "publish"),
)


def where(name: str, branch: Proposal, uuid: Any) -> str:
    kwargs = {"pk": branch.pk, "uuid": uuid, "app": "parks", "name": "ridepage"}
    (pattern,) = (p for p in urlpatterns if p.name == name)
    known = pattern.pattern.regex.groupindex
    return reverse(f"branches_desk:{name}", kwargs={key: kwargs[key] for key in known})


def ask(client: Client, name: str, branch: Proposal, uuid: Any) -> Any:
    asked = where(name, branch, uuid)
    return client.post(asked) if name in SENT else client.get(asked)


def client_of(role: str) -> Client:
    client = Client()
    if role:
        client.force_login(make_person(role))
    return client


@pytest.mark.parametrize("role", ["", "Member"])
def test_nobody_but_the_desk_comes_near_a_branch(
    branch: Proposal, park: ParkPage, editor: Any, role: str
) -> None:
    put_on(branch, piece(park, city="Rust"), by=editor)
    client = client_of(role)

    for name in NAMES:
        answer = ask(client, name, branch, park.uuid)

        assert answer.status_code in (302, 403), name
        if answer.status_code == 302:
            assert "login" in answer["Location"], name
    assert branch.items.count() == 1


def test_the_whole_desk_works_on_a_branch(
    branch: Proposal, park: ParkPage, editor: Any
) -> None:
    put_on(branch, piece(park, city="Rust"), by=editor)
    client = client_of("Editor")

    for name in NAMES:
        if name not in SENT:
            answer = ask(client, name, branch, park.uuid)
            # With one kind of page only the choice of the kind is skipped.
            assert answer.status_code == (302 if name == "add_below" else 200), name
    assert ask(client_of("Moderator"), "move", branch, park.uuid).status_code == 200


def test_who_may_not_edit_a_page_does_not_edit_it_on_a_branch(
    on_branch: Client, branch: Proposal, park: ParkPage
) -> None:
    GroupPagePermission.objects.filter(group__name="Editor").delete()

    for name in ("edit", "preview", "move", "unpublish", "delete", "add_below", "add"):
        sent = where(name, branch, park.uuid)
        post = on_branch.get if name == "add_below" else on_branch.post
        for answer in (on_branch.get(sent), post(sent, {"title": "X"})):
            assert answer.status_code in (302, 403), name
            assert answer.get("Location", "/admin/") == "/admin/", name
    assert not branch.items.exists()


def test_a_suggestion_is_no_branch_and_an_unknown_page_is_none(
    as_editor: Client, branch: Proposal, park: ParkPage, member: Any
) -> None:
    suggestion = drafted(park, by=member, city="Rust")

    for name in NAMES:
        if name not in ("index", "begin", "leave"):
            assert ask(as_editor, name, suggestion, park.uuid).status_code == 404, name
    for name in ("edit", "preview", "move", "unpublish", "delete", "add_below", "add"):
        assert ask(as_editor, name, branch, uuid4()).status_code == 404, name


def test_nothing_is_done_to_a_branch_that_is_settled(
    as_editor: Client, branch: Proposal, park: ParkPage
) -> None:
    as_editor.post(where("withdraw", branch, park.uuid))

    for name in (
        *("choose", "describe", "hand_in", "take_off", "withdraw", "edit"),
        *("schedule", "unschedule", "publish"),
    ):
        answer = ask(as_editor, name, branch, park.uuid)
        assert answer.status_code == 409, name
    assert as_editor.post(address(branch, "delete", park)).status_code == 409
    assert not branch.items.exists()


def test_a_form_that_was_made_up_is_refused(
    on_branch: Client, branch: Proposal, park: ParkPage
) -> None:
    form = {"branch_opening": "nonsense", "title": park.title}

    for made_up in (
        *(form, {"city": "\x00"}, {"seasons-TOTAL_FORMS": "-1"}, {"lead_photo": "x"}),
    ):
        answer = on_branch.post(address(branch, "edit", park), made_up)
        assert answer.status_code in (400, 422)
    sent = {"seen": "\x00", "page": "x"}
    for name in ("hand_in", "take_off"):
        assert on_branch.post(where(name, branch, park.uuid), sent).status_code < 500
    assert not branch.items.exists()


def test_what_is_private_or_was_hidden_is_told_to_nobody_who_may_not_know(
    as_editor: Client, branch: Proposal, park: ParkPage, moderator: Any
) -> None:
    put_on(branch, piece(park, city="Rust"), by=moderator)
    PageViewRestriction.objects.create(page=park, restriction_type="groups")
    own = f"/admin/branches/{branch.pk}/"
    assert park.title not in words(as_editor.get(own))

    branch.refresh_from_db()
    branch = submit(branch, by=moderator, seen=branch.content_hash)
    other = make_person("Moderator")
    merged = approve_suggestion(branch, by=other, content_hash=branch.content_hash)
    settled = {"which": "settled"}
    assert branch.title in words(as_editor.get("/admin/branches/", settled))
    ChangeSet.objects.filter(pk=merged.changeset_id).update(reason_hidden=True)

    assert as_editor.get(own).status_code == 404
    assert branch.title not in words(as_editor.get("/admin/branches/", settled))
