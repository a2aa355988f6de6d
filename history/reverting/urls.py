from django.urls import re_path

from history.public.urls import ADDRESS, SEQ
from history.reverting.views import revert_change, revert_object, revert_page

urlpatterns = [
    re_path(
        r"^changes/(?P<number>[1-9][0-9]{0,17})/revert/$",
        revert_change,
        name="revert_change",
    ),
    re_path(
        rf"^changes/of/(?P<uuid>[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})/{SEQ}/revert/$",
        revert_object,
        name="revert_object",
    ),
    re_path(rf"{ADDRESS}history/{SEQ}/revert/$", revert_page, name="revert_page"),
]
