"""The hash chain of changesets: what was written cannot be rewritten unnoticed.

A changeset is written with its digest, the hash of what it says. Its place in the
chain comes after its commit, by a worker (history/tasks.py): sealing inside the
publish would make every publish of the wiki wait for every other one. A seal is the
hash of the seal before and the digest; so a changed, removed or inserted changeset
breaks the chain from its position on. Changesets are sealed in the order of their
numbers as far as they are committed; one that commits late comes later in the chain.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import QuerySet

from history.models import ChainEnd, ChangeSet, PageVersion

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Where the chain does not hold. `changeset` is its number, 0 the chain's end."""

    changeset: int
    problem: str


def digest_of(changeset: ChangeSet, versions: Iterable[PageVersion]) -> str:
    """The hash of everything a changeset says, whatever holds the texts.

    The hidden flags, tags and measurements are not part of it: they may change.
    """
    said = {
        "number": changeset.number,
        "kind": str(changeset.kind),
        "author": changeset.author_id,
        "publisher": changeset.publisher_id,
        "reason": changeset.reason,
        "source": changeset.source,
        "made_at": _moment(changeset.made_at),
        "recorded_at": _moment(changeset.recorded_at),
        "undoes": changeset.undoes_id,
        "versions": [
            {
                "object": str(version.object_uuid),
                "seq": version.seq,
                "sha256": version.sha256,
                "operation": str(version.operation),
                "live": version.live,
                "place": str(version.place_uuid or ""),
                "address": version.address,
            }
            for version in sorted(versions, key=lambda v: str(v.object_uuid))
        ],
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def seal_after(previous: str, digest: str) -> str:
    """The seal of a changeset that follows another in the chain."""
    return hashlib.sha256((previous + digest).encode()).hexdigest()


@transaction.atomic
def seal_committed(after: object = None) -> int:
    """Seal what waits, in the order of numbers, AT_ONCE at most; returns how many.

    `after` is for the outbox, which says what it follows.
    """
    ChainEnd.objects.get_or_create(pk=1)
    end = ChainEnd.objects.select_for_update().get(pk=1)
    unsealed = ChangeSet.objects.filter(position=None).exclude(digest="")
    waiting = unsealed.order_by("number").values_list("number", "digest")
    sealed = []
    for number, digest in waiting[:AT_ONCE]:
        end.position += 1
        end.seal = seal_after(end.seal, digest)
        sealed.append(ChangeSet(number=number, position=end.position, seal=end.seal))
    ChangeSet.objects.bulk_update(sealed, ["position", "seal"], batch_size=250)
    end.save()
    return len(sealed)


def check_chain() -> Iterator[ChainFault]:
    """Every place where the record does not agree with its seals; reads only.

    One altered changeset is one fault, not one for each that follows it. Changesets
    that wait for their seal are compared with their digest.
    """
    position, seal = 0, ""
    sealed = ChangeSet.objects.exclude(position=None).order_by("position")
    for changeset in _with_versions(sealed):
        if changeset.position != position + 1:
            yield ChainFault(
                changeset.number,
                f"stands at {changeset.position} of the chain, after {position}",
            )
        yield from _faults_of(changeset)
        if changeset.seal != seal_after(seal, changeset.digest):
            yield ChainFault(changeset.number, "does not carry the seal it should")
        position, seal = changeset.position or 0, changeset.seal
    end = ChainEnd.objects.filter(pk=1).first() or ChainEnd()
    if (end.position, end.seal) != (position, seal):
        yield ChainFault(0, f"ends at {position}; it was sealed up to {end.position}")
    for changeset in _with_versions(ChangeSet.objects.filter(position=None)):
        yield from _faults_of(changeset)


def _with_versions(changesets: QuerySet[ChangeSet]) -> Iterator[ChangeSet]:
    return changesets.prefetch_related("versions").iterator(chunk_size=AT_ONCE)


def _faults_of(changeset: ChangeSet) -> Iterator[ChainFault]:
    if changeset.digest != digest_of(changeset, changeset.versions.all()):
        yield ChainFault(changeset.number, "does not say what it said when recorded")


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
