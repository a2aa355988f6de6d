"""Stories are shown without anything the editor's own field would not write."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.markup import ALLOWED, TOKEN, cleaned

BITS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<a",
        "href='/x'>",
        "</a>",
        "<ul>",
        "<li>",
        "<script>",
        "</script>",
        "<img",
        "<svg",
        "on=1>",
        "<!--",
        "-->",
        "<",
        ">",
        '"',
        "'",
        "&",
        "&lt;",
        "words",
        "<br/>",
        "<p",
        "<style>",
        "<h1>",
    ]
)


def test_what_editors_write_is_shown_as_it_is() -> None:
    written = (
        '<p data-block-key="a1b2">A <b>bold</b> <i>ride</i> of <a linktype="page" '
        'id="12">Cedar Point</a>,<br/>10<sup>2</sup> m &amp; <a href="https://example'
        '.org/?a=1&amp;b=2">more</a></p><ul><li data-block-key="c3">One</li></ul>'
    )

    assert cleaned(written) == written


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<p onclick=x style='y'>a</p>", "<p>a</p>"),
        ("<a href='javascript:x'>a</a>", "<a>a</a>"),
        ("<a href='java&#115;cript:x'>a</a>", "<a>a</a>"),
        ("<a href=' jav\tascript:x'>a</a>", "<a>a</a>"),
        ("<a linktype='document' id='1'>a</a>", "<a>a</a>"),
        (
            "<a href='/x\" onclick=y' href='/z'>a</a>",
            '<a href="/x&quot; onclick=y">a</a>',
        ),
        ("<img src=x onerror=y><iframe srcdoc='z'>a", "a"),
        ("<h1>a</h1><form>b</form>", "ab"),
        ("<svg><style><p>a</style>b", "b"),
        ("<b>a", "<b>a</b>"),
        ("<p><b>a</p>b</b>", "<p><b>a</b></p>b"),
        ("</p></div>a", "a"),
        ("1 < 2", "1 &lt; 2"),
        ("<p", "<p></p>"),
    ],
)
def test_what_they_cannot_write_is_left_out(stored: str, shown: str) -> None:
    assert cleaned(stored) == shown


@given(st.lists(BITS, max_size=12))
@settings(max_examples=60)
def test_whatever_is_stored_only_known_tags_are_left(bits: list[str]) -> None:
    shown = cleaned("".join(bits))

    tags = [token["tag"] for token in TOKEN.finditer(shown) if "<" in token[0]]
    assert set(tags) <= ALLOWED
    assert cleaned(shown) == shown
