"""Stories are written as plain paragraphs, and keep the markup of what stays."""

import pytest

from branches.suggesting.story import as_plain, rewritten

STORY = (
    '<p>It <b>roars</b> through the <a href="https://example.org">woods</a>.</p>'
    "<ul><li>Two tunnels</li><li>One helix</li></ul>"
    "<p>Nobody forgets it.</p>"
)


def test_a_story_reads_as_paragraphs() -> None:
    assert as_plain(STORY) == (
        "It roars through the woods.\n\nTwo tunnels\n\nOne helix\n\nNobody forgets it."
    )


def test_a_story_that_is_left_alone_stays_as_it_is() -> None:
    assert rewritten(STORY, as_plain(STORY)) == STORY
    assert rewritten(STORY, as_plain(STORY).replace("\n", "\r\n")) == STORY


def test_only_a_paragraph_that_is_rewritten_becomes_plain() -> None:
    text = as_plain(STORY).replace("Nobody forgets it.", "Nobody forgets <it>.")

    made = rewritten(STORY, text)

    assert made == STORY.replace("forgets it", "forgets &lt;it&gt;")


def test_a_list_item_that_is_rewritten_stays_an_item() -> None:
    made = rewritten(STORY, as_plain(STORY).replace("One helix", "A double helix"))

    assert "<ul><li>Two tunnels</li><li>A double helix</li></ul>" in made


def test_a_paragraph_that_is_added_or_removed_leaves_the_rest() -> None:
    added = rewritten(STORY, f"{as_plain(STORY)}\n\nWho built it?")
    removed = rewritten(STORY, "Nobody forgets it.")

    assert added == f"{STORY}<p>Who built it?</p>"
    assert removed == "<p>Nobody forgets it.</p>"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a & b", '"quoted"'])
def test_nothing_that_is_typed_becomes_markup(text: str) -> None:
    made = rewritten("", text)

    assert as_plain(made) == text
    assert "<script" not in made


def test_a_line_within_a_paragraph_is_broken() -> None:
    assert rewritten("", "One\ntwo") == "<p>One<br/>two</p>"
    assert as_plain("<p>One<br/>two</p>") == "One\ntwo"


def test_a_list_whose_first_item_goes_is_still_well_formed() -> None:
    made = rewritten(STORY, as_plain(STORY).replace("Two tunnels\n\n", ""))

    assert as_plain(made) == as_plain(STORY).replace("Two tunnels\n\n", "")
    assert made.count("<ul>") == made.count("</ul>")
