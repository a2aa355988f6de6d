"""The account pages that allauth does not have, and its own where ours differ."""

import time
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import UpdateView

from allauth.account import app_settings
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
)
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView, email_verification_sent
from allauth.usersessions.models import UserSession

from accounts.forms import ProfileForm
from accounts.models import User
from core.measures import System
from core.reader import remember_language, remember_units, units_of


class SignIn(LoginView):
    """allauth's sign-in, with an end for people whom the admin sends back here."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        # Wagtail sends everybody without access to the sign-in page, which would send
        # the signed-in back to Wagtail, for ever.
        if request.user.is_authenticated and _asks_for_closed_admin(request):
            return render(request, "account/no_admin_access.html", status=403)
        return super().dispatch(request, *args, **kwargs)


def _asks_for_closed_admin(request: HttpRequest) -> bool:
    wanted = urlsplit(get_next_redirect_url(request) or "").path
    return wanted.startswith(reverse("wagtailadmin_home")) and not (
        request.user.has_perm("wagtailadmin.access_admin")
    )


def confirm_email(request: HttpRequest) -> HttpResponseBase:
    """allauth's page for the code from the mail; says so when the code is too old."""
    state = request.session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY)
    lifetime = app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT
    if state and time.time() - state["at"] > lifetime:
        messages.warning(
            request,
            _("That code has expired. Ask for the change again to get a new one.")
            if request.user.is_authenticated
            else _("That code has expired. Sign in to get a new one."),
        )
    return email_verification_sent(request)


class Profile(LoginRequiredMixin, UpdateView):
    """Name, home park, units and language of the person signed in."""

    form_class = ProfileForm
    template_name = "accounts/profile.html"
    context_object_name = "person"  # not "user", whom the header greets
    success_url = reverse_lazy("accounts_profile")

    def get_object(self, queryset: Any = None) -> User:
        # A copy: the header must not greet with a name that was just refused.
        return get_object_or_404(User, pk=self.request.user.pk)

    def get_initial(self) -> dict[str, Any]:
        # The units in force, which may have been switched since the last save.
        return {**super().get_initial(), "units": units_of(self.request)}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        remember_units(response, System(form.instance.units))
        remember_language(response, form.instance.locale)
        messages.success(self.request, _("Your profile is saved."))
        return response


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one of the person's own devices out; 404 for anybody else's."""
    session = get_object_or_404(UserSession, pk=pk, user_id=request.user.pk)
    if session.session_key == request.session.session_key:
        session.delete()
        logout(request)
        return redirect("account_login")
    session.end()
    messages.success(request, _("That device is signed out."))
    return redirect("usersessions_list")
