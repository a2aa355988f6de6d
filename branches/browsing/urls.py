"""Addresses of branches on the public site."""

from django.urls import path

from branches.browsing.lists import branch_list
from branches.browsing.looking import go_back, look, share, stop_sharing
from branches.browsing.pages import hand_in, item, show_branch
from branches.browsing.updating import update

urlpatterns = [
    path("", branch_list, name="branches"),
    path("leave/", go_back, name="leave"),
    path("<int:pk>/", show_branch, name="branch"),
    path("<int:pk>/items/<uuid:uuid>/", item, name="item"),
    path("<int:pk>/update/", update, name="update"),
    path("<int:pk>/hand-in/", hand_in, name="hand_in"),
    path("<int:pk>/look/", look, name="look"),
    path("<int:pk>/share/", share, name="share"),
    path("<int:pk>/share/end/", stop_sharing, name="end_sharing"),
]
