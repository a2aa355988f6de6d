"""No spreadsheet computes what stands in a file of ours."""

from typing import Any

import pytest

from core.csv_files import safe_cell


@pytest.mark.parametrize(
    "cell",
    [
        *("=1+1", "+49", "-x", "@SUM(A1)", "\tx", "\rx", "\n=1", "  =cmd"),
        "＝1",  # noqa: RUF001 (the wide sign is meant)
    ],
)
def test_a_cell_that_looks_like_a_formula_is_made_text(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Beast", "a=b", "", "1985-05", "94.5 m", -3.5, None])
def test_other_cells_stay_as_they_are(cell: Any) -> None:
    assert safe_cell(cell) == cell
