"""Form fields in which an editor types a date or a measure as one line of text.

What was typed comes back unchanged beside an error; "c. 1902" and "1902~" are the
same date, so swapping one for the other is not reported as a change.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.measures import Dimension, InvalidMeasure, Measure, parse_measure
from core.partial_dates import (
    InvalidPartialDate,
    PartialDate,
    parse_partial_date,
)

MEASURE_EXAMPLES = {
    Dimension.LENGTH: ("310 ft", "94.5 m", "122 cm", "48 in"),
    Dimension.SPEED: ("93 mph", "150 km/h"),
}


# Digits that every whole number of a database's can have.
LONGEST_KEY = 18


class SeenField(forms.CharField):
    """The hash of what a form was made from, there and back; nobody types in it.

    What cannot be one is none: nobody knows what was shown, so it is out of date.
    """

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=64, **kwargs)

    def clean(self, value: Any) -> str:
        try:
            return str(super().clean(value))
        except ValidationError:
            return ""


class RowChoiceField(forms.ModelChoiceField):
    """One of the rows of a table. A key longer than any chooses none of them."""

    def to_python(self, value: Any) -> Any:
        # Databases fail over it where the key is that of a page (a link to its row).
        if isinstance(value, str) and len(value) > LONGEST_KEY:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            )
        return super().to_python(value)


class TypedTextInput(forms.TextInput):
    """A text box for a short expression: no date picker, no spelling marks."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        hints = {"inputmode": "text", "autocomplete": "off", "spellcheck": "false"}
        super().__init__({**hints, **(attrs or {})})


class TypedValueField(forms.Field):
    """One line of text that `parse` turns into a value, or None when blank."""

    widget = TypedTextInput

    def __init__(self, *, placeholder: str, **kwargs: Any) -> None:
        # Text columns offer these; the parser has its own limit, with its own advice.
        kwargs.pop("max_length", None)
        kwargs.pop("empty_value", None)
        self.placeholder = placeholder
        super().__init__(**kwargs)

    def parse(self, text: str) -> PartialDate | Measure | None:
        """The value written in `text`. Raises ValueError with advice."""
        raise NotImplementedError

    def to_python(self, value: Any) -> PartialDate | Measure | None:
        try:
            return self.parse("" if value is None else str(value))
        except (InvalidPartialDate, InvalidMeasure) as refusal:
            raise ValidationError(str(refusal), code="invalid") from refusal

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            # Text is compared because "70.0 ft" claims more than "70 ft" does.
            return str(self.to_python(initial)) != str(self.to_python(data))
        except ValidationError:
            return bool(initial or data) and initial != data

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"placeholder": self.placeholder}


class PartialDateFormField(TypedValueField):
    """Cleans to a PartialDate, or None when left blank."""

    def __init__(self, *, help_text: Any = "", **kwargs: Any) -> None:
        # The placeholder teaches; what else is possible is said when a text fails.
        kwargs.setdefault("placeholder", "12 May 1999, 1999, c. 1902")
        super().__init__(help_text=help_text, **kwargs)

    def parse(self, text: str) -> PartialDate | None:
        return parse_partial_date(text)

    def prepare_value(self, value: Any) -> Any:
        return value.display() if isinstance(value, PartialDate) else value


class MeasureFormField(TypedValueField):
    """Cleans to a Measure of one dimension, or None when left blank."""

    def __init__(
        self, *, dimension: Dimension, help_text: Any = "", **kwargs: Any
    ) -> None:
        self.dimension = Dimension(dimension)
        examples = MEASURE_EXAMPLES[self.dimension]
        # Both units are shown: a figure is kept in the unit of its source.
        kwargs.setdefault("placeholder", " or ".join(examples[:2]))
        super().__init__(help_text=help_text, **kwargs)

    def parse(self, text: str) -> Measure | None:
        return parse_measure(text, self.dimension)

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Measure) else value
