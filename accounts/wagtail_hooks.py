"""The "Account" page of the CMS admin."""

from django import forms

from wagtail.admin.views.account import NameEmailSettingsPanel

from accounts.models import User
from accounts.names import clean_display_name


class NameForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["display_name"]

    def clean_display_name(self) -> str:
        name = self.cleaned_data["display_name"]
        return clean_display_name(
            name, may_be_reserved=name == self.initial["display_name"]
        )


# Wagtail has no setting for this panel, and its own form asks for a last name.
NameEmailSettingsPanel.form_class = NameForm
