"""How many blank rows of the form of a suggestion stand there at once."""

from types import SimpleNamespace
from typing import Any

import pytest

from branches.suggesting.sections import RowList

KNOWN, EMPTY, FILLED = ("known", "empty", "filled")


def rows(*forms: str) -> RowList:
    formset: Any = SimpleNamespace(
        forms=[
            SimpleNamespace(
                is_bound=True, has_changed=lambda form=form: form == FILLED, form=form
            )
            for form in forms
        ],
        initial_form_count=lambda: forms.count(KNOWN),
    )
    return RowList("stays", "Stays", "Stay", "stay", "", formset)


@pytest.mark.parametrize(
    ("forms", "at_once", "is_open"),
    [
        ((KNOWN, EMPTY, EMPTY), 1, False),
        ((EMPTY, EMPTY), 1, True),
        ((FILLED, EMPTY, EMPTY), 1, True),
        ((KNOWN, EMPTY, FILLED, EMPTY), 2, True),
        ((KNOWN,), 0, False),
    ],
)
def test_one_blank_row_stands_there_and_all_up_to_the_last_that_is_filled(
    forms: tuple[str, ...], at_once: int, is_open: bool
) -> None:
    shown = rows(*forms)

    assert len(shown.blank) == at_once
    assert len(shown.known) + at_once + len(shown.spare) == len(forms)
    assert not any(form.has_changed() for form in shown.spare)
    assert shown.is_open is is_open
