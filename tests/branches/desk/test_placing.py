"""On a branch pages are added, moved, renamed, unpublished and deleted."""

from dataclasses import replace
from typing import Any

from django.test import Client

import pytest

from branches.actions import put_all_on, put_on
from branches.merging.merging import merge_proposal
from branches.merging.plans import plan_merge
from branches.models import ItemOperation, Proposal, ProposalItem
from branches.states import ProposalState
from history.models import PageVersion
from history.verifying import verify
from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkIndexPage, ParkPage, ParkStatusPeriod, RidePage
from tests.branches.desk.opening import address, item_of, opened, save
from tests.branches.proposing import handed_in, new_piece, piece
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.moderation.admin_forms import edit_address, open_editor, words

pytestmark = pytest.mark.usefixtures("home")


def add(client: Client, branch: Proposal, place: Any, kind: str, **given: Any) -> Any:
    """Fill in the form of a page that shall stand under another one."""
    if kind == "ridepage":
        given["category"] = "roller_coaster"
    form_address = f"{address(branch, 'add_below', place)}parks/{kind}/"
    form = open_editor(client, form_address)
    known = {"status_periods-0-status": "operating", **given}
    return client.post(form_address, {**form, **known})


def test_a_page_is_added_with_an_identity_and_previewed(
    on_branch: Client, branch: Proposal, park: ParkPage
) -> None:
    preview = f"{address(branch, 'add_below', park)}parks/ridepage/preview/"

    answer = add(on_branch, branch, park, "ridepage", title="Steel Vengeance")

    item = branch.items.get()
    assert answer["Location"] == address(branch, "edit", _Named(item))
    assert (item.operation, item.place_uuid) == (ItemOperation.CREATE, park.uuid)
    assert "slug" not in item.content
    assert not RidePage.objects.exists()
    form = open_editor(on_branch, preview.removesuffix("preview/"))
    assert on_branch.post(preview, {**form, "title": "Raptor"}).json()["is_valid"]
    assert "Raptor" in words(on_branch.get(preview))


class _Named:
    """What an item is about, as far as an address needs it."""

    def __init__(self, item: ProposalItem) -> None:
        self.uuid = item.object_uuid


def test_a_page_is_added_below_one_that_is_new_itself_and_both_are_published(
    on_branch: Client, branch: Proposal, moderator: Any
) -> None:
    index = ParkIndexPage.objects.get()
    add(
        on_branch, branch, index, "parkpage", title="Annexe", country="US", city="Huron"
    )
    park = _Named(branch.items.get())

    add(on_branch, branch, park, "ridepage", title="Raptor")
    ride = _Named(branch.items.get(title="Raptor"))
    form = opened(on_branch, branch, ride)
    preview = address(branch, "preview", ride)
    assert on_branch.post(preview, form).json()["is_available"]
    assert "Raptor" in words(on_branch.get(preview))
    branch.refresh_from_db()
    on_branch.post(
        f"/admin/branches/{branch.pk}/hand-in/", {"seen": branch.content_hash}
    )
    approve_suggestion(branch, by=moderator, content_hash=branch.content_hash)

    raptor = RidePage.objects.get(uuid=ride.uuid)
    assert raptor.live
    assert raptor.get_parent().specific.uuid == park.uuid
    assert list(verify()) == []


def test_new_pages_leave_the_branch_with_the_one_they_stand_under(
    on_branch: Client, branch: Proposal, park: ParkPage, editor: Any
) -> None:
    parent = ParkPage(title="Annexe", country="US")
    child = RidePage(title="Raptor", category="roller_coaster")
    pieces = [new_piece(parent, park.uuid), new_piece(child, parent.uuid)]
    put_all_on(branch, [*pieces, piece(park, city="Rust")], by=editor)

    on_branch.post(address(branch, "take_off", parent))

    assert [item.object_uuid for item in branch.items.all()] == [park.uuid]


def test_only_what_fits_is_added_below_a_page(
    on_branch: Client, branch: Proposal, park: ParkPage
) -> None:
    below = address(branch, "add_below", park)

    assert "Ride" in words(on_branch.get(below, follow=True))
    assert on_branch.get(f"{below}home/homepage/")["Location"] == "/admin/"
    assert on_branch.get(f"{below}parks/nothing/").status_code == 404


def test_a_ride_that_moves_is_asked_for_its_stay(
    on_branch: Client, branch: Proposal, ride: RidePage
) -> None:
    new_home = make_park(title="New home")
    move = address(branch, "move", ride)

    led = on_branch.post(move, {"place": new_home.pk}, follow=True)

    item = item_of(branch, ride)
    assert (item.operation, item.place_uuid) == (ItemOperation.MOVE, new_home.uuid)
    assert led.redirect_chain[-1][0] == address(branch, "edit", ride)
    assert "Change this first" in words(led)
    ride.refresh_from_db()
    assert ride.get_parent().pk != new_home.pk


def test_a_ride_moves_below_a_park_that_is_new_on_the_branch(
    on_branch: Client,
    branch: Proposal,
    ride: RidePage,
    editor: Any,
    moderator: Any,
) -> None:
    annexe = ParkPage(title="Annexe", country="US", city="Huron")
    annexe.status_periods = [ParkStatusPeriod(status="operating", began="2027")]
    index = PageVersion.objects.get(object_uuid=ride.get_parent().specific.uuid)
    assert index.place_uuid
    put_all_on(branch, [new_piece(annexe, index.place_uuid)], by=editor)
    move = address(branch, "move", ride)
    assert "Annexe" in words(on_branch.get(move))

    led = on_branch.post(
        move,
        {"place": ride.get_parent().pk, "new_place": str(annexe.uuid)},
        follow=True,
    )
    assert "End the last stay before that" in words(led)
    [stay] = piece(ride).content["stays"]
    ended = piece(ride, "move", stays=[{**stay, "ended": "2026"}])
    put_on(
        branch,
        replace(ended, place_uuid=annexe.uuid),
        by=editor,
        seen=item_of(branch, ride).content_hash,
    )
    branch.refresh_from_db()
    merge_proposal(plan_merge(handed_in(branch, by=editor)), by=moderator)

    moved = RidePage.objects.get(pk=ride.pk)
    new_home = ParkPage.objects.get(uuid=annexe.uuid)
    assert moved.get_parent().pk == new_home.pk
    assert [(s.park_id, str(s.began or "")) for s in moved.stays.all()] == [
        (ride.get_parent().pk, ""),
        (new_home.pk, "2026"),
    ]
    assert list(verify()) == []


def test_a_page_that_moves_back_home_moves_no_more(
    on_branch: Client, branch: Proposal, ride: RidePage
) -> None:
    home, elsewhere = ride.get_parent(), make_park(title="New home")
    move = address(branch, "move", ride)
    on_branch.post(move, {"place": elsewhere.pk})

    on_branch.post(move, {"place": home.pk})

    assert not branch.items.exists()


@pytest.mark.parametrize("wrong", ["", "999999", "itself"])
def test_nothing_moves_where_it_cannot_stand(
    on_branch: Client, branch: Proposal, ride: RidePage, wrong: str
) -> None:
    place = str(ride.pk) if wrong == "itself" else wrong

    answer = on_branch.post(address(branch, "move", ride), {"place": place})

    assert answer.status_code == 422
    assert not branch.items.exists()


def test_a_park_is_deleted_with_its_rides_only_when_that_is_said(
    on_branch: Client, branch: Proposal, park: ParkPage, ride: RidePage
) -> None:
    delete = address(branch, "delete", park)
    assert "1 page stands below it" in words(on_branch.get(delete))

    on_branch.post(delete)
    assert {item.title for item in branch.items.all()} == {park.title}
    assert "still has pages below" in words(
        on_branch.get(f"/admin/branches/{branch.pk}/")
    )

    assert on_branch.post(delete, {"with_all_below": "on"}).status_code == 409
    (seen,) = branch.items.values_list("content_hash", flat=True)
    on_branch.post(delete, {"with_all_below": "on", "seen": seen})
    assert {item.title for item in branch.items.all()} == {park.title, ride.title}
    assert all(item.operation == ItemOperation.DELETE for item in branch.items.all())
    assert ParkPage.objects.get(pk=park.pk).live


def test_what_goes_on_the_branch_is_not_edited_there(
    on_branch: Client, branch: Proposal, ride: RidePage
) -> None:
    on_branch.post(address(branch, "unpublish", ride))

    assert item_of(branch, ride).operation == ItemOperation.UNPUBLISH
    assert on_branch.get(address(branch, "edit", ride)).status_code == 409
    on_branch.post(address(branch, "take_off", ride))
    assert on_branch.get(address(branch, "edit", ride)).status_code == 200


def test_a_draft_that_was_never_public_stays_on_main(
    on_branch: Client, branch: Proposal, park: ParkPage
) -> None:
    draft = RidePage(title="Rumour", category="roller_coaster", live=False)
    park.add_child(instance=draft)
    draft.save_revision()

    stock = on_branch.get(edit_address(draft))
    assert "so it is on the main line only" in words(stock)
    for name in ("edit", "delete"):
        assert on_branch.get(address(branch, name, draft)).status_code == 404


def test_what_visitors_do_not_see_is_not_edited_on_a_branch(
    on_branch: Client, branch: Proposal, ride: RidePage
) -> None:
    ride.unpublish()

    answer = on_branch.get(address(branch, "edit", ride))

    assert answer.status_code == 409
    assert "Publish it on the main line first" in words(answer)


def test_the_tree_of_pages_shows_what_differs_and_what_is_new(
    on_branch: Client, branch: Proposal, park: ParkPage, ride: RidePage, editor: Any
) -> None:
    new = RidePage(title="Raptor", category="roller_coaster")
    pieces = [new_piece(new, park.uuid), piece(ride, "rename", slug="other")]
    put_all_on(branch, pieces, by=editor)

    page = on_branch.get(f"/admin/pages/{park.pk}/")

    assert address(branch, "edit", new) in page.content.decode()
    assert address(branch, "move", ride) in page.content.decode()
    assert "Only on this branch" in words(page)
    assert "Rename" in words(page)
    on_branch.post("/admin/branches/leave/")
    assert "Raptor" not in words(on_branch.get(f"/admin/pages/{park.pk}/"))


def test_the_ways_of_main_lead_to_the_branch_or_say_why_not(
    branch: Proposal, park: ParkPage, ride: RidePage
) -> None:
    admin = Client()
    admin.force_login(make_person("admin"))
    admin.post(f"/admin/branches/{branch.pk}/choose/")

    def led(path: str) -> str:
        return str(admin.get(f"/admin/pages/{path}")["Location"])

    below = address(branch, "add_below", park)
    assert led(f"add/parks/ridepage/{park.pk}/") == f"{below}parks/ridepage/"
    assert led(f"{ride.pk}/delete/") == address(branch, "delete", ride)
    assert led(f"{ride.pk}/copy/") == f"/admin/pages/{park.pk}/"
    several = f"/admin/bulk/wagtailcore/page/unpublish/?id={ride.pk}"
    admin.post(several)
    assert RidePage.objects.get(pk=ride.pk).live


def test_moved_slug_is_kept_by_a_later_edit(
    on_branch: Client, branch: Proposal, ride: RidePage
) -> None:
    new_home = make_park(title="New home")
    make_ride(new_home, title=ride.title)
    on_branch.post(address(branch, "move", ride), {"place": new_home.pk})

    taken = save(on_branch, branch, ride)

    assert taken.status_code == 422
    assert "already in use" in words(taken)
    assert branch.state == ProposalState.DRAFT
