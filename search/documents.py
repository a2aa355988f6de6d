"""What a page is found by, made from what search knows of it. Asks no database."""

import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from search.folding import grams, is_unspaced, keys_of, terms_of
from search.models import Kind

# Marks in front of a word, none of which a word can begin with: a whole official name,
# any other whole name, a word of a name, and a property that no reader types.
OFFICIAL, OTHER, IN_NAME, PROPERTY = "=", "~", "+", "#"
OPEN, GONE = f"{PROPERTY}open", f"{PROPERTY}gone"

# More different words than these make a book, and nothing would be found by the rest.
# PostgreSQL takes no more than a megabyte of them.
MOST_NAMES = 200
MOST_WORDS_OF_NAMES = 1_000
MOST_WORDS = 3_000
SHORTEST_LESSON = 3
MOST_FOLLOWERS = 180


@dataclass(frozen=True, slots=True)
class Subject:
    """A public page as search knows it.

    `about` are places, makers and the like by name, `labels` words that thousands of
    pages share, `lends` what other pages take over from this one.
    """

    pk: int
    kind: Kind
    official: tuple[str, ...]
    others: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    lends: tuple[str, ...] = ()
    is_gone: bool = False
    followers: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """The rows to write for a page, and the words a misspelling can be meant for."""

    pk: int
    kind: Kind
    rank: int
    bag: str
    story: str
    lent: str
    lessons: frozenset[str] = field(compare=False)

    @property
    def digest(self) -> str:
        """The same for the same rows."""
        return _digest(str(self.kind), str(self.rank), self.bag, self.story, self.lent)


def document_of(subject: Subject) -> Document:
    """What to write for a page."""
    official, others = subject.official[:MOST_NAMES], subject.others[:MOST_NAMES]
    names = _some_terms((*official, *others))
    plain = names | _some_terms(subject.about)
    whole = {OFFICIAL + key for name in official for key in keys_of(name)}
    other = {OTHER + key for name in others for key in keys_of(name)}
    marked = {IN_NAME + word for word in names}
    story = plain | _some_terms(subject.labels)
    story |= {kind_mark(subject.kind), GONE if subject.is_gone else OPEN}
    for word in _terms(subject.prose):
        if len(story) >= MOST_WORDS:
            break
        story.add(word)
    return Document(
        pk=subject.pk,
        kind=subject.kind,
        rank=rank_of(subject),
        bag=" ".join(sorted(plain | whole | other | marked)),
        story=" ".join(sorted(story)),
        lent=_digest(*subject.lends) if subject.lends else "",
        lessons=frozenset(filter(_is_lesson, plain)),
    )


def kind_mark(kind: Kind) -> str:
    """The word that a story of this kind holds."""
    return f"{PROPERTY}{kind.name.lower()}"


def rank_of(subject: Subject) -> int:
    """What is there before what is gone, better known kinds first, then the popular."""
    popular = min(int(20 * math.log2(1 + subject.followers)), MOST_FOLLOWERS)
    kinds = (len(Kind) - subject.kind) * (MOST_FOLLOWERS + 1)
    there = 0 if subject.is_gone else len(Kind) * (MOST_FOLLOWERS + 1)
    return there + kinds + popular


def _terms(texts: Iterable[str]) -> Iterator[str]:
    return (word for text in texts for word in terms_of(text))


def _some_terms(texts: Iterable[str]) -> set[str]:
    return set(islice(_terms(texts), MOST_WORDS_OF_NAMES))


def _is_lesson(word: str) -> bool:
    return (
        len(word) >= SHORTEST_LESSON
        and not word.isdigit()
        and not any(map(is_unspaced, grams(word)))
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
