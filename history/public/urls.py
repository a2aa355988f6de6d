from django.urls import path, re_path

from history.public.feeds import ChangesFeed, PageFeed
from history.public.site_views import changeset, recent, tag, tags
from history.public.views import (
    object_history,
    object_version,
    page_history,
    page_version,
)

ADDRESS = r"^(?P<address>(?:[\w-]+/)*)"
SEQ = r"(?P<seq>[1-9][0-9]{0,8})"

urlpatterns = [
    path("changes/", recent, name="recent"),
    path("changes/feed/", ChangesFeed(), name="recent_feed"),
    path("changes/tags/", tags, name="tags"),
    path("changes/tags/<slug:slug>/", tag, name="tag"),
    re_path(r"^changes/(?P<number>[1-9][0-9]{0,17})/$", changeset, name="changeset"),
    path("changes/of/<uuid:uuid>/", object_history, name="object"),
    re_path(
        rf"^changes/of/(?P<uuid>[0-9a-f-]{{36}})/{SEQ}/$",
        object_version,
        name="object_version",
    ),
    re_path(rf"{ADDRESS}history/$", page_history, name="page"),
    re_path(rf"{ADDRESS}history/feed/$", PageFeed(), name="page_feed"),
    re_path(rf"{ADDRESS}history/{SEQ}/$", page_version, name="version"),
]
