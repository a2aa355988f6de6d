"""What is asked of somebody who holds a version or releases it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why, for those who look at it in years."""

    # The status of the answer when nothing comes of it.
    refused_with = 400

    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("Read by administrators only, and kept after the release."),
    )
