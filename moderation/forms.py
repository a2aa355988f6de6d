"""What a moderator fills in when deciding."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.forms import TaskStateCommentForm


class ApprovalForm(TaskStateCommentForm):
    """An optional word to the author, and which text is approved."""

    # Missing or wrong, it is answered by a page that explains; see decisions.py.
    fingerprint = forms.CharField(required=False, widget=forms.HiddenInput)


class RejectionForm(forms.Form):
    """What has to change before the text can be published."""

    comment = forms.CharField(
        label=_("Reason"),
        help_text=_("It is sent to the author."),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say what has to change.")},
    )
