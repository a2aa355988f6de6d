"""Ranks of a list, which need no database."""

from types import SimpleNamespace

from parks.lists.ranking import ranked


def ranks(*figures: float, **where: object) -> list[tuple[int, int]]:
    rides = [SimpleNamespace(height=figure) for figure in figures]
    return [(entry.rank, entry.share) for entry in ranked(rides, "height", **where)]  # type: ignore[arg-type]  # only their figure counts


def test_rides_of_an_equal_figure_share_a_rank() -> None:
    assert ranks(100, 80, 80, 50) == [(1, 100), (2, 80), (2, 80), (4, 50)]


def test_a_later_page_counts_on_and_keeps_the_scale() -> None:
    assert ranks(40, 20, first=51, greatest=80.0) == [(51, 50), (52, 25)]


def test_an_empty_list_has_no_ranks() -> None:
    assert ranks() == []
