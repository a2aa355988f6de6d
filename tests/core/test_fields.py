"""The fields without a database: models live in a registry of their own."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.apps.registry import Apps
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from modelcluster.models import ClusterableModel
from wagtail.admin.compare import comparison_class_registry
from wagtail.admin.forms.models import WagtailAdminModelForm

import pytest

from core.fields import MeasureField, PartialDateField, with_derived_columns
from core.forms import MeasureFormField, PartialDateFormField
from core.measures import Dimension, Measure
from core.partial_dates import PartialDate, Precision

registry = Apps()


class Dated(models.Model):
    opened = PartialDateField(index_derived=True)

    class Meta:
        abstract = True
        app_label = "coaster_yard"
        apps = registry


class Coaster(Dated, ClusterableModel):
    drop = MeasureField(dimension=Dimension.LENGTH, minimum=0, maximum=300)

    class Meta:
        app_label = "coaster_yard"
        apps = registry

    def __str__(self) -> str:
        return "Coaster"


class CoasterForm(WagtailAdminModelForm):
    class Meta:
        model = Coaster
        fields = ("opened", "drop")


def field(name: str) -> Any:
    return Coaster._meta.get_field(name)


def coaster_as_loaded(**columns: Any) -> Coaster:
    return Coaster.from_db("default", list(columns), list(columns.values()))


def test_assigned_text_is_a_value_at_once() -> None:
    coaster = Coaster(opened="c. 1902", drop="310ft")

    assert coaster.opened == PartialDate.parse("1902~")
    assert str(coaster.drop) == "310 ft"


def test_blank_is_none_in_python_and_empty_text_in_the_column() -> None:
    coaster = Coaster()

    assert (coaster.opened, coaster.drop) == (None, None)
    assert field("opened").get_prep_value(None) == ""


def test_derived_columns_follow_the_text_without_a_save() -> None:
    coaster = Coaster(opened="1950", drop="10 m")

    coaster.opened, coaster.drop = "before 1907", "310 ft"

    assert (coaster.opened_lower, coaster.opened_upper) == (None, date(1906, 12, 31))
    assert coaster.opened_precision == Precision.YEAR
    assert coaster.drop_si == Decimal("94.488")


def test_assigning_a_derived_column_changes_nothing() -> None:
    coaster = Coaster(opened="1950")

    coaster.opened_lower = date(2000, 1, 1)

    saved = field("opened_lower").pre_save(coaster, add=True)
    assert saved == date(1950, 1, 1)


def test_a_blank_date_has_unknown_precision_and_no_bounds() -> None:
    coaster = Coaster(opened="1950")

    coaster.opened = None

    assert (coaster.opened_lower, coaster.opened_upper) == (None, None)
    assert coaster.opened_precision == Precision.UNKNOWN


def test_a_row_loaded_in_part_still_saves_the_derived_columns() -> None:
    coaster = coaster_as_loaded(id=1, opened="1902")

    deferred = coaster.get_deferred_fields()

    assert deferred == {"drop", "drop_si"}


def test_an_abstract_parent_gets_no_derived_columns() -> None:
    assert [column.name for column in Dated._meta.get_fields()] == ["opened"]


def test_a_concrete_model_gets_each_derived_column_once() -> None:
    names = [column.name for column in Coaster._meta.get_fields()]

    assert sorted(names) == [
        *("drop", "drop_si", "id"),
        *("opened", "opened_lower", "opened_precision", "opened_upper"),
    ]


def test_derived_columns_name_their_source_so_that_history_leaves_them_out() -> None:
    sources = {
        column.name: column.derived_from
        for column in Coaster._meta.get_fields()
        if hasattr(column, "derived_from")
    }

    assert sources == {
        **dict.fromkeys(("opened_lower", "opened_upper", "opened_precision"), "opened"),
        "drop_si": "drop",
    }


def test_a_model_rebuilt_from_migrations_is_the_same_model() -> None:
    state = ModelState.from_model(Coaster)
    project = ProjectState({("coaster_yard", "coaster"): state})

    rebuilt = project.apps.get_model("coaster_yard", "coaster")

    assert [column.name for column in rebuilt._meta.fields] == list(state.fields)
    again = ModelState.from_model(rebuilt)
    for name, column in state.fields.items():
        assert again.fields[name].deconstruct() == column.deconstruct()


def test_a_data_migration_derives_columns_too() -> None:
    state = ModelState.from_model(Coaster)
    project = ProjectState({("coaster_yard", "coaster"): state})

    coaster = project.apps.get_model("coaster_yard", "coaster")(opened="1902")

    assert coaster.opened_lower == date(1902, 1, 1)


def test_naming_a_text_column_for_saving_brings_its_derived_columns() -> None:
    assert with_derived_columns(Coaster, ["drop", "id"]) == {"drop", "drop_si", "id"}


def test_drafts_keep_the_text_and_give_it_back() -> None:
    draft = Coaster(opened="c. 1902", drop="70.0 ft").serializable_data()

    again = Coaster.from_serializable_data(draft)

    assert draft == {"pk": None, "opened": "1902~", "drop": "70.0 ft"}
    assert again.opened == PartialDate.parse("1902~")
    assert again.drop_si == Decimal("21.336")


def test_serialised_rows_hold_canonical_text_and_no_derived_columns() -> None:
    [row] = serializers.serialize("python", [Coaster(pk=1, opened="c. 1902")])

    assert row["fields"] == {"opened": "1902~", "drop": ""}


def test_stored_text_that_cannot_be_read_names_its_column() -> None:
    with pytest.raises(ValueError, match=r"Coaster\.opened holds 'gibberish'"):
        field("opened").from_db_value("gibberish", None, None)


def test_unreadable_text_is_refused_by_clean_and_never_saved() -> None:
    coaster = Coaster(opened="5/6/1999")

    with pytest.raises(ValidationError, match="which number is the month"):
        coaster.full_clean()
    with pytest.raises(ValueError, match="which number is the month"):
        field("opened").get_prep_value(coaster.opened)


@pytest.mark.parametrize("value", [["1999"], {"a": 1}, object(), True, b"1999"])
def test_values_that_are_not_text_are_refused_by_clean(value: object) -> None:
    with pytest.raises(ValidationError):
        Coaster(opened=value).full_clean()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("1,410 ft", "Drop must be between 0 and 300 m; 1,410 ft is 429.8 m."),
        ("301 m", "Drop must be between 0 and 300 m; you gave 301 m."),
    ],
)
def test_a_drop_out_of_range_says_the_range_and_the_metres(
    typed: str, message: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        Coaster(drop=typed).full_clean()

    assert refusal.value.message_dict == {"drop": [message]}


@pytest.mark.parametrize("typed", ["0 m", "300 m", "984.25 ft"])
def test_the_limits_themselves_are_allowed(typed: str) -> None:
    Coaster(drop=typed).full_clean()


def test_a_speed_in_place_of_a_length_is_refused() -> None:
    with pytest.raises(ValidationError, match="Give the length with its unit"):
        Coaster(drop=Measure.parse("93 mph", Dimension.SPEED)).full_clean()


def test_a_date_that_must_be_given_may_not_be_blank() -> None:
    required = PartialDateField(blank=False)

    with pytest.raises(ValidationError, match="cannot be blank"):
        required.clean("", None)


def test_lookups_read_what_an_editor_would_type() -> None:
    rides = Coaster._default_manager.filter(opened="circa 1902", drop=None)

    looked_up = [condition.rhs for condition in rides.query.where.children]

    assert sorted(looked_up) == ["", "1902~"]


@pytest.mark.parametrize("lookup", ["lt", "lte", "gt", "gte", "range"])
def test_text_columns_refuse_to_be_compared_by_order(lookup: str) -> None:
    with pytest.raises(FieldError, match="no order"):
        field("drop").get_lookup(lookup)


def test_the_admin_compares_dates_as_people_read_them() -> None:
    compare = comparison_class_registry.get(field("opened"))

    change = compare(field("opened"), Coaster(opened="1902"), Coaster(opened="1902~"))

    assert change.has_changed()
    assert "c. 1902" in change.htmldiff()


def test_the_admin_form_shows_words_and_the_verbatim_measure() -> None:
    form = CoasterForm(instance=Coaster(opened="1902~", drop="70.0 ft"))

    assert 'value="c. 1902"' in str(form["opened"])
    assert 'value="70.0 ft"' in str(form["drop"])
    assert 'placeholder="310 ft or 94.5 m"' in str(form["drop"])


def test_the_same_fact_in_other_words_is_not_a_change() -> None:
    coaster = Coaster(opened="1902~", drop="310 ft")

    form = CoasterForm({"opened": "circa 1902", "drop": " 310ft"}, instance=coaster)

    assert form.changed_data == []


def test_another_digit_is_a_change() -> None:
    form = CoasterForm({"drop": "70.0 ft"}, instance=Coaster(drop="70 ft"))

    assert form.changed_data == ["drop"]


def test_the_form_keeps_what_was_typed_beside_an_error() -> None:
    form = CoasterForm({"opened": "5/6/1999", "drop": "1,5 m"}, instance=Coaster())

    assert set(form.errors) == {"opened", "drop"}
    assert form.changed_data == ["opened", "drop"]
    assert (form["opened"].value(), form["drop"].value()) == ("5/6/1999", "1,5 m")


def test_a_blank_form_leaves_both_unknown() -> None:
    form = CoasterForm({"opened": "", "drop": " "}, instance=Coaster(opened="1902"))

    assert form.is_valid()
    assert (form.instance.opened, form.instance.drop) == (None, None)


@pytest.mark.parametrize(
    "form_field",
    [PartialDateFormField(), MeasureFormField(dimension=Dimension.LENGTH)],
)
def test_a_required_form_field_asks_for_text(form_field: forms.Field) -> None:
    with pytest.raises(ValidationError, match="required"):
        form_field.clean("")
