"""Reading a page (performance.md, rows 1 to 3 and 11): kept, made anew, from nginx.

`make bench` measures. Beside a kept page stands the same page with nothing kept, and a
detail page of a Wagtail site as it comes (peer/site.py), much shorter than ours. Beside
nginx's copy stands a file of the same bytes, served by the same nginx.
"""

import gzip
import re
import subprocess
from functools import partial
from pathlib import Path
from statistics import median

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from core.bulk_loading import publish_first
from core.caching.keeping import Keeping
from home.foundations import lay_foundations
from parks.models import (
    MakerCredit,
    ParkPage,
    RidePage,
    RideStatusPeriod,
    RideStay,
    RideTrack,
)
from scripts.machine import find_program
from tests.benchmarks.bars import Bars
from tests.benchmarks.clocks import cpu_ms, cpu_ms_with_database
from tests.benchmarks.peer.site import PICTURES, as_wagtail_brings_it, make_article
from tests.core.caching.fronted import Wiki, running
from tests.factories.pages import make_company, make_park

MANY, FEW = 150, 15
WARM_QUERIES, COLD_QUERIES = 2, 12
MOST_KB = {"script": 100, "style": 40}
ASSETS = {
    "script": ("theme.js", "site.js", "map.js"),
    "style": ("site.css", "map.css"),
}
SECONDS = 3
CONNECTIONS = 16
# A file in the folder of this nginx, said to be packed as it is.
PEER = """
location = /peer {
    root .;
    default_type text/html;
    add_header Content-Encoding gzip;
}
"""
GZIP = {"Accept_Encoding": "gzip"}


def fill(park: ParkPage, rides: int) -> None:
    """So many coasters with a maker and figures, in a few queries each."""
    maker = make_company("Vekoma")
    for number in range(rides):
        ride = RidePage(title=f"Ride {number:03}", slug=f"ride-{number:03}")
        ride.tracks = [RideTrack(height=f"{number / 3 + 5:.1f} m", inversions=2)]
        ride.status_periods = [RideStatusPeriod(status="operating", began="1999")]
        ride.credits = [MakerCredit(company=maker, role="manufacturer")]
        ride.stays = [RideStay(park_id=park.pk)]
        publish_first(ride, Page.objects.get(pk=park.pk), by=None)


@pytest.mark.django_db
def test_a_kept_page_costs_a_quarter_of_one_made_anew(
    benchmark: BenchmarkFixture, bars: Bars, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_foundations()
    park = make_park()
    fill(park, MANY if benchmark.enabled else FEW)
    client = Client()
    client.get(park.url)
    cache.clear()
    queries = [_queries(client, park.url) for _ in ("cold", "warm")]
    rounds = 60 if benchmark.enabled else 1
    kept, anew = [], []
    for _ in range(rounds):
        kept.append(cpu_ms(partial(client.get, park.url)))
        with monkeypatch.context() as patched:
            patched.setattr(Keeping, "look_for", lambda request: (None, None))
            anew.append(cpu_ms(partial(client.get, park.url)))
    ratio = median(kept) / median(anew)
    bars.at_most(1, "queries of a kept park page", queries[1], WARM_QUERIES)
    bars.at_most(1, "CPU, kept / made anew", ratio, 1 / 4, "x")
    bars.at_most(2, "queries, nothing kept", queries[0], COLD_QUERIES)

    benchmark(client.get, park.url)

    assert queries[0] <= COLD_QUERIES
    assert queries[1] <= WARM_QUERIES
    if benchmark.enabled:
        assert ratio <= 1 / 4


# Wagtail leaves open the temporary file that it draws a rendition into.
@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
@pytest.mark.django_db
def test_a_kept_page_costs_a_quarter_of_a_page_of_stock_wagtail(
    benchmark: BenchmarkFixture, bars: Bars
) -> None:
    lay_foundations()
    park, article = make_park(), make_article()
    fill(park, MANY if benchmark.enabled else FEW)
    ours, theirs = Client(), Client()
    ours.get(park.url)
    with as_wagtail_brings_it():
        shown = theirs.get("/story/")
        queries = _queries(theirs, "/story/")
    kept, stock = [], []
    for _ in range(60 if benchmark.enabled else 1):
        kept.append(cpu_ms_with_database(partial(ours.get, park.url)))
        with as_wagtail_brings_it():
            theirs.get("/story/")
            stock.append(cpu_ms_with_database(partial(theirs.get, "/story/")))
    ratio = median(kept) / median(stock)
    told = f"kept park page / stock detail page ({median(stock):.1f} ms, {queries} q.)"
    bars.at_most(1, told, ratio, 1 / 4, "x")

    benchmark(ours.get, park.url)

    assert article.title in shown.content.decode()
    assert shown.content.count(b"<img") == 1 + PICTURES
    if benchmark.enabled:
        assert ratio <= 1 / 4


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_nginx_serves_a_page_nearly_as_fast_as_a_file(
    benchmark: BenchmarkFixture, bars: Bars
) -> None:
    lay_foundations()
    park = make_park()
    fill(park, MANY if benchmark.enabled else FEW)
    with running(more=PEER) as wiki:
        packed = wiki.get(park.url, **GZIP).body
        (wiki.folder / "peer").write_bytes(packed)
        if benchmark.enabled:
            page, file = _in_turns(wiki, park.url, "/peer")
            told = f"nginx, {len(packed) / 1e3:.0f} KB page / the same bytes as a file"
            bars.at_least(3, told, page / file, 0.7, "x")
        benchmark(wiki.get, park.url, **GZIP)

        assert wiki.get("/peer", **GZIP).body == packed
        if benchmark.enabled:
            assert page >= 0.7 * file


def _in_turns(wiki: Wiki, *paths: str) -> list[float]:
    """Requests a second for each, in turns, so that a busy moment meets all."""
    found: dict[str, list[float]] = {path: [] for path in paths}
    for _ in range(5):
        for path, rates in found.items():
            rates.append(_requests_a_second(f"{wiki.front.url}{path}"))
    return [median(rates) for rates in found.values()]


def _requests_a_second(url: str) -> float:
    wrk = find_program("wrk")
    if wrk is None:
        pytest.fail("Measuring nginx needs wrk: sudo apt install wrk")
    load = ["-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip"]
    told = subprocess.run([wrk, *load, url], capture_output=True, text=True, check=True)  # noqa: S603 (our own arguments)
    assert "Non-2xx" not in told.stdout, told.stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told.stdout)
    assert rate is not None, told.stdout
    return float(rate.group(1))


def test_scripts_and_styles_are_light(benchmark: BenchmarkFixture, bars: Bars) -> None:
    """As a page with a map loads them; tests/journeys/ weighs what each page asks."""
    heavy = {
        kind: sum(_packed_size(f"site/{name}") for name in names)
        for kind, names in ASSETS.items()
    }
    for kind, size in heavy.items():
        bars.at_most(
            11, f"{kind} of a page with a map", size / 1e3, MOST_KB[kind], "KB"
        )

    benchmark(_packed_size, "site/site.css")

    assert [kind for kind, size in heavy.items() if size > MOST_KB[kind] * 1e3] == []


def _packed_size(name: str) -> int:
    file = finders.find(name)
    assert isinstance(file, str), name
    return len(gzip.compress(Path(file).read_bytes(), 6))
