"""The admin form of a content page: the same rules as everywhere, said in place."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import Panel
from wagtail.blocks import StreamValue

from core.beginnings import BeginningField, TellsBeginning
from core.findings import Finding, errors_of, warnings_of
from core.labels import say_labels
from core.moments import refuse_ends_of_time
from core.pickers import refuse_made_up
from core.row_forms import refuse_too_many_rows
from core.untouched import as_it_was


class ShownByPanel(forms.CheckboxInput):
    """A box that a panel shows by itself, when there is something to accept.

    The library shows what no panel does: it would be a second one, without a word.
    """

    def render(self, *args: Any, **kwargs: Any) -> Any:
        return ""


class ContentPageForm(TellsBeginning, WagtailAdminPageForm):
    """Checks fields and rows together once each has passed by itself.

    Certain contradictions become errors beside the field of the row; possible ones
    are listed above the form with a box to accept them.
    """

    accept_warnings = forms.BooleanField(
        required=False,
        label=_("I have checked these facts; save them as they are"),
        widget=ShownByPanel,
    )

    begun_from = BeginningField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        refuse_too_many_rows(self.formsets.values())
        say_labels(self, type(self.instance))
        self.open_warnings: list[Finding] = []
        self._judged = False
        if "slug" in self.fields:
            # Left blank it is made from the title, as Wagtail does for API and import.
            self.fields["slug"].required = False
        for name in ("change_reason", "change_source"):
            if self.instance.has_words_to_come:
                break
            # They speak of the coming change; the last one's text would mislead.
            self.initial.pop(name, None)
            if name in self.fields:
                self.fields[name].initial = ""

    def _post_clean(self) -> None:
        refuse_ends_of_time(self)
        self._keep_what_nobody_touched()
        self.instance.rows_are_checked_by_form = True
        try:
            super()._post_clean()
        finally:
            self.instance.rows_are_checked_by_form = False

    def _keep_what_nobody_touched(self) -> None:
        if (remarks := self.formsets.get("comments")) and remarks.total_form_count():
            # They hang on the keys of paragraphs.
            return
        for name, value in self.cleaned_data.items():
            if isinstance(value, StreamValue):
                self.cleaned_data[name] = as_it_was(value, getattr(self.instance, name))

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if not valid:
            refuse_made_up(self)
        if valid and not self._judged:
            self._judged = True
            self._judge()
            self._check_constraints()
        return valid and not self.errors and self._rows_are_clean()

    def rows(self) -> dict[str, list[Any]]:
        """The rows this form would save, by relation name."""
        return {
            name: [form.instance for form in self._kept_forms(name)]
            for name in self.formsets
        }

    def _kept_forms(self, relation: str) -> list[forms.ModelForm]:
        formset = self.formsets[relation]
        kept = [
            form
            for form in formset.forms
            if form not in formset.deleted_forms
            and (form.has_changed() or form.instance.pk)
        ]
        return sorted(kept, key=lambda form: form.cleaned_data.get("ORDER") or 0)

    def _judge(self) -> None:
        findings = self.instance.find(self.rows())
        for finding in errors_of(findings):
            self._place(finding)
        accepted = set(self.instance.accepted_warnings)
        new = [w for w in warnings_of(findings) if w.key not in accepted]
        if new and not self.cleaned_data.get("accept_warnings"):
            self.open_warnings = new
            self.add_error(
                None,
                gettext(
                    "Some facts look unusual. Look at the list above the form: correct "
                    "them, or tick the box to keep them."
                ),
            )
            return
        self.instance.accepted_warnings = [w.key for w in warnings_of(findings)]

    def _check_constraints(self) -> None:
        # After the rules: these say the same where it stands beside no field.
        if self.errors:
            return
        try:
            self.instance.validate_constraints(self._get_validation_exclusions())
        except ValidationError as error:
            self._update_errors(error)

    def _place(self, finding: Finding) -> None:
        form: forms.ModelForm = self
        if finding.relation in self.formsets and finding.row is not None:
            kept = self._kept_forms(finding.relation)
            form = kept[finding.row]
        field = finding.field if finding.field in form.fields else None
        form.add_error(field, finding.message)

    def _rows_are_clean(self) -> bool:
        return not any(
            form.errors for formset in self.formsets.values() for form in formset.forms
        )


class WarningsPanel(Panel):
    """Lists the possible contradictions of the last attempt to save."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/admin/warnings_panel.html"

        def is_shown(self) -> bool:
            return bool(getattr(self.form, "open_warnings", None))
