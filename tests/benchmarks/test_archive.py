"""The archive (performance.md, row 7): how small, how fast, how fast to read.

`make bench` measures. Ratios hold in each run: they do not depend on the machine.
"""

import json
import random
import resource
import statistics
from collections.abc import Callable
from io import StringIO
from time import perf_counter, process_time
from typing import Any, NamedTuple
from uuid import UUID

from django.core.management import call_command
from django.utils import timezone

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from reversion.models import Revision, Version

from core.jobs.models import JobState
from history.archive import files
from history.archive.bundles import Entry, range_of, read_index, write_bundle
from history.archive.cold import entries_in
from history.archive.moving import MOST_IN_CHUNK
from history.content import canonical_text, fingerprint
from history.models import ArchiveBundle, PageVersion
from home.models import HomePage
from tests.benchmarks.bars import Bars
from tests.benchmarks.clocks import cpu_ms, database_cpu_ms
from tests.benchmarks.stock import give_revisions
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park
from tests.history.archive.running import archive

VERSIONS = 1000
PAGE_BYTES = 17_900  # the page the peers were measured with
WORDS = [
    "the",
    "of",
    "and",
    "in",
    "park",
    "ride",
    "coaster",
    "track",
    "opened",
    "closed",
    "built",
    "train",
    "height",
    "speed",
    "drop",
    "lift",
    "station",
    "queue",
    "wooden",
    "steel",
    "launched",
    "designed",
    "manufactured",
    "operated",
    "season",
    "restored",
    "painted",
    "moved",
    "storage",
    "winter",
    "maintenance",
    "record",
    "tallest",
    "fastest",
    "longest",
    "Europe",
    "family",
    "company",
    "layout",
    "helix",
    "airtime",
    "brake",
    "chain",
    "tunnel",
    "theme",
    "entrance",
    "lake",
    "forest",
    "mountain",
    "village",
    "castle",
    "jungle",
    "pirate",
    "restaurant",
    "theatre",
    "parade",
    "ticket",
    "owner",
    "sold",
    "bought",
    "renamed",
    "refurbished",
    "safety",
    "restraints",
    "capacity",
    "cost",
    "million",
]


class Author:
    """Somebody who writes and edits a page, always in the same way."""

    def __init__(self, seed: int, size: int) -> None:
        self.dice = random.Random(seed)
        self.page: dict[str, Any] = {
            "uuid": self.identity(),
            "pk": seed,
            "title": f"Park {seed}",
            "search_description": self.sentence(),
            "status_periods": [self.row() for _ in range(6)],
        }
        self.body: list[dict[str, str]] = []
        while len(self.text()) < size:
            self.body.append(
                {"type": "paragraph", "value": self.prose(), "id": self.identity()}
            )

    def text(self) -> str:
        return canonical_text({**self.page, "body": json.dumps(self.body)})

    def edit_a_little(self) -> None:
        """Another word, another figure or another description."""
        match self.dice.randrange(3):
            case 0:
                block = self.dice.choice(self.body)
                words = block["value"].split(" ")
                words[self.dice.randrange(len(words))] = self.word()
                block["value"] = " ".join(words)
            case 1:
                row = self.dice.choice(self.page["status_periods"])
                row["began"] = str(self.dice.randrange(1870, 2026))
            case _:
                self.page["search_description"] = self.sentence()

    def edit_heavily(self) -> None:
        """A paragraph written anew, two blocks changing places, three small edits."""
        self.dice.choice(self.body)["value"] = self.prose()
        one, other = self.dice.choices(range(len(self.body)), k=2)
        self.body[one], self.body[other] = self.body[other], self.body[one]
        for _ in range(3):
            self.edit_a_little()

    def word(self) -> str:
        # Half of prose is common words, half is names and words seldom seen.
        if self.dice.random() < 0.5:
            return self.dice.choice(WORDS)
        return "".join(self.dice.choices("aeioubcdfgklmnprst", k=7))

    def sentence(self) -> str:
        return " ".join(self.word() for _ in range(14)).capitalize() + "."

    def prose(self) -> str:
        return f"<p>{' '.join(self.sentence() for _ in range(5))}</p>"

    def row(self) -> dict[str, str]:
        return {"uuid": self.identity(), "began": "1986", "status": "operating"}

    def identity(self) -> str:
        return str(UUID(int=self.dice.getrandbits(128), version=4))


def history_of(
    author: Author, number: int, edit: Callable[[Author], None]
) -> list[Entry]:
    """So many versions of one page."""
    entries = []
    for seq in range(1, number + 1):
        text = author.text()
        entries.append(
            Entry(
                object_uuid=author.page["uuid"],
                seq=seq,
                model="parks.parkpage",
                key=str(author.page["pk"]),
                change=seq * 7,
                title=author.page["title"],
                sha256=fingerprint(text),
                text=text,
            )
        )
        edit(author)
    return entries


def bundles_of(entries: list[Entry]) -> list[bytes]:
    return [
        write_bundle(entry.line() for entry in entries[at : at + MOST_IN_CHUNK])
        for at in range(0, len(entries), MOST_IN_CHUNK)
    ]


def ratio_of(entries: list[Entry], bars: Bars) -> float:
    """How many times smaller, and on standard output how fast."""
    raw = sum(len(entry.text.encode()) for entry in entries)
    began = process_time()
    packed = sum(map(len, bundles_of(entries)))
    seconds = process_time() - began
    print(  # noqa: T201 (what a measurement is for)
        f"\n{len(entries)} versions of {raw / len(entries):,.0f} bytes: "
        f"{raw / packed:.0f} times smaller, {packed / len(entries):.0f} bytes each, "
        f"{raw / seconds / 1e6:.0f} MB/s, {len(entries) / seconds:,.0f} versions/s"
    )
    bars.at_least(7, "encoding", raw / seconds / 1e6, 50, "MB/s CPU")
    return raw / packed


@pytest.mark.parametrize(
    ("edit", "at_least"),
    [(Author.edit_a_little, 100), (Author.edit_heavily, 40)],
    ids=["small edits", "heavy edits"],
)
def test_a_page_edited_a_thousand_times(
    benchmark: BenchmarkFixture,
    bars: Bars,
    edit: Callable[[Author], None],
    at_least: int,
) -> None:
    entries = history_of(Author(1, PAGE_BYTES), VERSIONS, edit)

    ratio = benchmark.pedantic(ratio_of, args=[entries, bars])

    bars.at_least(7, f"size: {edit.__name__}", ratio, at_least, "x")
    benchmark.extra_info["times smaller"] = round(ratio)
    assert ratio >= at_least


def test_a_mixed_site(benchmark: BenchmarkFixture, bars: Bars) -> None:
    dice = random.Random(3)
    entries: list[Entry] = []
    for seed in range(300):
        # Most histories are short, and most pages too.
        number = min(int(dice.paretovariate(0.9) * 4), 400)
        author = Author(seed, dice.choice([1500, 2000, 2000, 3000, 6000, 18_000]))
        edit = dice.choice([Author.edit_a_little] * 4 + [Author.edit_heavily])
        entries += history_of(author, number, edit)

    ratio = benchmark.pedantic(ratio_of, args=[entries, bars])

    bars.at_least(7, "size: mixed site", ratio, 20, "x")
    benchmark.extra_info["times smaller"] = round(ratio)
    assert ratio >= 20


@pytest.mark.parametrize("edit", [Author.edit_a_little, Author.edit_heavily])
@pytest.mark.django_db
def test_reading_one_archived_version(
    benchmark: BenchmarkFixture, bars: Bars, edit: Callable[[Author], None]
) -> None:
    entries = history_of(Author(1, PAGE_BYTES), MOST_IN_CHUNK, edit)
    bundle = stored(write_bundle(entry.line() for entry in entries))
    dice = random.Random(5)

    def read() -> None:
        number = dice.randrange(len(entries))
        assert entries_in(bundle, [number])[number] == entries[number]

    benchmark.pedantic(read, rounds=200, warmup_rounds=20)

    number = 1_000 if benchmark.enabled else 2
    told = f"read ({edit.__name__})"
    cpu = sorted(cpu_ms(read) for _ in range(number))
    bars.at_most(7, f"{told}, median CPU", statistics.median(cpu), 1, "ms")
    bars.at_most(7, f"{told}, p99 CPU", cpu[number * 99 // 100], 3, "ms")
    clocked = [by_the_clock(read) for _ in range(number)]
    alone = sorted(ms for ms, is_alone in clocked if is_alone)
    whole = sorted(ms for ms, _ in clocked)
    print(  # noqa: T201 (what a measurement is for)
        f"\n{told} by the clock: median {whole[number // 2]:.2f} ms, p99 "
        f"{whole[number * 99 // 100]:.2f} ms; {number - len(alone)} of {number} had to "
        "wait for another process"
    )
    bars.at_most(7, f"{told}, median by the clock", whole[number // 2], 1, "ms")
    bars.at_most(7, f"{told}, p99 by the clock", whole[number * 99 // 100], 3, "ms")
    if alone:
        p99 = alone[len(alone) * 99 // 100]
        bars.at_most(7, f"{told}, p99 by the clock, not interrupted", p99, 3, "ms")


@pytest.mark.django_db(transaction=True)
def test_archiving_from_end_to_end(
    benchmark: BenchmarkFixture, bars: Bars, home: HomePage
) -> None:
    """Reading, packing, writing, reading back and switching, with every fsync."""
    number = 10_000 if benchmark.enabled else 50
    lengthen_history(
        make_park(body=[("paragraph", Author(1, 12_000).prose())]), by=number
    )

    spent = Spent()
    job = benchmark.pedantic(archive)
    ours = spent.a_second(job.done)

    assert job.state == JobState.DONE
    assert PageVersion.objects.filter(bundle__isnull=False).count() == job.done
    assert Version.objects.count() == Revision.objects.count()
    benchmark.extra_info["versions a second"] = round(ours.by_the_clock)
    print(f"\n{job.report}")  # noqa: T201 (what a measurement is for)
    bars.at_least(7, "archiving, by the clock", ours.by_the_clock, 2_000, "versions/s")
    bars.at_least(7, "archiving, CPU with database", ours.of_cpu, 2_000, "versions/s")
    theirs = purged(200 if benchmark.enabled else 5)
    told = "archiving / purge_revisions"
    clock, cpu = ours.by_the_clock / theirs.by_the_clock, ours.of_cpu / theirs.of_cpu
    bars.at_least(7, f"{told}, by the clock", clock, 30, "x")
    bars.at_least(7, f"{told}, CPU with database", cpu, 30, "x")


class Rate(NamedTuple):
    """How many a second: of the clock, and of CPU."""

    by_the_clock: float
    of_cpu: float


class Spent:
    """Time since now, of the clock and of the processor, the database's with it."""

    def __init__(self) -> None:
        self._clock, self._cpu = perf_counter(), self._cpu_seconds()

    def a_second(self, number: int) -> Rate:
        """What doing something so often since then makes a second."""
        clock = perf_counter() - self._clock
        return Rate(number / clock, number / (self._cpu_seconds() - self._cpu))

    def _cpu_seconds(self) -> float:
        return process_time() + database_cpu_ms() / 1e3


def purged(number: int) -> Rate:
    """The peer: how many revisions a second Wagtail's command destroys."""
    give_revisions(make_park("Stock"), number)

    spent = Spent()
    call_command("purge_revisions", stdout=StringIO())
    return spent.a_second(number)


def by_the_clock(deed: Callable[[], Any]) -> tuple[float, bool]:
    """Milliseconds, and whether no other process was given the processor meanwhile."""
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_nivcsw
    began = perf_counter()
    deed()
    spent = (perf_counter() - began) * 1e3
    after = resource.getrusage(resource.RUSAGE_THREAD).ru_nivcsw
    return spent, after == before


def stored(content: bytes) -> ArchiveBundle:
    """A bundle in the storage, with the row that a reader needs."""
    index = read_index(range_of(content), len(content))
    name = files.name_for(content, timezone.now())
    files.write_file(name, content, lambda read, size: None)
    return ArchiveBundle(name=name, size=len(content), entries=index.entries)
