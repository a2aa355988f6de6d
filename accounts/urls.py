"""Addresses below /accounts/."""

from django.urls import URLPattern, include, path
from django.views.generic import RedirectView

from allauth.account import urls as allauth_urls
from allauth.usersessions import urls as usersessions_urls

from accounts import views
from accounts.outages import closed_during_outages


def _guarded(pattern: URLPattern) -> URLPattern:
    return URLPattern(
        pattern.pattern,
        closed_during_outages(pattern.callback),
        pattern.default_args,
        pattern.name,
    )


urlpatterns = [
    path("", RedirectView.as_view(pattern_name="accounts_profile")),
    path("profile/", views.Profile.as_view(), name="accounts_profile"),
    path("sessions/<int:pk>/end/", views.end_session, name="accounts_end_session"),
    path("sessions/", include(usersessions_urls)),
    # Ahead of allauth's own, under the names that allauth looks for
    path("login/", closed_during_outages(views.SignIn.as_view()), name="account_login"),
    path(
        "confirm-email/",
        closed_during_outages(views.confirm_email),
        name="account_email_verification_sent",
    ),
    *map(_guarded, allauth_urls.urlpatterns),
]
