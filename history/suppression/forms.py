"""What is asked of somebody who wants versions hidden."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from history.models import PageVersion

# Larger ones have no place in the column.
LARGEST_SEQ = 2**31 - 1


class AskForm(forms.Form):
    """Which versions, which parts of them, and why."""

    up_to = forms.IntegerField(
        label=_("Up to version"),
        min_value=1,
        max_value=LARGEST_SEQ,
        help_text=_("Later versions often repeat the same sentence."),
    )
    text = forms.BooleanField(label=_("Hide the text"), required=False)
    author = forms.BooleanField(label=_("Hide who wrote it"), required=False)
    reason_given = forms.BooleanField(
        label=_("Hide the reason and source given with it"), required=False
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Everybody reads this in place of what is hidden."),
    )

    def __init__(self, *args: Any, version: PageVersion, **kwargs: Any) -> None:
        kwargs["initial"] = {"up_to": version.seq, "text": True}
        super().__init__(*args, **kwargs)
        self.first = version.seq

    def clean_up_to(self) -> int:
        last = int(self.cleaned_data["up_to"])
        if last < self.first:
            raise forms.ValidationError(
                gettext("Version %(first)s or a later one.") % {"first": self.first}
            )
        return last

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("text") or data.get("author") or data.get("reason_given")):
            raise forms.ValidationError(_("Choose what to hide."))
        return data
