"""Rich text read as pieces: what of an author's markup is left."""

import pytest

from history.diff.markup import MOST_TAGS, pieces_of
from history.diff.prose import BREAK, Piece


def ends(*pieces: Piece, kind: str = "p") -> list[Piece]:
    return [*pieces, Piece("\n", (BREAK, kind))]


def test_paragraphs_headings_and_list_items_end_as_what_they_are() -> None:
    html = "<h2>Rides</h2><p>Old &amp; vast</p><ul><li>One</li><li>Two</li></ul>"

    assert pieces_of(html) == [
        *ends(Piece("Rides"), kind="heading"),
        *ends(Piece("Old & vast")),
        *ends(Piece("One"), kind="bullet-1"),
        *ends(Piece("Two"), kind="bullet-1"),
    ]


def test_items_of_nested_lists_know_their_depth() -> None:
    html = "<ol><li>One<ul><li>Under one</li></ul></li><li>Two</li></ol>"

    kinds = [piece.style[1] for piece in pieces_of(html) if piece.is_break]

    assert kinds == ["number-1", "bullet-2", "number-1"]


def test_styles_are_kept_in_one_order_however_they_are_nested() -> None:
    assert pieces_of("<b><i>x</i></b>") == pieces_of("<i><b>x</b></i>")
    assert pieces_of("<strong>x</strong>") == pieces_of("<b>x</b>")


def test_links_are_known_by_where_they_lead() -> None:
    html = (
        '<p><a linktype="page" id="12" onclick="x()">page</a>'
        '<a href="https://example.org/?a=1&amp;b=2">out</a>'
        '<a linktype="page" id="x">broken</a></p>'
    )

    styles = [piece.style for piece in pieces_of(html) if not piece.is_break]

    assert styles == [
        ("link:page:12",),
        ("link:to:https://example.org/?a=1&b=2",),
        ("link:to:",),
    ]


def test_pictures_are_pieces_without_text() -> None:
    html = '<embed embedtype="image" id="4" alt="The gate" format="left"/>'

    assert pieces_of(html) == ends(Piece("", ("image", "4", "The gate", "left")))


def test_what_is_never_shown_is_dropped_with_its_text() -> None:
    html = "<p>a<script>alert(1)</script><!-- <b> --><style>p{}</style>b</p>"

    assert "".join(piece.text for piece in pieces_of(html)) == "ab\n"


@pytest.mark.parametrize(
    "html",
    [
        *("<b>" * 50_000, "<" * 500_000, '<a href="' * 50_000, "<!--" * 100_000),
        *("<script " * 50_000, "<a " + "a" * 500_000, "<ul><li>x" * 10_000),
        *("&amp" * 100_000, "<a " + "a= " * 100_000, "</p>" * 100_000),
    ],
)
def test_broken_markup_is_read_to_its_end(html: str) -> None:
    pieces = pieces_of(html)

    assert len(pieces) <= html.count("<") * 2 + 2


def test_a_text_of_tags_only_is_shown_without_them() -> None:
    html = "<p>x</p>" * MOST_TAGS

    assert all(piece.style in ((), (BREAK, "p")) for piece in pieces_of(html))
