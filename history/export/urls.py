from django.urls import re_path

from history.export.views import object_export, page_export
from history.public.urls import ADDRESS

UUID = r"(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"

urlpatterns = [
    re_path(
        rf"^changes/of/{UUID}/versions\.jsonl$", object_export, name="object_export"
    ),
    re_path(rf"{ADDRESS}history/versions\.jsonl$", page_export, name="export"),
]
