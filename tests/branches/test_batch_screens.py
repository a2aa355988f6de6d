"""The admin's screens for changing many pages at once."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import pytest

from branches.batches.actions import Target, make_batch, prepare_batch
from branches.models import Batch, BatchRow, Proposal
from parks.models import ParkPage, RidePage
from tests.branches.proposing import branch_with, piece
from tests.branches.test_batches import merged
from tests.crawling import broken_links
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("home")

NEW = "/admin/batches/new/"


@pytest.fixture
def editor(home: Any) -> Any:
    return make_person("Editor", display_name="Edda")


@pytest.fixture
def as_editor(editor: Any) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def batch(ride: RidePage, editor: Any) -> Batch:
    targets = [
        Target(ride.uuid, ride.title),
        Target(None, "=HYPERLINK(1)", problem="There is no such page."),
    ]
    said = {"material": "steel"}
    return make_batch("set", targets, said, by=editor, name="Steel", dry_run=True)


@pytest.fixture
def untried(ride: RidePage, editor: Any) -> Batch:
    """What shall be added to its page has not been said yet."""
    targets = [Target(ride.uuid, ride.title)]
    return prepare_batch("add_tag", targets, by=editor, name="Tagged")


def upload(client: Client, text: str | bytes, operation: str = "columns") -> Any:
    content = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile("list.csv", content)
    return client.post(NEW, {"operation": operation, "name": "Listed", "file": file})


def test_ticked_rides_are_changed_step_by_step(
    as_editor: Client, park: ParkPage
) -> None:
    rides = [make_ride(park, title=f"Ride {n}") for n in range(2)]
    ticked = "&".join(f"id={ride.pk}" for ride in rides)
    bulk = f"/admin/bulk/wagtailcore/page/batch_change/?next=/admin/&{ticked}"

    chosen = as_editor.get(bulk, follow=True)
    assert "2 pages were chosen" in chosen.content.decode()
    begun = as_editor.post(f"{NEW}?{ticked}", {"operation": "set", "name": "Steel"})
    tried = as_editor.post(
        f"{begun['Location']}try/", {"fact": "material", "value": "Steel"}, follow=True
    )
    assert "Put 2 pages on a branch" in tried.content.decode()
    assert not Proposal.objects.exists()
    put = as_editor.post(
        f"{begun['Location']}put/", {"name": "Steel", "reason": "A sign"}, follow=True
    )

    assert put.status_code == 200
    branch = Proposal.objects.get()
    assert (branch.title, branch.items.count()) == ("Steel", 2)
    assert Batch.objects.get().words == "Fact: Material; What it shall say: Steel"


def test_all_that_a_filtered_listing_shows_is_changed(
    as_editor: Client, park: ParkPage
) -> None:
    make_ride(park, title="Loop")
    make_ride(park, title="Splash", category="water")

    listing = as_editor.get("/admin/ridepages/?category=water").content.decode()
    address = f"{NEW}?category=water&listing=ridepages"
    chosen = as_editor.get(address).content.decode()

    assert address.replace("&", "&amp;") in listing
    assert "1 page was chosen" in chosen
    assert "Splash" in chosen
    assert "Loop" not in chosen


def test_to_close_a_park_is_to_close_its_rides(
    as_editor: Client, park: ParkPage
) -> None:
    make_ride(park, title="Loop")
    make_ride(park, title="Gone", status="demolished")
    asked = {"operation": "close", "name": "Closed"}

    begun = as_editor.post(f"{NEW}?id={park.pk}", asked)
    as_editor.post(
        f"{begun['Location']}try/", {"status": "closed", "date": "November 2026"}
    )

    found = BatchRow.objects.values_list("title", "outcome")
    assert sorted(found) == [("Gone", "unchanged"), ("Loop", "changed")]


@pytest.mark.parametrize("by", ["uuid", "path", "address", "title", "semicolon"])
def test_a_file_says_what_each_page_shall_say(
    as_editor: Client, ride: RidePage, by: str
) -> None:
    header, cell = {
        "uuid": ("uuid", str(ride.uuid)),
        "path": ("path", "/parks/cedar-point/the-beast/"),
        "address": ("path", "https://example.org/parks/cedar-point/the-beast"),
        "title": ("title,park", "The Beast,Cedar Point"),
        "semicolon": ("title;park", "The Beast;Cedar Point"),
    }[by]
    lines = f"{header},Material,height\n{cell},Wood,100 ft\n"

    upload(as_editor, lines.replace(",", ";") if by == "semicolon" else lines)

    row = BatchRow.objects.get()
    assert (row.object_uuid, row.outcome) == (ride.uuid, "changed")
    assert row.values == {"material": "wood", "height": "100 ft"}
    assert row.number == 2, "as in a spreadsheet"


def test_each_line_that_cannot_be_read_says_why(
    as_editor: Client, ride: RidePage
) -> None:
    other = make_park(title="Other")
    make_ride(other, title="The Beast")
    lines = [
        "title,park,height",
        "The Beast,,10 m",
        "Nowhere,,10 m",
        "The Beast,Cedar Point,tall",
        "The Beast,Cedar Point,10 m",
        "The Beast,Cedar Point,11 m",
    ]

    upload(as_editor, "\n".join(lines))

    told = [(row.outcome, row.words) for row in BatchRow.objects.all()]
    assert [outcome for outcome, _words in told] == [
        *("invalid", "invalid", "invalid", "changed", "invalid"),
    ]
    assert "Several pages" in told[0][1]
    assert "no such page" in told[1][1]
    assert told[2][1].startswith("height:")
    assert "earlier line" in told[4][1]
    as_editor.cookies["language"] = "de"
    shown = as_editor.get(Batch.objects.get().get_absolute_url())
    assert "Mehrere Seiten" in shown.content.decode()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "rows below"),
        (b"\n\n", "empty"),
        (b"uuid,height\n", "rows below"),
        (b"uuid,uuid,height\na,b,c\n", "column twice"),
        (b"uuid,colour\na,b\n", "not known here: “colour”"),
        (b"height\n10 m\n", "which page is meant"),
        (b"uuid\na\n", "column for a fact"),
        (b"uuid,height\na\n", "has not as many cells"),
        (b'uuid,height\n"a,b\n', "quotation"),
        (b"title,height\nK\xe4rnan,1\n", "not UTF-8"),
        (b"title,height\na\x00b,1\n", "NUL"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no text file"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"uuid,height\n" + b"a,1\n" * 1001, "1,000 rows"),
        (b"x" * (2 * 1024 * 1024 + 1), "2 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(
    as_editor: Client, content: bytes, told: str
) -> None:
    answer = upload(as_editor, content)

    assert answer.status_code == 422
    assert told in " ".join(answer.context["form"].errors["file"])
    assert 'value="Listed"' in answer.content.decode(), "what was typed is kept"
    assert not Batch.objects.exists()


def test_a_batch_that_would_change_no_page_says_that_there_is_nothing_to_do(
    as_editor: Client,
) -> None:
    tried = upload(as_editor, "title,height\nNowhere,10 m\n")
    shown = as_editor.get(tried["Location"]).content.decode()

    assert "No page would be changed, so there is nothing to put on a branch." in shown
    assert "Put them on the branch" not in shown


@pytest.mark.parametrize(
    "query",
    ["listing=nothing", "id=all&childOf=0", "id=all&childOf=x"],
)
def test_pages_that_nobody_can_have_chosen_are_not_found(
    as_editor: Client, query: str
) -> None:
    assert as_editor.get(f"{NEW}?{query}").status_code == 404


@pytest.mark.parametrize("key", ["x", "-1", "999999999999999999999", "%00", "²"])
def test_keys_that_no_page_has_choose_none(as_editor: Client, key: str) -> None:
    answer = as_editor.get(f"{NEW}?id={key}")

    assert answer.status_code in (200, 400)


def test_no_batch_is_made_of_pages_that_were_not_found(as_editor: Client) -> None:
    address = f"{NEW}?id=999999"

    shown = as_editor.get(address).content.decode()
    answer = as_editor.post(address, {"operation": "set", "name": "Steel"})

    assert "None of the pages was found" in shown
    assert answer.status_code == 422
    assert "Nothing was begun" in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_batch_is_put_on_a_branch_once(as_editor: Client, batch: Batch) -> None:
    put = f"{batch.get_absolute_url()}put/"
    as_editor.post(put, {"name": "Steel", "reason": "A sign"})

    again = as_editor.post(put)

    assert again.status_code == 409
    assert "“Steel” is on its branch already" in again.content.decode()


@pytest.mark.parametrize(
    ("verb", "data", "status"),
    [
        ("try", {"fact": "material", "value": "cheese"}, 422),
        ("try", {}, 422),
        ("put", {"name": ""}, 422),
        ("revert", {}, 409),
        ("nonsense", {}, 404),
    ],
)
def test_what_cannot_be_done_with_a_batch_is_refused_on_its_page(
    as_editor: Client, batch: Batch, verb: str, data: dict[str, str], status: int
) -> None:
    answer = as_editor.post(f"{batch.get_absolute_url()}{verb}/", data)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("verb", "told"),
    [
        ("go-on", "No work on “Tagged” was broken off"),
        ("put", "“Tagged” has not been tried out yet"),
    ],
)
def test_a_batch_that_was_never_tried_says_why_nothing_is_done_with_it(
    as_editor: Client, untried: Batch, verb: str, told: str
) -> None:
    answer = as_editor.post(f"{untried.get_absolute_url()}{verb}/")

    assert answer.status_code == 409
    assert told in answer.content.decode()
    assert untried.rows.get().outcome == "waiting"


@pytest.mark.parametrize(
    ("operation", "field"),
    [("move", "park"), ("replace_company", "company")],
)
def test_a_number_that_no_row_has_is_refused_beside_its_field(
    as_editor: Client, untried: Batch, operation: str, field: str
) -> None:
    Batch.objects.update(operation=operation)

    answer = as_editor.post(f"{untried.get_absolute_url()}try/", {field: "9" * 24})

    assert answer.status_code == 422
    assert "Select a valid choice" in answer.context["form"].errors[field][0]


def test_a_name_that_is_taken_is_told_beside_it(
    as_editor: Client, batch: Batch
) -> None:
    said = {"name": "Steel", "reason": "A sign"}
    as_editor.post(f"{batch.get_absolute_url()}put/", said)
    other = Batch.objects.get()
    other.pk, other.branch = None, None
    other.state = "rehearsed"
    other.save()
    BatchRow.objects.create(batch=other, number=1, outcome="changed")

    answer = as_editor.post(f"{other.get_absolute_url()}put/", said)

    assert answer.status_code == 409
    assert "already" in " ".join(answer.context["put"].errors["name"])


def test_the_report_is_filtered_and_exported_without_formulas(
    as_editor: Client, batch: Batch
) -> None:
    shown = as_editor.get(f"{batch.get_absolute_url()}?outcome=invalid")
    file = as_editor.get(reverse("branches_batch_report", args=[batch.pk]))

    rows = [row.title for row in shown.context["slice"].object_list]
    assert rows == ["=HYPERLINK(1)"]
    assert "'=HYPERLINK(1)" in file.content.decode()


def test_a_published_batch_is_taken_back_with_one_button(
    as_editor: Client, batch: Batch, editor: Any, moderator: Any
) -> None:
    as_editor.post(f"{batch.get_absolute_url()}put/", {"name": "S", "reason": "A sign"})
    merged(batch, moderator, editor)

    answer = as_editor.post(f"{batch.get_absolute_url()}revert/", follow=True)

    assert "Put 1 page on a branch" in answer.content.decode()
    shown = as_editor.get(batch.get_absolute_url()).content.decode()
    assert "Taken back by" in shown
    assert "Take the whole batch back" not in shown


def test_a_batch_that_a_worker_puts_on_its_branch_says_so(
    as_editor: Client, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("branches.batches.actions.AT_ONCE", 0)

    put = as_editor.post(
        f"{batch.get_absolute_url()}put/",
        {"name": "Steel", "reason": "A sign"},
        follow=True,
    )

    shown = put.content.decode()
    assert "It comes onto its branch now" in shown
    assert "It is about to be worked out" in shown
    assert "Hand it in once all pages are there" in shown


def test_who_may_see_and_do_what(
    batch: Batch, as_editor: Client, as_member: Client, as_moderator: Client
) -> None:
    show = batch.get_absolute_url()
    pages = ["/admin/batches/", NEW, show, f"{show}progress/", f"{show}report.csv"]
    rollback = "/admin/batches/rollback/"

    for page in pages:
        assert as_editor.get(page).status_code == 200, page
        assert as_moderator.get(page).status_code == 200, page
        assert as_member.get(page).status_code == 302, page
        assert Client().get(page).status_code == 302, page
    assert as_editor.get(rollback).status_code == 302, "Wagtail's way of saying no"
    assert as_moderator.get(rollback).status_code == 200


def test_every_link_of_the_screens_leads_somewhere(
    as_moderator: Client, batch: Batch, ride: RidePage, moderator: Any
) -> None:
    branch = branch_with(piece(ride, seo_title="Beast"), by=moderator)
    desk = f"/admin/branches/{branch.pk}/"
    pages = [
        *("/admin/batches/", NEW, f"{NEW}?id={ride.pk}", batch.get_absolute_url()),
        *("/admin/batches/rollback/", "/admin/releases/", "/admin/branches/"),
        *(desk, f"{desk}schedule/", branch.get_absolute_url()),
    ]

    assert broken_links(as_moderator, pages) == []
