"""Addresses of cards. Each ends in a state, which changes with what it shows."""

from django.urls import path, re_path

from parks.cards import views

urlpatterns = [
    # Of nine digits at most, as the keys of pages are.
    re_path(
        r"^(?P<pk>[1-9][0-9]{0,8})-(?P<state>[0-9a-f]{1,12})\.png$",
        views.page_card,
        name="page_card",
    ),
    path("wiki-<slug:state>.png", views.wiki_card, name="wiki_card"),
    path("lists/<slug:slug>-<slug:state>.png", views.list_card, name="list_card"),
    path(
        "countries/<slug:slug>-<slug:state>.png",
        views.country_card,
        name="country_card",
    ),
]
