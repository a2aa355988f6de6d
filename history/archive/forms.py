"""What an administrator may ask the archive to do."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from history.archive.jobs import ARCHIVE, CHECK
from history.archive.policy import NEWEST_KEPT, default_age

REHEARSE = "rehearse"


class StartForm(forms.Form):
    """Which of the archive's jobs, and from what age on."""

    what = forms.ChoiceField(
        label=_("What to do"),
        choices=[
            (REHEARSE, _("Dry run: count what would go, and why the rest stays")),
            (ARCHIVE, _("Archive now")),
            (CHECK, _("Check every bundle")),
        ],
        initial=REHEARSE,
        widget=forms.RadioSelect,
    )
    older_than = forms.IntegerField(
        label=_("Older than (days)"),
        min_value=0,
        max_value=36_500,
        initial=default_age,
        help_text=format_lazy(
            _(
                "The newest {kept} versions of everything stay in any case, and so "
                "does whatever is live, tagged, held, or the base of a draft."
            ),
            kept=NEWEST_KEPT,
        ),
    )
    sure = forms.BooleanField(
        label=_("Move old versions to bundles"),
        required=False,
        help_text=_("Tick this to archive. Nobody will notice but the database."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("what") == ARCHIVE and not found.get("sure"):
            self.add_error("sure", _("Tick it to archive, or choose the dry run."))
        return found

    def job(self) -> tuple[str, dict[str, Any]]:
        """The kind of job asked for, and its options."""
        what = self.cleaned_data["what"]
        if what == CHECK:
            return CHECK, {}
        options = {"older_than": self.cleaned_data["older_than"]}
        if what == REHEARSE:
            options["dry_run"] = True
        return ARCHIVE, options
