from django.urls import re_path

from history.diff.views import object_diff, page_diff

SIDES = r"(?P<a>[\w:-]{1,90})\.\.(?P<b>[\w:-]{1,90})"

urlpatterns = [
    re_path(
        r"^changes/of/(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/"
        rf"diff/{SIDES}/$",
        object_diff,
        name="object_diff",
    ),
    re_path(rf"^(?P<address>(?:[\w-]+/)*)diff/{SIDES}/$", page_diff, name="diff"),
]
