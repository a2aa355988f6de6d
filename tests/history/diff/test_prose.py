"""Texts told apart by sentences, then words, at a cost that is known beforehand."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from history.diff.markup import pieces_of
from history.diff.prose import BARE_WORD, WORD, Comparison, Piece, Side, compare, plain
from history.diff.sequences import (
    LARGEST_TABLE,
    LARGEST_TEXT,
    LARGEST_WORK,
    MOST_LETTERS,
    Work,
    align,
)


def told_apart(before: str, after: str) -> list[tuple[str, str]]:
    return runs_of(compare(plain(before), plain(after), Work()))


def runs_of(comparison: Comparison) -> list[tuple[str, str]]:
    return [
        (str(run.side), "".join(piece.text for piece in run.pieces))
        for run in comparison.runs
    ]


def side_of(comparison: Comparison, side: Side) -> str:
    return "".join(
        text for name, text in runs_of(comparison) if name in (Side.BOTH, side)
    )


def squeezed(text: str) -> str:
    return "".join(text.split())


sentences = st.lists(
    st.sampled_from(
        ["It is old.", "It is vast!", "A park", " on  a lake", "\n", "湖の"]
    ),
    max_size=12,
).map("".join)


@given(sentences, sentences)
def test_each_side_reads_as_its_own_text(before: str, after: str) -> None:
    comparison = compare(plain(before), plain(after), Work())

    assert squeezed(side_of(comparison, Side.AFTER)) == squeezed(after)
    assert squeezed(side_of(comparison, Side.BEFORE)) == squeezed(before)


@given(st.text(max_size=300))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert not compare(plain(text), plain(text), Work()).is_change


@given(st.text(max_size=200))
def test_words_and_their_keys_are_as_many(text: str) -> None:
    words = WORD.findall(text.lstrip())

    assert [word.rstrip() for word in words] == BARE_WORD.findall(text)
    assert "".join(words) == text.lstrip()


@given(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)))
def test_an_alignment_covers_both_sequences_in_their_order(
    one: list[int], other: list[int]
) -> None:
    stretches = align(one, other, Work())

    assert [n for s in stretches for n in one[s.start : s.end]] == one
    assert [n for s in stretches for n in other[s.other_start : s.other_end]] == other
    assert all(
        one[s.start : s.end] == other[s.other_start : s.other_end]
        for s in stretches
        if s.is_equal
    )


def test_only_the_words_that_changed_are_marked() -> None:
    assert told_apart(
        "It opened in 1870. It is old.", "It opened in 1871. It is old."
    ) == [
        ("both", "It opened in "),
        ("before", "1870"),
        ("after", "1871"),
        ("both", ". It is old.\n"),
    ]


def test_an_added_sentence_is_added_whole() -> None:
    assert told_apart(
        "It is old. It is vast.", "It is old. It shines. It is vast."
    ) == [
        ("both", "It is old. "),
        ("after", "It shines. "),
        ("both", "It is vast.\n"),
    ]


def test_a_rewritten_sentence_is_replaced_rather_than_crumbled() -> None:
    runs = told_apart(
        "The oldest of the parks is on a lake.", "A new wheel turns in front of it."
    )

    assert runs == [
        ("before", "The oldest of the parks is on a lake."),
        ("after", "A new wheel turns in front of it."),
        ("both", "\n"),
    ]


def test_more_space_between_words_is_no_change() -> None:
    assert told_apart("A  vast park", "A vast park") == [("both", "A vast park\n")]


def test_scripts_without_spaces_are_compared_sign_by_sign() -> None:
    assert ("after", "海") in told_apart(
        "公園は湖の近くにある。", "公園は海の近くにある。"
    )


def test_a_paragraph_cut_in_two_keeps_its_words() -> None:
    runs = told_apart("It is old. It is vast.", "It is old. \nIt is vast.")

    assert "".join(text for side, text in runs if side == "after") == "\n"
    assert not [text for side, text in runs if side == "before"]


def test_styles_are_part_of_a_word() -> None:
    before, after = (
        pieces_of(f"<p>A {word} park</p>") for word in ("vast", "<b>vast</b>")
    )

    comparison = compare(before, after, Work())

    changed = [
        piece for run in comparison.runs if run.side != "both" for piece in run.pieces
    ]
    assert Piece("vast", ("b",)) in changed
    assert "".join(piece.text.strip() for piece in changed) == "vastvast"


def words(number: int, vocabulary: int, seed: int) -> str:
    chance = random.Random(seed)
    return " ".join(f"w{chance.randrange(vocabulary)}" for _ in range(number))


HALF = LARGEST_TEXT // 2 - 10
HOSTILE = {
    "equal tokens": ("a " * (HALF // 2), "a " * (HALF // 2 - 3)),
    "two tokens": (words(HALF // 3, 2, 1), words(HALF // 3, 2, 2)),
    "nothing in common": (words(60_000, 90_000, 1), words(60_000, 90_000, 2)),
    "one giant word": ("a" * HALF, "b" + "a" * (HALF - 1)),
    "no sentence ends": (words(90_000, 4000, 1), "x " + words(90_000, 4000, 1)),
    "sentence ends only": ("." * HALF, "!" * HALF),
    "a line for each sign": ("a\n" * (HALF // 2), "b\n" * (HALF // 2)),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_text_takes_more_work_than_is_allowed(kind: str) -> None:
    before, after = HOSTILE[kind]
    work = Work()

    comparison = compare(plain(before), plain(after), work)

    assert work.used <= LARGEST_WORK
    assert squeezed(side_of(comparison, Side.AFTER)) == squeezed(after)
    assert len(comparison.runs) < 60_000


def test_a_table_beyond_the_limit_is_not_paid_for() -> None:
    work = Work()

    assert not work.takes(LARGEST_TABLE, 2)
    assert work.used == 0
    assert work.takes(LARGEST_TABLE, 1)
    assert work.left == LARGEST_WORK - LARGEST_TABLE


def test_of_long_rewritten_texts_only_so_much_is_told_apart_by_words() -> None:
    work = Work()
    before = ". ".join(f"sentence {n} is about rides" for n in range(20_000))
    after = before.replace("rides", "coasters")

    compare(plain(before), plain(after), work)

    assert 0 <= work.letters < MOST_LETTERS // 10


def test_a_text_too_large_is_compared_by_paragraphs_and_says_so() -> None:
    paragraphs = [f"Paragraph {n} is about rides. " * 100 for n in range(600)]
    changed = [*paragraphs[:300], "This one is new.", *paragraphs[301:]]

    comparison = compare(
        plain("\n".join(paragraphs)), plain("\n".join(changed)), Work()
    )

    assert not comparison.is_complete
    assert [text for side, text in runs_of(comparison) if side != "both"] == [
        f"{paragraphs[300]}\n",
        "This one is new.\n",
    ]


def test_what_stands_in_a_moved_landmark_is_still_found() -> None:
    before = words(9_000, 100_000, 3).split()
    after = [*before[:4_000], "new", *before[4_000:]]

    stretches = align(before, after, Work(left=1))

    assert [s for s in stretches if not s.is_equal] == [
        (False, 4_000, 4_000, 4_000, 4_001)
    ]
