"""What is stored in one language is read in another."""

import json
from copy import deepcopy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, override

import pytest

from core.partial_dates import PartialDate
from core.refusals import NotPublishable
from core.sayings import Saying, again, as_saying, of_error, saying, together
from parks.choices import RideStatus

CLOSED = saying("%(name)s ends (%(day)s): %(status)s") % {
    "name": "100 % Gemini",
    "day": PartialDate.parse("1999-05"),
    "status": RideStatus.CLOSED.label,
}


def stored(text: Any) -> tuple[str, dict[str, Any]]:
    """As a row of the database has it."""
    said = as_saying(text)
    return said.message, json.loads(json.dumps(said.stored()))


def test_dates_and_labels_are_said_in_the_language_of_the_reader() -> None:
    message, params = stored(CLOSED)

    assert again(message, params) == "100 % Gemini ends (May 1999): Closed"
    with override("de"):
        words = again(message, params)
    assert "Mai 1999" in words
    assert "Closed" not in words
    assert stored(again(message, params)) == (message, params)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("100 % sure", "100 % sure"),
        ("", ""),
        (
            gettext_lazy("This field cannot be blank."),
            "Dieses Feld darf nicht leer",
        ),
        (together(["One.", CLOSED]), "One. 100 % Gemini ends (Mai 1999)"),
    ],
)
def test_any_text_can_be_stored(text: Any, words: str) -> None:
    message, params = stored(text)

    with override("de"):
        assert again(message, params).startswith(words)


def test_a_saying_outlives_the_errors_it_goes_through() -> None:
    error = ValidationError({"city": [CLOSED]})
    told = str(NotPublishable("Gemini", list(error.messages)))

    for text in (told, str(ValueError(CLOSED)), deepcopy(CLOSED)):
        assert isinstance(text, Saying)
    with override("de"):
        assert "(Mai 1999)" in again(*stored(told))
        assert "(Mai 1999)" in again(*stored(of_error(ValidationError(CLOSED))))


def test_the_marks_of_an_error_of_a_form_are_filled_again() -> None:
    error = ValidationError(
        gettext_lazy("Value %(value)r is not a valid choice."), params={"value": "x"}
    )

    with override("de"):
        assert again(*stored(of_error(error))) == "Wert 'x' ist keine gültige Option."
