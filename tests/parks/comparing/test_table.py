"""The rows of a comparison, which need no database."""

from types import SimpleNamespace
from typing import Any

from core.measures import Dimension, Measure
from parks.comparing.table import Compared, Entry, FigureRow, figure_rows
from parks.models import RideTrack


def ride(*tracks: dict[str, Any]) -> Compared:
    shown: Any = SimpleNamespace()
    return Compared(shown, [RideTrack(**facts) for facts in tracks])


def metres(text: str) -> Measure:
    return Measure.parse(text, Dimension.LENGTH)


def row(rows: list[FigureRow], heading: str) -> list[Entry]:
    return next(row.entries for row in rows if row.heading == heading)


def test_the_greatest_figure_is_told_whatever_its_unit() -> None:
    rows = figure_rows(
        [ride({"height": metres("300 ft")}), ride({"height": metres("95 m")})]
    )

    first, second = row(rows, "Height")
    assert (first.is_best, second.is_best) == (False, True)
    assert (str(first.figure), first.share, second.share) == ("300 ft", 96, 100)


def test_a_ride_of_several_tracks_counts_by_its_best() -> None:
    rows = figure_rows([ride({"inversions": 2}, {"inversions": 5}), ride({})])

    first, second = row(rows, "Inversions")
    assert first.figure == 5
    assert second == Entry(None)


def test_a_figure_that_is_alone_is_drawn_against_nothing() -> None:
    rows = figure_rows([ride({"inversions": 5}), ride({})])

    assert row(rows, "Inversions") == [Entry(5), Entry(None)]


def test_nothing_stands_out_where_all_are_alike_or_more_is_not_better() -> None:
    low, high = metres("120 cm"), metres("140 cm")
    rows = figure_rows(
        [
            ride({"inversions": 4, "rider_height_min": low}),
            ride({"inversions": 4, "rider_height_min": high}),
        ]
    )

    assert not any(entry.is_best for row in rows for entry in row.entries)


def test_durations_compare_by_their_seconds() -> None:
    rows = figure_rows([ride({"duration_s": 95}), ride({"duration_s": 125})])

    assert [e.figure for e in row(rows, "Duration")] == ["1:35", "2:05"]
    assert [e.is_best for e in row(rows, "Duration")] == [False, True]


def test_a_figure_nobody_knows_has_no_row() -> None:
    assert figure_rows([ride({}), ride({})]) == []
