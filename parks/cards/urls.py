"""Addresses of cards."""

from django.urls import path, re_path

from parks.cards import views

urlpatterns = [
    # Of nine digits at most, as the keys of pages are.
    re_path(
        r"^(?P<pk>[1-9][0-9]{0,8})-(?P<stamp>[0-9]{1,12})\.png$",
        views.page_card,
        name="page_card",
    ),
    path("lists/<slug:slug>-<int:day>.png", views.list_card, name="list_card"),
]
