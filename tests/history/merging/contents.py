"""Small contents of an imagined park, and edits of them, for tests of the merge."""

import json
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from history.diff.shapes import Kind, Shape

TEXT, RICH = Shape(Kind.TEXT), Shape(Kind.RICH)
STORY = Shape(
    Kind.STREAM,
    parts={
        "paragraph": RICH,
        "quote": Shape(Kind.STRUCT, parts={"text": TEXT, "by": TEXT}),
        "list": Shape(Kind.LIST, parts={"item": TEXT}),
    },
)
PARK = Shape(
    Kind.STRUCT,
    parts={
        "title": TEXT,
        "slug": TEXT,
        "names": Shape(Kind.ROWS, parts={"text": TEXT, "ended": TEXT}),
        "city": TEXT,
        "notes": TEXT,
        "latitude": Shape(Kind.NUMBER),
        "longitude": Shape(Kind.NUMBER),
        "height": Shape(Kind.MEASURE),
        "body": STORY,
        "tracks": Shape(Kind.ROWS, parts={"name": TEXT, "height": Shape(Kind.MEASURE)}),
        "periods": Shape(Kind.ROWS, parts={"began": TEXT}),
        "tags": Shape(Kind.TAGS),
    },
    coupled=(
        ("title", "slug", "names"),
        ("latitude", "longitude"),
        ("periods",),
    ),
)

NOTES = (
    "The park opened on the shore of the lake in 1870. It had a bath house, a dance "
    "floor and a beer garden.\n"
    "The first coaster was built in 1892 and stood for ten years.\n"
    "A causeway was built in 1957.\n"
)


def blocks(*parts: tuple[str, str, Any]) -> str:
    """A stored story from id, type and value of its blocks."""
    return json.dumps([{"id": i, "type": t, "value": v} for i, t, v in parts])


BASE: dict[str, Any] = {
    "title": "Cedar Point",
    "slug": "cedar-point",
    "names": [{"uuid": "n1", "text": "Cedar Point", "ended": ""}],
    "city": "Sandusky",
    "notes": NOTES,
    "latitude": "41.48",
    "longitude": "-82.68",
    "height": "310 ft",
    "body": blocks(
        ("b1", "paragraph", "<p>A park on a peninsula.</p><p>It has 17 coasters.</p>"),
        ("b2", "quote", {"text": "The best.", "by": "A guest"}),
        ("b3", "list", [{"id": "i1", "type": "item", "value": "Beach"}]),
        ("b4", "paragraph", "<p>The end.</p>"),
    ),
    "tracks": [
        {"uuid": "t1", "name": "Red", "height": "30 m"},
        {"uuid": "t2", "name": "Blue", "height": "31 m"},
        {"uuid": "t3", "name": "Green", "height": "32 m"},
    ],
    "periods": [{"uuid": "p1", "began": "1870"}],
    "tags": [{"tag": 1}, {"tag": 2}],
}


def edited(**facts: Any) -> dict[str, Any]:
    """The base with some facts replaced."""
    return {**deepcopy(BASE), **facts}


_word = st.sampled_from(["alpha", "beta", "gamma", "delta", "omega"])
_key = st.sampled_from([f"k{number}" for number in range(7)])


def _unique(items: list[Any], name: str) -> list[Any]:
    return list({item[name]: item for item in items}.values())


_quote = st.fixed_dictionaries({"text": _word, "by": _word})
_paragraph = st.lists(_word, max_size=6).map(
    lambda words: "".join(f"<p>{word} {word}s</p>" for word in words)
)
_items = st.lists(
    st.fixed_dictionaries({"id": _key, "type": st.just("item"), "value": _word}),
    max_size=4,
).map(lambda items: _unique(items, "id"))
_block: st.SearchStrategy[Any] = st.one_of(
    *(
        st.fixed_dictionaries({"id": _key, "type": st.just(kind), "value": value})
        for kind, value in (
            ("quote", _quote),
            ("paragraph", _paragraph),
            ("list", _items),
        )
    )
)
_row = st.fixed_dictionaries({"uuid": _key, "name": _word, "height": _word})
_name = st.fixed_dictionaries({"uuid": _key, "text": _word, "ended": _word})


def _rows(row: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(row, max_size=5).map(lambda rows: _unique(rows, "uuid"))


# Any content of a park, with keys so few that two of them share many.
contents = st.fixed_dictionaries(
    {
        "title": _word,
        "slug": _word,
        "names": _rows(_name),
        "city": _word,
        "notes": st.lists(_word, max_size=8).map(
            lambda words: "".join(f"{word}\n" for word in words)
        ),
        "height": st.one_of(st.none(), _word),
        "body": st.lists(_block, max_size=5).map(
            lambda found: json.dumps(_unique(found, "id"))
        ),
        "tracks": _rows(_row),
        "periods": _rows(_row),
        "tags": st.lists(
            st.integers(1, 5).map(lambda tag: {"tag": tag}), unique_by=str, max_size=4
        ),
    },
    optional={"latitude": _word, "longitude": _word},
)


def _block_edited(content: dict[str, Any], at: int, change: Any) -> dict[str, Any]:
    story = json.loads(content["body"])
    story[at] = change(story[at])
    return {**content, "body": json.dumps(story)}


# Edits of BASE, no two of which touch the same thing.
APART: dict[str, Any] = {
    "city": lambda c: {**c, "city": "Huron"},
    "rename": lambda c: {**c, "title": "Cedar", "slug": "cedar"},
    "pin": lambda c: {**c, "latitude": "41.50", "longitude": "-82.70"},
    "first line": lambda c: {**c, "notes": c["notes"].replace("lake", "Lake Erie")},
    "last line": lambda c: {**c, "notes": c["notes"].replace("A causeway", "A road")},
    "tag in": lambda c: {**c, "tags": [*c["tags"], {"tag": 9}]},
    "tag out": lambda c: {**c, "tags": [t for t in c["tags"] if t["tag"] != 1]},
    "period": lambda c: {**c, "periods": [{"uuid": "p1", "began": "1871"}]},
    "row name": lambda c: {
        **c,
        "tracks": [
            {**row, "name": "Crimson"} if row["uuid"] == "t1" else row
            for row in c["tracks"]
        ],
    },
    "row height": lambda c: {
        **c,
        "tracks": [
            {**row, "height": "99 ft"} if row["uuid"] == "t1" else row
            for row in c["tracks"]
        ],
    },
    "row out": lambda c: {
        **c,
        "tracks": [row for row in c["tracks"] if row["uuid"] != "t2"],
    },
    "row in": lambda c: {
        **c,
        "tracks": [*c["tracks"], {"uuid": "t9", "name": "New", "height": ""}],
    },
    "paragraph": lambda c: _block_edited(
        c, 0, lambda b: {**b, "value": b["value"].replace("17", "18")}
    ),
    "quote": lambda c: _block_edited(
        c, 1, lambda b: {**b, "value": {**b["value"], "by": "An owner"}}
    ),
    "nested": lambda c: _block_edited(
        c,
        2,
        lambda b: {
            **b,
            "value": [*b["value"], {"id": "i2", "type": "item", "value": "Hotel"}],
        },
    ),
}
