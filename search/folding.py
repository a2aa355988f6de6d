"""Texts as they are compared: without case, accents and signs, in any script.

Whatever is indexed and whatever is asked goes through here, so both databases see the
same words and neither has a word of its own about what a word is.
"""

import re
import unicodedata
from collections.abc import Iterator

# Marks a reader may leave out: accents of Latin, Greek and Cyrillic, points of Hebrew
# and Arabic. In Indic and Thai script, and in kana, marks make another letter.
_OPTIONAL_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4]+"
)
# Letters that no decomposition takes apart, and the stretched line of Arabic.
_LETTERS = str.maketrans(
    {
        **dict(zip("øđðłħŋŧƒ", "oddlhntf", strict=True)),
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "\u0131": "i",  # dotless
        "\u0640": None,
    }
)
# The sign itself, as typewriters, typesetters and keyboards of many countries have it.
APOSTROPHES = "'\u2019\u02bc\u02bb`\u00b4\u2032\uff07"
_APOSTROPHES = re.compile(rf"(?<=\w)[{APOSTROPHES}](?=\w)")
_SIGN = re.compile(r"[^\w\s]|_")
# Scripts written without spaces between words, or with endings grown onto them: Thai,
# Lao, Myanmar, Khmer, Han, kana, Hangul.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+"
)
LONGEST_WORD = 40
LONGEST_KEY = 200
ARTICLES = frozenset({"a", "an", "the", "der", "die", "das", "la", "le", "les", "el"})


def fold(text: str) -> str:
    """What two spellings that mean the same to a reader have in common.

    Folding twice changes nothing more.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFKD", plain)
    bare = _OPTIONAL_MARKS.sub("", apart).translate(_LETTERS)
    return unicodedata.normalize("NFKC", bare).casefold()


def words_of(text: str) -> list[str]:
    """The words of a text, folded. "King's" is "kings"; a dash parts two words."""
    joined = _APOSTROPHES.sub("", fold(text))
    return [piece for word in _split(joined) for piece in _by_script(word)]


def key_of(text: str) -> str:
    """A whole name as one word, by which names are compared as they stand."""
    return "_".join(words_of(text))[:LONGEST_KEY]


def keys_of(name: str) -> set[str]:
    """The name as a key, and again without its article, which readers leave out."""
    key = key_of(name)
    first, _, rest = key.partition("_")
    return {key, rest} - {""} if first in ARTICLES else {key} - {""}


def is_unspaced(word: str) -> bool:
    """Whether a word is a stretch of script in which words cannot be told apart."""
    return _UNSPACED.match(word) is not None


def grams(word: str) -> list[str]:
    """What a word is indexed as: itself, or its overlapping pairs of letters.

    The last letter stands alone, so that every letter begins something.
    """
    if not is_unspaced(word):
        return [word]
    return [word[at : at + 2] for at in range(len(word))]


def terms_of(text: str) -> Iterator[str]:
    """Everything a text can be found by. Parts of "l'oiseau" count as well."""
    for word in words_of(text):
        yield from grams(word)
    if _APOSTROPHES.search(text):
        yield from (part for part in words_of(_APOSTROPHES.sub(" ", text)) if part[1:])


def _split(text: str) -> list[str]:
    spaced = _SIGN.sub(_mark_or_space, text)
    return [word[:LONGEST_WORD] for word in spaced.split()]


def _mark_or_space(found: re.Match[str]) -> str:
    """A vowel sign belongs to its word, though it is no letter."""
    sign = found[0]
    return sign if unicodedata.category(sign).startswith("M") else " "


def _by_script(word: str) -> Iterator[str]:
    """The parts of "USJパーク", each in one kind of script."""
    end = 0
    for stretch in _UNSPACED.finditer(word):
        if stretch.start() > end:
            yield word[end : stretch.start()]
        yield stretch[0]
        end = stretch.end()
    if end < len(word):
        yield word[end:]
