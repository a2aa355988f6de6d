"""Accounts in the CMS admin: an e-mail and a display name instead of a user name."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import BaseColumn
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import IndexView, UserViewSet

from allauth.account.models import EmailAddress

from accounts.forms import EmailField
from accounts.models import User
from accounts.names import MAX_LENGTH, clean_display_name


class PersonFields(forms.Form):
    """The fields in place of Wagtail's first and last name."""

    email = EmailField(help_text=_("They confirm it with a code when they sign in."))
    display_name = forms.CharField(
        max_length=MAX_LENGTH,
        help_text=_("How others see them in histories and reviews."),
    )
    first_name = None
    last_name = None

    def clean_display_name(self) -> str:
        # Only an administrator gives out names such as "Moderator".
        return clean_display_name(
            self.cleaned_data["display_name"], may_be_reserved=True
        )


class PersonCreationForm(PersonFields, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = ["email", "display_name", "is_superuser", "groups"]


class PersonEditForm(PersonFields, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = ["email", "display_name", "is_active", "is_superuser", "groups"]

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit)
        if commit and "email" in self.changed_data:
            # The old address would still open the account. The new one is proved by
            # a code at the next sign-in.
            EmailAddress.objects.filter(user=user).delete()
        return user


class PeopleIndex(IndexView):
    """Lists accounts by name and e-mail, and finds them by either."""

    search_fields = frozenset({"email", "display_name"})

    @cached_property
    def columns(self) -> list[BaseColumn]:
        columns = super().columns
        for column in columns:
            if column.name == User.USERNAME_FIELD:
                column.label = _("E-mail")
            elif column.name == "name":
                column.sort_key = "display_name"
        return columns


class PersonViewSet(UserViewSet):
    """What Wagtail asks for under "Settings, Users"."""

    index_view_class = PeopleIndex
    create_template_name = "accounts/user_admin/create.html"
    edit_template_name = "accounts/user_admin/edit.html"

    def get_form_class(self, for_update: bool = False) -> Any:
        return PersonEditForm if for_update else PersonCreationForm
