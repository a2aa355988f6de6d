"""What holds for every merge, whatever is merged."""

import json
import re
from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from history.content import changed_paths
from history.diff.comparing import diff, structured
from history.merging import Side, merge, resolve
from tests.history.merging.contents import APART, BASE, PARK, contents

LAW = settings(deadline=None, max_examples=100)


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two contents say the same, however their stories are spaced."""
    return diff(PARK, structured(PARK, one), structured(PARK, other)) == []


def words_in(value: Any) -> set[str]:
    """The words of all texts in a value, stories included."""
    if isinstance(value, dict | list | tuple):
        parts = value.items() if isinstance(value, dict) else value
        return set().union(*map(words_in, parts))
    return set(re.findall(r"\w+", str(value)))


@LAW
@given(contents, contents)
def test_what_one_side_left_alone_is_as_the_other_has_it(
    base: dict[str, Any], changed: dict[str, Any]
) -> None:
    assert merge(PARK, base, base, changed).content == changed
    assert merge(PARK, base, changed, base).content == changed


@LAW
@given(contents, contents)
def test_what_both_sides_made_alike_is_so(
    base: dict[str, Any], changed: dict[str, Any]
) -> None:
    result = merge(PARK, base, changed, deepcopy(changed))

    assert (result.content, result.conflicts) == (changed, ())


@LAW
@given(contents, contents, contents)
def test_it_makes_no_difference_which_side_is_which(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    here = merge(PARK, base, ours, theirs)
    there = merge(PARK, base, theirs, ours)

    assert {c.key for c in here.conflicts} == {c.key for c in there.conflicts}
    assert all(
        (c.base, c.ours, c.theirs) == (d.base, d.theirs, d.ours)
        for c, d in zip(
            sorted(here.conflicts, key=lambda conflict: conflict.key),
            sorted(there.conflicts, key=lambda conflict: conflict.key),
            strict=True,
        )
    )
    if not here.conflicts:
        assert here.content == there.content


@LAW
@given(contents, contents, contents)
def test_choosing_the_same_values_gives_the_same_content_from_either_side(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    here = merge(PARK, base, ours, theirs)
    there = merge(PARK, base, theirs, ours)

    settled = resolve(here, {c.key: Side.THEIRS for c in here.conflicts})
    other = resolve(there, {c.key: Side.OURS for c in there.conflicts})

    assert settled.conflicts == other.conflicts == ()
    assert same(settled.content, other.content)


@LAW
@given(contents, contents, contents)
def test_nothing_changes_that_neither_side_changed(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    result = merge(PARK, base, ours, theirs)

    allowed = {*changed_paths(base, ours), *changed_paths(base, theirs)}
    for path in changed_paths(base, result.content):
        fact, _, part = path.partition("/")
        # A part that one side took out may be back, changed by the other.
        assert path in allowed or f"{fact}/{part.partition('/')[0]}" in allowed, path


@LAW
@given(contents, contents, contents)
def test_no_row_and_no_block_is_there_twice(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    content = merge(PARK, base, ours, theirs).content

    for name in ("tracks", "names", "periods", "tags"):
        keys = [str(row.get("uuid") or row.get("tag")) for row in content[name]]
        assert len(keys) == len(set(keys))
    ids = [block["id"] for block in json.loads(content["body"])]
    assert len(ids) == len(set(ids))


@LAW
@given(contents, contents, contents)
def test_what_both_sides_took_out_is_gone(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    content = merge(PARK, base, ours, theirs).content

    for name in ("tracks", "names"):
        left = {row["uuid"] for row in (*ours[name], *theirs[name])}
        assert {row["uuid"] for row in content[name]} <= left


@LAW
@given(contents, contents, contents)
def test_without_a_conflict_every_change_of_either_side_is_there(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    result = merge(PARK, base, ours, theirs)
    disputed = {conflict.path[:2] for conflict in result.conflicts}

    for side in (ours, theirs):
        known = {row["uuid"]: row for row in base["tracks"]}
        merged = {row["uuid"]: row for row in result.content["tracks"]}
        for row in side["tracks"]:
            if ("tracks", row["uuid"]) in disputed:
                continue
            for name, value in row.items():
                if known.get(row["uuid"], {}).get(name) != value:
                    assert merged[row["uuid"]][name] == value


@LAW
@given(contents, contents, contents)
def test_no_word_that_a_side_brought_disappears_without_a_conflict(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    result = merge(PARK, base, ours, theirs)

    disputed = [(c.ours, c.theirs) for c in result.conflicts]
    told = words_in(result.content) | words_in(disputed)
    brought = (words_in(ours) | words_in(theirs)) - words_in(base)
    assert brought <= told


@LAW
@given(contents, contents, contents)
def test_merging_twice_gives_the_same(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    untouched = deepcopy((base, ours, theirs))

    first = merge(PARK, base, ours, theirs)

    assert first == merge(PARK, base, ours, theirs)
    assert (base, ours, theirs) == untouched


@LAW
@given(st.permutations(sorted(APART)), st.integers(0, len(APART)))
def test_edits_of_different_things_never_conflict(
    names: list[str], middle: int
) -> None:
    mine, his = names[:middle], names[middle:]
    ours, theirs = deepcopy(BASE), deepcopy(BASE)
    for name in mine:
        ours = APART[name](ours)
    for name in his:
        theirs = APART[name](theirs)

    result = merge(PARK, BASE, ours, theirs)

    both = ours
    for name in his:
        both = APART[name](both)
    assert result.conflicts == ()
    assert same(
        {**result.content, "tags": []},
        {**both, "tags": []},
    )
    assert {t["tag"] for t in result.content["tags"]} == {2, 9}
