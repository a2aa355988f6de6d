"""Pages that a branch adds are written together; nobody can tell by what is there."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from taggit.models import Tag

import pytest
import time_machine

from branches.actions import Piece
from branches.merging import adding
from branches.merging.merging import merge_proposal
from branches.merging.plans import plan_merge
from branches.models import ItemOperation, Proposal
from core.caching.models import Touch
from core.caching.stamps import ANYTHING
from core.refusals import Refused
from history.models import PageVersion
from history.verifying import verify
from moderation.suggestions.deciding import approve_suggestion
from parks.models import CompanyPage, ParkPage, RidePage
from search.finder.models import FinderChange
from tests.branches.proposing import branch_with, handed_in, new_piece, piece
from tests.factories.pages import make_company, make_park, make_ride
from tests.factories.people import make_person
from tests.tables import left_by

pytestmark = pytest.mark.usefixtures("home")

NOON = datetime(2050, 5, 1, 12, tzinfo=UTC)
TWIN = "Twin"


@pytest.fixture
def editor(home: Any) -> Any:
    return make_person("Editor", display_name="Edda")


def another(page: Any, title: str, place: Any, **facts: Any) -> Piece:
    """A new page that says what this one says, under another name."""
    facts_of_page = {n: v for n, v in piece(page).content.items() if n != "slug"}
    content = {
        name: [{**row, "uuid": str(uuid4())} if "uuid" in row else row for row in value]
        if name in page.row_relations()
        else value
        for name, value in facts_of_page.items()
    }
    if "names" in content:
        content["names"] = [{**row, "text": title} for row in content["names"]]
    return Piece(
        model=type(page),
        uuid=uuid4(),
        title=title,
        content={**content, "title": title, **facts},
        base=None,
        operation=ItemOperation.CREATE,
        place_uuid=place,
    )


@pytest.fixture
def season(park: ParkPage, ride: RidePage, editor: Any) -> Proposal:
    """New parks and companies; rides in two places, two of them of one name."""
    tag = Tag.objects.create(name="Ohio", slug="ohio")
    other = make_park(title="Other")
    company = make_company("Arrow", is_operator=True)
    above = PageVersion.objects.get(object_uuid=park.uuid).place_uuid
    companies = PageVersion.objects.get(object_uuid=company.uuid).place_uuid
    assert above is not None
    assert companies is not None
    parks = [another(park, f"New park {number}", above) for number in range(3)]
    tagged = {"tags": [tag.pk], "tagged_items": [{"pk": None, "tag": tag.pk}]}
    pieces = [
        *parks,
        another(park, "Tagged", above, **tagged),
        another(company, "Vekoma", companies),
        new_piece(CompanyPage(title="Zierer"), companies),
        *(another(ride, f"Ride {number}", park.uuid) for number in range(3)),
        *(another(ride, TWIN, other.uuid, stays=[]) for _number in range(2)),
    ]
    return handed_in(branch_with(*pieces, by=editor), by=editor)


@time_machine.travel(NOON, tick=False)
def test_it_leaves_what_adding_one_by_one_leaves(
    season: Proposal,
    moderator: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    noted: list[tuple[int, bool]] = []

    def merge() -> None:
        Touch.objects.all().delete()
        FinderChange.objects.all().delete()
        with django_capture_on_commit_callbacks(execute=True):
            merge_proposal(plan_merge(season), by=moderator)
        touched = set(Touch.objects.exclude(topic=ANYTHING).values_list("topic"))
        noted.append((len(touched), FinderChange.objects.exists()))
        slugs = RidePage.objects.filter(title=TWIN).values_list("slug", flat=True)
        assert sorted(slugs) == ["twin", "twin-2"]
        assert list(verify()) == []

    apart = {"core.Touch", "search.FinderChange"}
    together = left_by(merge, apart=apart)
    monkeypatch.setattr(adding, "FEW", 100)
    one_by_one = left_by(merge, apart=apart)

    assert together == one_by_one
    assert noted[0] == noted[1]


def test_new_rides_of_a_new_park_stand_below_it(
    park: ParkPage, editor: Any, moderator: Any
) -> None:
    above = PageVersion.objects.get(object_uuid=park.uuid).place_uuid
    assert above is not None
    new = another(park, "New park", above)
    rides = [
        new_piece(RidePage(title="Deep", category="flat"), new.uuid) for _n in range(3)
    ]
    branch = handed_in(branch_with(*rides, new, by=editor), by=editor)

    merge_proposal(plan_merge(branch), by=moderator)

    place = ParkPage.objects.get(uuid=new.uuid)
    there = RidePage.objects.child_of(place).live().order_by("path")
    assert [ride.url_path.removeprefix(place.url_path) for ride in there] == [
        *("deep/", "deep-2/", "deep-3/"),
    ]
    assert [ride.stays.get().park_id for ride in there] == [place.pk] * 3
    assert place.numchild == 3
    assert list(verify()) == []


def test_ten_more_new_pages_cost_at_most_twelve_queries_each(
    park: ParkPage, ride: RidePage, editor: Any, moderator: Any
) -> None:
    def queries(number: int, name: str) -> int:
        rides = [another(ride, f"{name} {n}", park.uuid) for n in range(number)]
        branch = handed_in(branch_with(*rides, by=editor, name=name), by=editor)
        with CaptureQueriesContext(connection) as seen:
            approve_suggestion(branch, by=moderator, content_hash=branch.content_hash)
        return len(seen)

    few, many = queries(3, "Few"), queries(13, "Many")

    assert many - few <= 12 * 10


def test_a_new_page_whose_row_belongs_to_another_one_is_named_and_none_is_added(
    park: ParkPage, ride: RidePage, editor: Any, moderator: Any
) -> None:
    pieces = [another(ride, f"Ride {number}", park.uuid) for number in range(3)]
    taken = piece(ride).content["names"]
    content = {**pieces[1].content, "names": [{**taken[0], "text": "Ride 1"}]}
    wrong = another(ride, "Ride 1", park.uuid, names=content["names"])
    branch = branch_with(pieces[0], wrong, pieces[2], by=editor)

    with pytest.raises(Refused, match="Ride 1"):
        approve_suggestion(
            handed_in(branch, by=editor),
            by=moderator,
            content_hash=branch.content_hash,
        )

    assert RidePage.objects.count() == 1
    assert make_ride(park, "Ride 1").slug == "ride-1"
