"""Changes between two contents, without database or page."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from history.diff.changes import (
    MISSING,
    Added,
    Changed,
    Moved,
    PinMoved,
    Removed,
    apply,
)
from history.diff.comparing import diff, structured
from history.diff.shapes import Kind, Shape

BLOCKS = {
    "paragraph": Shape(Kind.RICH),
    "quote": Shape(Kind.STRUCT, parts={"text": Shape(Kind.TEXT)}),
    "list": Shape(Kind.LIST, parts={"item": Shape(Kind.TEXT)}),
}
PARK = Shape(
    Kind.STRUCT,
    parts={
        "title": Shape(Kind.TEXT),
        "latitude": Shape(Kind.NUMBER),
        "longitude": Shape(Kind.NUMBER),
        "names": Shape(Kind.ROWS, parts={"text": Shape(Kind.TEXT)}),
        "tagged_items": Shape(Kind.TAGS, target="taggit.tag"),
        "body": Shape(Kind.STREAM, parts=BLOCKS),
    },
    pin=("latitude", "longitude"),
)

texts = st.text(max_size=6)
values: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(-9, 9), texts
)
# Few identities, so that both sides share some, and some twice; none at all too.
identities = st.sampled_from(["a", "b", "c", "d", "#0", "#+1"])
rows: st.SearchStrategy[Any] = st.lists(
    st.fixed_dictionaries(
        {"text": values}, optional={"uuid": identities, "height": values}
    ),
    max_size=6,
)
blocks: st.SearchStrategy[Any] = st.deferred(
    lambda: st.lists(
        st.fixed_dictionaries(
            {
                "type": st.sampled_from([*BLOCKS, "unknown"]),
                "value": st.one_of(
                    values,
                    st.dictionaries(st.sampled_from(["text", "by"]), values),
                    blocks,
                ),
            },
            optional={"id": st.one_of(st.none(), identities)},
        ),
        max_size=4,
    )
)
contents = st.fixed_dictionaries(
    {},
    optional={
        "title": values,
        "latitude": values,
        "longitude": values,
        "names": st.one_of(st.none(), rows),
        "tagged_items": st.lists(
            st.fixed_dictionaries({"tag": st.integers(1, 4)}), max_size=4
        ),
        "body": st.one_of(st.none(), blocks),
        "no longer known": st.one_of(values, rows),
    },
)


@given(contents, contents)
def test_applying_the_changes_to_the_older_content_gives_the_newer(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert apply(diff(PARK, before, after), before) == after


@given(contents)
def test_a_content_does_not_differ_from_itself(content: dict[str, Any]) -> None:
    assert diff(PARK, content, content) == []


@given(st.permutations(list("abcdefgh")))
def test_reordered_rows_are_moves_and_nothing_else(order: list[str]) -> None:
    before = {"names": [{"uuid": name, "text": name} for name in "abcdefgh"]}
    after = {"names": [{"uuid": name, "text": name} for name in order]}

    changes = diff(PARK, before, after)

    assert all(isinstance(change, Moved) for change in changes)
    assert apply(changes, before) == after


def test_a_row_moved_to_the_front_is_the_only_one_that_moved() -> None:
    before = {"names": [{"uuid": name} for name in "abcd"]}
    after = {"names": [{"uuid": name} for name in "dabc"]}

    assert diff(PARK, before, after) == [Moved(("names", "d"), was=3, position=0)]


def test_rows_are_matched_by_uuid_whatever_else_changed() -> None:
    before = {"names": [{"uuid": "a", "text": "Old"}, {"uuid": "b", "text": "Gone"}]}
    after = {"names": [{"uuid": "c", "text": "New"}, {"uuid": "a", "text": "Renamed"}]}

    assert diff(PARK, before, after) == [
        Removed(("names", "b"), 1, {"uuid": "b", "text": "Gone"}),
        Added(("names", "c"), 0, {"uuid": "c", "text": "New"}),
        Changed(("names", "a", "text"), "Old", "Renamed"),
    ]


def test_a_block_that_moved_and_changed_is_both() -> None:
    quote = {"type": "quote", "id": "q", "value": {"text": "Fast"}}
    others = [{"type": "paragraph", "id": name, "value": name} for name in "ab"]
    before = {"body": [quote, *others]}
    after = {"body": [*others, {**quote, "value": {"text": "Faster"}}]}

    assert diff(PARK, before, after) == [
        Moved(("body", "q"), was=0, position=2),
        Changed(("body", "q", "value", "text"), "Fast", "Faster"),
    ]


def test_a_block_of_another_type_replaces_the_old_one() -> None:
    before = {"body": [{"type": "paragraph", "id": "x", "value": "Tall"}]}
    after = {"body": [{"type": "heading", "id": "x", "value": "Tall"}]}

    (change,) = diff(PARK, before, after)

    assert change == Changed(("body", "x"), before["body"][0], after["body"][0])


def test_blocks_without_identity_are_matched_by_content_then_by_type() -> None:
    def block(kind: str, value: str) -> dict[str, str]:
        return {"type": kind, "value": value}

    before = {"body": [block("paragraph", "One"), block("paragraph", "Two")]}
    after = {
        "body": [
            block("quote", "New"),
            block("paragraph", "One"),
            block("paragraph", "Twice"),
        ]
    }

    assert diff(PARK, before, after) == [
        Added(("body", "#+0"), 0, block("quote", "New")),
        Changed(("body", "#1", "value"), "Two", "Twice"),
    ]


def test_items_of_a_list_inside_a_block_are_matched_by_identity() -> None:
    def story(*items: tuple[str, str]) -> dict[str, Any]:
        inner = [{"type": "item", "id": key, "value": text} for key, text in items]
        return {"body": [{"type": "list", "id": "l", "value": inner}]}

    changes = diff(PARK, story(("a", "1"), ("b", "2")), story(("b", "2"), ("a", "one")))

    path = ("body", "l", "value")
    assert Changed((*path, "a", "value"), "1", "one") in changes
    assert [type(change) for change in changes].count(Moved) == 1


def test_both_coordinates_are_one_change() -> None:
    before = {"latitude": "41.1", "longitude": "-82.6"}
    after = {"latitude": "41.1", "longitude": "-82.7"}

    assert diff(PARK, before, after) == [
        PinMoved((), ("latitude", "longitude"), ("41.1", "-82.6"), ("41.1", "-82.7"))
    ]


def test_a_tag_is_added_or_removed_never_turned_into_another() -> None:
    before = {"tagged_items": [{"tag": 1}, {"tag": 2}]}
    after = {"tagged_items": [{"tag": 2}, {"tag": 3}]}

    assert diff(PARK, before, after) == [
        Removed(("tagged_items", "1"), 0, {"tag": 1}),
        Added(("tagged_items", "3"), 1, {"tag": 3}),
    ]


def test_a_fact_that_is_not_there_is_not_the_same_as_an_empty_one() -> None:
    assert diff(PARK, {}, {"title": None}) == [Changed(("title",), MISSING, None)]


def test_a_stream_is_read_from_its_stored_text() -> None:
    stored = {"body": '[{"type": "paragraph", "value": "x", "id": "a"}]', "title": "[]"}

    content = structured(PARK, stored)

    assert content["body"] == [{"type": "paragraph", "value": "x", "id": "a"}]
    assert content["title"] == "[]"


def test_a_broken_stream_stays_the_text_it_is() -> None:
    for stored in ("[{", "null", '["a"]', "[" * 100_000):
        assert structured(PARK, {"body": stored}) == {"body": stored}


def test_ten_thousand_blocks_turned_round_are_compared_in_few_steps() -> None:
    before = {"body": [{"type": "p", "id": str(n), "value": n} for n in range(10_000)]}
    after = {"body": before["body"][::-1]}

    changes = diff(PARK, before, after)

    assert len(changes) == 9_999
    assert apply(changes, before) == after


def test_ten_thousand_blocks_without_identity_are_compared_all_the_same() -> None:
    before = {"body": [{"type": "p", "value": n % 7} for n in range(10_000)]}
    after = {"body": [{"type": "p", "value": n % 11} for n in range(10_000)]}

    assert apply(diff(PARK, before, after), before) == after
