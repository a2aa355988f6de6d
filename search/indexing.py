"""Keeping the index in step with the pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.dispatch import Signal

from wagtail.models import Page

from search.documents import Document, document_of
from search.lexicon import forget_all_but, learn, learn_after_commit, newest_word
from search.models import Entry, Story
from search.reading import MODEL_OF, dependents_of, read_subjects

AT_ONCE = 500
# An editor who renames the maker of more pages does not wait for all of them.
MOST_WITHIN_A_PUBLISH = 1_000

# Sent with `lenders` after the commit, when more pages than that follow from them.
many_to_follow = Signal()


@transaction.atomic
def refresh(pages: Iterable[int]) -> int:
    """Index these pages as they are now, and those that took words over from them.

    What is not public loses its entry. Returns how many entries changed.
    """
    outcomes = [_refresh(ids) for ids in _slices(set(pages))]
    if lenders := set[int]().union(*(outcome.lenders for outcome in outcomes)):
        dependents = dependents_of(lenders)
        if len(dependents) <= MOST_WITHIN_A_PUBLISH:
            # What takes words over lends none of them on.
            outcomes += [_refresh(ids) for ids in _slices(dependents)]
        else:
            _send_after_commit(lenders)
    _learn_after_commit(outcomes)
    return sum(outcome.changed for outcome in outcomes)


def index_dependents(lenders: Iterable[int]) -> None:
    """Index what took words over from these pages, some of it at a time."""
    for ids in _slices(dependents_of(lenders)):
        with transaction.atomic():
            _learn_after_commit([_refresh(ids)])


def rebuild() -> Iterator[int]:
    """Index every page anew, some at a time; yields how many are done so far.

    Search goes on meanwhile. Words that stand in no name any more are forgotten.
    """
    lessons: set[str] = set()
    known_before = newest_word()
    pages = Page.objects.order_by("pk").values_list("pk", flat=True)
    last, done = 0, 0
    while ids := list(pages.filter(pk__gt=last)[:AT_ONCE]):
        with transaction.atomic():
            lessons |= _refresh(ids).lessons
        last = ids[-1]
        done += len(ids)
        yield done
    learn(lessons)
    forget_all_but(lessons, until=known_before)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of indexing some pages: how many entries changed, which of the pages
    lend other words than before, and all words of the names and places."""

    changed: int
    lenders: set[int]
    lessons: set[str]


def _refresh(ids: list[int]) -> _Outcome:
    # Whoever indexes the same page waits here, and reads what we leave behind.
    known = {
        entry.pk: entry
        for entry in Entry.objects.select_for_update()
        .filter(pk__in=ids)
        .defer("bag")
        .order_by("pk")
    }
    documents = {one.pk: one for one in map(document_of, read_subjects(ids))}
    fresh = [
        document
        for pk, document in documents.items()
        if pk not in known or known[pk].digest != document.digest
    ]
    gone = known.keys() - documents.keys()
    if fresh:
        write(fresh)
    if gone:
        Entry.objects.filter(pk__in=gone).delete()
    return _Outcome(
        changed=len(fresh) + len(gone),
        lenders={pk for pk in ids if _lent(known, pk) != _lent(documents, pk)},
        lessons=set[str]().union(*(one.lessons for one in documents.values())),
    )


def _learn_after_commit(outcomes: Iterable[_Outcome]) -> None:
    changed = (outcome.lessons for outcome in outcomes if outcome.changed)
    learn_after_commit(set[str]().union(*changed))


def _send_after_commit(lenders: set[int]) -> None:
    transaction.on_commit(
        lambda: many_to_follow.send(sender=None, lenders=sorted(lenders)), robust=True
    )


def _lent(rows: Mapping[int, Entry | Document], pk: int) -> str:
    return rows[pk].lent if pk in rows else ""


def rows_of(documents: list[Document]) -> tuple[list[Entry], list[Story]]:
    """What the tables hold of documents, in memory."""
    entries = [
        Entry(
            page_id=one.pk,
            kind=one.kind,
            rank=one.rank,
            bag=one.bag,
            digest=one.digest,
            lent=one.lent,
        )
        for one in documents
    ]
    return entries, [Story(entry_id=one.pk, bag=one.story) for one in documents]


def write(documents: list[Document]) -> None:
    """Store entries and stories in place of those there are."""
    entries, stories = rows_of(documents)
    Entry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=["kind", "rank", "bag", "digest", "lent"],
    )
    Story.objects.bulk_create(
        stories,
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["bag"],
    )


def _slices(ids: Iterable[int]) -> Iterator[list[int]]:
    left = iter(sorted(ids))
    while some := list(islice(left, AT_ONCE)):
        yield some


def pages_below(page: Page) -> list[int]:
    """A page and those below it, of the kinds that can be found."""
    below = Page.objects.filter(path__startswith=page.path).type(*MODEL_OF.values())
    return list(below.order_by("pk").values_list("pk", flat=True))
