"""Reading a page (performance.md, rows 1 to 3): kept, made anew, and from nginx.

`make bench` measures. Beside a kept page stands the same page with nothing kept, which
any Wagtail site would have to make: no other program with such pages can be had here.
Beside nginx's copy stands a file of the same bytes, served by the same nginx.
"""

import re
import subprocess
from functools import partial
from statistics import median

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
from tests.benchmarks.clocks import cpu_ms
from tests.core.caching.fronted import Wiki, running
from tests.factories.pages import make_company, make_park

MANY, FEW = 150, 15
WARM_QUERIES, COLD_QUERIES = 2, 12
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
    benchmark: BenchmarkFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_foundations()
    park = make_park()
    fill(park, MANY if benchmark.enabled else FEW)
    client = Client()
    client.get(park.url)
    queries = []
    for is_cold in (True, False):
        if is_cold:
            cache.clear()
        with CaptureQueriesContext(connection) as found:
            client.get(park.url)
        queries.append(len(found))
    rounds = 60 if benchmark.enabled else 1
    kept, anew = [], []
    for _ in range(rounds):
        kept.append(cpu_ms(partial(client.get, park.url)))
        with monkeypatch.context() as patched:
            patched.setattr(Keeping, "look_for", lambda request: (None, None))
            anew.append(cpu_ms(partial(client.get, park.url)))
    ratio = median(kept) / median(anew)
    print(  # noqa: T201 (what a measurement is for)
        f"\nCPU of a park page: kept {median(kept):.1f} ms ({queries[1]} queries), "
        f"made anew {median(anew):.1f} ms ({queries[0]}): {ratio:.2f}"
    )

    benchmark(client.get, park.url)

    assert queries[0] <= COLD_QUERIES
    assert queries[1] <= WARM_QUERIES
    if benchmark.enabled:
        assert ratio <= 1 / 4


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_nginx_serves_a_page_nearly_as_fast_as_a_file(
    benchmark: BenchmarkFixture,
) -> None:
    lay_foundations()
    park = make_park()
    fill(park, MANY if benchmark.enabled else FEW)
    with running(more=PEER) as wiki:
        packed = wiki.get(park.url, **GZIP).body
        (wiki.folder / "peer").write_bytes(packed)
        if benchmark.enabled:
            page, file = _in_turns(wiki, park.url, "/peer")
            print(  # noqa: T201 (what a measurement is for)
                f"\nRequests a second of {len(packed) / 1e3:.0f} KB: page {page:,.0f}, "
                f"file {file:,.0f}: {page / file:.2f}"
            )
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
