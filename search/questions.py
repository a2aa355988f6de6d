"""A question as the index is asked it."""

from dataclasses import dataclass, replace

from search.bags import Expression, Term, all_of, any_of
from search.documents import IN_NAME, OFFICIAL, OTHER
from search.folding import grams, is_unspaced, keys_of, words_of

MOST_WORDS = 20
# Fewer letters begin too many words to say anything.
FEWEST_LETTERS_TO_BEGIN = 3
# What holds a question together. Hardly any name would be missed for want of them.
GLUE = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the"})


@dataclass(frozen=True, slots=True)
class Question:
    """Words to look for. The last one may not be complete while somebody types."""

    words: tuple[str, ...]
    is_typing: bool = False

    @classmethod
    def of(cls, text: str, *, is_typing: bool = False) -> "Question":
        """The question in a text; without words when it consists of signs."""
        return cls(tuple(words_of(text)[:MOST_WORDS]), is_typing)

    def with_words(self, words: tuple[str, ...]) -> "Question":
        return replace(self, words=words)

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def required(self) -> tuple[str, ...]:
        """The words without those that hold the question together, if others remain."""
        telling = tuple(word for word in self.words if word not in GLUE)
        return telling or self.words

    def whole(self, mark: str, *, begins: bool = False) -> Expression:
        """A name that is, or begins with, the question as it stands."""
        keys = sorted(keys_of(self.text))
        return any_of(Term(mark + key, begins) for key in keys)

    def in_a_name(self) -> Expression:
        return all_of(self._spelt(word, IN_NAME) for word in self.required)

    def touching_a_name(self) -> Expression:
        return any_of(self._spelt(word, IN_NAME) for word in self.required)

    def partly_in_a_name(self) -> Expression:
        return any_of(self._as_it_stands(word, IN_NAME) for word in self.required)

    def anywhere(self) -> Expression:
        return all_of(self._spelt(word) for word in self.required)

    def in_full(self, mark: str = "") -> Expression:
        """Every word as it stands. In stories beginnings would hold too much."""
        return all_of(self._as_it_stands(word, mark) for word in self.required)

    def is_worth_suggesting(self) -> bool:
        """Whether so little begins few enough names."""
        return bool(self.words) and (len(self.text) > 1 or not self.text.isascii())

    def says_enough(self) -> bool:
        """Whether it pays to look at all names with this in them, while typing."""
        last = self.required[-1]
        return is_unspaced(last) or len(last) >= FEWEST_LETTERS_TO_BEGIN

    def _as_it_stands(self, word: str, mark: str) -> Expression:
        return self._spelt(word, mark) if is_unspaced(word) else Term(mark + word)

    def _spelt(self, word: str, mark: str = "") -> Expression:
        if is_unspaced(word):
            pairs = grams(word)[:-1]
            if not pairs:
                return Term(mark + word, begins=True)
            return all_of(Term(mark + pair) for pair in pairs)
        return Term(mark + word, self.may_go_on(word))

    def may_go_on(self, word: str) -> bool:
        """Whether longer words that begin with it count as well."""
        if self.is_typing and word == self.words[-1]:
            return True
        return len(word) >= FEWEST_LETTERS_TO_BEGIN and not word.isdigit()


# How a name answers as a whole, from the best on: its mark, and whether it goes on.
WHOLE = (
    (OFFICIAL, False),
    (OTHER, False),
    (OFFICIAL, True),
    (OTHER, True),
)
