"""In which order rows and blocks stand after a merge."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TypeAlias

from history.merging.sequences import merge_sequences

Keys: TypeAlias = Sequence[str]


def common_order(
    base: Keys, ours: Keys, theirs: Keys, kept: Collection[str]
) -> list[str] | None:
    """The order of those kept on both sides; None if both moved them differently."""
    shared = set(kept) & set(ours) & set(theirs)
    was, mine, his = ([k for k in side if k in shared] for side in (base, ours, theirs))
    if mine == his or his == was:
        return mine
    if mine == was:
        return his
    regions = merge_sequences(was, mine, his)
    if not all(region.is_settled for region in regions):
        return None
    merged = [key for region in regions for key in region.base]
    # What both moved to different places would stand there twice.
    return merged if sorted(merged) == sorted(mine) else None


def with_others(
    order: Keys, ours: Keys, theirs: Keys, kept: Collection[str]
) -> list[str]:
    """The order with what only one side has, each behind what it stood behind there.

    Where both sides put something behind the same neighbour, keys decide, so that it
    makes no difference which side is which.
    """
    behind: defaultdict[str, list[list[str]]] = defaultdict(list)
    fixed = set(order)
    for side in (ours, theirs):
        anchor, run = "", []
        for key in [*side, ""]:
            if key and key not in fixed:
                run += [key] if key in kept else []
                continue
            if run:
                behind[anchor].append(run)
            anchor, run = key, []
    placed: list[str] = []
    for key in ["", *order]:
        placed += [key] if key else []
        for run in sorted(behind[key]):
            placed += run
    return placed
