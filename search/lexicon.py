"""The words of all names and places, and which of them a misspelling can be meant for.

A misspelling and its word have something in common once some letters are left out of
both. So each word is kept with what is left of its beginning without one or two
letters, and a misspelling is looked up by the same.
"""

from collections.abc import Iterable
from itertools import combinations

from django.db import connection, transaction
from django.db.models import Max

from rapidfuzz.distance import OSA

from search.bags import Term, holding_any
from search.models import Word

# The beginning in which letters are left out; longer ones find no more words.
BEGINNING = 6
AT_ONCE = 1_000
MOST_NEAR = 40


def mistakes_allowed(word: str) -> int:
    """How many letters of a word may be wrong, missing, swapped or too many."""
    if len(word) < 3 or word.isdigit():
        return 0
    return 1 if len(word) < 6 else 2


def remains_of(word: str) -> set[str]:
    """The beginning of a word without as many of its letters as may be mistaken."""
    beginning = word[:BEGINNING]
    fewest = len(beginning) - (2 if len(word) > 3 else 1)
    return {
        "".join(letters)
        for size in range(max(fewest, 1), len(beginning) + 1)
        for letters in combinations(beginning, size)
    }


def known_words(words: Iterable[str]) -> set[str]:
    """Those of the words that are in the lexicon."""
    return set(Word.objects.filter(text__in=set(words)).values_list("text", flat=True))


def near_words(
    asked: Iterable[str], *, begun: str | None = None
) -> dict[str, dict[str, int]]:
    """For each word asked those near it, with the number of mistakes, fewest first.

    `begun` is a word that may not be complete yet: its beginning is compared.
    """
    asked = list(dict.fromkeys(asked))
    remains = {part for word in asked for part in remains_of(word) if part}
    rows = holding_any(Word.objects.all(), map(Term, sorted(remains)), "text")
    candidates = [text for (text,) in rows]
    return {word: _nearest(word, candidates, word == begun) for word in asked}


def _nearest(word: str, candidates: Iterable[str], is_begun: bool) -> dict[str, int]:
    most = mistakes_allowed(word)
    found = {}
    for candidate in candidates:
        mistakes = OSA.distance(word, candidate, score_cutoff=most)
        if is_begun and mistakes > most:
            mistakes = min(
                OSA.distance(word, candidate[:length], score_cutoff=most)
                for length in range(len(word) - most, len(word) + most + 1)
            )
        if mistakes <= most:
            found[candidate] = mistakes
    best = sorted(found, key=lambda candidate: (found[candidate], candidate))
    return {candidate: found[candidate] for candidate in best[:MOST_NEAR]}


def learn(words: Iterable[str]) -> None:
    """Add words that are not known yet. Two at once may learn the same ones."""
    lesson = sorted(set(words))
    for start in range(0, len(lesson), AT_ONCE):
        some = lesson[start : start + AT_ONCE]
        known = known_words(some)
        Word.objects.bulk_create(
            [
                Word(text=word, bag=" ".join(remains_of(word)))
                for word in some
                if word not in known
            ],
            ignore_conflicts=True,
        )


class _Lesson:
    """Words to learn once the transaction is through."""

    def __init__(self) -> None:
        self.words: set[str] = set()

    def __call__(self) -> None:
        learn(self.words)


def learn_after_commit(words: set[str]) -> None:
    """Learn these once the transaction is through, in one of their own.

    An import writes for minutes. Nobody who publishes meanwhile shall wait because a
    word is new to both.
    """
    if not words:
        return
    waiting = (entry[1] for entry in connection.run_on_commit)
    lesson = next((one for one in waiting if isinstance(one, _Lesson)), None)
    if lesson is None:
        lesson = _Lesson()
        transaction.on_commit(lesson, robust=True)
    lesson.words |= words


def newest_word() -> int:
    """The key of the word learnt last."""
    return Word.objects.aggregate(newest=Max("pk"))["newest"] or 0


def forget_all_but(words: set[str], *, until: int) -> None:
    """Drop every other word that was learnt up to this key."""
    known = Word.objects.filter(pk__lte=until).values_list("pk", "text")
    gone = [pk for pk, text in known.iterator() if text not in words]
    for start in range(0, len(gone), AT_ONCE):
        Word.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
