"""Showing in a text what it was found by."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from search.folding import APOSTROPHES, fold, is_unspaced, terms_of, words_of
from search.questions import Question

_SENTENCE = re.compile("(?<=[.!?…])\\s+|(?<=[\u3002\uff01\uff1f])|\n+")
LONGEST_PASSAGE = 220


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, and whether the question asked for it."""

    text: str
    is_asked: bool


def marked(text: str, question: Question) -> list[Piece]:
    """The text in pieces, those asked for apart from the others."""
    pieces: list[Piece] = []
    for piece in _pieces(text, question):
        if pieces and pieces[-1].is_asked == piece.is_asked:
            piece = Piece(pieces.pop().text + piece.text, piece.is_asked)
        pieces.append(piece)
    return pieces


def holds(texts: Iterable[str], question: Question) -> bool:
    """Whether these texts together hold every word that was asked for."""
    terms = [word for text in texts for word in _findable(text)]
    return all(
        any(_answers(term, word, question) for term in terms)
        for word in question.required
    )


def passage(texts: Iterable[str], question: Question) -> str:
    """The sentence of a story that holds most of the words, cut to a few lines."""
    sentences = (part for text in texts for part in _SENTENCE.split(text) if part)
    best, most = "", 0
    for sentence in sentences:
        folded = fold(sentence)
        count = sum(word in folded for word in question.required)
        if count > most:
            best, most = sentence, count
        if most == len(question.required):
            break
    return _around(best, question)


def _around(sentence: str, question: Question) -> str:
    if len(sentence) <= LONGEST_PASSAGE:
        return sentence
    before = next((p.text for p in marked(sentence, question) if not p.is_asked), "")
    start = min(len(before), len(sentence) - LONGEST_PASSAGE)
    start = 0 if start < LONGEST_PASSAGE // 2 else start - LONGEST_PASSAGE // 4
    if start:
        start = sentence.find(" ", start) + 1
    end = start + LONGEST_PASSAGE
    if end < len(sentence):
        end = max(sentence.rfind(" ", start, end), start + 1)
    before, after = "… " * (start > 0), " …" * (end < len(sentence))
    return f"{before}{sentence[start:end].strip()}{after}"


def _pieces(text: str, question: Question) -> Iterator[Piece]:
    for is_word, letters in groupby(text, key=_is_of_a_word):
        chunk = "".join(letters)
        if not is_word:
            yield Piece(chunk, is_asked=False)
        elif is_unspaced(fold(chunk)[:1]) and len(fold(chunk)) == len(chunk):
            yield from _stretches(chunk, question)
        else:
            asked = any(
                _answers(term, word, question)
                for term in _findable(chunk)
                for word in question.required
            )
            yield Piece(chunk, asked)


def _stretches(chunk: str, question: Question) -> Iterator[Piece]:
    """Only what was asked of a stretch without spaces, wherever in it that stands."""
    asked = [re.escape(word) for word in question.required if is_unspaced(word)]
    found = re.finditer("|".join(asked), fold(chunk)) if asked else ()
    end = 0
    for match in found:
        yield Piece(chunk[end : match.start()], is_asked=False)
        yield Piece(match[0] and chunk[match.start() : match.end()], is_asked=True)
        end = match.end()
    yield Piece(chunk[end:], is_asked=False)


def _answers(term: str, word: str, question: Question) -> bool:
    if is_unspaced(word):
        return word in term
    return term == word or (question.may_go_on(word) and term.startswith(word))


def _findable(text: str) -> set[str]:
    """The words of a text, whole where `terms_of` has pairs of letters."""
    return {*words_of(text), *(term for term in terms_of(text) if len(term) > 2)}


def _is_of_a_word(letter: str) -> bool:
    return (
        letter.isalnum()
        or letter in APOSTROPHES
        or unicodedata.category(letter).startswith("M")
    )
