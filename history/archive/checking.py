"""Looking whether every archived version can be read. Changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.utils import timezone

from history.archive.bundles import BundleDamaged
from history.archive.cold import texts_in
from history.archive.files import every_file, modified_at, sha256_of, size_of
from history.models import ArchiveBundle, PageVersion

# A run that was broken off leaves a file without a row; the next one may use it.
ORPHANS_KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the archive that is not as it was written."""

    bundle: str
    problem: str
    versions: tuple[str, ...] = ()
    """Those that cannot be read, in runs: "GateKeeper (its uuid), versions 3 to 9"."""

    def __str__(self) -> str:
        named = f" Lost: {'; '.join(self.versions)}." if self.versions else ""
        return f"{self.bundle}: {self.problem}.{named}"


def faults_in(bundle: ArchiveBundle) -> list[Fault]:
    """What is wrong with one bundle: its file as a whole, and each version in it."""
    problem = _problem_of_file(bundle)
    versions = list(PageVersion.objects.filter(bundle=bundle).order_by("bundle_entry"))
    texts = texts_in(bundle, versions)
    lost = [version for version in versions if version.pk not in texts]
    if not problem and not lost:
        return []
    problem = problem or "versions in it cannot be read"
    return [Fault(bundle.name, problem, tuple(_in_runs(lost)))]


def faults_in_archive() -> Iterator[Fault]:
    """All that is wrong: damaged bundles, rows without their file, files left over."""
    for bundle in ArchiveBundle.objects.order_by("made_at", "pk").iterator():
        yield from faults_in(bundle)
    for name in orphans():
        yield Fault(name, "no version is in this file; the next archive run removes it")


def orphans() -> list[str]:
    """Files without a row that are too old to belong to a run that is going on."""
    known = set(ArchiveBundle.objects.values_list("name", flat=True))
    too_old = timezone.now() - ORPHANS_KEPT
    return [
        name
        for name in every_file()
        if name not in known and modified_at(name) < too_old
    ]


def _in_runs(versions: list[PageVersion]) -> Iterator[str]:
    """Versions by name, those that follow each other taken together."""
    ordered = sorted(versions, key=lambda one: (one.object_uuid, one.seq))
    # Along a run of one object, numbers and places grow alike.
    for _, run in groupby(
        enumerate(ordered), lambda step: (step[1].object_uuid, step[1].seq - step[0])
    ):
        together = [version for _, version in run]
        first, last = together[0], together[-1]
        single = f"version {first.seq}"
        numbers = single if first == last else f"versions {first.seq} to {last.seq}"
        yield f"{first.title} ({first.object_uuid}), {numbers}"


def _problem_of_file(bundle: ArchiveBundle) -> str:
    try:
        size = size_of(bundle.name)
        if size != bundle.size:
            return f"the file has {size} bytes and had {bundle.size}"
        if sha256_of(bundle.name) != bundle.sha256:
            return "the file was altered: its sha256 is another"
    except BundleDamaged as damage:
        return str(damage)
    return ""
