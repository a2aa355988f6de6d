"""Many pages in one change (performance.md, rows 8 and 9).

`make bench` measures at full length. Elsewhere each size is a small one.
"""

import math
from collections.abc import Sequence
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from branches.actions import Piece
from branches.merging.jobs import latest_job
from branches.models import Proposal
from branches.states import ProposalState
from core.bulk_adding import Added, add_and_publish
from core.changes import one_action
from core.jobs.running import run
from history.heads import heads_of
from history.models import ChangeSet, PageVersion
from history.reading import contents_of_versions
from history.reverting.contents import Content, facts_alone
from home.models import HomePage
from moderation.suggestions.deciding import approve_suggestion
from parks.models import (
    CompanyPage,
    MakerCredit,
    ParkPage,
    RidePage,
    RideStatusPeriod,
    RideTrack,
)
from tests.benchmarks.bars import Bars
from tests.benchmarks.clocks import cpu_ms_with_database
from tests.benchmarks.stock import stock_publishing
from tests.branches.proposing import branch_with, handed_in
from tests.factories.pages import make_company, make_park
from tests.factories.people import make_person
from tests.faults.processes import start_process

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

MANY, FEW, LOOPED = 1_000, 4, 100
# A branch holds a thousand: so many of them change five thousand pages.
BRANCHES = 5
AT_ONCE = 500
MOST_QUERIES = 12
TIMES_A_LOOP = 5
TIMES_SLOWER = 2


def many_rides(number: int) -> list[RidePage]:
    park, maker = make_park(), make_company()
    rides = [ride_in_memory(f"Ride {n}", maker) for n in range(number)]
    for start in range(0, number, AT_ONCE):
        above = ParkPage.objects.get(pk=park.pk)
        some = [Added(ride, above) for ride in rides[start : start + AT_ONCE]]
        with one_action("load", gathers=True):
            add_and_publish(some, by=None)
    return list(RidePage.objects.filter(pk__in=[ride.pk for ride in rides]))


def ride_in_memory(title: str, maker: CompanyPage) -> RidePage:
    ride = RidePage(title=title)
    ride.tracks = [RideTrack(height="50 m")]
    ride.status_periods = [RideStatusPeriod(status="operating", began="1979-04-14")]
    ride.credits = [MakerCredit(company=maker, role="manufacturer")]
    return ride


def approved(rides: Sequence[RidePage], name: str) -> tuple[Proposal, int]:
    """A branch that changes a figure and a text of each, and the queries it took."""
    editor, moderator = make_person("Editor"), make_person("Moderator")
    newest = heads_of(ride.uuid for ride in rides)
    texts = contents_of_versions(newest.values(), reader=None)
    pieces = [
        changed(ride, newest[ride.uuid], facts_alone(texts[newest[ride.uuid].pk]), name)
        for ride in rides
    ]
    branch = handed_in(branch_with(*pieces, by=editor, name=name), by=editor)
    with CaptureQueriesContext(connection) as asked:
        approve_suggestion(branch, by=moderator, content_hash=branch.content_hash)
    return branch, len(asked)


def changed(ride: RidePage, base: PageVersion, before: Content, name: str) -> Piece:
    (track,) = before["tracks"]
    height = f"{ride.pk % 90 + len(name)} m"
    title = f"{name} {ride.title}"
    content = {**before, "seo_title": title, "tracks": [{**track, "height": height}]}
    return Piece(RidePage, ride.uuid, ride.title, content, base, before=before)


def merge(branch: Proposal) -> None:
    """What a worker does, where the approval has not done it."""
    if (job := latest_job(branch)) is not None:
        run(job.pk)


def test_merging_a_branch_of_a_thousand_pages(
    benchmark: BenchmarkFixture, bars: Bars
) -> None:
    number = MANY if benchmark.enabled else FEW
    rides = many_rides(number)
    before = ChangeSet.objects.count()
    branch, asked = approved(rides, "Season")

    with CaptureQueriesContext(connection) as merging:
        benchmark.pedantic(merge, args=(branch,), rounds=1)

    branch.refresh_from_db()
    assert branch.state == ProposalState.MERGED
    assert ChangeSet.objects.count() == before + 1
    assert PageVersion.objects.filter(seq=2).count() == number
    if benchmark.enabled:
        each = (asked + len(merging)) / number
        told = f"queries for each of {number:,} pages: approval and merge"
        bars.at_most(8, told, each, MOST_QUERIES)


def test_a_batch_beside_a_loop_of_publishes(
    benchmark: BenchmarkFixture, bars: Bars
) -> None:
    number = MANY if benchmark.enabled else FEW
    times = BRANCHES if benchmark.enabled else 1
    rides = many_rides(number)
    looped = rides[: LOOPED if benchmark.enabled else 1]
    loop = cpu_ms_with_database(lambda: publish_each(looped)) / len(looped)
    with stock_publishing():
        stock = cpu_ms_with_database(lambda: publish_each(looped)) / len(looped)
    rides = list(RidePage.objects.filter(pk__in=[ride.pk for ride in rides]))

    spent: list[float] = []

    def next_branch() -> tuple[tuple[Proposal], dict[str, Any]]:
        branch, _asked = approved(rides, "Batch" * (len(spent) + 1))
        return (branch,), {}

    def measured(branch: Proposal) -> None:
        spent.append(cpu_ms_with_database(partial(merge, branch)))

    benchmark.pedantic(measured, setup=next_branch, rounds=times)

    assert Proposal.objects.filter(state=ProposalState.MERGED).count() == times
    if benchmark.enabled:
        each = sum(spent) / number / times
        told = (
            f"a batch beside a loop of publishes ({each:.1f} and {loop:.1f} ms a page)"
        )
        bars.at_least(9, told, loop / each, TIMES_A_LOOP, "times")
        told = f"beside a loop of Wagtail alone, without versions ({stock:.1f} ms)"
        bars.at_least(9, told, stock / each, 1, "times")


def publish_each(rides: Sequence[RidePage]) -> None:
    for ride in rides:
        draft = RidePage.objects.get(pk=ride.pk)
        draft.seo_title = f"Looped {draft.seo_title}"[:60]
        draft.save_revision().publish()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_readers_while_a_thousand_pages_are_merged(
    benchmark: BenchmarkFixture, bars: Bars, home: HomePage
) -> None:
    if not benchmark.enabled:
        pytest.skip("the time of a reader is measured at full length only")
    rides = many_rides(MANY)
    branch, _asked = approved(rides, "Season")
    job = latest_job(branch)
    assert job is not None
    client, addresses = Client(), [ride.url for ride in rides[:50]]
    alone = [_reading(client, address) for address in addresses * 4]

    worker = start_process("-m", "tests.branches.working", str(job.pk))
    beside = []
    while worker.poll() is None:
        beside += [_reading(client, address) for address in addresses]
    worker.communicate()

    branch.refresh_from_db()
    assert branch.state == ProposalState.MERGED
    benchmark(client.get, addresses[0])
    told = (
        f"a reader's p95 beside a merge of {MANY:,} pages "
        f"({_p95(alone):.0f} ms alone, median {median(beside):.0f} beside)"
    )
    bars.at_most(8, told, _p95(beside) / _p95(alone), TIMES_SLOWER, "times")


def _reading(client: Client, address: Any) -> float:
    began = perf_counter()
    assert client.get(address).status_code == 200
    return (perf_counter() - began) * 1e3


def _p95(spent: Sequence[float]) -> float:
    return sorted(spent)[math.ceil(0.95 * len(spent)) - 1]
