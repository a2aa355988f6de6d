"""Keeping the finder's table in step with the pages. Every write goes through here."""

from collections.abc import Iterable, Iterator

from django.db import transaction

from parks.gathering import gather
from parks.models import RidePage
from search.finder.deriving import facts_of, parts_of
from search.finder.models import FinderChange, RideFacts

AT_ONCE = 500
# So many changes and the record of them begins anew: everybody reads everything once.
MOST_CHANGES = 1000

_COLUMNS = [
    field.name for field in RideFacts._meta.concrete_fields if not field.primary_key
]


@transaction.atomic
def keep_in_step(rides: Iterable[int]) -> None:
    """Compute the facts of these rides anew. Of rides that are not live none are kept.

    Call it in the transaction of the change when the rows of the pages are stored.
    """
    for keys in _chunks(sorted(set(rides))):
        kept = _store(keys)
        gone = set(keys) - kept
        if gone:
            RideFacts.objects.filter(pk__in=gone).delete()
        note_change(rides=keys)


@transaction.atomic
def forget(rides: Iterable[int]) -> None:
    """Keep nothing of rides that are about to go."""
    for keys in _chunks(sorted(set(rides))):
        RideFacts.objects.filter(pk__in=keys).delete()
        note_change(rides=keys)


@transaction.atomic
def rebuild() -> int:
    """Compute the facts of every live ride anew; returns how many there are."""
    RideFacts.objects.all().delete()
    keys = list(
        RidePage.objects.filter(live=True).order_by("pk").values_list("pk", flat=True)
    )
    for some in _chunks(keys):
        _store(some)
    note_everything()
    return len(keys)


def note_change(*, rides: Iterable[int] = (), parks: Iterable[int] = ()) -> None:
    """Let every process read these rides, or all rides of these parks, once more."""
    noted = FinderChange.objects.bulk_create(
        [
            *(FinderChange(ride_id=key) for key in rides),
            *(FinderChange(park_id=key) for key in parks),
        ]
    )
    if any(change.pk % MOST_CHANGES == 0 for change in noted):
        note_everything()


def note_everything() -> None:
    """Let every process read everything once more, and begin the record anew."""
    # What somebody else is about to delete, or has not committed yet, stays: a change
    # that is noted twice does no harm.
    old = FinderChange.objects.select_for_update(skip_locked=True)
    keys = list(old.values_list("pk", flat=True))
    for some in _chunks(keys):
        FinderChange.objects.filter(pk__in=some).delete()
    FinderChange.objects.create()


def _store(keys: list[int]) -> set[int]:
    """Write the facts of those that are live; returns their keys."""
    facts = facts_of(gather(parts_of(RidePage.objects.filter(pk__in=keys, live=True))))
    RideFacts.objects.bulk_create(
        facts,
        update_conflicts=True,
        unique_fields=["ride"],
        update_fields=_COLUMNS,
    )
    return {fact.ride_id for fact in facts}


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
