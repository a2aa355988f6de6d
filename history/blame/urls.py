from django.urls import re_path

from history.blame.views import blame

urlpatterns = [
    re_path(r"^(?P<address>(?:[\w-]+/)*)blame/$", blame, name="blame"),
]
