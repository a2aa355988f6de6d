"""Finding pages by words, best first."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Q, Value, When

from wagtail.models import Page

from parks.gathering import PublicPages
from search.bags import Expression, Term, all_of, any_of
from search.documents import GONE, IN_NAME, OPEN, kind_mark
from search.models import Entry, Kind, Story
from search.questions import WHOLE, Question
from search.spelling import respelt

# Nobody reads on after so many; what has more answers needs another word.
MOST_HITS = 500
# How well a hit answers, the best being 0 to 3: its whole name is, or begins with, what
# was asked (see WHOLE). Then all words are in its names, all begin words of its names,
# one is in a name, none is, and the words are in its story only.
IN_A_NAME, BEGUN_IN_A_NAME, PARTLY_IN_A_NAME, ELSEWHERE, IN_A_STORY = range(
    len(WHOLE), len(WHOLE) + 5
)


class Hit(NamedTuple):
    """A page found. The lower its class, the better it answers."""

    pk: int
    kind: Kind
    rank: int
    class_: int


@dataclass(frozen=True, slots=True)
class Found:
    """The hits in their order, and the question they answer.

    When all of them were too many to look at, nobody has counted them by kind.
    `asked` differs from the question where a misspelling was corrected.
    """

    hits: list[Hit]
    question: Question
    asked: Question
    counts: dict[Kind, int] | None = None
    is_cut: bool = False

    @property
    def is_corrected(self) -> bool:
        return self.question != self.asked


def find(asked: Question, public: PublicPages, kind: Kind | None = None) -> Found:
    """Public pages that hold every word; where none does, those that were meant."""
    entries = entries_for(public)
    question, hits = asked, _hits(asked, entries)
    if not hits and (meant := respelt(asked, entries)):
        question, hits = meant, _hits(meant, entries)
    is_cut = len(hits) > MOST_HITS
    counts = None if is_cut else dict(Counter(hit.kind for hit in hits))
    if kind is not None and is_cut:
        hits = _hits(question, entries, kind)
        is_cut = len(hits) > MOST_HITS
    elif kind is not None:
        hits = [hit for hit in hits if hit.kind == kind]
    return Found(hits[:MOST_HITS], question, asked, counts, is_cut)


def suggest(asked: Question, public: PublicPages, *, most: int) -> Found:
    """The best hits by name, place or maker, for somebody who is still typing."""
    entries = entries_for(public)
    question, hits = asked, _suggestions(asked, entries, most)
    if not hits and (meant := respelt(asked, entries)):
        question, hits = meant, _suggestions(meant, entries, most)
    return Found(hits, question, asked)


def entries_for(public: PublicPages) -> Any:
    """Entries of pages that everybody may read, whatever the index has missed."""
    entries = Entry.objects.all()
    for path in public.closed_paths:
        closed = Page.objects.filter(path__startswith=path)
        entries = entries.exclude(page__in=closed.values("pk"))
    return entries


def _hits(question: Question, entries: Any, kind: Kind | None = None) -> list[Hit]:
    """One more than MOST_HITS where there are more."""
    of_kind = entries if kind is None else entries.filter(kind=kind)
    hits = _named(question, of_kind, question.anywhere(), most=MOST_HITS + 1)
    if len(hits) <= MOST_HITS:
        known = {hit.pk for hit in hits}
        told = _told(question, entries, kind)
        hits += [hit for hit in told if hit.pk not in known]
    return hits[: MOST_HITS + 1]


def _suggestions(question: Question, entries: Any, most: int) -> list[Hit]:
    begun = any_of(
        question.whole(mark, begins=True) for mark, begins in WHOLE if begins
    )
    hits = _named(question, entries, begun, most=most)
    if len(hits) < most and question.says_enough():
        hits = _named(question, entries, question.anywhere(), most=most)
    return hits


def _named(
    question: Question, entries: Any, which: Expression, *, most: int
) -> list[Hit]:
    """The first entries that hold an expression, those named as asked before others."""
    class_ = Case(
        # Most are of the last class, and one look tells.
        When(~Q(bag__holds=question.touching_a_name()), then=Value(ELSEWHERE)),
        *(
            When(bag__holds=question.whole(mark, begins=begins), then=Value(number))
            for number, (mark, begins) in enumerate(WHOLE)
        ),
        When(bag__holds=question.in_full(IN_NAME), then=Value(IN_A_NAME)),
        When(bag__holds=question.in_a_name(), then=Value(BEGUN_IN_A_NAME)),
        When(bag__holds=question.partly_in_a_name(), then=Value(PARTLY_IN_A_NAME)),
        default=Value(ELSEWHERE),
        output_field=IntegerField(),
    )
    found = entries.filter(bag__holds=which).annotate(class_=class_)
    rows = found.order_by("class_", "-rank", "pk")
    return _as_hits(rows.values_list("pk", "kind", "rank", "class_")[:most])


def _told(question: Question, entries: Any, kind: Kind | None) -> list[Hit]:
    """Pages with all the words somewhere, those of what is still there first."""
    words = [question.in_full()]
    if kind is not None:
        words.append(Term(kind_mark(kind)))
    hits = _stories(entries, all_of(words))
    if len(hits) > MOST_HITS:
        # Any 500 of thousands would do, were it not for those that can be visited.
        hits = _stories(entries, all_of([*words, Term(OPEN)]))
        if len(hits) <= MOST_HITS:
            hits += _stories(entries, all_of([*words, Term(GONE)]))
    return hits


def _stories(entries: Any, which: Expression) -> list[Hit]:
    stories = Story.objects.filter(bag__holds=which)
    if entries.query.where:
        stories = stories.filter(entry__in=entries.values("pk"))
    rows = stories.values_list("pk", "entry__kind", "entry__rank", Value(IN_A_STORY))
    hits = _as_hits(rows[: MOST_HITS + 1])
    # The database would rather sort all of them than find a few: not by it, then.
    return sorted(hits, key=lambda hit: (-hit.rank, hit.pk))


def _as_hits(rows: Any) -> list[Hit]:
    return [Hit(pk, Kind(kind), rank, class_) for pk, kind, rank, class_ in rows]
