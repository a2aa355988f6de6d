"""What becomes of two people's changes of one page."""

import json
import re
from typing import Any

import pytest

from history.diff.changes import MISSING
from history.diff.schema import schema_of
from history.diff.shapes import Kind, Shape
from history.merging import (
    ConflictKind,
    NoSuchConflict,
    Own,
    Result,
    Side,
    UnfitChoice,
    merge,
    resolve,
)
from history.merging.texts import Hunk, merge_texts
from parks.models import ParkPage, RidePage
from tests.history.merging.contents import APART, BASE, NOTES, PARK, blocks, edited


def merged(ours: dict[str, Any], theirs: dict[str, Any]) -> Result:
    return merge(PARK, BASE, ours, theirs)


def tracks(*rows: tuple[str, str, str]) -> list[dict[str, str]]:
    return [{"uuid": u, "name": n, "height": h} for u, n, h in rows]


RED, BLUE, GREEN = BASE["tracks"]


def kinds(result: Result) -> list[tuple[ConflictKind, tuple[str, ...]]]:
    return [(conflict.kind, conflict.path) for conflict in result.conflicts]


def test_changes_of_different_facts_are_both_there() -> None:
    result = merged(edited(city="Huron"), edited(height="95 m"))

    assert (result.content["city"], result.content["height"]) == ("Huron", "95 m")
    assert result.conflicts == ()


def test_a_fact_changed_by_both_is_in_dispute_and_stays_as_ours() -> None:
    result = merged(edited(city="Huron"), edited(city="Erie"))

    assert kinds(result) == [(ConflictKind.VALUE, ("city",))]
    assert result.content["city"] == "Huron"


def test_a_dispute_is_settled_by_a_side_or_a_value_of_ones_own() -> None:
    result = merged(edited(city="Huron"), edited(city="Erie"))
    key = result.conflicts[0].key

    picks = (Side.BASE, Side.OURS, Side.THEIRS, Own("Vermilion"))
    settled = [resolve(result, {key: pick}) for pick in picks]

    cities = ["Sandusky", "Huron", "Erie", "Vermilion"]
    assert [one.content["city"] for one in settled] == cities
    assert [one.conflicts for one in settled] == [()] * 4


def test_a_choice_about_nothing_is_an_error() -> None:
    with pytest.raises(NoSuchConflict):
        merge(PARK, BASE, BASE, edited(city="Erie"), {"nothing": Side.OURS})


def test_latitude_of_one_and_longitude_of_the_other_are_in_dispute() -> None:
    result = merged(edited(latitude="41.50"), edited(longitude="-82.70"))

    (conflict,) = result.conflicts
    assert conflict.kind is ConflictKind.GROUP
    assert conflict.facts == ("latitude", "longitude")
    theirs = resolve(result, {conflict.key: Side.THEIRS}).content
    assert (theirs["latitude"], theirs["longitude"]) == ("41.48", "-82.70")


def test_a_group_takes_values_of_its_own_facts_only() -> None:
    result = merged(edited(latitude="41.50"), edited(longitude="-82.70"))
    key = result.conflicts[0].key

    with pytest.raises(UnfitChoice):
        resolve(result, {key: Own({"city": "Huron"})})


def test_two_new_status_periods_are_in_dispute_together() -> None:
    ours = edited(periods=[{"uuid": "p1", "began": "1871"}])
    theirs = edited(periods=[*BASE["periods"], {"uuid": "p2", "began": "1990"}])

    (conflict,) = merged(ours, theirs).conflicts

    assert (conflict.kind, conflict.facts) == (ConflictKind.GROUP, ("periods",))


def test_two_facts_of_one_row_changed_apart_are_both_there() -> None:
    ours = edited(tracks=[{**RED, "name": "Crimson"}, BLUE, GREEN])
    theirs = edited(tracks=[{**RED, "height": "99 ft"}, BLUE, GREEN])

    result = merged(ours, theirs)

    assert result.content["tracks"][0] == {**RED, "name": "Crimson", "height": "99 ft"}
    assert result.conflicts == ()


def test_rows_added_by_both_are_all_there() -> None:
    ours = edited(tracks=[*BASE["tracks"], *tracks(("t4", "Gold", ""))])
    theirs = edited(tracks=[*BASE["tracks"], *tracks(("t5", "Pink", ""))])

    result = merged(ours, theirs)

    assert [row["uuid"] for row in result.content["tracks"]] == [
        *("t1", "t2", "t3"),
        *("t4", "t5"),
    ]


def test_a_row_changed_here_and_removed_there_is_in_dispute() -> None:
    result = merged(
        edited(tracks=[{**RED, "name": "Crimson"}, BLUE, GREEN]),
        edited(tracks=[BLUE, GREEN]),
    )

    (conflict,) = result.conflicts
    assert conflict.kind is ConflictKind.EDIT_DELETE
    assert conflict.theirs is MISSING
    gone = resolve(result, {conflict.key: Side.THEIRS}).content["tracks"]
    assert gone == [BLUE, GREEN]
    with pytest.raises(UnfitChoice):
        resolve(result, {conflict.key: Own({"uuid": "t2"})})


def test_a_row_removed_here_and_left_alone_there_is_gone() -> None:
    result = merged(
        edited(tracks=[BLUE, GREEN]),
        edited(tracks=[RED, {**BLUE, "name": "Azure"}, GREEN]),
    )

    assert [row["name"] for row in result.content["tracks"]] == ["Azure", "Green"]
    assert result.conflicts == ()


def test_one_side_moves_a_row_that_the_other_changes() -> None:
    result = merged(
        edited(tracks=[GREEN, RED, BLUE]),
        edited(tracks=[RED, BLUE, {**GREEN, "name": "Lime"}]),
    )

    assert [row["name"] for row in result.content["tracks"]] == ["Lime", "Red", "Blue"]
    assert result.conflicts == ()


def test_two_orders_are_in_dispute() -> None:
    result = merged(
        edited(tracks=[GREEN, RED, BLUE]), edited(tracks=[BLUE, RED, GREEN])
    )

    (conflict,) = result.conflicts
    assert conflict.kind is ConflictKind.ORDER
    assert conflict.theirs == ("t2", "t1", "t3")
    own = resolve(result, {conflict.key: Own(["t2", "t3", "t1"])})
    assert own.content["tracks"] == [BLUE, GREEN, RED]


@pytest.mark.parametrize("keys", [["t1"], ["t1", "t2", "t2"], "t1", None])
def test_an_order_names_every_row_once(keys: Any) -> None:
    result = merged(
        edited(tracks=[GREEN, RED, BLUE]), edited(tracks=[BLUE, RED, GREEN])
    )

    with pytest.raises(UnfitChoice):
        resolve(result, {result.conflicts[0].key: Own(keys)})


def test_tags_of_both_are_there_and_those_taken_out_are_gone() -> None:
    result = merged(
        edited(tags=[{"tag": 2}, {"tag": 3}]),
        edited(tags=[{"tag": 1}, {"tag": 2}, {"tag": 4}]),
    )

    assert result.content["tags"] == [{"tag": 2}, {"tag": 3}, {"tag": 4}]


def test_words_changed_apart_in_one_paragraph_are_both_there() -> None:
    result = merged(
        edited(notes=NOTES.replace("1870", "1869")),
        edited(notes=NOTES.replace("beer garden", "café")),
    )

    assert result.content["notes"] == NOTES.replace("1870", "1869").replace(
        "beer garden", "café"
    )


def test_words_changed_by_both_put_the_paragraph_in_dispute() -> None:
    result = merged(
        edited(notes=NOTES.replace("1957", "1956")),
        edited(notes=NOTES.replace("1957", "1958")),
    )

    (conflict,) = result.conflicts
    assert (conflict.kind, conflict.hunk) == (ConflictKind.PROSE, 0)
    assert conflict.base == "A causeway was built in 1957.\n"
    theirs = resolve(result, {conflict.key: Side.THEIRS})
    assert theirs.content["notes"] == NOTES.replace("1957", "1958")


def test_short_texts_are_one_value() -> None:
    result = merged(edited(city="North Sandusky"), edited(city="Sandusky City"))

    assert kinds(result) == [(ConflictKind.VALUE, ("city",))]


def test_paragraphs_of_one_block_changed_apart_are_both_there() -> None:
    paragraph = "<p>A park on a peninsula.</p><p>It has 17 coasters.</p>"
    story = json.loads(BASE["body"])

    def with_text(text: str) -> dict[str, Any]:
        return edited(body=json.dumps([{**story[0], "value": text}, *story[1:]]))

    result = merged(
        with_text(paragraph.replace("17", "18")),
        with_text(paragraph.replace("peninsula", "long peninsula")),
    )

    (first, *_) = json.loads(result.content["body"])
    assert first["value"] == (
        "<p>A park on a long peninsula.</p><p>It has 18 coasters.</p>"
    )


OLD = "<p>Built in 1894.</p><p>Closed in 1906.</p>"
MINE, HIS = (re.sub("<p>", f'<p data-block-key="{key}">', OLD) for key in ("a1", "b2"))


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        (MINE, HIS, OLD),
        (MINE, HIS.replace("1906", "1907"), OLD.replace("1906", "1907")),
        (
            MINE.replace("1894", "1895"),
            HIS.replace("1906", "1907"),
            OLD.replace("1894", "1895").replace("1906", "1907"),
        ),
    ],
    ids=["saved by both", "saved by one, written by one", "written by both"],
)
def test_who_only_saved_a_text_that_had_no_keys_has_not_changed_it(
    ours: str, theirs: str, words: str
) -> None:
    for first, second in ((ours, theirs), (theirs, ours)):
        pieces = merge_texts(OLD, first, second, is_rich=True)

        assert pieces is not None
        (merged,) = pieces
        assert re.sub(" data-block-key=.{4}", "", str(merged)) == words


def test_a_key_that_both_gave_does_not_hide_a_dispute() -> None:
    ours, theirs = MINE.replace("1894", "1895"), HIS.replace("1894", "1896")

    pieces = merge_texts(OLD, ours, theirs, is_rich=True)

    assert pieces is not None
    assert any(isinstance(piece, Hunk) for piece in pieces)


def test_tags_of_rich_text_never_get_into_each_other() -> None:
    def with_text(text: str) -> dict[str, Any]:
        return edited(body=blocks(("b1", "paragraph", text)))

    base = with_text("<p>one two three four</p>")
    ours = with_text("<p>one <b>two three</b> four</p>")
    theirs = with_text("<p>one two <i>three four</i></p>")

    result = merge(PARK, base, ours, theirs)

    assert [conflict.kind for conflict in result.conflicts] == [ConflictKind.PROSE]


def test_a_block_that_becomes_another_kind_is_in_dispute_with_its_edit() -> None:
    story = json.loads(BASE["body"])
    quote = {**story[1], "value": {"text": "The worst.", "by": "A guest"}}
    other = {"id": "b2", "type": "paragraph", "value": "<p>The best.</p>"}

    result = merged(
        edited(body=json.dumps([story[0], quote, *story[2:]])),
        edited(body=json.dumps([story[0], other, *story[2:]])),
    )

    assert kinds(result) == [(ConflictKind.VALUE, ("body", "b2"))]


def test_the_number_one_is_not_yes() -> None:
    shape = Shape(Kind.STRUCT, parts={"open": Shape(Kind.BOOLEAN)})

    result = merge(shape, {"open": None}, {"open": 1}, {"open": True})

    assert len(result.conflicts) == 1


def test_a_fact_that_only_one_side_knows_is_kept() -> None:
    result = merged({**edited(), "motto": "Amazement"}, edited(city="Huron"))

    assert result.content["motto"] == "Amazement"


def test_neither_side_is_changed_by_merging() -> None:
    ours, theirs = APART["row name"](edited()), APART["row height"](edited())

    merged(ours, theirs)

    assert ours == APART["row name"](BASE)
    assert theirs == APART["row height"](BASE)


def test_real_pages_keep_together_what_makes_sense_together_only() -> None:
    park, ride = schema_of(ParkPage), schema_of(RidePage)

    for shape in (park, ride):
        assert any({"title", "slug", "names"} <= set(group) for group in shape.coupled)
        assert any("status_periods" in group for group in shape.coupled)
    assert any({"latitude", "longitude"} <= set(group) for group in park.coupled)
    assert any({"cost_amount", "cost_currency"} <= set(g) for g in ride.coupled)
