"""The forms people fill in about themselves."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from allauth.account import fields
from allauth.account.forms import AddEmailForm as AllauthAddEmailForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429

from accounts.addresses import canonical_email
from accounts.models import User
from accounts.names import MAX_LENGTH, clean_display_name
from core.forms import RowChoiceField


class EmailField(fields.EmailField):
    """An address in its one canonical spelling; what was typed stays in the input."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("E-mail address"))
        kwargs.setdefault("max_length", User._meta.get_field("email").max_length)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str:
        return canonical_email(super().to_python(value))


class LoginForm(AllauthLoginForm):
    """Address and password. Too many tries end in the 429 page, not in the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = EmailField()
        self.fields["password"].help_text = ""
        self.fields["remember"].label = gettext("Stay signed in on this device")
        self.order_fields(["login", "password", "remember"])

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except forms.ValidationError as refusal:
            # A new code for an unverified address is due only every few seconds.
            if getattr(refusal, "code", "") == "too_many_login_attempts":
                raise ImmediateHttpResponse(respond_429(self.request)) from refusal
            raise


class SignupForm(AllauthSignupForm):
    """E-mail, password and the name others see."""

    email = EmailField()
    display_name = forms.CharField(
        max_length=MAX_LENGTH,
        label=_("Display name"),
        help_text=_("Others see it beside your edits and reviews, never your e-mail."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    field_order = ["email", "display_name", "password1"]
    account_already_exists: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = gettext("E-mail address")

    def clean_display_name(self) -> str:
        return clean_display_name(self.cleaned_data["display_name"])

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account, or seem to: a known address gets a mail instead."""
        if self.account_already_exists:
            # Hashing is what takes the time; without it a known address would answer
            # faster than an unknown one.
            make_password(self.cleaned_data["password1"])
            return super().try_save(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            # The same address was signed up between our check and our insert.
            self.account_already_exists = True
            return super().try_save(request)


class AddEmailForm(AllauthAddEmailForm):
    """The address an account is to change to."""

    email = EmailField(label=_("New e-mail address"))


class ResetPasswordForm(AllauthResetPasswordForm):
    """Where to send the link for a new password."""

    email = EmailField()


class ProfileForm(forms.ModelForm):
    """What a person says about themselves."""

    locale = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("The one my browser asks for")), *settings.LANGUAGES],
    )

    class Meta:
        model = User
        fields = ["display_name", "home_park", "units", "locale"]
        field_classes = {"home_park": RowChoiceField}
        widgets = {"display_name": forms.TextInput(attrs={"autocomplete": "nickname"})}
        labels = {
            "display_name": _("Display name"),
            "home_park": _("Home park"),
            "units": _("Units"),
        }
        help_texts = {
            "display_name": (
                _("Others see it beside your edits and reviews, never your e-mail.")
            ),
            "units": _("Heights, speeds and lengths are shown in these."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        park = cast(forms.ModelChoiceField, self.fields["home_park"])
        park.queryset = park.queryset.live().public().order_by("title")  # type: ignore[union-attr]  # parks are pages
        park.empty_label = gettext("None")

    def clean_display_name(self) -> str:
        name = self.cleaned_data["display_name"]
        # A moderator may keep the name the site gave them.
        return clean_display_name(
            name, may_be_reserved=name == self.initial["display_name"]
        )
