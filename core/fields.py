"""Model fields that keep a date or a measure as text and derive columns from it.

    opened = PartialDateField(index_derived=True)
    height = MeasureField(dimension=Dimension.LENGTH, minimum="0.3", maximum=300)

The text column is the fact: versioned, serialised, edited. Beside it each concrete
model gets columns to sort and filter by (`opened_lower`, `opened_upper`,
`opened_precision`, `height_si`). They are read-only, carry `derived_from` so that
history leaves them out, and follow the text whenever a row is saved.
`QuerySet.update()`, `bulk_update()` and `save(update_fields=)` write only the columns
they are given, so give them `with_derived_columns(...)`.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.forms import MeasureFormField, PartialDateFormField
from core.measures import MAX_LENGTH as MEASURE_LENGTH
from core.measures import SI_UNIT, Dimension, InvalidMeasure, Measure, parse_measure
from core.partial_dates import MAX_LENGTH as DATE_LENGTH
from core.partial_dates import (
    InvalidPartialDate,
    PartialDate,
    Precision,
    parse_partial_date,
)

if TYPE_CHECKING:
    _TextColumn = models.CharField[Any, Any]
else:
    _TextColumn = models.CharField

# Text order is not the order of dates or sizes.
ORDER_LOOKUPS = frozenset({"lt", "lte", "gt", "gte", "range"})


class ValueAttribute(DeferredAttribute):
    """Turns assigned text into a value; what cannot be read stays for clean()."""

    field: "ValueField"

    def __set__(self, instance: models.Model, value: Any) -> None:
        loaded = instance.__dict__
        loaded[self.field.attname] = self.field.value_or_text(value)
        for column in self.field.derived_columns:
            # Counts as loaded, so that save() writes it together with the text.
            loaded.setdefault(column.attname, None)


class DerivedAttribute(DeferredAttribute):
    """Reads from the value whenever that is loaded; assigning changes nothing."""

    field: "DerivedColumn"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is not None and self.field.derived_from in instance.__dict__:
            return self.field.derive(instance.__dict__[self.field.derived_from])
        return super().__get__(instance, cls)

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class DerivedColumn(models.Field):
    """A column computed from the text column named `derived_from`."""

    descriptor_class = DerivedAttribute
    when_blank: Any = None

    def __init__(self, *args: Any, derived_from: str, part: str, **kwargs: Any) -> None:
        self.derived_from = derived_from
        self.part = part
        kwargs.update(editable=False, serialize=False)
        super().__init__(*args, **kwargs)

    def derive(self, value: Any) -> Any:
        """This column's share of a value; unreadable text derives like no text."""
        if isinstance(value, PartialDate | Measure):
            return getattr(value, self.part)
        return self.when_blank

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        # Overridden, although it adds nothing, because update_or_create() adds
        # exactly the columns with a pre_save() of their own to its update.
        return getattr(model_instance, self.attname)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"], kwargs["serialize"]
        kwargs.update(derived_from=self.derived_from, part=self.part)
        return name, path, args, kwargs


class DerivedDateField(DerivedColumn, models.DateField):
    """One bound of a partial date; NULL where the bound is open or the date blank."""


class DerivedPrecisionField(DerivedColumn, models.PositiveSmallIntegerField):
    """How much of a partial date is known, as Precision; UNKNOWN for a blank date."""

    when_blank = Precision.UNKNOWN


class DerivedDecimalField(DerivedColumn, models.DecimalField):
    """A measure in metres or km/h; NULL for a blank measure."""


class ValueField(_TextColumn):
    """A text column whose Python value is parsed, or None where the text is blank.

    Blank is stored as "" and never NULL. Reading a row whose stored text no longer
    parses raises ValueError naming the column: showing such a row as blank would let
    the next save lose the fact.
    """

    descriptor_class = ValueAttribute

    def __init__(self, *args: Any, index_derived: bool = False, **kwargs: Any) -> None:
        self.index_derived = index_derived
        self.derived_columns: list[DerivedColumn] = []
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def parse(self, text: str) -> PartialDate | Measure | None:
        """The value of stored or typed text. Raises ValueError with advice."""
        raise NotImplementedError

    def make_derived_columns(self, name: str) -> dict[str, DerivedColumn]:
        """Column suffix -> the column to add to a concrete model."""
        raise NotImplementedError

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        # A deep copy of an abstract parent's field still lists nothing; a model
        # rebuilt from migrations brings its derived columns along.
        if cls._meta.abstract or cls.__module__ == "__fake__":
            return
        self.derived_columns = []
        for suffix, column in self.make_derived_columns(name).items():
            column.contribute_to_class(cls, f"{name}_{suffix}")
            self.derived_columns.append(column)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("blank", None)
        if not self.blank:
            kwargs["blank"] = False
        if self.index_derived:
            kwargs["index_derived"] = True
        return name, path, args, kwargs

    @property
    def validators(self) -> list[Any]:
        # Not CharField's: its length limit measures text, and this is a value.
        return [*self.default_validators, *self._validators]  # type: ignore[attr-defined]  # set by Field

    def value_or_text(self, value: Any) -> Any:
        """The value of readable text; anything else as it is."""
        if not isinstance(value, str):
            return value
        try:
            return self.parse(value)
        except ValueError:
            return value

    def to_python(self, value: Any) -> Any:
        try:
            return self.parse("" if value is None else str(value))
        except (InvalidPartialDate, InvalidMeasure) as refusal:
            raise ValidationError(str(refusal), code="invalid") from refusal

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        if not value:
            return None
        try:
            return self.parse(value)
        except ValueError as refusal:
            column = f"{self.model._meta.label}.{self.name}"
            raise ValueError(
                f"{column} holds {value!r}, which cannot be read: {refusal}"
            ) from refusal

    def get_prep_value(self, value: Any) -> str:
        """Canonical text for the column or a lookup. Raises ValueError."""
        text = "" if value is None else str(value)
        return str(self.parse(text) or "")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in ORDER_LOOKUPS:
            raise FieldError(
                f"{self.name} is text, so it has no order: use the columns beside it."
            )
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        return str(getattr(obj, self.attname) or "")

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate("" if value is None else value, model_instance)


class PartialDateField(ValueField):
    """A PartialDate or None, with `_lower`, `_upper` and `_precision` columns."""

    def __init__(self, *args: Any, max_length: int = DATE_LENGTH, **kw: Any) -> None:
        super().__init__(*args, max_length=max_length, **kw)

    def parse(self, text: str) -> PartialDate | None:
        return parse_partial_date(text)

    def make_derived_columns(self, name: str) -> dict[str, DerivedColumn]:
        index = self.index_derived
        bounds: dict[str, DerivedColumn] = {
            part: DerivedDateField(
                derived_from=name, part=part, null=True, db_index=index
            )
            for part in ("lower", "upper")
        }
        precision = DerivedPrecisionField(
            derived_from=name, part="precision", default=int(Precision.UNKNOWN)
        )
        return {**bounds, "precision": precision}

    def value_from_object(self, obj: models.Model) -> str:
        """What a form or a comparison shows: "c. 1902" rather than "1902~"."""
        value = getattr(obj, self.attname)
        return value.display() if isinstance(value, PartialDate) else str(value or "")

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return models.Field.formfield(self, form_class=PartialDateFormField, **kwargs)


class MeasureField(ValueField):
    """A Measure or None, with an `_si` column in metres or km/h.

    `minimum` and `maximum` are inclusive, in the same unit as `_si`.
    """

    def __init__(
        self,
        *args: Any,
        dimension: Dimension,
        minimum: Decimal | int | str | None = None,
        maximum: Decimal | int | str | None = None,
        max_length: int = MEASURE_LENGTH,
        **kwargs: Any,
    ) -> None:
        self.dimension = Dimension(dimension)
        self.minimum = None if minimum is None else Decimal(minimum)
        self.maximum = None if maximum is None else Decimal(maximum)
        super().__init__(*args, max_length=max_length, **kwargs)

    def parse(self, text: str) -> Measure | None:
        return parse_measure(text, self.dimension)

    def make_derived_columns(self, name: str) -> dict[str, DerivedColumn]:
        si = DerivedDecimalField(
            derived_from=name,
            part="si",
            max_digits=13,
            decimal_places=3,
            null=True,
            db_index=self.index_derived,
        )
        return {"si": si}

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["dimension"] = str(self.dimension)
        for limit in ("minimum", "maximum"):
            if getattr(self, limit) is not None:
                kwargs[limit] = str(getattr(self, limit))
        return name, path, args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if isinstance(value, Measure) and not self._allows(value.si):
            raise ValidationError(self._out_of_range(value), code="out_of_range")

    def value_from_object(self, obj: models.Model) -> str:
        return self.value_to_string(obj)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return models.Field.formfield(
            self, form_class=MeasureFormField, dimension=self.dimension, **kwargs
        )

    def _allows(self, si: Decimal) -> bool:
        return (self.minimum is None or self.minimum <= si) and (
            self.maximum is None or si <= self.maximum
        )

    def _out_of_range(self, measure: Measure) -> str:
        unit = SI_UNIT[self.dimension]
        if self.minimum is not None and self.maximum is not None:
            limits = _("between %(minimum)s and %(maximum)s") % {
                "minimum": f"{self.minimum:,f}",
                "maximum": f"{self.maximum:,f}",
            }
        elif self.minimum is not None:
            limits = _("at least %(minimum)s") % {"minimum": f"{self.minimum:,f}"}
        else:
            limits = _("at most %(maximum)s") % {"maximum": f"{self.maximum:,f}"}
        typed = f"{measure.value:,f} {measure.unit.symbol}"
        converted = measure.in_unit(unit, measure.decimals + 1)
        given = (
            _("you gave %(typed)s") % {"typed": typed}
            if measure.unit is unit
            else _("%(typed)s is %(value)s %(symbol)s")
            % {"typed": typed, "value": f"{converted.value:,f}", "symbol": unit.symbol}
        )
        label = capfirst(str(self.verbose_name))
        return _("%(label)s must be %(limits)s %(symbol)s; %(given)s.") % {
            "label": label,
            "limits": limits,
            "symbol": unit.symbol,
            "given": given,
        }


def with_derived_columns(
    model: type[models.Model], names: Iterable[str]
) -> frozenset[str]:
    """The names, plus the columns of `model` that are derived from any of them."""
    wanted = frozenset(names)
    return wanted | {
        field.name
        for field in model._meta.concrete_fields
        if getattr(field, "derived_from", None) in wanted
    }
