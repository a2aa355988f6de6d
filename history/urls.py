"""Addresses of the public past. Those of pages end in history/, diff/ or blame/."""

from django.urls import include, path

from history.blame import urls as blame_urls
from history.diff import urls as diff_urls
from history.export import urls as export_urls
from history.public import urls as public_urls
from history.reverting import urls as reverting_urls

app_name = "history"
urlpatterns = [
    path("", include(diff_urls)),
    path("", include(blame_urls)),
    path("", include(reverting_urls)),
    path("", include(export_urls)),
    path("", include(public_urls)),
]
