"""What somebody meant whose words are found nowhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from math import prod
from operator import itemgetter
from typing import Any, TypeAlias

from search.bags import FEW_TERMS, Expression, Term, all_of, any_of, holding_any
from search.documents import IN_NAME, OFFICIAL, OTHER
from search.lexicon import known_words, near_words
from search.models import Story
from search.questions import Question

MOST_NAMES = 120
MOST_LOOKED_AT = 40
SHORTEST_HALF = 3


Choice: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a question: for each word what it may be, with its mistakes.

    Words that `go_on` stand for whatever begins with them.
    """

    words: tuple[Mapping[str, int], ...]
    go_on: frozenset[str] = frozenset()

    def nearest(self) -> "Reading":
        """Only what has the fewest mistakes."""
        fewest = (min(word.values()) for word in self.words)
        kept = (
            {choice: mistakes for choice, mistakes in word.items() if mistakes == least}
            for word, least in zip(self.words, fewest, strict=True)
        )
        return replace(self, words=tuple(kept))

    def names(self) -> dict[Term, Choice]:
        """What a page could be called; nothing when that would be too many names."""
        if prod(map(len, self.words)) > MOST_NAMES:
            return {}
        return {
            Term(mark + "_".join(choice), choice[-1] in self.go_on): choice
            for choice in product(*self.words)
            for mark in (OFFICIAL, OTHER)
        }

    def holding(self, mark: str = "") -> Expression:
        """What pages hold that have one choice for each word."""
        return all_of(
            any_of(self._term(choice, mark) for choice in word) for word in self.words
        )

    def parts(self) -> Iterator["Reading"]:
        """The reading, or that of a single word a few choices at a time.

        Nothing else narrows a single word down, and the index takes few choices only.
        """
        if len(self.words) > 1:
            yield self
            return
        choices = sorted(self.words[0].items(), key=itemgetter(1, 0))
        for start in range(0, len(choices), FEW_TERMS):
            some = dict(choices[start : start + FEW_TERMS])
            yield replace(self, words=(some,))

    def chosen_in(self, held: set[str], mark: str) -> Choice:
        """The choice with the fewest mistakes that a page holds."""
        return tuple(
            min(
                (mistakes, choice)
                for choice, mistakes in word.items()
                if _is_held(self._term(choice, mark), held)
            )[1]
            for word in self.words
        )

    def mistakes(self, choice: Choice) -> int:
        return sum(word[w] for word, w in zip(self.words, choice, strict=True))

    def _term(self, choice: str, mark: str) -> Term:
        return Term(mark + choice, choice in self.go_on)


def _is_held(term: Term, held: set[str]) -> bool:
    if term.begins:
        return any(word.startswith(term.word) for word in held)
    return term.word in held


def respelt(asked: Question, entries: Any) -> Question | None:
    """The question with its misspelt words corrected so that pages answer it.

    None when no such pages are among the entries.
    """
    for reading in _readings(asked):
        chosen = _best(reading, entries)
        if chosen and chosen != asked.required:
            return asked.with_words(chosen)
    return None


def _readings(asked: Question) -> Iterator[Reading]:
    """The words one by one; then two taken for one; then one taken for two."""
    words = asked.required
    pairs = [first + second for first, second in pairwise(words)]
    begun = words[-1] if asked.is_typing else None
    near = near_words([*words, *pairs], begun=begun)
    if begun:
        near[begun] |= {begun: 0}
    go_on = frozenset(
        word
        for word in words
        if asked.may_go_on(word) and (word == begun or not near[word])
    )
    single = [near[word] or {word: 0} for word in words]
    yield Reading(tuple(single), go_on)
    for number, pair in enumerate(pairs):
        if near[pair]:
            joined = (*single[:number], near[pair], *single[number + 2 :])
            yield Reading(joined, go_on)
    yield from _parted(words, single)


def _parted(
    words: Sequence[str], single: Sequence[Mapping[str, int]]
) -> Iterator[Reading]:
    halves = {
        (number, word[:at], word[at:])
        for number, word in enumerate(words)
        for at in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
    }
    known = known_words(half for _, *both in halves for half in both)
    for number, first, second in sorted(halves):
        if first in known and second in known:
            parted = ({first: 0}, {second: 0})
            yield Reading((*single[:number], *parted, *single[number + 1 :]))


def _best(reading: Reading, entries: Any) -> Choice | None:
    """The choice with the fewest mistakes, in a name before anywhere else."""
    stories = Story.objects.filter(entry__in=entries.values("pk"))
    return (
        _as_a_name(reading, entries)
        or _in_bags(reading.nearest(), entries, IN_NAME)
        or _in_bags(reading, entries, IN_NAME)
        or _in_bags(reading, entries)
        or _in_bags(reading, stories, rank="entry__rank")
    )


def _as_a_name(reading: Reading, entries: Any) -> Choice | None:
    names = reading.names()
    choices = (
        choice
        for held in _best_ranked(holding_any(entries, names, "rank", "pk", "bag"))
        for name, choice in names.items()
        if _is_held(name, held)
    )
    return min(choices, key=reading.mistakes, default=None)


def _in_bags(
    reading: Reading, rows: Any, mark: str = "", *, rank: str = "rank"
) -> Choice | None:
    for part in reading.parts():
        fitting = rows.filter(bag__holds=part.holding(mark)).order_by(f"-{rank}", "pk")
        found = fitting.values_list(rank, "pk", "bag")[:MOST_LOOKED_AT]
        choices = [part.chosen_in(held, mark) for held in _best_ranked(found)]
        if choices:
            return min(choices, key=reading.mistakes)
    return None


def _best_ranked(rows: Iterable[tuple[int, int, str]]) -> list[set[str]]:
    """The bags of the rows that would come first, as sets of words."""
    ordered = sorted(rows, key=lambda row: (-row[0], row[1]))
    return [set(bag.split()) for _, _, bag in ordered[:MOST_LOOKED_AT]]
