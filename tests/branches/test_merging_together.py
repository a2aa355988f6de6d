"""Many pages published at once leave what publishing each by itself leaves."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.signals import page_published

import pytest
import time_machine

from branches.merging.merging import merge_proposal
from branches.merging.plans import plan_merge
from branches.models import Proposal
from core.bulk_publishing import pages_published
from core.caching.models import Touch
from core.caching.stamps import ANYTHING
from core.refusals import Refused
from history.models import PageVersion
from history.reverting import publishing
from history.verifying import verify
from moderation.suggestions.deciding import approve_suggestion
from parks.models import CompanyPage, ParkPage, RidePage
from search.finder.models import FinderChange
from tests.branches.proposing import branch_with, handed_in, piece
from tests.factories.pages import make_company, make_model, make_ride
from tests.factories.people import make_person
from tests.tables import left_by

pytestmark = pytest.mark.usefixtures("home")

# After all that the wiki was made of.
NOON = datetime(2050, 5, 1, 12, tzinfo=UTC)
UUID = "00000000-0000-4000-8000-00000000000{}"


@pytest.fixture
def editor(home: Any) -> Any:
    return make_person("Editor", display_name="Edda")


def approve(branch: Proposal, by: Any) -> Proposal:
    return approve_suggestion(branch, by=by, content_hash=branch.content_hash)


def new_row(number: int, **facts: Any) -> dict[str, Any]:
    return {"uuid": UUID.format(number), **facts}


@pytest.fixture
def mixed(park: ParkPage, ride: RidePage, editor: Any) -> Proposal:
    """Rows that come, change and go; a new name and address; tags and links."""
    Tag.objects.create(name="Ohio", slug="ohio")
    maker = make_company("Arrow", is_operator=True)
    model, other = make_model(), make_ride(park, title="Other", maker=maker)
    third = make_ride(park, title="Third")
    names = piece(other).content["names"]
    source = {"title": "The map", "url": "https://map.example/", "publisher": ""}
    pieces = [
        piece(
            park,
            city="Sandusky",
            tags=[Tag.objects.get().pk],
            tagged_items=[{"pk": None, "tag": Tag.objects.get().pk}],
        ),
        piece(
            ride,
            track_height="90 m",
            credits=[],
            model=model.pk,
            sources=[new_row(1, **source)],
        ),
        piece(other, title="New name", names=[{**names[0], "text": "New name"}]),
        piece(third, "rename", slug="somewhere-else"),
        piece(maker, country="US", website="https://arrow.example/"),
        piece(model, introduced="1984", manufacturer=maker.pk),
    ]
    return handed_in(branch_with(*pieces, by=editor), by=editor)


@time_machine.travel(NOON, tick=False)
def test_it_leaves_what_publishing_one_by_one_leaves(
    mixed: Proposal,
    moderator: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    noted: list[tuple[set[Any], ...]] = []

    def merge() -> None:
        Touch.objects.all().delete()
        FinderChange.objects.all().delete()
        with django_capture_on_commit_callbacks(execute=True):
            merge_proposal(plan_merge(mixed), by=moderator)
        changes = FinderChange.objects.values_list("ride_id", "park_id")
        touched = Touch.objects.exclude(topic=ANYTHING).values_list("topic")
        noted.append((set(touched), set(changes)))
        assert Redirect.objects.count() == 1
        assert list(verify()) == []

    # What many touch together is noted once; who touches everything touches anything.
    apart = {"core.Touch", "search.FinderChange"}
    together = left_by(merge, apart=apart)
    monkeypatch.setattr(publishing, "FEW", 100)
    one_by_one = left_by(merge, apart=apart)

    assert together == one_by_one
    assert noted[0] == noted[1]


def test_whoever_listens_to_one_publish_listens_to_many() -> None:
    def modules(signal: Any) -> set[str]:
        return {
            listening.__module__
            for model in (RidePage, ParkPage, CompanyPage, None)
            for listening in signal._live_receivers(model)[0]
        }

    # Wagtail purges the page itself, which our own purge does too.
    of_wagtail = {"wagtail.contrib.frontend_cache.signal_handlers"}
    assert modules(page_published) - of_wagtail <= modules(pages_published)


def test_ten_more_pages_cost_at_most_twelve_queries_each(
    park: ParkPage, editor: Any, moderator: Any
) -> None:
    maker = make_company("Arrow")
    rides = [make_ride(park, f"Ride {n}", height="9 m", maker=maker) for n in range(16)]
    pieces = [
        piece(ride, seo_title=ride.title, track_height=f"{number + 10} m")
        for number, ride in enumerate(rides)
    ]

    def queries(some: Any, name: str) -> int:
        branch = handed_in(branch_with(*some, by=editor, name=name), by=editor)
        with CaptureQueriesContext(connection) as seen:
            approve(branch, moderator)
        return len(seen)

    few, many = queries(pieces[:3], "Few"), queries(pieces[3:], "Many")

    assert many - few <= 12 * 10


def test_planning_ten_times_as_many_pages_costs_no_query_more(
    park: ParkPage, editor: Any
) -> None:
    rides = [
        make_ride(park, f"Ride {n}", maker=make_company(f"{n}")) for n in range(10)
    ]
    pieces = [piece(ride, seo_title=ride.title) for ride in rides]

    def queries(some: Any, name: str) -> int:
        branch = branch_with(*some, by=editor, name=name)
        with CaptureQueriesContext(connection) as seen:
            plan_merge(branch)
        return len(seen)

    assert queries(pieces, "Ten") == queries(pieces[:1], "One")


def test_of_two_pages_that_want_one_address_neither_gets_it(
    park: ParkPage, editor: Any, moderator: Any
) -> None:
    rides = [make_ride(park, f"Ride {number}") for number in range(4)]
    pieces = [piece(ride, seo_title="New") for ride in rides[:2]]
    pieces += [piece(ride, "rename", slug="taken") for ride in rides[2:]]
    branch = handed_in(branch_with(*pieces, by=editor), by=editor)

    with pytest.raises(Refused, match="taken"):
        approve(branch, moderator)

    assert not RidePage.objects.filter(seo_title="New").exists()
    assert list(verify()) == []


def test_a_renamed_park_takes_its_rides_along_that_change_with_it(
    park: ParkPage, editor: Any, moderator: Any
) -> None:
    rides = [make_ride(park, f"Ride {number}") for number in range(3)]
    pieces = [piece(ride, seo_title="New") for ride in rides]
    branch = branch_with(piece(park, "rename", slug="new"), *pieces, by=editor)

    approve(handed_in(branch, by=editor), moderator)

    park.refresh_from_db()
    ride = RidePage.objects.get(pk=rides[0].pk)
    assert ride.url_path == f"{park.url_path}{ride.slug}/"
    newest = PageVersion.objects.filter(object_uuid=ride.uuid).latest("seq")
    assert newest.address == ride.url_path
    assert list(verify()) == []


def test_a_ride_goes_out_of_sight_at_the_new_address_of_its_park(
    park: ParkPage, editor: Any, moderator: Any
) -> None:
    hidden = make_ride(park, "Hidden")
    pieces = [piece(park, "rename", slug="new"), piece(hidden, "unpublish")]
    branch = branch_with(*pieces, by=editor)

    approve(handed_in(branch, by=editor), moderator)

    park.refresh_from_db()
    hidden.refresh_from_db()
    assert hidden.url_path == f"{park.url_path}{hidden.slug}/"
    assert list(verify()) == []
