"""Areas and other snippets are edited on a branch as pages are."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.test import Client

from wagtail.models import Revision

import pytest

from branches.actions import update_branch
from branches.actions.updating import plan_update
from branches.models import ItemOperation, Proposal
from branches.states import ProposalState
from history.models import PageVersion
from history.verifying import verify
from moderation.suggestions.deciding import approve_suggestion
from parks.models import Element, Layout, ParkArea, ParkPage, RideStay
from tests.branches.desk.opening import address, item_of, opened, save
from tests.branches.proposing import handed_in
from tests.factories.pages import make_ride
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.test_recording_snippets import published_area
from tests.history.test_simultaneous_snippets import editor_address, published
from tests.moderation.admin_forms import words

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def area(park: ParkPage) -> ParkArea:
    return published_area(park)


def merged(branch: Proposal, *, by: Any, approved_by: Any) -> Proposal:
    branch = handed_in(live(branch), by=by)
    read = branch.content_hash
    return approve_suggestion(branch, by=approved_by, content_hash=read)


def test_an_area_is_edited_on_a_branch_and_published_with_a_version(
    on_branch: Client, branch: Proposal, area: ParkArea, editor: Any, moderator: Any
) -> None:
    drafts = Revision.objects.count()

    led = on_branch.get(editor_address(area))
    saved = save(on_branch, branch, area, name="Frontier Trail")

    assert led["Location"] == address(branch, "edit", area)
    assert saved.status_code == 302
    assert (live(area).name, Revision.objects.count()) == ("Frontier Town", drafts)
    item = item_of(branch, area)
    assert (item.operation, item.title) == (
        ItemOperation.EDIT,
        "Frontier Trail (Cedar Point)",
    )
    assert opened(on_branch, branch, area)["name"] == ["Frontier Trail"]
    for page in (f"/admin/branches/{branch.pk}/", branch.get_absolute_url()):
        assert "Frontier Trail" in words(on_branch.get(page)), page
    done = merged(branch, by=editor, approved_by=moderator)
    assert (done.state, live(area).name) == (ProposalState.MERGED, "Frontier Trail")
    version = PageVersion.objects.get(object_uuid=area.uuid, seq=2)
    assert version.changeset == done.changeset
    assert version.changed_facts == ["name"]
    assert list(verify()) == []


def test_a_branch_takes_what_main_says_anew_of_an_area(
    on_branch: Client, branch: Proposal, area: ParkArea, editor: Any, moderator: Any
) -> None:
    save(on_branch, branch, area, name="Frontier Trail")
    area.opened = "1971"
    area.save_revision().publish()
    asked = on_branch.get(f"{branch.get_absolute_url()}update/")
    assert "Frontier Trail" in words(asked)

    branch = live(branch)
    done = update_branch(branch, by=editor, seen=plan_update(branch).seen)

    assert (len(done.brought), done.left) == (1, ())
    merged(branch, by=editor, approved_by=moderator)
    now = live(area)
    assert (now.name, str(now.opened)) == ("Frontier Trail", "1971")


def test_an_area_is_deleted_by_a_branch(
    on_branch: Client, branch: Proposal, area: ParkArea, editor: Any, moderator: Any
) -> None:
    asked = on_branch.get(address(branch, "delete", area))
    assert "Its history stays" in words(asked)

    on_branch.post(address(branch, "delete", area), {"seen": ""})

    assert ParkArea.objects.filter(pk=area.pk).exists()
    merged(branch, by=editor, approved_by=moderator)
    assert not ParkArea.objects.filter(pk=area.pk).exists()


@pytest.mark.parametrize("form", [{"name": ""}, {"name": "Midway"}, {"park": "999999"}])
def test_what_an_area_cannot_say_is_refused_on_a_branch_too(
    on_branch: Client, branch: Proposal, area: ParkArea, form: dict[str, Any]
) -> None:
    published_area(area.park, "Midway")

    answer = save(on_branch, branch, area, **form)

    assert answer.status_code == 422
    assert not branch.items.exists()


def test_two_who_name_an_area_otherwise_on_one_branch_are_asked(
    on_branch: Client, branch: Proposal, area: ParkArea, moderator: Any
) -> None:
    form = opened(on_branch, branch, area)
    other = Client()
    other.force_login(moderator)
    save(other, branch, area, name="Frontier Trail")

    apart = save(on_branch, branch, area, {**form, "opened": ["1971"]})
    refused = save(on_branch, branch, area, {**form, "name": ["Frontier Land"]})

    assert (apart.status_code, refused.status_code) == (302, 409)
    assert "Frontier Land" in words(refused)
    content = item_of(branch, area).content
    assert (content["name"], content["opened"]) == ("Frontier Trail", "1971")


def test_other_snippets_are_edited_by_those_who_may_and_nobody_else(
    on_branch: Client, branch: Proposal, area: ParkArea
) -> None:
    may_not = Permission.objects.get(codename="change_layout")
    Group.objects.get(name="Editor").permissions.remove(may_not)
    element = published(Element(name="Loop", live=False))
    layout = published(Layout(name="Boomerang", live=False))

    save(on_branch, branch, element, name="Vertical loop")
    refused = on_branch.get(address(branch, "edit", layout))

    assert item_of(branch, element).title == "Vertical loop"
    assert refused.status_code in (302, 403)
    for name in ("move", "preview", "add_below"):
        assert on_branch.get(address(branch, name, area)).status_code == 404, name


def test_what_would_change_main_at_once_says_so_on_a_branch(
    client: Client, branch: Proposal, area: ParkArea
) -> None:
    client.force_login(make_person("admin"))
    client.post(f"/admin/branches/{branch.pk}/choose/")
    one = client.get(f"/admin/snippets/parks/parkarea/delete/{area.pk}/")
    assert one["Location"] == address(branch, "delete", area)

    new = client.get("/admin/snippets/parks/parkarea/add/")
    bulk = f"/admin/bulk/parks/parkarea/delete/?id={area.pk}"
    several = client.post(bulk, follow=True)

    assert "on the main line at once" in words(new)
    assert "Go back to the main line first" in words(several)
    assert ParkArea.objects.filter(pk=area.pk).exists()


def test_what_still_names_an_area_is_shown_on_a_branch_that_deletes_it(
    on_branch: Client, branch: Proposal, area: ParkArea, park: ParkPage
) -> None:
    stays = [RideStay(park=park, area=area, began="1979")]
    ride = make_ride(park, stays=stays)
    on_branch.post(address(branch, "delete", area), {"seen": ""})

    assert on_branch.get(ride.url).status_code == 200
    assert area.name not in words(on_branch.get(park.url))
    assert area.name in words(Client().get(park.url))
