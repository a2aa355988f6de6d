"""What is asked when something is deleted or brought back."""

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from history.models import Deletion
from history.trash.actions import former_parent


class DeletionForm(forms.Form):
    """Why a page is deleted."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("One line for the public history: why it goes."),
    )


class RestoreForm(forms.Form):
    """Where a deleted page comes back to, under which slug, and why."""

    parent = forms.ModelChoiceField(
        label=_("Below"),
        queryset=Page.objects.filter(depth__gt=1),
        widget=AdminPageChooser,
        error_messages={"required": _("Choose the page it shall stand under.")},
    )
    slug = forms.CharField(
        max_length=255,
        validators=[validate_slug],
        help_text=_("The last part of its address."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("One line for the public history: why it comes back."),
    )

    def __init__(self, *args: Any, deletion: Deletion, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "parent": former_parent(deletion),
            "slug": deletion.address.rstrip("/").rpartition("/")[2],
        }
        super().__init__(*args, **kwargs)
