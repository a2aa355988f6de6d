"""Addresses of parks and rides that are no pages."""

from django.urls import include, path

from parks import views
from parks.cards import urls as cards_urls
from parks.comparing import urls as comparing_urls
from parks.lists import urls as lists_urls

app_name = "parks"
urlpatterns = [
    path("parks/points.json", views.points, name="points"),
    path("countries/", views.countries, name="countries"),
    path("countries/<slug:slug>/", views.country, name="country"),
    path("cards/", include(cards_urls)),
    path("lists/", include(lists_urls)),
    path("compare/", include(comparing_urls)),
]
