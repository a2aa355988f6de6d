"""What is asked before many pages are changed, or changes are taken back."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.batches.actions import Target
from branches.batches.targets import MOST_BYTES, targets_of_file
from core.batch_operations import OPERATIONS, Operation
from core.csv_files import UnreadableFile
from core.moments import MomentFormField
from core.sayings import Saying, named, together


class NewBatchForm(forms.Form):
    """What shall be done, and to which pages where none were chosen yet."""

    operation = forms.ChoiceField(
        label=_("What shall be done"), widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=255,
        help_text=_("Its branch is called so, such as “Vekoma’s new name”."),
    )
    file = forms.FileField(
        label=_("File of pages"),
        help_text=_(
            "A CSV file of at most 2 MB and 1,000 lines. A column “uuid”, “path” or "
            "“title” (with “park”) says which page each line means; to set what a "
            "file says, every other column is a fact."
        ),
    )

    def __init__(self, *args: Any, are_chosen: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets: list[Target] = []
        if are_chosen:
            del self.fields["file"]
        operation: Any = self.fields["operation"]
        operation.choices = [
            (known.name, f"{known.label}. {known.explanation}")
            for known in OPERATIONS.values()
            # Pages that were chosen bring no values of their own.
            if not (are_chosen and known.columns)
        ]

    @property
    def chosen_operation(self) -> Operation:
        return OPERATIONS[self.cleaned_data["operation"]]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        file = said.get("file")
        if file is None or "operation" not in said:
            return said
        try:
            # One byte more than may be, so that the reader notices.
            content = file.read(MOST_BYTES + 1)
            self.targets = targets_of_file(content, OPERATIONS[said["operation"]])
        except UnreadableFile as problem:
            self.add_error("file", str(problem))
        return said


class PutForm(forms.Form):
    """Under which name it goes on its branch, and why."""

    name = forms.CharField(label=_("Name of the branch"), max_length=255)
    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("Stands in the public history of every page."),
    )
    source = forms.CharField(label=_("Source"), max_length=500, required=False)
    merges_whole = forms.BooleanField(
        label=_("All or nothing"),
        required=False,
        help_text=_(
            "Otherwise a large batch is published by the hundred, and a page that "
            "cannot be changed does not stop the others."
        ),
    )


class RollbackForm(forms.Form):
    """Whose changes, and of which time."""

    user = forms.CharField(
        label=_("Account"),
        required=False,
        max_length=254,
        help_text=_("Its e-mail address. Empty for the changes of everybody."),
    )
    since = MomentFormField(
        label=_("Published since"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        help_text=_("In the time zone of your profile; UTC if it has none."),
    )
    until = MomentFormField(
        label=_("Published until"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        help_text=_("Empty for until now."),
    )
    name = forms.CharField(label=_("Name"), max_length=255)

    def clean_user(self) -> Any:
        address = self.cleaned_data["user"].strip()
        if not address:
            return None
        found = get_user_model().objects.filter(email__iexact=address).first()
        if found is None:
            raise ValidationError(gettext("There is no account with this address."))
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("This is before the time it begins."))
        if not self.errors and said.get("user") is None and since is None:
            self.add_error("since", gettext("Give an account, a time, or both."))
        return said

    def in_words(self) -> Saying:
        """What was asked for, for the report."""
        said = [
            named(field.label or name, _shown(self.cleaned_data[name]))
            for name, field in self.fields.items()
            if name != "name" and self.cleaned_data.get(name)
        ]
        return together(said, between="; ")


def _shown(value: Any) -> Any:
    return f"{value:%Y-%m-%d %H:%M %Z}" if isinstance(value, datetime) else value
