"""Long histories (performance.md, rows 4 and 6): to list them, and to add to them.

`make bench` measures at full length. Ratios hold in each run; elsewhere each size is
a small one and runs once.
"""

from functools import partial
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from history.revisions import prune_all
from home.models import HomePage
from parks.models import ParkPage
from tests.benchmarks.clocks import cpu_ms
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

SHORT, MIDDLE, LONG = 10, 1_000, 100_000
MOST_QUERIES = 6
AT_ONCE = 5_000


def grow(park: ParkPage, size: int) -> None:
    """Give a new park that many versions."""
    left = size - 1
    while left:
        part = min(left, AT_ONCE)
        lengthen_history(park, by=part)
        # Within one transaction nobody else counts the rows for the planner.
        settled()
        left -= part


def settled() -> None:
    """What the database would do by itself in time: know its tables again."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def test_listing_a_history_costs_the_same_however_long_it_is(
    benchmark: BenchmarkFixture,
) -> None:
    sizes = (SHORT, MIDDLE, LONG) if benchmark.enabled else (SHORT, 3 * SHORT)
    parks = [make_park(f"Park {size}") for size in sizes]
    for park, size in zip(parks, sizes, strict=True):
        grow(park, size)
    settled()
    client = Client()
    client.get(f"{parks[0].url}history/")
    rounds = 40 if benchmark.enabled else 1
    queries, spent = [], []
    for park in parks:
        with CaptureQueriesContext(connection) as found:
            client.get(f"{park.url}history/")
        queries.append(len(found))
        listed = partial(client.get, f"{park.url}history/")
        spent.append(median(cpu_ms(listed) for _ in range(rounds)))
    told = ", ".join(f"{n}: {ms:.1f} ms" for n, ms in zip(sizes, spent, strict=True))
    print(f"\nCPU of a history list by versions: {told}; {queries} queries")  # noqa: T201 (what a measurement is for)

    benchmark(client.get, f"{parks[-1].url}history/")

    assert max(queries) <= MOST_QUERIES
    assert len(set(queries)) == 1
    if benchmark.enabled:
        # Ten entries are less to write than fifty: equal pages are compared.
        assert spent[2] <= spent[1] * 1.2


def test_publishing_costs_the_same_however_long_the_history_is(
    benchmark: BenchmarkFixture, home: HomePage
) -> None:
    sizes = (SHORT, 10_000) if benchmark.enabled else (SHORT, 3 * SHORT)
    parks = [make_park(f"Park {size}", body=[]) for size in sizes]
    for park, size in zip(parks, sizes, strict=True):
        grow(park, size)
    prune_all()
    settled()
    texts = iter(range(10**9))

    def publish(park: Any) -> None:
        draft = type(park).objects.get(pk=park.pk)
        draft.city = f"City {next(texts)}"
        draft.save_revision().publish()

    queries = []
    for park in parks:
        publish(park)
        with CaptureQueriesContext(connection) as found:
            publish(park)
        queries.append(len(found))
    rounds = 30 if benchmark.enabled else 1
    spent: list[list[float]] = [[], []]
    for _ in range(rounds):
        # In turns, so that a busy moment of the machine meets both.
        for taken, park in zip(spent, parks, strict=True):
            taken.append(cpu_ms(partial(publish, park)))
    few, many = map(median, spent)
    print(  # noqa: T201 (what a measurement is for)
        f"\nCPU of a publish: {few:.1f} ms at {sizes[0]} versions, {many:.1f} ms at "
        f"{sizes[1]}; {queries} queries"
    )

    benchmark.pedantic(publish, args=(parks[-1],), rounds=rounds)

    assert queries[0] == queries[1]
    if benchmark.enabled:
        assert many <= few * 1.15
