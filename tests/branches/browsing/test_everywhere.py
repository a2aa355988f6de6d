"""The whole public site says on a branch what it says once the branch is published."""

import re
from typing import Any

from django.test import Client

from wagtail.models import PageViewRestriction

import pytest

from branches.actions import Piece, begin_branch, put_all_on
from branches.merging.merging import merge_proposal
from branches.merging.plans import plan_merge
from branches.models import Proposal
from history.models import PageVersion
from history.reading import content_of_version
from history.reverting.contents import facts_alone
from parks.models import ParkArea, RidePage
from search import laying
from tests.branches.browsing.looking import looking_at, shared, signed_in
from tests.branches.browsing.test_looking import renamed
from tests.branches.filling import text_of
from tests.branches.proposing import branch_with, handed_in, new_piece, piece
from tests.factories.pages import make_company, make_model, make_park, make_ride
from tests.history.test_recording_snippets import published_area

pytestmark = pytest.mark.usefixtures("home")

PAGES = (
    *("/", "/parks/?view=table", "/parks/points.json", "/parks/harbour/"),
    *("/countries/", "/countries/united-states/", "/companies/gravity/"),
    *("/lists/tallest-coasters/", "/lists/newest/", "/compare/?q=com"),
    *("/rides/?country=DE", "/rides/?view=map&park=harbour", "/rides/export.csv"),
    *("/rides/?height_min=80&sort=tallest", "/rides/?manufacturer=gravity"),
    *("/rides/points.json", "/rides/near/?place=Hafen", "/search/suggest/?q=harb"),
    *("/search/?q=comet", "/search/?q=gravity", "/search/?q=momentum"),
)
TO_VISITORS = ("/parks/", "/rides/export.csv", "/search/suggest/?q=com", "/countries/")


# What today's page of facts offers beside them, and a branch does not.
OFFERED = re.compile(
    r"Who set [a-z ]+\? |Who set what |Show where facts come from |Close (?=Thrill)"
    r"|Suggest an edit |Suggest a ride "
    r"|Another day What existed on What the wiki said on Show "
)


def everything(client: Client) -> dict[str, list[str]]:
    found = {}
    for address in PAGES:
        response = client.get(address)
        page = b"".join(response).decode()
        # The banner and the marks are of the branch.
        page = re.sub(r'(?s)<aside class="branch-banner".*?</aside>', "", page)
        page = re.sub(r' ?<span class="branch-mark">.*?</span>', "", page)
        page = re.sub(r"(?s)<(script|head)\b.*?</\1>", "", page)
        words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
        found[address] = [str(response.status_code), *OFFERED.sub("", words).split()]
    # Of what changed together nobody says what changed first.
    found["/"].sort()
    return found


def branch_of_one_of_each(editor: Any) -> Proposal:
    """A branch that does one thing of each kind, some below others."""
    maker = make_company("Momentum")
    model = make_model("Boomerang", manufacturer=maker)
    point = make_park("Cedar Point", latitude=41, longitude=-82)
    beast = make_ride(point, "The Beast", height="35 m", maker=maker, model=model)
    make_ride(point, "Wild Mouse", height="20 m", maker=maker)
    gone = make_ride(point, "Old Comet", height="90 m", maker=maker)
    harbour = make_park("Hafen", country="DE", latitude=53, longitude=10)
    moves = make_ride(harbour, "Comet Express", height="50 m")
    [stay] = piece(moves).content["stays"]
    closing = make_park("Closing", country="FR")
    make_ride(closing, "Ghost Train", category="dark")
    new = RidePage(title="New Comet", category="roller_coaster", status="operating")
    return branch_with(
        piece(maker, "rename", **renamed(maker, "Gravity", "gravity")),
        piece(beast, track_height="95 m"),
        piece(harbour, "rename", **renamed(harbour, "Harbour", "harbour")),
        piece(moves, "move", below=point, stays=[{**stay, "park": point.pk}]),
        piece(gone, "delete"),
        new_piece(new, harbour.uuid),
        piece(RidePage.objects.get(title="Ghost Train"), "unpublish"),
        piece(closing, "unpublish"),
        by=editor,
    )


def test_every_list_and_number_is_as_it_will_be(
    as_editor: Client, editor: Any, moderator: Any
) -> None:
    branch = branch_of_one_of_each(editor)
    looking_at(branch, as_editor)

    on_branch = everything(as_editor)
    handed_in(branch, by=editor)
    merge_proposal(plan_merge(branch), by=moderator)
    merged = everything(signed_in(editor))

    for address in PAGES:
        assert on_branch[address] == merged[address], address


def test_whoever_looks_at_no_branch_sees_what_is_published_all_the_while(
    client: Client, as_editor: Client, editor: Any
) -> None:
    branch = branch_of_one_of_each(editor)
    published = [b"".join(client.get(address)) for address in TO_VISITORS]
    looking_at(branch, as_editor)

    seen = []
    for address in TO_VISITORS:
        on_branch = as_editor.get(address)
        assert on_branch["Cache-Control"] == "private, no-store"
        seen.append(b"".join(client.get(address)))

    assert seen == published


def test_parks_around_a_position_are_those_of_the_branch(
    client: Client, as_editor: Client, editor: Any
) -> None:
    harbour = make_park("Hafen", latitude=53, longitude=10)
    gone = make_park("Old Pier", latitude=53, longitude=10)
    branch = branch_with(
        piece(harbour, "rename", **renamed(harbour, "Harbour", "harbour")),
        piece(gone, "unpublish"),
        by=editor,
    )
    looking_at(branch, as_editor)
    position = {"latitude": "53.01", "longitude": "10.01"}

    on_branch = as_editor.post("/rides/near/", position)
    published = client.post("/rides/near/", position)

    assert on_branch["Cache-Control"] == "private, no-store"
    for page, names, others in (
        (on_branch, ["Harbour"], ["Hafen", "Old Pier"]),
        (published, ["Hafen", "Old Pier"], ["Harbour"]),
    ):
        words = page.content.decode()
        assert all(name in words for name in names)
        assert not any(name in words for name in others)
    assert on_branch.content.count(b'class="branch-mark"') == 1
    assert b"This page shows what is published" not in on_branch.content


def test_an_area_is_named_on_the_page_of_its_park_as_the_branch_names_it(
    client: Client, as_editor: Client, editor: Any
) -> None:
    park = make_park()
    area = published_area(park)
    base = PageVersion.objects.get(object_uuid=area.uuid)
    before = facts_alone(content_of_version(base, reader=None))
    renaming = Piece(
        model=ParkArea,
        uuid=area.uuid,
        title=area.name,
        content={**before, "name": "Frontier Trail"},
        before=before,
        base=base,
    )
    looking_at(branch_with(renaming, by=editor), as_editor)

    assert "Frontier Trail" in text_of(as_editor.get(park.url))
    assert "Frontier Trail" not in text_of(client.get(park.url))


def test_the_banner_says_what_search_leaves_out(
    as_editor: Client, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker = make_company("Momentum")
    make_ride(make_park(), "The Beast", maker=maker)
    renaming = piece(maker, "rename", **renamed(maker, "Gravity", "gravity"))
    looking_at(branch_with(renaming, by=editor), as_editor)
    says_so = "finds them by its published name only"

    exact = text_of(as_editor.get("/search/?q=gravity"))
    monkeypatch.setattr(laying, "MOST_DEPENDENTS", 0)
    left_out = text_of(as_editor.get("/search/?q=gravity"))

    assert ("The Beast" in exact, says_so in exact) == (True, False)
    assert ("The Beast" in left_out, says_so in left_out) == (False, True)


def test_what_not_everybody_may_read_is_in_no_list_of_a_branch_either(
    client: Client, editor: Any
) -> None:
    resort = make_park("Open", city="Huron")
    private = make_park("Closed", city="Huron")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    inside = make_ride(private, "Canary inside")
    [stay] = piece(inside).content["stays"]
    branch = branch_with(
        piece(private, "rename", **renamed(private, "Canary park", "canary-park")),
        piece(inside, "move", below=resort, stays=[{**stay, "park": resort.pk}]),
        new_piece(
            RidePage(title="Canary new", category="roller_coaster"), private.uuid
        ),
        by=editor,
    )
    client.get(f"/{shared(branch, by=editor)}")

    for address in (
        "/search/?q=canary",
        "/rides/export.csv",
        "/parks/",
        "/",
        "/rides/",
    ):
        page = b"".join(client.get(address)).decode()
        assert "Canary " not in page, address
    for address in ("canary-park", "canary-park/canary-new", "open/canary-inside"):
        assert client.get(f"/parks/{address}/").status_code == 404
    assert "Canary" not in text_of(client.get(resort.url))


def test_a_renamed_park_takes_along_what_keeps_people_from_its_rides(
    client: Client, editor: Any
) -> None:
    park = make_park("Point")
    hidden = make_ride(park, "Canary ride")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    to = renamed(park, "Spit", "spit")
    branch = branch_with(piece(park, "rename", **to), by=editor)
    client.get(f"/{shared(branch, by=editor)}")

    assert "Canary" not in text_of(client.get("/parks/spit/"))
    assert "Canary ride" not in b"".join(client.get("/rides/export.csv")).decode()
    assert client.get("/parks/spit/canary-ride/").status_code != 200


def test_a_large_branch_costs_lists_no_more_queries(
    as_editor: Client, editor: Any, django_assert_max_num_queries: Any
) -> None:
    park = make_park()
    few, many = begin_branch("Few", by=editor), begin_branch("Many", by=editor)
    for branch, number in ((few, 2), (many, 20)):
        rides = [RidePage(title=f"Comet {n}", category="dark") for n in range(number)]
        put_all_on(branch, [new_piece(one, park.uuid) for one in rides], by=editor)

    def queries(branch: Proposal, address: str) -> int:
        looking_at(branch, as_editor)
        as_editor.get(address)
        with django_assert_max_num_queries(90) as asked:
            as_editor.get(address)
        return len(asked)

    for address in ("/rides/", "/search/?q=comet", "/"):
        assert queries(few, address) == queries(many, address), address
