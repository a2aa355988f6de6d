"""A misspelt question finds what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parks.gathering import PublicPages
from search.documents import Subject
from search.finding import find, suggest
from search.lexicon import mistakes_allowed, remains_of
from search.models import Kind
from search.questions import Question
from tests.factories.findable import make_findable

NAMES = (
    "Millennium Force",
    "Phantasialand",
    "Alton Towers",
    "Cedar Point",
    "Cedar Fair",
    "Force of Nature",
    "Millennium Flyer",
    "Nürnberg Volksfest",
    "Taron",
    "Tower of Terror",
    "Point Pleasant",
    "富士急ハイランド",
)
KEYS = {name: 20_001 + number for number, name in enumerate(NAMES)}


@pytest.fixture
def _names(db: None) -> None:
    """A wiki of names that are like each other here and there."""
    make_findable(
        Subject(
            pk=pk,
            kind=Kind.RIDE,
            official=(name,),
            prose=("With a launched track.",) if name == "Taron" else (),
        )
        for name, pk in KEYS.items()
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("_names")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("milenium force", "Millennium Force"),
        ("milennium forse", "Millennium Force"),
        ("Force Milenium", "Millennium Force"),
        ("phantasialnd", "Phantasialand"),
        ("phantasia land", "Phantasialand"),
        ("altno towers", "Alton Towers"),
        ("the altontowers", "Alton Towers"),
        ("ceder point", "Cedar Point"),
        ("cedarpoint", "Cedar Point"),
        ("nuernberg", "Nürnberg Volksfest"),
        ("tarron", "Taron"),
        ("tarn launched", "Taron"),
    ],
)
def test_the_page_that_was_meant_comes_first(typed: str, meant: str) -> None:
    outcome = find(Question.of(typed), PublicPages())

    assert outcome.hits[0].pk == KEYS[meant]
    assert outcome.is_corrected


@pytest.mark.django_db
@pytest.mark.usefixtures("_names")
@pytest.mark.parametrize("typed", ["millennium force", "cedar", "taron launched"])
def test_what_is_found_as_it_stands_is_not_corrected(typed: str) -> None:
    outcome = find(Question.of(typed), PublicPages())

    assert outcome.hits
    assert not outcome.is_corrected


@pytest.mark.django_db
@pytest.mark.usefixtures("_names")
@pytest.mark.parametrize(
    "typed", ["zzyzx", "pt", "millennium zzyzx", "1234567", "ハイ急"]
)
def test_what_nobody_can_have_meant_finds_nothing(typed: str) -> None:
    outcome = find(Question.of(typed), PublicPages())

    assert outcome.hits == []
    assert outcome.counts == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("_names")
@pytest.mark.parametrize("typed", ["milen", "mileniu", "milenium fo", "phantaisa"])
def test_a_misspelt_beginning_is_understood_while_typing(typed: str) -> None:
    outcome = suggest(Question.of(typed, is_typing=True), PublicPages(), most=8)

    best = "Phantasialand" if typed.startswith("ph") else "Millennium Force"
    assert KEYS[best] in {hit.pk for hit in outcome.hits[:2]}


@given(
    st.text("abcdefgh", min_size=3, max_size=14),
    st.lists(
        st.tuples(st.sampled_from("drsi"), st.integers(0, 13), st.sampled_from("abz")),
        max_size=2,
    ),
)
def test_a_word_with_few_mistakes_has_something_in_common_with_it(
    word: str, mistakes: list[tuple[str, int, str]]
) -> None:
    misspelt = word
    for kind, place, letter in mistakes[: mistakes_allowed(word)]:
        misspelt = _with_mistake(misspelt, kind, place % len(misspelt), letter)
    if mistakes_allowed(misspelt) < mistakes_allowed(word):
        return

    assert remains_of(word) & remains_of(misspelt)


def _with_mistake(word: str, kind: str, at: int, letter: str) -> str:
    """One letter dropped, replaced, swapped with the next, or put in."""
    match kind:
        case "d":
            return word[:at] + word[at + 1 :]
        case "r":
            return word[:at] + letter + word[at + 1 :]
        case "s":
            return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    return word[:at] + letter + word[at:]
