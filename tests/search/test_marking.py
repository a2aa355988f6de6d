"""What a text was found by is marked in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.marking import LONGEST_PASSAGE, holds, marked, passage
from search.questions import Question


def shown(text: str, asked: str) -> str:
    pieces = marked(text, Question.of(asked))
    return "".join(f"[{p.text}]" if p.is_asked else p.text for p in pieces)


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Millennium Force", "millennium force", "[Millennium] [Force]"),
        ("Nürnberg, Bayern", "nurnberg", "[Nürnberg], Bayern"),
        ("Witches' Wheel", "witches", "[Witches'] Wheel"),
        ("L'Oiseau de feu", "oiseau", "[L'Oiseau] de feu"),
        ("Coaster Express", "coast", "[Coaster] Express"),
        ("Top Thrill 2", "thrill 2", "Top [Thrill] [2]"),
        ("Area 51", "5", "Area 51"),
        ("富士急ハイランド", "ハイ", "富士急[ハイ]ランド"),
        ("Tom & Jerry <b>", "b", "Tom & Jerry <[b]>"),
        ("The Beast", "zzyzx", "The Beast"),
    ],
)
def test_words_are_marked_as_they_are_written(
    text: str, asked: str, expected: str
) -> None:
    assert shown(text, asked) == expected


@given(st.text(max_size=60), st.text(max_size=30))
def test_marking_loses_no_letter(text: str, asked: str) -> None:
    assert "".join(piece.text for piece in marked(text, Question.of(asked))) == text


def test_a_title_and_a_place_may_hold_the_words_together() -> None:
    asked = Question.of("beast kings island")

    assert holds(["The Beast", "Kings Island"], asked)
    assert not holds(["The Beast"], asked)


def test_the_sentence_that_says_most_is_shown() -> None:
    prose = ["It opened in 1979. A long ride through the woods. Wood and woods. Gone."]

    assert passage(prose, Question.of("ride woods")) == "A long ride through the woods."


def test_a_long_sentence_is_cut_around_the_word() -> None:
    prose = [f"{'before ' * 80}needle {'after ' * 80}"]

    cut = passage(prose, Question.of("needle"))

    assert "needle" in cut
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert len(cut) <= LONGEST_PASSAGE + 4
