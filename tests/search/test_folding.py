"""What readers take for the same text is the same to the search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.folding import fold, grams, keys_of, terms_of, words_of

NAMES = st.text(
    st.characters(categories=["L", "N"], max_codepoint=0x24F), min_size=1, max_size=20
)


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    once = fold(text)

    assert fold(once) == once


@given(NAMES)
def test_a_name_in_capitals_is_the_same_name(name: str) -> None:
    assert fold(name.upper()) == fold(name)
    assert words_of(f"  {name}! ") == words_of(name)


@given(st.text())
def test_no_word_holds_a_sign_that_could_mean_something(text: str) -> None:
    assert [
        w for w in terms_of(text) if not w or set(w) & set("'\" =~+#_&|!:*()\\\0")
    ] == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_words_come_in_their_order(first: str, second: str) -> None:
    assert words_of(f"{first} {second}") == [*words_of(first), *words_of(second)]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Nürnberg", "NURNBERG"),
        ("Łódź", "lodz"),
        ("Tusenfryd Ørland", "tusenfryd orland"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Ёлка", "елка"),
        ("Ώμεγα", "ωμεγα"),
        ("مُحَمَّد", "محمد"),
        ("\uff37\uff49\uff44\uff45", "wide"),
        ("Kings’ Island", "king's island"),
        ("Witches' Wheel", "witches wheel"),
        ("X-Flight", "x flight"),
    ],
)
def test_accents_case_and_signs_make_no_other_word(written: str, typed: str) -> None:
    assert words_of(written.replace("s’", "’s")) == words_of(typed)


def test_marks_that_make_another_letter_are_kept() -> None:
    assert words_of("ガンダム") != words_of("カンタム")
    assert words_of("हिन्दी चेन") == ["हिन्दी", "चेन"]


def test_what_no_text_can_hold_only_parts_words() -> None:
    assert words_of("a\ud800b\x00c\ufffdd") == ["a", "b", "c", "d"]


def test_script_without_spaces_is_taken_in_pairs() -> None:
    assert words_of("USJパーク") == ["usj", "パーク"]
    assert grams("富士急") == ["富士", "士急", "急"]


def test_a_part_behind_an_apostrophe_is_found_as_well() -> None:
    assert set(terms_of("L'Oiseau")) == {"loiseau", "oiseau"}


def test_a_name_is_known_without_its_article() -> None:
    assert keys_of("The Beast") == {"the_beast", "beast"}
    assert keys_of("Raptor") == {"raptor"}
    assert keys_of("!?") == set()
