"""Sequences are merged as version control merges lines."""

import random
import subprocess
from pathlib import Path

from history.merging.sequences import merge_sequences

CASES = 1_000


def edit(lines: list[str], mark: str, draw: random.Random) -> list[str]:
    """A few lines taken out, put in or changed, so that no new line is like another."""
    edited = list(lines)
    for number in range(draw.randint(0, 3)):
        at = draw.randrange(len(edited) + 1)
        match draw.choice(("in", "out", "changed")):
            case "in":
                edited[at:at] = [
                    f"{mark}{number} {n}" for n in range(draw.randint(1, 2))
                ]
            case "out":
                del edited[at : at + draw.randint(1, 3)]
            case "changed":
                edited[at : at + 1] = [f"{mark}{number}"]
    return edited


def merged_by_git(folder: Path, *sides: list[str]) -> list[str] | None:
    """The lines as `git merge-file` merges them; None for a conflict."""
    base, ours, theirs = (folder / name for name in ("base", "ours", "theirs"))
    for path, lines in zip((base, ours, theirs), sides, strict=True):
        path.write_text("".join(f"{line}\n" for line in lines))
    done = subprocess.run(  # noqa: S603  files of the test
        ["git", "merge-file", "-p", "--diff3", ours, base, theirs],  # noqa: S607  found as the machine has it
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 <= done.returncode < 128, done.stderr
    return done.stdout.splitlines() if done.returncode == 0 else None


def test_a_thousand_merges_agree_with_git(tmp_path: Path) -> None:
    draw = random.Random(1870)
    conflicts = 0
    for _ in range(CASES):
        base = [f"line {number}" for number in range(draw.randint(0, 12))]
        ours, theirs = edit(base, "ours", draw), edit(base, "theirs", draw)
        if draw.random() < 0.2:
            theirs = edit(ours, "more", draw)

        regions = merge_sequences(base, ours, theirs)

        settled = all(region.is_settled for region in regions)
        lines = [line for region in regions for line in region.base]
        by_git = merged_by_git(tmp_path, base, ours, theirs)
        assert (lines if settled else None) == by_git, (base, ours, theirs)
        conflicts += by_git is None
    assert CASES / 10 < conflicts < CASES * 9 / 10


def test_changes_beside_each_other_are_in_dispute() -> None:
    regions = merge_sequences(["a", "b", "c"], ["A", "b", "c"], ["a", "B", "c"])

    assert [region.is_settled for region in regions] == [False, True]


def test_equal_changes_are_no_dispute() -> None:
    (region,) = merge_sequences(["a"], ["b"], ["b"])

    assert (region.is_settled, region.base) == (True, ["b"])
