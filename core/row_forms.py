"""The rows inside the admin form of a page, told apart by their uuid."""

from typing import Any

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.forms.models import BaseModelFormSet
from django.utils.translation import ngettext_lazy

from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel

from core.labels import say_labels

# What Django says of forms, of rows.
ROW_MESSAGES = {
    **BaseChildFormSet.default_error_messages,
    "too_few_forms": ngettext_lazy(
        "Fill in at least %(num)d of these.",
        "Fill in at least %(num)d of these.",
        "num",
    ),
}


class IdentityField(forms.UUIDField):
    """Which row of the page a form is for; empty for a new one."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RowFormSet(BaseChildFormSet):
    """Rows of one kind, those too that the database has not, or no longer.

    Rows that only drafts have are without a key, and the library would make new ones
    of them with each save; of those deleted meanwhile it would say that they are no
    choice. Both are known by the page the form was opened with.
    """

    default_error_messages = ROW_MESSAGES

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        say_labels(form, self.model)
        is_known = index is not None and index < self.initial_form_count()
        form.fields[self.model._meta.pk.name] = forms.IntegerField(
            required=False, initial=form.instance.pk, widget=forms.HiddenInput
        )
        form.fields["uuid"] = IdentityField(
            required=False, initial=form.instance.uuid if is_known else None
        )

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        if row := self._row_without_key(i):
            # What the library does with a row that it has found by its key.
            stock: Any = super(BaseModelFormSet, self)
            return stock._construct_form(i, instance=row, **kwargs)
        try:
            return super()._construct_form(i, **kwargs)
        except (KeyError, ValidationError) as wrong:
            raise BadRequest("The form was sent incompletely.") from wrong

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit=False)
        rows: Any = getattr(self.instance, self.rel_name)
        # The library takes out all rows without a key, and puts in the changed ones.
        unchanged = [
            form.instance
            for form in self.initial_forms
            if form.instance.pk is None
            and self._is_of_page(form.instance)
            and form not in self.deleted_forms
            and not form.has_changed()
        ]
        rows.add(*unchanged)
        if commit:
            rows.commit()
        return saved

    def _row_without_key(self, i: int) -> Any:
        if not self.is_bound or i >= self.initial_form_count():
            return None
        prefix, key = self.add_prefix(i), self.model._meta.pk.name
        if self.data.get(f"{prefix}-{key}") != "":
            return None
        uuid = self.data.get(f"{prefix}-uuid")
        rows = [row for row in self.get_queryset() if row.pk is None]
        return next((row for row in rows if str(row.uuid) == uuid), None)

    def _is_of_page(self, row: Any) -> bool:
        return any(row is known for known in self.get_queryset())


class RowPanel(InlinePanel):
    """Wagtail's panel of rows, with rows that keep their identity."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = RowFormSet
        return options
