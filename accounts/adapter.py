"""How allauth meets our accounts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse

from accounts.addresses import canonical_email
from accounts.limited import too_many
from accounts.sign_in_limits import NoTryLeft, forget_tries, take_a_try
from core.reader import units_of


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in, sign-up and codes for e-mail accounts with a display name."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address and password do not match."),
        "incorrect_code": _("This is not the code we sent. Check it and try again."),
        "too_many_login_attempts": (
            _("Too many wrong tries. Wait a little, then sign in again.")
        ),
    }

    def save_user(
        self, request: HttpRequest, user: Any, form: Any, commit: bool = True
    ) -> Any:
        user.display_name = form.cleaned_data.get("display_name", "")
        # Whoever chose units before signing up keeps them.
        user.units = units_of(request)
        return super().save_user(request, user, form, commit)

    def clean_email(self, email: str) -> str:
        return canonical_email(super().clean_email(email))

    def is_safe_url(self, url: str | None) -> bool:
        # A path relative to the sign-in page is nothing we ever asked for.
        is_whole = (url or "").startswith(("/", "http://", "https://"))
        return is_whole and url_has_allowed_host_and_scheme(
            url,
            allowed_hosts={self.request.get_host()},
            require_https=self.request.is_secure(),
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at.

        Raises ImmediateHttpResponse, the 429 page, when none is left: the right
        password is refused as well, or it could be told from the wrong ones.
        """
        try:
            tries = take_a_try(request, email=_account_of(credentials))
        except NoTryLeft as wait:
            answer = too_many(request, seconds=wait.seconds)
            raise ImmediateHttpResponse(answer) from wait
        # allauth rolls this back itself when the password was right.
        self._login_failed_rl_usage = tries

    def _delete_login_attempts_cached_email(
        self, request: HttpRequest, **credentials: Any
    ) -> None:
        forget_tries(request, email=_account_of(credentials))


def _account_of(credentials: dict[str, Any]) -> str:
    return canonical_email(credentials.get("email") or credentials.get("username", ""))
