"""The rows inside the admin form of a page, told apart by their uuid."""

import re
from typing import Any

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.forms.models import BaseModelFormSet
from django.utils.functional import cached_property
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
    "too_many_forms": ngettext_lazy(
        "At most %(num)d of these fit in here.",
        "At most %(num)d of these fit in here.",
        "num",
    ),
}

_NUMBER = re.compile(r"[0-9]{1,6}")


class IdentityField(forms.UUIDField):
    """Which row of the page a form is for; empty for a new one."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class SentRowFormSet(BaseChildFormSet):
    """Forms for the rows that were sent, whatever number of them is claimed.

    The library makes a form for each row that is claimed: a few words in a request
    would keep the server busy for long.
    """

    default_error_messages = ROW_MESSAGES

    def total_form_count(self) -> int:
        claimed: int = super().total_form_count()
        if not self.is_bound:
            return claimed
        # Known rows count in any case: one that is missing was not sent completely.
        return min(claimed, max(self._sent, self.initial_form_count()))

    @cached_property
    def _sent(self) -> int:
        """How many rows there are up to the last of which anything was sent."""
        start = f"{self.prefix}-"
        own = (name for name in self.data if name.startswith(start))
        numbers = (name.removeprefix(start).partition("-")[0] for name in own)
        return max((int(n) + 1 for n in numbers if _NUMBER.fullmatch(n)), default=0)


class RowFormSet(SentRowFormSet):
    """Rows of one kind, those too that the database has not, or no longer.

    Rows that only drafts have are without a key, and the library would make new ones
    of them with each save; of those deleted meanwhile it would say that they are no
    choice. Both are known by the page the form was opened with.
    """

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
        # The library takes out all rows without a key, and puts in the changed ones.
        # It does so in the list that the page was read with: asked afterwards no row
        # would be of the page.
        unchanged = [
            form.instance
            for form in self.initial_forms
            if form.instance.pk is None
            and self._is_of_page(form.instance)
            and form not in self.deleted_forms
            and not form.has_changed()
        ]
        saved = super().save(commit=False)
        rows: Any = getattr(self.instance, self.rel_name)
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
