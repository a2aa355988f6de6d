"""The form of a suggestion: the page's own edit form, less what is not for members.

Rules, parsers and messages are those of the editing desk (core/page_forms.py).
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.forms.formsets import (
    INITIAL_FORM_COUNT,
    TOTAL_FORM_COUNT,
    ManagementForm,
)
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.admin.panels.base import get_form_for_model
from wagtail.admin.panels.group import PanelGroup

from branches.refusals import TooManyRows
from branches.suggesting.fields import public_formfield, tell_what_is_held
from branches.suggesting.library import offer_library
from core.models import ContentPage, VersionedRow
from core.row_forms import SentRowFormSet
from core.rows import row_models

# The story has a form of its own; addresses follow the name.
LEFT_OUT = frozenset({"slug", "body", "area"})
# Blank rows at the end of each list, for those who have no script to ask for more.
BLANK_ROWS = 2
# Of one kind, unless a page has more already, and to be added to all kinds together.
MOST_ROWS = 200
MOST_ADDED = 250


class RowForm(WagtailAdminModelForm):
    """One row inside a page."""

    class Meta:
        formfield_callback = public_formfield


class RowFormSet(SentRowFormSet):
    """Rows of one kind. Those the database does not have yet keep their identity."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_num = max(MOST_ROWS, len(self.get_queryset()) + BLANK_ROWS)
        # The library would make a thousand more, to say that they are too many.
        self.absolute_max = self.max_num

    @property
    def added(self) -> int:
        """How many rows there are forms for besides those of the page."""
        return max(0, self.total_form_count() - len(self.get_queryset()))

    @property
    def counts(self) -> ManagementForm:
        """The numbers of the rows that are shown, to be sent along with them."""
        shown = self.total_form_count()
        numbers = {
            TOTAL_FORM_COUNT: shown,
            INITIAL_FORM_COUNT: min(shown, self.initial_form_count()),
        }
        return ManagementForm(auto_id=self.auto_id, prefix=self.prefix, initial=numbers)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        key = self.model._meta.pk.name
        # Rows that only a suggestion has are no choice the database knows.
        form.fields[key] = forms.IntegerField(
            required=False, initial=form.instance.pk, widget=forms.HiddenInput
        )
        form.fields["ORDER"].widget = forms.HiddenInput()
        form.fields["DELETE"].label = pgettext("this row", "Remove")

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        try:
            return super()._construct_form(i, **kwargs)
        except (KeyError, ValidationError) as wrong:
            raise BadRequest(_("The form was sent incompletely.")) from wrong


def panels_of(model: type[ContentPage]) -> Panel:
    """The panels of a model's edit form that tell of its content."""
    panel: Panel = ObjectList(model.content_panels).bind_to_model(model)
    return panel


def field_panels(panel: Any) -> Iterator[tuple[str, Panel]]:
    """Every panel of one field, with the name of the field, in their order."""
    if isinstance(panel, FieldPanel):
        yield panel.field_name, panel
    elif isinstance(panel, PanelGroup):
        for child in panel.children:
            yield from field_panels(child)


def form_class_of(model: Any) -> Any:
    """The class of the form for one kind of page."""
    return _made_for(model)


@cache
def _made_for(model: Any) -> Any:
    options = panels_of(model).get_form_options()
    formsets = {
        name: {
            "fields": [field for field in rows["fields"] if field not in LEFT_OUT],
            "form": RowForm,
            "formset": RowFormSet,
            "extra": BLANK_ROWS,
            "min_num": rows.get("min_num"),
            "validate_min": rows.get("validate_min", False),
        }
        for name, rows in options["formsets"].items()
        if name not in LEFT_OUT
    }
    made = get_form_for_model(
        model,
        form_class=model.base_form_class,
        formfield_callback=public_formfield,
        fields=[field for field in options["fields"] if field not in LEFT_OUT],
        formsets=formsets,
    )
    return type(made)(f"Suggested{made.__name__}", (_Suggested, made), {})


class _Suggested:
    """What the form of a suggestion has that the editor's has not."""

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sum(rows.added for rows in self.formsets.values()) > MOST_ADDED:
            raise TooManyRows(MOST_ADDED)
        for name in ("begun_from", "comment_notifications"):
            self.fields.pop(name, None)
        for name in ("change_reason", "change_source"):
            self.fields[name].required = False
        self.fields["accept_warnings"].widget = forms.CheckboxInput()
        for name, panel in field_panels(panels_of(type(self.instance))):
            # Panels that say nothing of their own leave it to the field.
            if name in self.fields and panel.heading:
                self.fields[name].label = str(panel.heading)
                self.fields[name].help_text = str(panel.help_text)
        tell_what_is_held(self.all_forms())

    def offer_library(self: Any, user: Any) -> None:
        """Let photos be chosen from those of a person."""
        offer_library(self, self.all_forms(), user)

    def all_forms(self: Any) -> list[Any]:
        """This form and those of all its rows."""
        rows = [form for formset in self.formsets.values() for form in formset.forms]
        return [self, *rows]


def number_new_rows(page: ContentPage) -> None:
    """Give rows in memory that have no key one to be found by.

    Without that of the tables it would stand in its own way, where a value may be there
    only once. What is in no table gets a key that no row has.
    """
    for name in row_models(type(page)):
        for place, row in enumerate(getattr(page, name).all(), start=1):
            if row.pk is not None:
                continue
            known = row.stored_key() if isinstance(row, VersionedRow) else None
            row.pk, row._state.adding = known or -place, known is None
