"""What telling two versions apart costs, beside Wagtail's own comparison.

`make bench` measures; elsewhere each runs once. The bars are ratios to what is
measured in the same run, or processor time, which the load of the machine spares.
"""

import random
from collections.abc import Callable, Iterator
from time import process_time
from typing import Any

from django.core.cache import cache
from django.test import Client, RequestFactory

from wagtail.admin.compare import diff_text

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from history.diff.prose import compare, plain
from history.diff.rendering import render_comparison
from history.diff.sequences import Work
from home.models import HomePage
from parks.models import ParkPage
from tests.benchmarks.bars import Bars
from tests.factories.pages import make_park
from tests.history.diff.histories import publish

pytestmark = pytest.mark.django_db

KB = 1_000
VOCABULARY = 4_000


class Writer:
    """Writes prose of which each word is as common as its rank says."""

    def __init__(self) -> None:
        self.chance = random.Random(20_26)
        letters = "abcdefghijklmnoprstuw"
        self.words = [
            "".join(self.chance.choices(letters, k=self.chance.randint(2, 9)))
            for _ in range(VOCABULARY)
        ]
        self.weights = [1 / rank for rank in range(1, VOCABULARY + 1)]

    def sentence(self) -> str:
        length = self.chance.randint(6, 22)
        words = self.chance.choices(self.words, self.weights, k=length)
        return f"{' '.join(words).capitalize()}. "

    def sentences(self, size: int) -> list[str]:
        found = []
        while size > 0:
            found.append(self.sentence())
            size -= len(found[-1])
        return found


def edited(writer: Writer, sentences: list[str]) -> list[str]:
    """Two of a hundred sentences written anew."""
    return [
        writer.sentence() if writer.chance.random() < 0.02 else sentence
        for sentence in sentences
    ]


def revised(writer: Writer, sentences: list[str]) -> list[str]:
    """One word of every sentence replaced."""
    return [
        " ".join([first, writer.chance.choice(writer.words), *rest])
        for first, _, *rest in (sentence.split(" ") for sentence in sentences)
    ]


def rewritten(writer: Writer, sentences: list[str]) -> list[str]:
    """Not a sentence as it was."""
    return writer.sentences(sum(map(len, sentences)))


KINDS: dict[str, Callable[[Writer, list[str]], list[str]]] = {
    "edited": edited,
    "revised": revised,
    "rewritten": rewritten,
}


def texts(size: int, kind: str) -> tuple[str, str]:
    writer = Writer()
    before = writer.sentences(size)
    return tuple(  # type: ignore[return-value]  # two, as given
        "\n".join("".join(text[at : at + 6]) for at in range(0, len(text), 6))
        for text in (before, KINDS[kind](writer, before))
    )


def seconds_for(work: Callable[[], Any]) -> float:
    """Processor seconds of the quickest of three."""
    taken = []
    for _ in range(3):
        start = process_time()
        work()
        taken.append(process_time() - start)
    return min(taken)


@pytest.fixture
def is_measured(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("benchmark_enable"))


@pytest.mark.parametrize("kind", KINDS)
def test_prose_of_100_kb_against_wagtail(
    benchmark: BenchmarkFixture, bars: Bars, is_measured: bool, kind: str
) -> None:
    before, after = texts((100 if is_measured else 2) * KB, kind)

    def ours() -> None:
        compare(plain(before), plain(after), Work())

    benchmark(ours)

    if is_measured:
        start = process_time()
        diff_text(before, after)
        theirs = process_time() - start
        benchmark.extra_info["wagtail_s"] = theirs
        times = theirs / seconds_for(ours)
        benchmark.extra_info["times_faster"] = round(times)
        bars.at_least(5, f"100 KB {kind}, faster than diff_text", times, 100, "x")


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_640_kb_of_prose(
    benchmark: BenchmarkFixture,
    bars: Bars,
    is_measured: bool,
    home: HomePage,
    kind: str,
) -> None:
    before, after = (
        {"body": [{"type": "paragraph", "id": "a", "value": _html(text)}]}
        for text in texts((640 if is_measured else 20) * KB, kind)
    )
    request = RequestFactory().get("/")
    request.COOKIES["units"] = "metric"

    def work() -> str:
        return render_comparison(ParkPage, before, after, request=request)

    assert "<ins>" in benchmark(work)

    if is_measured:
        benchmark.extra_info["cpu_s"] = seconds = seconds_for(work)
        bars.at_most(5, f"640 KB {kind}", seconds, 0.5, "s CPU")
        assert seconds <= 0.5


@pytest.fixture
def park(home: HomePage) -> Iterator[ParkPage]:
    """A park with 20 KB of prose, edited once."""
    before, after = texts(20 * KB, "edited")
    park = make_park(body=[("paragraph", _html(before))])
    draft = park.get_latest_revision_as_object()
    draft.body[0].value.source = _html(after)
    publish(park, body=draft.body, city="Sandusky")
    yield park
    cache.clear()


def test_showing_a_comparison_for_the_first_time(
    benchmark: BenchmarkFixture, park: ParkPage
) -> None:
    client = Client()

    response = benchmark.pedantic(
        lambda: client.get(f"{park.url}diff/1..2/"), setup=cache.clear, rounds=20
    )

    assert response.status_code == 200


def test_showing_a_comparison_again(
    benchmark: BenchmarkFixture, park: ParkPage
) -> None:
    client = Client()
    client.get(f"{park.url}diff/1..2/")

    response = benchmark(client.get, f"{park.url}diff/1..2/")

    assert response.status_code == 200


def _html(text: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n"))
