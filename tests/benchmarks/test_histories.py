"""Long histories (performance.md, rows 4 and 6): to list them, and to add to them.

`make bench` measures at full length, beside Wagtail as it comes. Elsewhere each size is
a small one and runs once.
"""

from functools import partial
from statistics import median
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from core.table_statistics import count_tables_anew
from history.revisions import prune_all
from home.models import HomePage
from parks.models import ParkPage
from tests.benchmarks.bars import Bars
from tests.benchmarks.clocks import cpu_ms_with_database
from tests.benchmarks.stock import give_revisions, stock_history, stock_publishing
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park
from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

SHORT, MIDDLE, LONG = 10, 1_000, 100_000
MOST_QUERIES = 6
AT_ONCE = 5_000
# CPU of all its processes, measured when the machine was idle.
MEDIAWIKI_LIST_MS = 88
MOST_MORE_QUERIES = 10


def grow(park: ParkPage, size: int) -> None:
    """Give a new park that many versions."""
    left = size - 1
    while left:
        part = min(left, AT_ONCE)
        lengthen_history(park, by=part)
        count_tables_anew()
        left -= part


def queries_of(deed: Any) -> int:
    with CaptureQueriesContext(connection) as found:
        deed()
    return len(found)


def test_listing_a_history_costs_the_same_however_long_it_is(
    benchmark: BenchmarkFixture, bars: Bars
) -> None:
    sizes = (SHORT, MIDDLE, LONG) if benchmark.enabled else (SHORT, 3 * SHORT)
    parks = [make_park(f"Park {size}") for size in sizes]
    for park, size in zip(parks, sizes, strict=True):
        grow(park, size)
    count_tables_anew()
    client = Client()
    rounds = 60 if benchmark.enabled else 1
    lists = [partial(client.get, f"{park.url}history/") for park in parks]

    for listed in lists:
        listed()
    kept = [queries_of(listed) for listed in lists]
    warm = in_turns(lists, rounds)
    anew = []
    for listed in lists:
        cache.clear()
        anew.append(queries_of(listed))
    cold = in_turns(lists, rounds, before=cache.clear)
    for name, spent, queries in (("kept", warm, kept), ("made anew", cold, anew)):
        told = ", ".join(f"{n}: {ms:.1f}" for n, ms in zip(sizes, spent, strict=True))
        print(f"\nA history list, {name}, ms by versions: {told}; {queries} queries")  # noqa: T201 (what a measurement is for)
    bars.at_most(4, "queries of a list, made anew", max(anew), MOST_QUERIES)
    bars.at_most(4, "list, kept, longest / shortest", warm[-1] / warm[0], 1.2, "x")
    theirs = MEDIAWIKI_LIST_MS
    bars.at_most(4, "list, kept / MediaWiki's (idle)", warm[1] / theirs, 1 / 8, "x")
    # Nobody asked for it, but a list that nobody has read yet is no slower than theirs.
    bars.at_most(4, "list, made anew / MediaWiki's (idle)", cold[1] / theirs, 1, "x")

    benchmark(lists[-1])

    assert max(anew) <= MOST_QUERIES
    assert len(set(anew)) == len(set(kept)) == 1
    if benchmark.enabled:
        # Ten entries are less to write than fifty: equal pages are compared.
        assert cold[2] <= cold[1] * 1.2


def test_wagtail_lists_its_history(benchmark: BenchmarkFixture) -> None:
    """The peer of the list above: the admin's history as it comes."""
    sizes = (SHORT, MIDDLE) if benchmark.enabled else (SHORT,)
    client = Client()
    client.force_login(make_person("admin"))
    lists = []
    for size in sizes:
        park = make_park(f"Park {size}")
        give_revisions(park, size)
        lists.append(partial(client.get, f"/admin/pages/{park.pk}/history/"))
    count_tables_anew()

    with stock_history():
        for listed in lists:
            assert listed().status_code == 200
        spent = in_turns(lists, 20 if benchmark.enabled else 1)
        queries = [queries_of(listed) for listed in lists]
        benchmark.pedantic(lists[-1], rounds=5)

    told = ", ".join(f"{n}: {ms:.1f}" for n, ms in zip(sizes, spent, strict=True))
    print(f"\nWagtail's history, ms by revisions: {told}; {queries} queries")  # noqa: T201 (what a measurement is for)


def test_publishing_costs_the_same_however_long_the_history_is(
    benchmark: BenchmarkFixture, bars: Bars, home: HomePage
) -> None:
    sizes = (SHORT, 10_000) if benchmark.enabled else (SHORT, 3 * SHORT)
    ours = [make_park(f"Park {size}", body=[]) for size in sizes]
    stock = [make_park(f"Stock {size}", body=[]) for size in sizes]
    for size, park in zip(sizes, ours, strict=True):
        grow(park, size)
    prune_all()
    for size, peer in zip(sizes, stock, strict=True):
        give_revisions(peer, size)
    count_tables_anew()
    texts = iter(range(10**9))

    def publish(park: Any) -> None:
        draft = type(park).objects.get(pk=park.pk)
        draft.city = f"City {next(texts)}"
        draft.save_revision().publish()

    rounds = 30 if benchmark.enabled else 1
    deeds = [partial(publish, park) for park in ours]
    for deed in deeds:
        deed()
    queries = [queries_of(deed) for deed in deeds]
    spent = in_turns(deeds, rounds)
    peers = [partial(publish, park) for park in stock]
    with stock_publishing():
        for deed in peers:
            deed()
        their_queries = [queries_of(deed) for deed in peers]
        theirs = in_turns(peers, max(rounds // 4, 1))
    for name, ms, number in (
        ("Ours", spent, queries),
        ("Wagtail", theirs, their_queries),
    ):
        print(  # noqa: T201 (what a measurement is for)
            f"\n{name}, a publish: {ms[0]:.1f} ms at {sizes[0]}, {ms[1]:.1f} ms at "
            f"{sizes[1]}; {number} queries"
        )
    more = max(a - b for a, b in zip(queries, their_queries, strict=True))
    bars.at_most(6, "publish, longest / shortest", spent[1] / spent[0], 1.15, "x")
    bars.at_most(6, "queries more than Wagtail", more, MOST_MORE_QUERIES)

    benchmark.pedantic(publish, args=(ours[-1],), rounds=rounds)

    assert queries[0] == queries[1]
    assert more <= MOST_MORE_QUERIES
    if benchmark.enabled:
        assert spent[1] <= spent[0] * 1.15


def in_turns(deeds: list[Any], rounds: int, before: Any = None) -> list[float]:
    """Median milliseconds of each, the database's with them.

    In turns, so that a busy moment of the machine meets all of them.
    """
    taken: list[list[float]] = [[] for _ in deeds]
    for _ in range(rounds):
        for spent, deed in zip(taken, deeds, strict=True):
            if before is not None:
                before()
            spent.append(cpu_ms_with_database(deed))
    return [median(spent) for spent in taken]
