"""Addresses of suggestions and branches.

An edit of a page is suggested at the address of the page, suggest/.
"""

from django.urls import include, path, re_path

from branches.merging.progress import progress
from branches.releases import views as releases
from branches.suggesting.pages import copy, mine, say, show, take_back
from branches.suggesting.settling import settle
from branches.suggesting.views import change, revise, suggest, suggest_new
from history.public.urls import ADDRESS

app_name = "branches"
urlpatterns = [
    path("branches/", include("branches.browsing.urls")),
    path("suggestions/", mine, name="mine"),
    path("suggestions/<int:pk>/", show, name="show"),
    path("suggestions/<int:pk>/edit/", revise, name="revise"),
    path("suggestions/<int:pk>/amend/", change, name="amend"),
    path("suggestions/<int:pk>/comment/", say, name="comment"),
    path("suggestions/<int:pk>/copy/", copy, name="copy"),
    path("suggestions/<int:pk>/withdraw/", take_back, name="withdraw"),
    path("suggestions/<int:pk>/settle/", settle, name="settle"),
    path("branches/<int:pk>/schedule/", releases.plan, name="schedule"),
    path("branches/<int:pk>/unschedule/", releases.cancel, name="unschedule"),
    path("branches/<int:pk>/publish/", releases.publish, name="publish"),
    path("branches/<int:pk>/progress/", progress, name="progress"),
    re_path(rf"{ADDRESS}suggest/$", suggest, name="suggest"),
    re_path(rf"{ADDRESS}suggest/new/$", suggest_new, name="suggest_new"),
]
