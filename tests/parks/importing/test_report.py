"""The report of an import."""

import json

from parks.importing.report import SHOWN_ROWS, ImportReport, Outcome, RowReport


def report(*rows: RowReport, is_dry_run: bool = False) -> ImportReport:
    return ImportReport("coasters.csv", "ab" * 32, is_dry_run, rows)


def row(number: int = 2, outcome: Outcome = Outcome.NEW, **more: object) -> RowReport:
    return RowReport(number, outcome, "Comet", "Seaside Park", **more)  # type: ignore[arg-type]  # only for brevity


def test_rows_are_counted_by_outcome_and_doubts_beside_them() -> None:
    counts = report(
        row(), row(outcome=Outcome.REJECTED), row(is_suspicious=True)
    ).counts()

    assert counts == {
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "duplicate": 0,
        "rejected": 1,
        "suspicious": 1,
    }


def test_the_json_holds_each_row_with_its_reasons() -> None:
    text = report(row(reasons=("The row has no name.",))).to_json()

    assert json.loads(text)["rows"][0]["reasons"] == ["The row has no name."]


def test_the_text_says_how_many_rows_and_why_some_were_not() -> None:
    text = report(
        row(), row(3, Outcome.REJECTED, reasons=("The row has no name.",))
    ).to_text()

    assert text.startswith("1 of 2 rows were imported from coasters.csv")
    assert "row 3, Comet at Seaside Park: The row has no name." in text


def test_a_dry_run_says_that_it_was_one() -> None:
    assert "would be imported" in report(row(), is_dry_run=True).to_text()


def test_a_long_list_of_doubts_is_cut_short_and_says_so() -> None:
    doubtful = [row(number, is_suspicious=True) for number in range(SHOWN_ROWS + 5)]

    assert "and 5 more" in report(*doubtful).to_text()
